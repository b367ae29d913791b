// `pointbridge exchange run`: a file of exchanges, with the effects of being made one by one in its order.
//
// R1  Unless bad lines are to be skipped, every line is judged before the first exchange is made.
// R2  Batches go out one at a time in the file's order; the next leaves when every line before has its answer.
// R3  What has no answer is sent again as it was, under its id: killed and run again, nothing is done twice.
// R4  A line that waits on a partner is asked for again until it has ended or the wait is over.
// R4  The results are there whole, in the file's order, or not at all.
import { type Client, type ExchangeBatchLine, PointbridgeError } from "@pointbridge/sdk";
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { ExchangeFile, type ExchangeLine } from "./exchange-file.ts";
import { badLines, CommandError, exitCodes, type LineFault } from "./exit-codes.ts";
import { readCount } from "./flags.ts";
import { toJson, writeJson } from "./output.ts";
import { withPatience } from "./patience.ts";
import { type Progress, startProgress } from "./progress.ts";
import { openResultFile, type ResultSink, standardOutput } from "./result-file.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface RunOptions extends SessionOptions {
  readonly out?: string;
  readonly skipBadLines?: boolean;
  readonly retryFor: string;
  readonly waitFor: string;
}

const BATCH_LINES = 500;
const BATCH_BYTES = 2 * 1024 * 1024;

interface MalformedLine {
  readonly line: number;
  readonly operation_id?: string;
  readonly status: "malformed";
  readonly errors: ExchangeLine["faults"];
}
type ResultLine = ExchangeBatchLine | MalformedLine;

function toMalformed({ line, operationId, faults }: ExchangeLine): MalformedLine {
  const id = operationId === undefined ? {} : { operation_id: operationId };
  return { line, ...id, status: "malformed", errors: faults };
}

function toLineFaults({ line, faults }: ExchangeLine): LineFault[] {
  return faults.map(({ path, message }) => ({ line, field: path, message }));
}

/** Judges the whole file. @throws CommandError naming line and field, unless bad lines are to be skipped (R1) */
async function judgeFile(file: ExchangeFile, isSkipping: boolean): Promise<number> {
  const faults: LineFault[] = [];
  let count = 0;
  for await (const line of file.lines()) {
    count += 1;
    // So many tell enough; the count of a file of another kind need not be exact.
    if (line.faults.length > 0 && faults.length < 10_000) faults.push(...toLineFaults(line));
  }
  if (faults.length > 0 && !isSkipping) {
    const conclusion = "nothing was applied (--skip-bad-lines makes the other exchanges)";
    throw badLines(exitCodes.badInput, file.path, faults, conclusion);
  }
  return count;
}

