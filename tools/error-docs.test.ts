// Proves that docs/errors.md is what the error table says.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { errors } from "../packages/protocol/src/index.ts";
import { renderErrorDocs } from "./error-docs.ts";

it("docs/errors.md is written from the error table and names every code", () => {
  const page = readFileSync(new URL("../docs/errors.md", import.meta.url), "utf8");
  expect(page, "run node tools/error-docs.ts").toBe(renderErrorDocs());
  for (const code of Object.keys(errors)) expect(page).toContain(`id="${code}"`);
});
