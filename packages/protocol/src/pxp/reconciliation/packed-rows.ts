// Rows of an answer in fewer bytes: the same JSON, deflated. What comes out is bounded and has its form, or is nothing.
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { Compile, type Validator } from "typebox/compile";
import { type RowTuple, rowTuples } from "./calls.ts";

const unpackedBytesMax = 4 * 1024 * 1024;
let validator: Validator | undefined;

export function packRows(rows: readonly RowTuple[]): string {
  return deflateRawSync(Buffer.from(JSON.stringify(rows)), { level: 9 }).toString("base64");
}

/** Undefined for what is no packed list of rows. */
export function unpackRows(packed: string): RowTuple[] | undefined {
  try {
    const bytes = inflateRawSync(Buffer.from(packed, "base64"), { maxOutputLength: unpackedBytesMax });
    const rows: unknown = JSON.parse(bytes.toString("utf8"));
    validator ??= Compile(rowTuples);
    return validator.Check(rows) ? (rows as RowTuple[]) : undefined;
  } catch {
    // No deflated bytes, too many of them, or no JSON: all the same to whoever asked.
    return undefined;
  }
}
