// Runs as they are stored: made, found, taken up, moved on and ended.
//
// R1  One worker at a time: whatever is stored of a run's work compares the worker's token in the same transaction. One
//     that lost its lease finds that nothing it does counts any more.
// R2  A step's result and the run's progress are stored together, so that a run that was killed goes on from where it
//     was and records nothing twice.
// R3  A run and its operation in the log are one thing: made and ended in one transaction each.
import { recordChanges } from "../changes/index.ts";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { findOperations } from "../operations/index.ts";
import { AppError } from "../system/index.ts";
import { type Policy, policyFromJson, policyToJson } from "./policy.ts";
import * as queries from "./queries.ts";
import {
  countMismatches,
  emptyResult,
  type RepairMode,
  type Run,
  type RunOrigin,
  type RunProgress,
  type RunResult,
  type RunStatus,
} from "./run.ts";

interface RunRow {
  readonly reconciliation_id: string;
  readonly source_system: string;
  readonly target_system: string;
  readonly start_time: Date;
  readonly end_time: Date;
  readonly origin: RunOrigin;
  readonly repair: RepairMode;
  readonly policy: unknown;
  readonly status: RunStatus;
  readonly progress: RunProgress;
  readonly result: RunResult;
  readonly failure: string | null;
  readonly principal: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly ended_at: Date | null;
}

function toRun(row: RunRow): Run {
  return {
    reconciliationId: row.reconciliation_id,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    startTime: row.start_time,
    endTime: row.end_time,
    origin: row.origin,
    repair: row.repair,
    policy: policyFromJson(row.policy),
    status: row.status,
    progress: row.progress,
    result: row.result,
    failure: row.failure,
    principal: row.principal,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    endedAt: row.ended_at,
  };
}

export interface NewRun {
  readonly reconciliationId: string;
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly startTime: Date;
  readonly endTime: Date;
  readonly origin: RunOrigin;
  readonly repair: RepairMode;
  readonly policy: Policy;
  readonly principal: string;
  readonly progress: RunProgress;
}

export async function readTime(transaction: Transaction): Promise<Date> {
  const [row] = await transaction.query<{ now: Date }>(queries.readTime);
  if (row === undefined) throw new Error("the database did not answer its time");
  return row.now;
}

/** The first field in which a run that stands differs from what is asked for under its id. */
function findConflict(standing: Run, asked: NewRun): string | undefined {
  const comparisons: readonly (readonly [string, unknown, unknown])[] = [
    ["source_system", standing.sourceSystem, asked.sourceSystem],
    ["target_system", standing.targetSystem, asked.targetSystem],
    ["start_time", standing.startTime.getTime(), asked.startTime.getTime()],
    ["end_time", standing.endTime.getTime(), asked.endTime.getTime()],
    ["repair", standing.repair, asked.repair],
    ["origin", standing.origin, asked.origin],
  ];
  return comparisons.find(([, stored, wanted]) => stored !== wanted)?.[0];
}

/** Makes a run within a transaction. @throws AppError operation_conflict */
export async function insertRun(
  transaction: Transaction,
  shardCount: number,
  asked: NewRun,
): Promise<{ readonly run: Run; readonly idempotent: boolean }> {
  const { reconciliationId, sourceSystem, targetSystem, startTime, endTime, principal } = asked;
  const standing = await findRun(transaction, shardCount, reconciliationId);
  if (standing !== undefined) {
    const field = findConflict(standing, asked);
    if (field === undefined) return { run: standing, idempotent: true };
    const detail = `the id ${reconciliationId} belongs to another reconciliation, which differs in ${field}`;
    throw new AppError("operation_conflict", detail, { conflicting_field: field });
  }
  const [operation] = await findOperations(transaction, shardCount, [reconciliationId]);
  if (operation !== undefined) {
    const detail = `the id ${reconciliationId} belongs to an operation of kind ${operation.kind}`;
    throw new AppError("operation_conflict", detail, { conflicting_field: "type" });
  }
  const shardId = shardOf(reconciliationId, shardCount);
  const now = await readTime(transaction);
  const window = { start_time: startTime.toISOString(), end_time: endTime.toISOString() };
  const data = { reconciliation: { ...window, origin: asked.origin, repair: asked.repair } };
  await transaction.query(queries.insertOperation, [
    shardId,
    reconciliationId,
    sourceSystem,
    targetSystem,
    JSON.stringify(data),
    principal,
    now,
  ]);
  const [row] = await transaction.query<RunRow>(queries.insertRun, [
    shardId,
    reconciliationId,
    sourceSystem,
    targetSystem,
    startTime,
    endTime,
    asked.origin,
    asked.repair,
    policyToJson(asked.policy),
    JSON.stringify(asked.progress),
    JSON.stringify(emptyResult),
    principal,
    now,
  ]);
  if (row === undefined) throw new Error(`the reconciliation ${reconciliationId} was not stored`);
  recordChanges(transaction, shardId, now, [
    { type: "operation", operationId: reconciliationId, kind: "reconciliation", status: "processing" },
  ]);
  return { run: toRun(row), idempotent: false };
}

export async function findRun(
  transaction: Transaction,
  shardCount: number,
  reconciliationId: string,
): Promise<Run | undefined> {
  const parameters = [shardOf(reconciliationId, shardCount), reconciliationId];
  const [row] = await transaction.query<RunRow>(queries.findRun, parameters);
  return row === undefined ? undefined : toRun(row);
}

export interface RunFilter {
  readonly sourceSystem?: string | undefined;
  readonly targetSystem?: string | undefined;
  readonly status?: RunStatus | undefined;
  readonly origin?: RunOrigin | undefined;
  readonly limit: number;
  /** The last one of the page before. */
  readonly before?: { readonly createdAt: Date; readonly reconciliationId: string } | undefined;
}

