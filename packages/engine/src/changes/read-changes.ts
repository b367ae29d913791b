// Reading the log of changes: positions are given when somebody reads, then changes are read in their order.
//
// C3  Positions are given under a lock on the log's row, by statements that begin after it was taken. Those of a
//     shard are given in the order of change_id to what is visible then. A transaction that commits late gets a
//     later position than those that overtook it, and none is left out.
// C4  Order per account holds without looking at who else is writing: by C1 the earlier of two changes of one thing
//     was committed before the later one drew its number, so a snapshot that shows the later one shows both.
// C5  Positions have no gaps: they and the log's last position are committed together. Whoever is killed in between
//     has given none.
// C6  What has a position up to the log's last one is committed, so a reader that stops there misses nothing.
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import type { Change, ChangeItem } from "./change.ts";
import { readItems } from "./item-text.ts";
import * as queries from "./queries.ts";

/** The most changes of a shard that are given positions at once; it bounds how long the lock is held. */
const PLACED_MAX = 2_000;

/** Where the log stands. */
export interface LogState {
  /** Of which log positions are; another database has another. */
  readonly logId: string;
  readonly lastPosition: bigint;
  /** Changes up to here are gone. */
  readonly sweptPosition: bigint;
}

interface LogRow {
  readonly log_id: string;
  readonly last_position: bigint;
  readonly swept_position: bigint;
}

function toState(rows: readonly LogRow[]): LogState {
  const [row] = rows;
  if (row === undefined) throw new Error("the state of the log of changes is missing from the database");
  return { logId: row.log_id, lastPosition: row.last_position, sweptPosition: row.swept_position };
}

export async function lockLog(transaction: Transaction): Promise<LogState> {
  return toState(await transaction.query<LogRow>(queries.lockLog));
}

export async function readLog(transaction: Transaction): Promise<LogState> {
  return toState(await transaction.query<LogRow>(queries.readLog));
}

async function hasUnplaced(transaction: Transaction, shardCount: number): Promise<boolean> {
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const [row] = await transaction.query<{ found: boolean }>(queries.hasUnplaced, [shardId]);
    if (row?.found === true) return true;
  }
  return false;
}

/** One turn; answers whether there may be more. */
async function placeSome(transaction: Transaction, shardCount: number): Promise<boolean> {
  const { lastPosition } = await lockLog(transaction);
  let last = lastPosition;
  let isFull = false;
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const parameters = [shardId, last, PLACED_MAX];
    const [row] = await transaction.query<{ placed_count: number }>(queries.placeChanges, parameters);
    const count = row?.placed_count ?? 0;
    last += BigInt(count);
    isFull ||= count === PLACED_MAX;
  }
  if (last !== lastPosition) await transaction.query(queries.moveLog, [last]);
  return isFull;
}

/**
 * Gives positions to all changes that were committed before the call. Any number of nodes may do so at once: they
 * take turns. Costs one look where there is nothing to place.
 */
export async function placeChanges(database: Database, shardCount: number): Promise<void> {
  const isNeeded = await database.transaction((transaction) => hasUnplaced(transaction, shardCount));
  if (!isNeeded) return;
  while (await runRetried(database, (transaction) => placeSome(transaction, shardCount)));
}

interface ChangeRow {
  readonly position: bigint;
  readonly at: Date;
  readonly items: string | null;
  readonly notes: readonly { readonly topic: string; readonly subject: string }[] | null;
}

function toChange(shardId: number, { position, at, items, notes }: ChangeRow): Change {
  const noted = (notes ?? []).map((note): ChangeItem => ({ type: "note", ...note }));
  return { position, shardId, at, items: [...readItems(items), ...noted] };
}

export interface ChangeRange {
  /** The last position that was read; 0 for the log's beginning. */
  readonly afterPosition: bigint;
  readonly limit: number;
}

/**
 * The placed changes after a position, in order, as seen by a transaction. Places none itself. Where what follows
 * `afterPosition` has been swept, it begins with the first that is kept: compare `readLog`'s sweptPosition.
 */
export async function listChanges(
  transaction: Transaction,
  shardCount: number,
  range: ChangeRange,
): Promise<Change[]> {
  const { lastPosition, sweptPosition } = await readLog(transaction);
  const start = range.afterPosition < sweptPosition ? sweptPosition : range.afterPosition;
  const end = start + BigInt(range.limit);
  const found: Change[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    // As positions have no gaps, a range of them is as good as a limit, and ends within what is committed (C6).
    const parameters = [shardId, start, end < lastPosition ? end : lastPosition, range.limit];
    const rows = await transaction.query<ChangeRow>(queries.listChanges, parameters);
    found.push(...rows.map((row) => toChange(shardId, row)));
  }
  return found.sort((left, right) => (left.position < right.position ? -1 : 1));
}

export interface ReadChanges extends LogState {
  /** At most `limit`, in order of position; fewer only where the log ends or has been swept. */
  readonly changes: readonly Change[];
}

/**
 * Reads the log from a position on, after giving positions to what has none: every change that was committed before
 * the call is found by calling again with the last position until nothing comes.
 *
 * Each thing's changes come in their order (an account's, an operation's, a rate pair's, a source user's mappings').
 * There is no order between different things, and `at` may go back. Positions have no gaps, so the next one is
 * always the last one and 1, unless it was swept: then `sweptPosition` is above `afterPosition`, and whoever needs
 * what is gone has to begin anew from the rows themselves.
 */
export async function readChanges(
  database: Database,
  shardCount: number,
  range: ChangeRange,
): Promise<ReadChanges> {
  await placeChanges(database, shardCount);
  return database.transaction(async (transaction) => {
    const changes = await listChanges(transaction, shardCount, range);
    // Read last: what was swept while the list was read shows here.
    return { ...(await readLog(transaction)), changes };
  });
}
