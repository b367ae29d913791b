// The current filter as a file for finance: every row that it finds, read page by page.
import type { Exchange, ExchangeFilter } from "@pointbridge/sdk";
import { client } from "../api/index.ts";

/** More than this a browser should not be asked to hold; the command line has no such bound. */
export const linesMax = 50_000;

const columns: readonly (readonly [string, (row: Exchange) => string])[] = [
  ["operation_id", (row) => row.operation_id],
  ["status", (row) => row.status],
  ["created_at", (row) => row.created_at],
  ["updated_at", (row) => row.updated_at],
  ["user_id", (row) => row.user_id],
  ["target_user_id", (row) => row.target_user_id ?? ""],
  ["source_system", (row) => row.source_system],
  ["source_credit_type", (row) => row.source_credit_type],
  ["source_amount", (row) => String(row.source_amount)],
  ["target_system", (row) => row.target_system],
  ["target_credit_type", (row) => row.target_credit_type],
  ["target_amount", (row) => (row.target_amount === null ? "" : String(row.target_amount))],
  ["exchange_rate", (row) => row.exchange_rate ?? ""],
  ["rate_version", (row) => (row.rate_version === null ? "" : String(row.rate_version))],
  ["failure", (row) => row.failure?.code ?? ""],
];

/** A cell that begins like a formula would be run by a spreadsheet; a quote before it keeps it text. */
function writeCell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function writeLine(cells: readonly string[]): string {
  return `${cells.map(writeCell).join(",")}\r\n`;
}

export interface CsvResult {
  readonly lines: number;
  readonly isWhole: boolean;
}

/** Writes the file and offers it for download. */
export async function downloadCsv(
  filter: ExchangeFilter,
  onProgress: (lines: number) => void,
  signal: AbortSignal,
): Promise<CsvResult> {
  const chunks = [`\uFEFF${writeLine(columns.map(([name]) => name))}`];
  let lines = 0;
  let isWhole = true;
  for await (const row of client.exchanges.list({ ...filter, limit: 1000 }, { signal })) {
    if (lines === linesMax) {
      isWhole = false;
      break;
    }
    chunks.push(writeLine(columns.map(([, read]) => read(row))));
    lines += 1;
    if (lines % 1000 === 0) onProgress(lines);
  }
  const address = URL.createObjectURL(new Blob(chunks, { type: "text/csv;charset=utf-8" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = `exchanges-${new Date().toISOString().slice(0, 10)}.csv`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return { lines, isWhole };
}
