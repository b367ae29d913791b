// Proves that docs/protocol/ says what the protocol is: its examples have the schemas' form, its signatures are those of
// the vectors, its tables those of the callee and of the ladder, and its links lead somewhere.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { Compile } from "typebox/compile";
import { describe, expect, it } from "vitest";
import { defaultLadder } from "../packages/engine/src/domain/index.ts";
import {
  answerSchemas,
  callPaths,
  findCallFaults,
  type PxpCallName,
} from "../packages/protocol/src/pxp/index.ts";

const folder = new URL("../docs/protocol/", import.meta.url);
const readPage = (name: string) => readFileSync(new URL(name, folder), "utf8");
const readVectors = <T>(name: string) =>
  JSON.parse(readFileSync(new URL(`../packages/protocol/vectors/${name}`, import.meta.url), "utf8")) as T;

/** The code blocks of a language in a text. */
function blocksOf(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(
    ([, block = ""]) => block,
  );
}

const calls = (Object.entries(callPaths) as [PxpCallName, string][]).map(([name, path]) => ({ name, path }));

describe("calls.md", () => {
  const sections = new Map(
    readPage("calls.md")
      .split(/^## /m)
      .map((text) => [/^`(.*?)`/.exec(text)?.[1] ?? "", text] as const),
  );

  it.each(calls)("shows $path with a call and answers of its form", ({ name, path }) => {
    const [call, ...answers] = blocksOf(sections.get(path) ?? "", "json").map((text): unknown =>
      JSON.parse(text),
    );
    expect(findCallFaults(name, call)).toEqual([]);
    expect(answers.length).toBeGreaterThan(0);
    const form = Compile(answerSchemas[name]);
    for (const answer of answers) expect(form.Errors(answer)).toEqual([]);
  });
});

describe("signature.md", () => {
  interface Vector {
    readonly name: string;
    readonly signature_base: string;
    readonly request?: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
    readonly answer?: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  }

  it.each([
    ["requests.json", "a credit"],
    ["answers.json", "a credit was completed"],
  ])("works the first of %s through with its very bytes", (file, name) => {
    const page = readPage("signature.md");
    const vector = readVectors<{ vectors: readonly Vector[] }>(file).vectors.find(
      (found) => found.name === name,
    );
    const message = vector?.request ?? vector?.answer;
    for (const text of [vector?.signature_base, message?.body, ...Object.values(message?.headers ?? {})]) {
      expect(page).toContain(text);
    }
  });

  it("shows the key of the vectors and its id", () => {
    const { keys } = readVectors<{
      keys: ReadonlyArray<{ key_id: string; private_jwk: { x: string; d: string } }>;
    }>("keys.json");
    const page = readPage("signature.md");
    for (const text of [keys[0]?.key_id, keys[0]?.private_jwk.x, keys[0]?.private_jwk.d])
      expect(page).toContain(text);
  });
});

describe("callee.md", () => {
  interface Cell {
    readonly call: string;
    readonly row: string | null;
    readonly answer: { readonly status: number; readonly outcome?: string };
  }
  const columns = ["credits", "credits/rollback", "holds", "holds/capture", "holds/release"];

  /** The cell of a call and a row in the two tables. */
  function findCell(page: string, call: string, row: string): string {
    const isCredit = call.startsWith("credits");
    const heading = isCredit ? "## Credits and their rollback" : "## Holds";
    const section = page.slice(page.indexOf(heading)).split(/^## /m)[1] ?? "";
    const line = section.split("\n").find((text) => text.startsWith(`| ${row} |`)) ?? "";
    const index = columns.indexOf(call) - (isCredit ? 0 : 2);
    return line.split("|")[index + 2] ?? "";
  }

  it("has every cell of the vectors' tables with its status and outcome", () => {
    const page = readPage("callee.md");
    const { vectors } = readVectors<{ vectors: readonly Cell[] }>("callee-table.json");
    for (const { call, row, answer } of vectors) {
      const cell = { call, row, text: findCell(page, call, row ?? "none") };
      for (const part of [String(answer.status), answer.outcome ?? "no outcome"]) {
        expect(cell).toEqual({ ...cell, text: expect.stringContaining(part) as string });
      }
    }
  });
});

describe("caller.md", () => {
  it("tells the ladder that is in force unless set otherwise", () => {
    const page = readPage("caller.md");
    const { delaysMs, undoAfterMs, alarmAfterMs } = defaultLadder;
    const seconds = delaysMs.filter((delay) => delay < 60_000).map((delay) => delay / 1000);
    const minutes = delaysMs
      .filter((delay) => delay >= 60_000 && delay < 3_600_000)
      .map((delay) => delay / 60_000);
    expect(delaysMs.at(-1)).toBe(3_600_000);
    expect(page).toContain(
      `${seconds.join(", ")} seconds, then ${minutes.join(", ")} minutes, then every hour`,
    );
    expect(page).toContain(
      `after ${undoAfterMs / 3_600_000} hours without a verdict | a credit is rolled back`,
    );
    expect(page).toContain(`after ${alarmAfterMs / 3_600_000} hours without a verdict | \`needs_attention\``);
  });
});

describe("docs/protocol", () => {
  it("has no link that leads nowhere", () => {
    const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));
    const links = pages.flatMap((name) =>
      [...readPage(name).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, to = ""]) => ({ name, to })),
    );
    const local = links.filter(({ to }) => !to.startsWith("https://"));
    expect(local.length).toBeGreaterThan(20);
    expect(local.filter(({ to }) => !existsSync(new URL(to, folder)))).toEqual([]);
  });

  it("has its seven sequence diagrams", () => {
    const diagrams = readdirSync(folder)
      .filter((name) => name.endsWith(".md"))
      .flatMap((name) => blocksOf(readPage(name), "mermaid"));
    expect(diagrams.length).toBe(7);
    for (const diagram of diagrams) expect(diagram).toMatch(/^sequenceDiagram\n/);
  });
});
