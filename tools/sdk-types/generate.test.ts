// Proves that the SDK's committed types are those of the document that the node serves.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { findFields } from "./fields.ts";
import { generatedFile, generateTypes } from "./generate.ts";

it("the committed types are those of the document", async () => {
  const committed = readFileSync(generatedFile, "utf8");
  expect(committed === (await generateTypes()), "run node tools/sdk-types/generate.ts").toBe(true);
});

it("a name that means points in one schema and text in another is refused", () => {
  const points = { properties: { total: { type: "string", pattern: "^(0|[1-9][0-9]{0,18})$" } } };
  const text = { properties: { total: { type: "string" } } };
  expect(() => findFields({ points, text })).toThrow("the field total is points in one schema and other");
  expect(findFields({ points })).toEqual({ points: ["total"], free: [] });
});
