// Holds together what is said of threats (docs/threat-model.md), the tests that prove it, and the list of mutations.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mutations } from "./list.ts";
import { patternOf } from "./run-tests-of.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const page = read("docs/threat-model.md");

/** By number: what stands under the threat's heading. */
const threats = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((part) => [Number(/^(\d+)\. /.exec(part)?.[1]), part] as const),
);

function testsOf(part: string): { readonly file: string; readonly title: string }[] {
  return [...part.matchAll(/^- `([^`]+)`: (.+)$/gm)].map(([, file = "", title = ""]) => ({ file, title }));
}

/** Titles of a file, as they stand in its calls of `it` and `describe`. */
function hasTitle(file: string, title: string): boolean {
  const quoted = [`"${title}"`, `'${title}'`, `\`${title}\``];
  const text = read(file);
  return quoted.some((one) => text.includes(one));
}

describe("the page of threats", () => {
  it("has the 31 threats, each with its tests", () => {
    expect([...threats.keys()]).toEqual(Array.from({ length: 31 }, (_, index) => index + 1));
    for (const [threat, part] of threats) {
      expect({ threat, tests: testsOf(part).length > 0 }).toEqual({ threat, tests: true });
    }
  });

  it.each([...threats])("names files and tests that are there: %i", (_threat, part) => {
    for (const [, path = ""] of part.matchAll(/`((?:packages|tools)\/[^`]+)`/g)) {
      expect({ path, isThere: existsSync(join(root, path)) }).toEqual({ path, isThere: true });
    }
    for (const { file, title } of testsOf(part)) {
      expect({ file, title, isThere: hasTitle(file, title) }).toEqual({ file, title, isThere: true });
    }
  });
});

describe("the list of mutations", () => {
  it("switches something off for every threat", () => {
    const switched = new Set(mutations.map(({ threat }) => threat));
    expect([...threats.keys()].filter((threat) => !switched.has(threat))).toEqual([]);
  });

  it.each(mutations.map((mutation) => [mutation.threat, mutation.file, mutation] as const))(
    "fits what stands: %i %s",
    (threat, _file, { test, also, ...first }) => {
      for (const { file, found, replacement } of also === undefined ? [first] : [first, also]) {
        expect(read(file).split(found)).toHaveLength(2);
        expect(replacement).not.toBe(found);
      }
      const { file: testFile, title } = test;
      expect(testsOf(threats.get(threat) ?? "")).toContainEqual({ file: testFile, title });
    },
  );

  it("finds a test by its title, whatever stands in it", () => {
    const title = "is not %s, (E2) in 1.0 [$name] or 20 %";
    expect(new RegExp(patternOf(title)).test("address is not http://a (b), (E2) in 1.0 [x] or 20 %")).toBe(
      true,
    );
  });
});
