// Lists on the command line: one page, as the API gives it, or every item as NDJSON.
import type { Listing, Page } from "@pointbridge/sdk";
import type { Command } from "commander";
import { readCount } from "./flags.ts";
import { toJson, toTable, writeJson, writeOutput } from "./output.ts";
import { addSessionOptions, type SessionOptions } from "./session.ts";

export interface ListOptions extends SessionOptions {
  readonly limit: string;
  readonly cursor?: string;
}

export function addListOptions(command: Command): Command {
  command
    .option("--limit <number>", "items to show, to 1000", "100")
    .option("--cursor <cursor>", "next_cursor of the page before");
  return addSessionOptions(command);
}

export function readPageFilter({ limit, cursor }: ListOptions): {
  limit: number;
  cursor: string | undefined;
} {
  return { limit: readCount("--limit", limit, [1, 1000]), cursor };
}

/** Shows one page: the columns that are named, or with --json the page as it is. */
export async function showPage<T extends object>(
  listing: Listing<T>,
  columns: readonly (keyof T & string)[],
  { json }: ListOptions,
): Promise<void> {
  const page: Page<T> = await listing.page();
  if (json === true) {
    await writeJson(page);
    return;
  }
  const rows = page.items.map((item) => columns.map((column) => toCell(item[column])));
  await writeOutput(toTable(columns, rows));
  if (page.next_cursor !== null) process.stderr.write(`more: --cursor ${page.next_cursor}\n`);
}

function toCell(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === "string" ? value : toJson(value).replaceAll('"', "");
}
