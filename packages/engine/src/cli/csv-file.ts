// Reads a CSV file: UTF-8 with or without a byte order mark, any line ends, quotes; every record with its line.
import { isUtf8 } from "node:buffer";
import { CsvError, parse } from "csv-parse/sync";
import { badLines, exitCodes, type LineFault } from "./exit-codes.ts";
import { readInputFile } from "./input-file.ts";

export interface CsvRecord {
  /** Where it begins in its file; the columns' names are on line 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

export interface CsvFile {
  readonly columns: readonly string[];
  /** The line with the columns' names. */
  readonly columnsLine: number;
  /** Those with a field for every column. */
  readonly records: readonly CsvRecord[];
  /** The others. */
  readonly faults: readonly LineFault[];
}

function findBrokenLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end;
    if (!isUtf8(bytes.subarray(start, stop))) return line;
    start = stop + 1;
  }
  return line;
}

const quoteFaults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quoted field is not closed before the file ends",
  INVALID_OPENING_QUOTE: 'a field holds a quote without being quoted; write "" inside of a quoted field',
  CSV_INVALID_CLOSING_QUOTE:
    'something follows a closing quote; write "" for a quote inside of a quoted field',
};

function toFault(error: CsvError): LineFault {
  const { lines: line, column } = error as unknown as { lines?: number; column?: number | string };
  const field = typeof column === "number" ? `column ${column + 1}` : (column ?? "");
  return { line: line ?? 1, field, message: quoteFaults[error.code] ?? error.message };
}

interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function parseRecords(path: string, text: string): readonly Parsed[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ["\r\n", "\n", "\r"],
    }) as unknown as readonly Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw badLines(exitCodes.badInput, path, [toFault(error)]);
  }
}

/** A record's info counts the lines up to its end; it begins as many before as its fields hold. */
function startLineOf({ record, info }: Parsed): number {
  return info.lines - record.reduce((count, field) => count + (field.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
}

/** @throws CommandError naming line and column */
export async function readCsvFile(path: string): Promise<CsvFile> {
  const bytes = await readInputFile(path);
  if (!isUtf8(bytes)) {
    const line = findBrokenLine(bytes);
    throw badLines(exitCodes.badInput, path, [{ line, field: "", message: "the line is not valid UTF-8" }]);
  }
  const [head, ...rest] = parseRecords(path, bytes.toString("utf8"));
  if (head === undefined) {
    const message = "the file is empty; its first line must name the columns";
    throw badLines(exitCodes.badInput, path, [{ line: 1, field: "", message }]);
  }
  const columns = head.record;
  const faults: LineFault[] = [];
  const records: CsvRecord[] = [];
  for (const parsed of rest) {
    const { record } = parsed;
    const line = startLineOf(parsed);
    if (record.length === columns.length) {
      records.push({
        line,
        fields: Object.fromEntries(columns.map((name, index) => [name, record[index] ?? ""])),
      });
    } else {
      const field = columns[Math.min(record.length, columns.length - 1)] ?? "";
      const message = `the line has ${record.length} fields where the file has ${columns.length} columns`;
      faults.push({ line, field, message });
    }
  }
  return { columns, columnsLine: startLineOf(head), records, faults };
}
