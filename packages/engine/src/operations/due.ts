// What is under way: taken up when it is due, woken when its partner is heard of again.
//
// O3  Taking something up moves its due time, so that nobody else takes it up before the lease ends. The
//     lease saves work, it guards nothing: two that work on one exchange are harmless, since every
//     transition compares the stored state.
import type { Transaction } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";
import * as queries from "./queries.ts";
import { type OperationRow, toOperation } from "./rows.ts";

/** Takes up what is due and waits on a system, at most `limit`. */
export async function claimDue(
  transaction: Transaction,
  shardId: number,
  claim: { readonly systemId: string; readonly limit: number; readonly leaseMs: number },
): Promise<Operation[]> {
  const { systemId, limit, leaseMs } = claim;
  const rows = await transaction.query<OperationRow>(queries.claimDue, [shardId, systemId, limit, leaseMs]);
  return rows.map(toOperation);
}

/** Makes due what waits on a system, at most `limit`; answers how many that were. */
export async function wakeWaiting(
  transaction: Transaction,
  shardId: number,
  systemId: string,
  limit: number,
): Promise<number> {
  const rows = await transaction.query(queries.wakeWaiting, [shardId, systemId, limit]);
  return rows.length;
}

/** The systems that something of this shard waits on. */
export async function listWaitedOn(transaction: Transaction, shardId: number): Promise<string[]> {
  const rows = await transaction.query<{ waiting_on: string | null }>(queries.listWaitedOn, [shardId]);
  return rows.flatMap((row) => (row.waiting_on === null ? [] : [row.waiting_on]));
}
