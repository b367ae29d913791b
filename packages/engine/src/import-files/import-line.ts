// What an import reads and what it answers.
import { v1 } from "@pointbridge/protocol";

export type ImportKind = v1.ImportKind;
export const importKinds: readonly ImportKind[] = v1.importKinds;

/** A line of a file: column to text. */
export type ImportLine = Readonly<Record<string, string>>;

export interface ImportError {
  /** The line's number in its file. */
  readonly line: number;
  /** The column. */
  readonly field: string;
  /** What is wrong and what is expected. */
  readonly message: string;
  /** Of the error table. */
  readonly code: string;
}

/** A line that has passed the checks so far, with its number. */
export interface NumberedLine {
  readonly line: number;
  readonly fields: ImportLine;
}

/** A field of a line whose form has been checked; empty where an optional column is absent. */
export function fieldOf(fields: ImportLine, column: string): string {
  return Object.hasOwn(fields, column) ? (fields[column] ?? "") : "";
}

/** An optional field; undefined where it is absent or empty. */
export function optionalField(fields: ImportLine, column: string): string | undefined {
  const text = fieldOf(fields, column);
  return text === "" ? undefined : text;
}
