// Stores what a batch decided: operations and references by their id's shard, movements by their account's.

import { type ChangeItem, recordChanges, sealedChanges } from "../changes/index.ts";
import type { Transaction } from "../database/index.ts";
import { type BookAccount, type Movement, shardOf, type Workspace } from "../domain/index.ts";
import { noteAlarms } from "../inconsistencies/index.ts";
import { type ClearingDirectory, storeMovements } from "../ledger/index.ts";
import { storeCounters } from "../limits/index.ts";
import {
  backdateOperations,
  groupByShard,
  insertOperations,
  insertReferences,
  updateOperations,
} from "../operations/index.ts";
import { insertEvidence } from "../partner/index.ts";
import { markQuotesUsed } from "../quotes/index.ts";

interface ShardPostings {
  readonly accounts: BookAccount[];
  readonly movements: Movement[];
}

function groupPostings(workspace: Workspace, shardCount: number): [number, ShardPostings][] {
  const shards = new Map<number, ShardPostings>();
  const postingsOf = (account: BookAccount): ShardPostings => {
    const shardId = shardOf(account.owner.userId, shardCount);
    const postings = shards.get(shardId) ?? { accounts: [], movements: [] };
    shards.set(shardId, postings);
    return postings;
  };
  for (const account of workspace.book.touchedAccounts()) postingsOf(account).accounts.push(account);
  for (const movement of workspace.book.movements) postingsOf(movement.account).movements.push(movement);
  return [...shards].sort(([left], [right]) => left - right);
}

/** The operations that the log of changes is told of, by their shard. */
function turnedByShard(workspace: Workspace, shardCount: number): Map<number, ChangeItem[]> {
  const groups = groupByShard(workspace.turnedOperations(), shardCount, ({ operationId }) => operationId);
  return new Map(groups.map(([shardId, group]) => [shardId, sealedChanges(group)]));
}

/** Stores all of it. Nothing is sent that would write nothing. */
export async function storeWorkspace(
  transaction: Transaction,
  workspace: Workspace,
  shardCount: number,
  directory: ClearingDirectory,
): Promise<void> {
  const { now } = workspace;
  insertOperations(transaction, shardCount, workspace.createdOperations(), now);
  backdateOperations(transaction, shardCount, workspace.createdOperations(), now);
  updateOperations(transaction, shardCount, workspace.changedOperations(), now);
  storeCounters(transaction, shardCount, workspace.limits.changedCounters());
  insertReferences(transaction, shardCount, workspace.newReferences);
  markQuotesUsed(transaction, shardCount, workspace.usedQuotes());
  await Promise.all([
    insertEvidence(transaction, workspace.evidence),
    noteAlarms(transaction, shardCount, workspace.alarms, now),
  ]);
  const changes = turnedByShard(workspace, shardCount);
  for (const [shardId, { accounts, movements }] of groupPostings(workspace, shardCount)) {
    const lines = await storeMovements(transaction, shardId, accounts, movements, directory, now);
    const items = changes.get(shardId) ?? [];
    for (const line of lines) items.push({ type: "line", ...line });
    changes.set(shardId, items);
  }
  // Last, when all locks are held (changes/record-changes.ts, C1).
  for (const [shardId, items] of changes) recordChanges(transaction, shardId, now, items);
}
