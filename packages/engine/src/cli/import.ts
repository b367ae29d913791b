// `pointbridge import`: a CSV file, checked as a whole before its first line is applied.
//
// F1  Every line passes every check, the file's own and the node's (a dry run), before any is applied.
// F2  The same file again changes nothing, so that what was broken off is finished by running it again.
import type { Client, ImportError } from "@pointbridge/sdk";
import { Argument, type Command } from "commander";
import { FileCheck, type ImportKind, importKinds, judgeColumns } from "../import-files/index.ts";
import type { CommandLineParts } from "./command-context.ts";
import { type CsvFile, type CsvRecord, readCsvFile } from "./csv-file.ts";
import { badLines, exitCodes, type LineFault } from "./exit-codes.ts";
import { readCount } from "./flags.ts";
import { writeJson, writeOutput } from "./output.ts";
import { withPatience } from "./patience.ts";
import { type Progress, startProgress } from "./progress.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface ImportOptions extends SessionOptions {
  readonly retryFor: string;
}

const CHUNK_LINES = 1000;
/** Well below the 4 MiB that a node takes, whatever JSON makes of the characters. */
const CHUNK_CHARACTERS = 500_000;
/** What the API takes of a field. */
const FIELD_CHARACTERS_MAX = 4096;

/** What a line is refused for because something else stands already: nothing is wrong with the file itself. */
const standingCodes: ReadonlySet<string> = new Set([
  "opening_differs",
  "operation_conflict",
  "mapping_exists",
  "mapping_taken",
  "system_kind_fixed",
  "approval_required",
  "rate_change_under_way",
  "rate_cycle_gains",
]);

function findLongFields({ line, fields }: CsvRecord): LineFault[] {
  return Object.entries(fields)
    .filter(([, text]) => Array.from(text).length > FIELD_CHARACTERS_MAX)
    .map(([field]) => ({ line, field, message: `must have at most ${FIELD_CHARACTERS_MAX} characters` }));
}

/** What can be said of the file without a node. */
function judgeFile(kind: ImportKind, file: CsvFile): readonly LineFault[] {
  const wrongColumns = judgeColumns(kind, file.columns, file.columnsLine);
  if (wrongColumns.length > 0) return wrongColumns;
  const check = new FileCheck(kind);
  const inRecords = file.records.flatMap((record) => {
    const faults = check.check([record.fields], record.line);
    return faults.length > 0 ? faults : findLongFields(record);
  });
  return [...file.faults, ...inRecords].sort((left, right) => left.line - right.line);
}

function toChunks(records: readonly CsvRecord[]): CsvRecord[][] {
  const chunks: CsvRecord[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const record of records) {
    const length = JSON.stringify(record.fields).length;
    const last = chunks.at(-1);
    if (last === undefined || last.length === CHUNK_LINES || characters + length > CHUNK_CHARACTERS) {
      chunks.push([record]);
      characters = length;
    } else {
      last.push(record);
      characters += length;
    }
  }
  return chunks;
}

/** One import's calls to the node. */
class Importer {
  readonly #client: Client;
  readonly #kind: ImportKind;
  readonly #retryForMs: number;

  constructor(client: Client, kind: ImportKind, retryForMs: number) {
    this.#client = client;
    this.#kind = kind;
    this.#retryForMs = retryForMs;
  }

  async send(chunk: readonly CsvRecord[], dryRun: boolean) {
    const lines = chunk.map((record) => ({ ...record.fields }));
    const input = { dry_run: dryRun, first_line: 1, lines };
    const result = await withPatience(this.#retryForMs, () => this.#client.imports.apply(this.#kind, input));
    return { ...result, errors: result.errors.map((error) => this.#place(error, chunk)) };
  }

  /** Blank lines and line ends within fields make a record's place differ from its line. */
  #place(error: ImportError, chunk: readonly CsvRecord[]): LineFault {
    const { field, message, code } = error;
    return { line: chunk[error.line - 1]?.line ?? error.line, field, message, code };
  }
}

/** @throws CommandError 2 for a bad line, 1 where lines only contradict what stands at the node */
async function checkAtNode(
  path: string,
  importer: Importer,
  chunks: readonly CsvRecord[][],
  progress: Progress,
): Promise<void> {
  const faults: LineFault[] = [];
  for (const chunk of chunks) {
    faults.push(...(await importer.send(chunk, true)).errors);
    progress.advance(chunk.length);
  }
  throwFaults(path, faults);
}

function throwFaults(path: string, faults: readonly LineFault[], conclusion?: string): void {
  if (faults.length === 0) return;
  const isRefused = faults.every((fault) => standingCodes.has(fault.code ?? ""));
  throw badLines(isRefused ? exitCodes.refused : exitCodes.badInput, path, faults, conclusion);
}

async function applyChunks(
  path: string,
  importer: Importer,
  chunks: readonly CsvRecord[][],
  progress: Progress,
): Promise<{ applied: number; unchanged: number }> {
  const sum = { applied: 0, unchanged: 0 };
  for (const chunk of chunks) {
    const result = await importer.send(chunk, false);
    // Only where somebody else changed the node since the check.
    throwFaults(
      path,
      result.errors,
      `${sum.applied} earlier lines were applied; run the same again once it is mended`,
    );
    sum.applied += result.applied;
    sum.unchanged += result.unchanged;
    progress.advance(chunk.length);
  }
  return sum;
}

async function withProgress<T>(
  title: string,
  total: number,
  work: (progress: Progress) => Promise<T>,
): Promise<T> {
  const progress = startProgress(title, total);
  try {
    return await work(progress);
  } finally {
    progress.stop();
  }
}

async function importFile(
  kind: ImportKind,
  path: string,
  options: ImportOptions,
  parts: CommandLineParts,
): Promise<void> {
  const retryForMs = readCount("--retry-for", options.retryFor, [0, 86_400]) * 1000;
  const file = await readCsvFile(path);
  const faults = judgeFile(kind, file);
  if (faults.length > 0) throw badLines(exitCodes.badInput, path, faults);
  const chunks = toChunks(file.records);
  const total = file.records.length;
  await withNode(options, parts, async (client) => {
    const importer = new Importer(client, kind, retryForMs);
    await withProgress("checking ", total, (progress) => checkAtNode(path, importer, chunks, progress));
    const { applied, unchanged } = await withProgress("importing", total, (progress) =>
      applyChunks(path, importer, chunks, progress),
    );
    if (options.json === true) await writeJson({ kind, file: path, applied, unchanged, errors: [] });
    else await writeOutput(describeImport(kind, applied, unchanged));
  });
}

function describeImport(kind: ImportKind, applied: number, unchanged: number): string {
  if (applied === 0) return `${kind}: nothing to change, all ${unchanged} lines stood already\n`;
  return `${kind}: ${applied} applied, ${unchanged} unchanged\n`;
}

export function addImport(program: Command, parts: CommandLineParts): void {
  const command = program
    .command("import")
    .description("bring a CSV file in; nothing of it is applied while one of its lines is bad")
    .addArgument(new Argument("<kind>", "what its lines describe").choices(importKinds))
    .argument("<file>", "CSV file in UTF-8 with the columns' names on its first line; - for standard input")
    .option("--retry-for <seconds>", "how long to keep trying a node that is away", "60");
  addSessionOptions(command).action((kind: ImportKind, path: string, options: ImportOptions) =>
    importFile(kind, path, options, parts),
  );
}
