// Proves that docs/protocol/openapi.json is what the schemas say, and that it is a valid OpenAPI 3.1 document.
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { callNames, callPaths } from "../packages/protocol/src/pxp/index.ts";
import { buildPxpOpenApi, documentFile, renderPxpOpenApi } from "./pxp-openapi.ts";

describe("the OpenAPI document of pxp/1", () => {
  it("is written from the schemas", () => {
    const committed = readFileSync(documentFile, "utf8");
    expect(committed === renderPxpOpenApi(), "run node tools/pxp-openapi.ts").toBe(true);
  });

  it("is valid OpenAPI 3.1, each reference leading somewhere", async () => {
    const validator = new Validator();
    const document = JSON.parse(renderPxpOpenApi()) as Parameters<Validator["validate"]>[0];
    expect(await validator.validate(document)).toMatchObject({ valid: true });
    expect(() => validator.resolveRefs()).not.toThrow();
  });

  it("has every call, and for each call with an outcome the statuses of the callee's table", () => {
    const { paths } = buildPxpOpenApi();
    expect(Object.keys(paths).sort()).toEqual(Object.values(callPaths).sort());
    const vectors = JSON.parse(
      readFileSync(new URL("../packages/protocol/vectors/callee-table.json", import.meta.url), "utf8"),
    ) as { vectors: ReadonlyArray<{ call: string; answer: { status: number } }> };
    expect(new Set(vectors.vectors.map(({ call }) => call))).toEqual(new Set(callNames));
    for (const { call, answer } of vectors.vectors) {
      const operation = paths[`/pxp/v1/${call}`]?.["post"] as { readonly responses: object };
      expect(Object.keys(operation.responses)).toContain(String(answer.status));
    }
  });
});
