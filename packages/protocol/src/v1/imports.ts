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
      maximum: Number.MAX_SAFE_INTEGER,
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
    { minItems: 1, maxItems: batchLinesMax },
  ),
});

export const importLine = closed("ImportLine", "What one line came to.", {
  line: Type.Integer({ description: "Its number in the file." }),
  status: oneOf(["created", "updated", "unchanged", "refused", "error"], "What it did."),
  code: Type.Optional(Type.String({ description: "Of a refusal or an error." })),
  message: Type.Optional(Type.String()),
});

export const importResult = closed("ImportResult", "One result per line, in the lines' order.", {
  kind: importKind,
  dry_run: Type.Boolean(),
  results: Type.Array(importLine, { description: "Empty for a dry run." }),
});

export type ImportKind = (typeof importKinds)[number];
export type ImportInput = Static<typeof importInput>;
export type ImportLine = Static<typeof importLine>;