async function* toBatches(lines: AsyncIterable<ExchangeLine>): AsyncGenerator<ExchangeLine[]> {
  let batch: ExchangeLine[] = [];
  let bytes = 0;
  for await (const line of lines) {
    if (batch.length === BATCH_LINES || (batch.length > 0 && bytes + line.size > BATCH_BYTES)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += line.size;
  }
  if (batch.length > 0) yield batch;
}

interface Patience {
  /** With a node that is away. */
  readonly retryForMs: number;
  /** With partners that have not answered the node. */
  readonly waitForMs: number;
}

/** A line whose outcome the node does not know yet, which is to be asked again. */
class OutcomeUnknownError extends Error {}

type Answers = Map<ExchangeLine, ExchangeBatchLine>;

/** Sends lines until the node knows what each of them came to, or that it is under way (R3). */
async function sendLines(
  client: Client,
  lines: readonly ExchangeLine[],
  retryForMs: number,
  answers: Answers,
): Promise<void> {
  const known = new Set<ExchangeLine>();
  await withPatience(
    retryForMs,
    async () => {
      const open = lines.filter((line) => !known.has(line));
      if (open.length === 0) return;
      const results = await client.exchanges.createBatch(open.flatMap((line) => line.input ?? []));
      for (const [index, line] of open.entries()) {
        const result = results[index];
        if (result === undefined || result.operation_id !== line.operationId) {
          throw new Error("the node's results are not in the lines' order");
        }
        if (result.status === "error") continue;
        answers.set(line, result);
        known.add(line);
      }
      const unknown = open.find((line) => !known.has(line));
      if (unknown === undefined) return;
      const message = `line ${unknown.line}: the node does not know the outcome of ${unknown.operationId}`;
      throw new OutcomeUnknownError(message);
    },
    (error) => error instanceof OutcomeUnknownError,
  );
}

/** Sends one batch until each of its lines has an answer (R2, R3, R4). */
async function sendBatch(
  client: Client,
  batch: readonly ExchangeLine[],
  { retryForMs, waitForMs }: Patience,
): Promise<ReadonlyMap<ExchangeLine, ExchangeBatchLine>> {
  const answers: Answers = new Map();
  let open = batch.filter((line) => line.input !== undefined);
  const waitUntil = performance.now() + waitForMs;
  while (open.length > 0) {
    await sendLines(client, open, retryForMs, answers);
    if (performance.now() >= waitUntil) break;
    // The node waits for their ends before it answers, so this asks once every few seconds.
    open = open.filter((line) => answers.get(line)?.status === "processing");
  }
  return answers;
}

/** What the file passed the node refuses after all, as one of another version may: told by the file's lines. */
function placeFaults(
  error: unknown,
  file: ExchangeFile,
  batch: readonly ExchangeLine[],
  answered: number,
): unknown {
  if (!(error instanceof PointbridgeError) || error.status !== 400) return error;
  const sent = batch.filter((line) => line.input !== undefined);
  const faults = error.errors.map(({ path, message }) => {
    const [, index = "", field = ""] = /^\/exchanges\/(\d+)(.*)$/.exec(path) ?? [];
    return { line: sent[Number(index)]?.line ?? 0, field, message };
  });
  const conclusion = `the ${answered} lines before were answered; run the file again once it is mended`;
  return faults.length === 0 ? error : badLines(exitCodes.badInput, file.path, faults, conclusion);
}

type Tally = Record<ResultLine["status"] | "answered", number>;

function emptyTally(): Tally {
  return { answered: 0, completed: 0, processing: 0, failed: 0, conflict: 0, error: 0, malformed: 0 };
}

interface Run {
  readonly client: Client;
  readonly file: ExchangeFile;
  readonly sink: ResultSink;
  readonly progress: Progress;
  readonly patience: Patience;
  readonly isSkipping: boolean;
}

async function runBatches({ client, file, sink, progress, patience, isSkipping }: Run): Promise<Tally> {
  const tally = emptyTally();
  for await (const batch of toBatches(file.lines())) {
    const bad = batch.filter((line) => line.input === undefined);
    if (bad.length > 0 && !isSkipping) {
      const conclusion = "the file changed while it was run; the lines before were answered";
      throw badLines(exitCodes.badInput, file.path, bad.flatMap(toLineFaults), conclusion);
    }
    const answers = await sendBatch(client, batch, patience).catch((error: unknown) => {
      throw placeFaults(error, file, batch, tally.answered);
    });
    const results: ResultLine[] = batch.map((line) => answers.get(line) ?? toMalformed(line));
    await sink.write(results.map((result) => `${toJson(result)}\n`).join(""));
    for (const { status } of results) tally[status] += 1;
    tally.answered += results.length;
    progress.advance(batch.length);
  }
  return tally;
}

async function runFile(path: string, options: RunOptions, parts: CommandLineParts): Promise<void> {
  const patience = {
    retryForMs: readCount("--retry-for", options.retryFor, [0, 86_400]) * 1000,
    waitForMs: readCount("--wait-for", options.waitFor, [0, 86_400]) * 1000,
  };
  const isSkipping = options.skipBadLines === true;
  const file = await ExchangeFile.open(path);
  const count = await judgeFile(file, isSkipping);
  await withNode(options, parts, async (client) => {
    const sink = options.out === undefined ? standardOutput : await openResultFile(options.out, path);
    const progress = startProgress("exchanging", count);
    try {
      const tally = await runBatches({ client, file, sink, progress, patience, isSkipping });
      await sink.finish();
      progress.stop();
      await tellTally(tally, options);
    } catch (error) {
      progress.stop();
      await sink.discard();
      throw afterAStop(error);
    }
  });
}

/** Whatever stopped the run, running it again is safe (R3); a reader who left does not make it a success. */
function afterAStop(error: unknown): unknown {
  if (error instanceof OutcomeUnknownError) {
    return new CommandError(exitCodes.unreachable, `${error.message}; run the same command again`);
  }
  if (error instanceof Error && error.name === "OutputClosedError") {
    return new CommandError(exitCodes.refused, "the output was closed before every line was answered");
  }
  return error;
}

async function tellTally(tally: Tally, options: RunOptions): Promise<void> {
  const counts = Object.entries(tally).filter(([, count]) => count > 0);
  const text = counts.map(([status, count]) => `${count} ${status}`).join(", ") || "no line to answer";
  // Standard output belongs to the results where they are not written to a file.
  if (options.out === undefined) process.stderr.write(`${text}\n`);
  else if (options.json === true) await writeJson({ out: options.out, ...tally });
  else process.stdout.write(`${text}; results in ${options.out}\n`);
}

export function addExchangeRun(exchange: Command, parts: CommandLineParts): void {
  const command = exchange
    .command("run")
    .description(
      "make the exchanges of a file, one JSON object a line, in its order; safe to kill and run again",
    )
    .argument("<file>", "NDJSON file of exchanges with an operation_id each; - for standard input")
    .option(
      "--out <file>",
      "write the results there, whole, when every line is answered (else standard output)",
    )
    .option("--skip-bad-lines", "report malformed lines in the results and make the other exchanges")
    .option("--retry-for <seconds>", "how long to keep trying a node that is away", "60")
    .option(
      "--wait-for <seconds>",
      "how long to wait for partners; then a line's result is processing, and a later run has the rest",
      "60",
    );
  addSessionOptions(command).action((path: string, options: RunOptions) => runFile(path, options, parts));
}