/** Newest first. */
export async function listRuns(
  transaction: Transaction,
  shardCount: number,
  filter: RunFilter,
): Promise<Run[]> {
  const found: Run[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const rows = await transaction.query<RunRow>(queries.listRuns, [
      shardId,
      filter.sourceSystem ?? null,
      filter.targetSystem ?? null,
      filter.status ?? null,
      filter.origin ?? null,
      filter.before?.createdAt ?? null,
      filter.before?.reconciliationId ?? null,
      filter.limit,
    ]);
    found.push(...rows.map(toRun));
  }
  const newestFirst = (left: Run, right: Run) =>
    right.createdAt.getTime() - left.createdAt.getTime() ||
    (left.reconciliationId < right.reconciliationId ? 1 : -1);
  return found.sort(newestFirst).slice(0, filter.limit);
}

/** How long a worker may be silent before somebody else goes on. */
const LEASE_MS = 60_000;

/** Somebody else works on the run by now, or it has ended: whatever this worker would store does not count (R1). */
export class LeaseLostError extends Error {
  constructor(reconciliationId: string) {
    super(`the reconciliation ${reconciliationId} is in other hands`);
    this.name = "LeaseLostError";
  }
}

/** What one worker stores of the run that it has taken up. */
export class RunWork {
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #worker: string;
  readonly shardId: number;
  run: Run;

  private constructor(database: Database, shardCount: number, worker: string, run: Run) {
    this.#database = database;
    this.#shardCount = shardCount;
    this.#worker = worker;
    this.run = run;
    this.shardId = shardOf(run.reconciliationId, shardCount);
  }

  /** Takes a run up; undefined where it has ended, waits for lines, or is being worked on. */
  static async claim(
    database: Database,
    shardCount: number,
    reconciliationId: string,
    worker: string,
  ): Promise<RunWork | undefined> {
    const shardId = shardOf(reconciliationId, shardCount);
    const [row] = await runRetried(database, (transaction) =>
      transaction.query<RunRow>(queries.claimRun, [shardId, reconciliationId, worker, LEASE_MS]),
    );
    return row === undefined ? undefined : new RunWork(database, shardCount, worker, toRun(row));
  }

  get shardCount(): number {
    return this.#shardCount;
  }

  get database(): Database {
    return this.#database;
  }

  /**
   * Stores how far the run has come, with whatever `work` stores, or nothing (R2).
   * @throws LeaseLostError
   */
  async advance(
    progress: RunProgress,
    result: RunResult,
    work: (transaction: Transaction) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const { reconciliationId } = this.run;
    await runRetried(this.#database, async (transaction) => {
      const rows = await transaction.query(queries.advanceRun, [
        this.shardId,
        reconciliationId,
        this.#worker,
        JSON.stringify(progress),
        JSON.stringify(result),
        LEASE_MS,
      ]);
      if (rows.length === 0) throw new LeaseLostError(reconciliationId);
      await work(transaction);
    });
    this.run = { ...this.run, progress, result };
  }

  /** @throws LeaseLostError */
  async keepLease(): Promise<void> {
    const { reconciliationId } = this.run;
    const rows = await runRetried(this.#database, (transaction) =>
      transaction.query(queries.keepLease, [this.shardId, reconciliationId, this.#worker, LEASE_MS]),
    );
    if (rows.length === 0) throw new LeaseLostError(reconciliationId);
  }

  /** Lets somebody else go on at once. */
  async letGo(): Promise<void> {
    const { reconciliationId } = this.run;
    await runRetried(this.#database, (transaction) =>
      transaction.query(queries.dropLease, [this.shardId, reconciliationId, this.#worker]),
    );
  }

  /**
   * Ends the run and its operation (R3).
   * @param failure why it could not be done; undefined where it was
   * @throws LeaseLostError
   */
  async end(
    failure: string | undefined,
    work: (transaction: Transaction, now: Date) => Promise<void>,
  ): Promise<void> {
    const { reconciliationId, result, progress } = this.run;
    const status = failure === undefined ? "completed" : "failed";
    const done: RunProgress = failure === undefined ? { ...progress, step: "done" } : progress;
    await runRetried(this.#database, async (transaction) => {
      const now = await readTime(transaction);
      const rows = await transaction.query(queries.endRun, [
        this.shardId,
        reconciliationId,
        this.#worker,
        status,
        JSON.stringify(done),
        JSON.stringify(result),
        failure ?? null,
        now,
      ]);
      if (rows.length === 0) throw new LeaseLostError(reconciliationId);
      const summary = {
        source_operations_count: result.sourceCount,
        target_operations_count: result.targetCount,
        mismatches_count: countMismatches(result),
        ...(failure === undefined ? {} : { reconciliation_failure: failure }),
      };
      const parameters = [this.shardId, reconciliationId, status, JSON.stringify(summary), now];
      await transaction.query(queries.endOperation, parameters);
      await work(transaction, now);
      recordChanges(transaction, this.shardId, now, [
        { type: "operation", operationId: reconciliationId, kind: "reconciliation", status },
      ]);
    });
    this.run = { ...this.run, status, progress: done, failure: failure ?? null };
  }
}

/** Ids of runs that nobody works on. */
export async function findAbandoned(database: Database, shardCount: number): Promise<string[]> {
  const found: string[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const rows = await database.transaction((transaction) =>
      transaction.query<{ reconciliation_id: string }>(queries.findAbandoned, [shardId]),
    );
    found.push(...rows.map((row) => row.reconciliation_id));
  }
  return found;
}
