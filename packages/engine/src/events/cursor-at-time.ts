// Where the log stood at a time.
import { type LogState, listChanges, placeChanges, readLog } from "../changes/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import { writeEventCursor } from "./event-cursor.ts";

/** Transactions end in another order than they began in; none lasts as long. */
const SLACK_MS = 60_000;

async function findPosition(
  transaction: Transaction,
  shardCount: number,
  { sweptPosition, lastPosition }: LogState,
  fromMs: number,
): Promise<bigint> {
  let [low, high] = [sweptPosition, lastPosition];
  while (low < high) {
    const middle = (low + high) / 2n;
    const [change] = await listChanges(transaction, shardCount, { afterPosition: middle, limit: 1 });
    if (change !== undefined && change.at.getTime() < fromMs) low = middle + 1n;
    else high = middle;
  }
  return low;
}

/** A cursor behind which everything is found that happened from a time on, and a little of what happened before it. */
export async function eventCursorAt(database: Database, shardCount: number, time: Date): Promise<string> {
  await placeChanges(database, shardCount);
  return database.transaction(async (transaction) => {
    const log = await readLog(transaction);
    const position = await findPosition(transaction, shardCount, log, time.getTime() - SLACK_MS);
    return writeEventCursor({ logId: log.logId, position, itemCount: 0 });
  });
}
