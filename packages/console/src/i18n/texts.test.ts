// Every text of the console stands in both languages, and none stands in a component.
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@babel/parser";
import { describe, expect, it } from "vitest";
import type { Text } from "./define-texts.ts";
import { catalogues } from "./texts/index.ts";

const source = join(import.meta.dirname, "..");
const han = /\p{Script=Han}/u;
/** What is the same in both languages: names, and words to be typed. */
const same = new Set(["UTC", "Slack", "Webhook", "JSON", "Webhooks", "{{amount}} {{type}}", "rotate"]);

const texts = Object.entries(catalogues).flatMap(([area, catalogue]) =>
  Object.entries<Text>(catalogue).map(([name, [english, chinese]]) => ({
    key: `${area}.${name}`,
    english,
    chinese,
  })),
);

function placesOf(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? "").sort();
}

describe("the catalogues", () => {
  it("have Chinese in Chinese and English in English", () => {
    const untranslated = texts.filter(({ english, chinese }) => !same.has(english) && !han.test(chinese));
    expect(untranslated).toEqual([]);
    expect(texts.filter(({ english }) => han.test(english) || english.trim() === "")).toEqual([]);
  });

  it("insert the same values in both languages", () => {
    const differing = texts.filter(
      ({ english, chinese }) => placesOf(english).join() !== placesOf(chinese).join(),
    );
    expect(differing).toEqual([]);
  });
});

interface AstNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is AstNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Names that are the same everywhere, languages in their own words, and marks. */
const allowed = new Set(["Pointbridge", "English", "简体中文", "Ctrl K", "ms", "https://points.example.com"]);
const spoken = new Set([
  "title",
  "label",
  "placeholder",
  "aria-label",
  "alt",
  "hint",
  "name",
  "note",
  "intro",
]);

function isSpoken(text: string): boolean {
  return /\p{L}{2}/u.test(text) && !allowed.has(text.trim());
}

/** Words between tags, and in attributes that are shown or read out. */
function findWords(node: AstNode, found: string[]): void {
  if (node.type === "JSXText" && isSpoken(String(node["value"]))) found.push(String(node["value"]).trim());
  if (node.type === "JSXAttribute") {
    const { name, value } = node as unknown as { name: { name: unknown }; value: AstNode | null };
    const text = value?.type === "StringLiteral" ? String(value["value"]) : "";
    if (spoken.has(String(name.name)) && isSpoken(text)) found.push(text);
  }
  for (const child of Object.values(node)) {
    for (const one of Array.isArray(child) ? child : [child]) if (isNode(one)) findWords(one, found);
  }
}

describe("components", () => {
  const files = globSync("**/*.tsx", { cwd: source });

  it.each(files)("%s says nothing that is not in a catalogue", (file) => {
    const text = readFileSync(join(source, file), "utf8");
    const syntax = parse(text, { sourceType: "module", plugins: ["typescript", "jsx"] });
    const found: string[] = [];
    findWords(syntax.program as unknown as AstNode, found);
    expect(found).toEqual([]);
  });
});
