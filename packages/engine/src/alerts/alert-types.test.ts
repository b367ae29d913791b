// The table of alerts and the runbook say the same, type by type.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { alertTypes, runbookOf } from "./alert-types.ts";

const root = new URL("../../../../", import.meta.url);
const folder = new URL("docs/runbook/", root);
const entries = Object.entries(alertTypes);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

/** The text under a heading. */
function sectionOf(page: string, heading: string): string {
  const [, section = ""] = page.split(`\n## ${heading}`);
  return section.slice(section.indexOf("\n")).split("\n## ")[0]?.trim() ?? "";
}

describe("the runbook", () => {
  it("has a page for every type of alert, and no other", () => {
    const pages = readdirSync(folder).filter((name) => name !== "README.md");
    expect(pages.sort()).toEqual(entries.map(([type]) => `${type}.md`).sort());
  });

  it.each(entries)(
    "%s: title in both languages, severity, what it means, how to look, what to do",
    (type, entry) => {
      const page = readFileSync(new URL(runbookOf(type as keyof typeof alertTypes), root), "utf8");
      expect(page.split("\n")[0]).toBe(`# ${entry.title.en} (${entry.title.zh})`);
      expect(page).toContain(`\`${type}\`, ${entry.severity}.`);
      expect(sectionOf(page, "What it means").length).toBeGreaterThan(100);
      expect(sectionOf(page, "How to look")).toMatch(/pointbridge |\/v1\/|curl /);
      expect(sectionOf(page, "What to do")).toMatch(/^1\. /);
    },
  );

  it("lists every type in its index, as grave as it is", () => {
    const index = read("README.md");
    for (const [type, { severity, title }] of entries) {
      expect(index).toContain(`| [\`${type}\`](${type}.md) | ${severity} | ${title.en} · ${title.zh} |`);
    }
  });
});
