// What a command writes to standard output: for people, or with --json one document (NDJSON where it streams).
//
// O1  Only these functions write to standard output, so that with --json nothing else gets there.
// O2  A reader that goes away ends the command quietly.
import { OutputClosedError } from "./exit-codes.ts";

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Writes and waits until the reader has kept up. @throws OutputClosedError */
export async function writeOutput(text: string): Promise<void> {
  if (text === "") return;
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === undefined || error === null) resolve();
      else reject(hasCode(error, "EPIPE") ? new OutputClosedError() : error);
    });
  });
}

/** Keeps a closed output from ending the process by itself: whoever writes is told (O2). */
export function watchOutput(): void {
  process.stdout.on("error", (error) => {
    if (!hasCode(error, "EPIPE")) throw error;
  });
}

/** A value as JSON; points are decimal strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === "bigint" ? String(member) : member,
  );
}

export async function writeJson(value: unknown): Promise<void> {
  await writeOutput(`${toJson(value)}\n`);
}

type Cell = string | number | bigint | boolean | null | undefined;

/** Rows below their headings, in columns; what is not there is a dash. */
export function toTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [headings, ...rows].map((row) => row.map((cell) => String(cell ?? "-")));
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ""))));
  const pad = (text: string, column: number) => text + " ".repeat((widths[column] ?? 0) - widthOf(text));
  return lines.map((line) => `${line.map(pad).join("  ").trimEnd()}\n`).join("");
}

/** Columns that a text takes on a terminal: ideographs and their like take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(
      character,
    )
      ? 2
      : 1;
  return width;
}

/** Fields below each other, for one thing. */
export function toFields(value: object): string {
  const entries = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries
    .map(
      ([name, member]) =>
        `${name.padEnd(width)}  ${typeof member === "object" ? toJson(member) : String(member)}\n`,
    )
    .join("");
}

/** Shows one thing. */
export async function show(value: object, { json }: { readonly json?: boolean }): Promise<void> {
  await (json === true ? writeJson(value) : writeOutput(toFields(value)));
}
