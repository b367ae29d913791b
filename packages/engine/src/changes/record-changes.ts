// Writing the log of changes: in the transaction of what it tells.
//
// C1  A change is recorded after the locks have been taken under which it was made, and in the same transaction. So
//     whoever changes the same thing next draws a greater number, and draws it after this one was committed.
// C2  What is ordered by one thing is recorded in one shard: lines in their account's, operations in their id's, and
//     what has another order (a rate by its pair, a mapping by its source user) in the shard of that.
import type { Transaction } from "../database/index.ts";
import type { ChangeItem, LineChange, NoteChange, OperationChange } from "./change.ts";
import { writeItems } from "./item-text.ts";
import * as queries from "./queries.ts";

/**
 * Records what this transaction did in one shard: one row, however many items. Nothing for no items. Sent without
 * being waited for; if it fails, so does the transaction. May be called several times in one transaction.
 *
 * Call it at the transaction's end, after whatever locks or writes the things that changed (C1): a change recorded
 * before its lock may come to stand behind one that was made after it.
 * @param shardId where what orders these items lives (C2)
 * @param at the database's clock
 */
export function recordChanges(
  transaction: Transaction,
  shardId: number,
  at: Date,
  items: readonly ChangeItem[],
): void {
  if (items.length === 0) return;
  const operations: OperationChange[] = [];
  const lines: LineChange[] = [];
  const notes: NoteChange[] = [];
  for (const item of items) {
    if (item.type === "operation") operations.push(item);
    else if (item.type === "line") lines.push(item);
    else notes.push(item);
  }
  transaction.send(queries.insertChange, [
    shardId,
    at,
    writeItems(operations, lines),
    notes.length === 0 ? null : JSON.stringify(notes.map(({ type: _type, ...note }) => note)),
  ]);
}
