// Imports: lines of a CSV file, as text, for one kind of record at a time.
import { type Static, Type } from "typebox";
import { batchLinesMax, closed, oneOf } from "./shapes.ts";

export const importKinds = [
  "systems",
  "credit-types",
  "links",
  "rates",
  "balances",
  "mappings",
  "users",
] as const;
export const importKind = oneOf(importKinds, "What the lines describe.");

export const importInput = closed("ImportInput", "Lines of a file; the fields are the file's columns.", {
  dry_run: Type.Optional(
    Type.Boolean({ default: false, description: "Look at the form only; change nothing." }),
  ),
  first_line: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000_000,
      default: 1,
      description: "The first line's number in its file, for messages.",
    }),
  ),
  lines: Type.Array(
    Type.Unsafe<Record<string, string>>({
      type: "object",
      additionalProperties: { type: "string", maxLength: 4096 },
      description: "One line: column to text.",
    }),
    { maxItems: batchLinesMax },
  ),
});

export const importError = closed("ImportError", "Why a line can't be had.", {
  line: Type.Integer({ minimum: 1, description: "The line's number in its file." }),
  field: Type.String({ description: "The column." }),
  message: Type.String({ description: "What is wrong and what is expected." }),
  code: Type.String({ description: "A code of the error table." }),
});

export const importResult = closed("ImportResult", "What an import came to.", {
  kind: importKind,
  dry_run: Type.Boolean(),
  applied: Type.Integer({ minimum: 0, description: "Lines that changed something." }),
  unchanged: Type.Integer({ minimum: 0, description: "Lines that said what stood already." }),
  errors: Type.Array(importError, {
    description: "Lines that are refused, in their order. Where a check finds any, nothing is applied.",
  }),
});

export type ImportKind = (typeof importKinds)[number];
export type ImportInput = Static<typeof importInput>;
export type ImportError = Static<typeof importError>;
export type ImportResult = Static<typeof importResult>;
