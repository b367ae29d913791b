// The counters of limits as rows: locked by the batch that judges by them, stored by it, swept when their day is long
// over.
import { numberArray, type Transaction, textArray } from "../database/index.ts";
import { LimitBook, type LimitCounter, type LimitUse, limitUseKey, shardOf } from "../domain/index.ts";
import * as queries from "./queries.ts";

/** A member's counters live with the member, those of everybody with the limit. */
function shardOfUse({ limit_id: limitId, subject }: LimitUse, shardCount: number): number {
  return shardOf(subject === "" ? limitId : subject, shardCount);
}

/** By shard in ascending order, each in the order of its keys: the order in which every transaction locks. */
function groupUses<T extends LimitUse>(uses: Iterable<T>, shardCount: number): [number, T[]][] {
  const groups = Map.groupBy(uses, (use) => shardOfUse(use, shardCount));
  const keyed = [...groups].sort(([left], [right]) => left - right);
  return keyed.map(([shardId, group]) => [
    shardId,
    group.sort((left, right) => (limitUseKey(left) < limitUseKey(right) ? -1 : 1)),
  ]);
}

function nameParameters(uses: readonly LimitUse[]): string[] {
  return [
    textArray(uses.map((use) => use.limit_id)),
    textArray(uses.map((use) => use.subject)),
    textArray(uses.map((use) => use.period)),
  ];
}

/**
 * Opens the counters that are not there and holds all of them until the transaction ends (F1). Asks nothing where
 * there are none; what it asks is sent before it is first waited for.
 */
export async function lockCounters(
  transaction: Transaction,
  shardCount: number,
  uses: readonly LimitUse[],
): Promise<LimitBook> {
  const book = new LimitBook();
  if (uses.length === 0) return book;
  const distinct = new Map(uses.map((use) => [limitUseKey(use), use]));
  const groups = groupUses(distinct.values(), shardCount);
  const pages = groups.map(([shardId, group]) => {
    const parameters = [shardId, ...nameParameters(group)];
    transaction.send(queries.openCounters, parameters);
    return transaction.query<LimitCounter>(queries.lockCounters, parameters);
  });
  for (const counter of (await Promise.all(pages)).flat()) book.load(counter);
  return book;
}

/** Stores what decisions made of locked counters. */
export function storeCounters(
  transaction: Transaction,
  shardCount: number,
  counters: readonly LimitCounter[],
): void {
  for (const [shardId, group] of groupUses(counters, shardCount)) {
    transaction.send(queries.storeCounters, [
      shardId,
      ...nameParameters(group),
      numberArray(group.map(({ amount }) => amount)),
      numberArray(group.map(({ count }) => count)),
    ]);
  }
}

/** What has been used; nothing where nobody has counted yet. */
export async function findCounter(
  transaction: Transaction,
  shardCount: number,
  use: LimitUse,
): Promise<{ readonly amount: bigint; readonly count: bigint }> {
  const parameters = [shardOfUse(use, shardCount), use.limit_id, use.subject, use.period];
  const [row] = await transaction.query<LimitCounter>(queries.findCounter, parameters);
  return row ?? { amount: 0n, count: 0n };
}

/** Removes the counters of a limit that is no more. */
export async function deleteCounters(
  transaction: Transaction,
  shardCount: number,
  limitId: string,
): Promise<void> {
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    await transaction.query(queries.deleteCounters, [shardId, limitId]);
  }
}

/** Removes counters of days before one, in one shard. @returns how many, `limit` at most */
export async function sweepCounters(
  transaction: Transaction,
  shardId: number,
  beforeDay: string,
  limit: number,
): Promise<number> {
  return (await transaction.query(queries.sweepCounters, [shardId, beforeDay, limit])).length;
}
