// A lane: one transaction at a time. Requests that arrive while it runs wait in line and form the next one,
// so an idle lane answers at once and a busy one batches by itself, without a timer.
//
// N1  Requests are decided in the order in which they came to the lane, and the commands of one request in
//     its own order.
// N2  A batch that fails for a reason of its own is split until the culprit stands alone, so that nobody
//     else's request fails with it. Order is kept: the first half runs before the second.
// N3  A batch that lost a race, or whose outcome is unknown, is run again: ids make that safe.

import { type Database, DatabaseError, toDatabaseError } from "../database/index.ts";
import type { Command, Outcome } from "../domain/index.ts";
import { AppError, crashPoint, hasCrashPoint, type RetryPolicy, retry } from "../system/index.ts";
import { type BatchContext, runBatch } from "./batch.ts";

/** `error`: this command makes the batch fail; nothing of it was done. */
export type SubmittedOutcome =
  | Outcome
  | { readonly type: "error"; readonly operationId: string; readonly error: unknown };

interface Request {
  readonly commands: readonly Command[];
  readonly resolve: (outcomes: SubmittedOutcome[]) => void;
  readonly reject: (error: unknown) => void;
}

export interface LaneListener {
  /** A batch was stored: how many commands it had and how long it took. */
  batchDone(commandCount: number, durationMs: number): void;
  /** A batch is run again after an error. */
  batchRetried(error: DatabaseError): void;
}

const conflictPolicy: RetryPolicy = { attemptsMax: 20, firstDelayMs: 2, longestDelayMs: 200 };
const unavailablePolicy: RetryPolicy = { attemptsMax: 5, firstDelayMs: 100, longestDelayMs: 2_000 };

function isKind(kind: DatabaseError["kind"]): (error: unknown) => boolean {
  return (error) => error instanceof DatabaseError && error.kind === kind;
}

/** What a request is told whose outcome is not known. */
export function notAnswered(error: DatabaseError): AppError {
  const detail = "the database did not answer in time; send the same request again to learn its outcome";
  return new AppError("database_unavailable", detail, undefined, error);
}

/** The crash points of a batch: one for each kind of command in it. */
function crashAt(when: string, commands: readonly Command[]): void {
  if (!hasCrashPoint) return;
  for (const { type } of commands) crashPoint(`${when} ${type}`);
}

export class Lane {
  readonly #database: Database;
  readonly #context: BatchContext;
  readonly #commandsMax: number;
  readonly #listener: LaneListener;
  #waiting: Request[] = [];
  #waitingCommands = 0;
  #running: Promise<void> | undefined;

  constructor(database: Database, context: BatchContext, commandsMax: number, listener: LaneListener) {
    this.#database = database;
    this.#context = context;
    this.#commandsMax = commandsMax;
    this.#listener = listener;
  }

  /** Commands waiting for their batch. */
  get load(): number {
    return this.#waitingCommands;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  submit(commands: readonly Command[]): Promise<SubmittedOutcome[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ commands, resolve, reject });
      this.#waitingCommands += commands.length;
      this.#running ??= this.#run();
    });
  }

  /** Waits until everything submitted has been answered. */
  async drain(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // Lets the requests that came with the same read of the network join the first batch.
    await new Promise((resolve) => setImmediate(resolve));
    let answer = (): void => undefined;
    while (this.#waiting.length > 0) {
      const settled = this.#settle(this.#takeNext());
      // The database reads for this batch while the answers of the one before it are written.
      setImmediate(answer);
      answer = await settled;
    }
    answer();
    this.#running = undefined;
  }

  /** The longest run of waiting requests that fits a batch; at least one. */
  #takeNext(): Request[] {
    let commandCount = 0;
    let requestCount = 0;
    for (const { commands } of this.#waiting) {
      if (requestCount > 0 && commandCount + commands.length > this.#commandsMax) break;
      commandCount += commands.length;
      requestCount += 1;
    }
    this.#waitingCommands -= commandCount;
    return this.#waiting.splice(0, requestCount);
  }

  /** Runs the requests' batch; what is given back tells them what came of it. */
  async #settle(requests: readonly Request[]): Promise<() => void> {
    try {
      const outcomes = await this.#decide(requests.flatMap((request) => request.commands));
      return () => {
        let start = 0;
        for (const { commands, resolve } of requests) {
          resolve(outcomes.slice(start, start + commands.length));
          start += commands.length;
        }
      };
    } catch (error) {
      return () => {
        for (const { reject } of requests) reject(error);
      };
    }
  }

  async #decide(commands: readonly Command[]): Promise<SubmittedOutcome[]> {
    try {
      return await this.#store(commands);
    } catch (error) {
      // Neither a database that is away nor a race lost to the end says anything of a command.
      if (error instanceof DatabaseError && error.kind !== "fault") throw notAnswered(error);
      const [only] = commands;
      if (commands.length === 1 && only !== undefined) {
        return [{ type: "error", operationId: only.operationId, error }];
      }
      const middle = Math.ceil(commands.length / 2);
      const first = await this.#decide(commands.slice(0, middle));
      return [...first, ...(await this.#decide(commands.slice(middle)))];
    }
  }

  /** One transaction, tried again where trying again can help (N3). */
  #store(commands: readonly Command[]): Promise<Outcome[]> {
    return retry(unavailablePolicy, isKind("unavailable"), () =>
      retry(conflictPolicy, isKind("conflict"), async () => {
        const startedAt = performance.now();
        try {
          const outcomes = await this.#database.transaction(async (transaction) => {
            const decided = await runBatch(transaction, commands, this.#context);
            crashAt("before the commit of", commands);
            return decided;
          });
          crashAt("after the commit of", commands);
          this.#listener.batchDone(commands.length, performance.now() - startedAt);
          return outcomes;
        } catch (error) {
          // Clearing accounts that the failed transaction made are gone, and so may be the catalog it read.
          this.#context.directory.forget();
          this.#context.catalog = undefined;
          if (error instanceof DatabaseError) this.#listener.batchRetried(toDatabaseError(error));
          throw error;
        }
      }),
    );
  }
}
