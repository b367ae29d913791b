// Writing what was decided: each mapping, its twin at the target, its history and its operation, together.
//
// U5  A mapping and its twin are written in one transaction, each compared with what was read. Where a
//     comparison fails, somebody else was there, whatever the locks say, and the whole is done again.
import { type ChangeItem, recordChanges } from "../changes/index.ts";
import { DatabaseError, type Statement, type Transaction, textArray } from "../database/index.ts";
import type { LoggedPut, MappingState } from "./decide-mappings.ts";
import { byShard } from "./load-state.ts";
import { type Mapping, sourceKeyOf } from "./mapping.ts";
import * as queries from "./queries.ts";

/** A mapping that ends otherwise than it was read; chains of changes within one list count once. */
export interface NetChange {
  readonly before: Mapping | undefined;
  readonly after: Mapping;
}

/** What the changes come to. @param before the mappings as read, by source key */
export function netChanges(
  logged: readonly LoggedPut[],
  before: ReadonlyMap<string, Mapping>,
  after: ReadonlyMap<string, Mapping>,
): NetChange[] {
  const changed = new Set(logged.filter((entry) => entry.isChange).map((entry) => sourceKeyOf(entry.put)));
  return [...changed].flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    return now === undefined || old?.targetUserId === now.targetUserId ? [] : [{ before: old, after: now }];
  });
}

async function writeChecked(
  transaction: Transaction,
  statement: Statement,
  parameters: Parameters<Transaction["query"]>[1],
  expected: number,
): Promise<void> {
  const written = await transaction.query(statement, parameters);
  if (written.length === expected) return;
  const detail = `${statement.name} wrote ${written.length} rows instead of ${expected} (U5)`;
  throw new DatabaseError("conflict", detail, {});
}

async function writeTargets(transaction: Transaction, shardCount: number, changes: readonly NetChange[]) {
  const write = (statement: Statement, mappings: readonly Mapping[]) =>
    byShard(mappings, shardCount, (mapping) => mapping.targetUserId).map(([shardId, twins]) =>
      writeChecked(
        transaction,
        statement,
        [
          shardId,
          textArray(twins.map((twin) => twin.sourceSystem)),
          textArray(twins.map((twin) => twin.targetSystem)),
          textArray(twins.map((twin) => twin.targetUserId)),
          textArray(twins.map((twin) => twin.sourceUserId)),
        ],
        twins.length,
      ),
    );
  // What is given up goes first: another of these changes may take it.
  const given = changes.flatMap((change) => (change.before === undefined ? [] : [change.before]));
  const taken = changes.map((change) => change.after);
  await Promise.all([...write(queries.deleteTargets, given), ...write(queries.insertTargets, taken)]);
}

async function writeMappings(
  transaction: Transaction,
  shardCount: number,
  changes: readonly NetChange[],
  now: Date,
) {
  const shards = byShard(changes, shardCount, (change) => change.after.sourceUserId);
  const writes = shards.flatMap(([shardId, shardChanges]) => {
    const made = shardChanges.filter((change) => change.before === undefined).map((change) => change.after);
    const replaced = shardChanges.filter((change) => change.before !== undefined);
    const key = (mappings: readonly Mapping[]) => [
      textArray(mappings.map((mapping) => mapping.sourceSystem)),
      textArray(mappings.map((mapping) => mapping.targetSystem)),
      textArray(mappings.map((mapping) => mapping.sourceUserId)),
    ];
    const newTargets = (mappings: readonly Mapping[]) =>
      textArray(mappings.map((mapping) => mapping.targetUserId));
    const after = replaced.map((change) => change.after);
    const oldTargets = textArray(replaced.map((change) => change.before?.targetUserId ?? null));
    const inserted = [shardId, ...key(made), newTargets(made), now];
    const updated = [shardId, ...key(after), oldTargets, newTargets(after), now];
    return [
      ...(made.length === 0
        ? []
        : [writeChecked(transaction, queries.insertMappings, inserted, made.length)]),
      ...(after.length === 0
        ? []
        : [writeChecked(transaction, queries.updateMappings, updated, after.length)]),
    ];
  });
  await Promise.all(writes);
}

async function writeHistory(
  transaction: Transaction,
  shardCount: number,
  logged: readonly LoggedPut[],
  now: Date,
) {
  const changes = logged.filter((entry) => entry.isChange);
  const shards = byShard(changes, shardCount, (entry) => entry.put.sourceUserId);
  await Promise.all(
    shards.map(([shardId, entries]) =>
      transaction.query(queries.insertHistory, [
        shardId,
        textArray(entries.map((entry) => entry.put.sourceSystem)),
        textArray(entries.map((entry) => entry.put.targetSystem)),
        textArray(entries.map((entry) => entry.put.sourceUserId)),
        textArray(entries.map((entry) => entry.operationId)),
        textArray(entries.map((entry) => entry.oldTargetUserId)),
        textArray(entries.map((entry) => entry.put.targetUserId)),
        now,
        textArray(entries.map((entry) => entry.put.principal)),
      ]),
    ),
  );
}

function dataText(entry: LoggedPut): string {
  const { replace, from } = entry.put;
  return JSON.stringify({
    old_target_user_id: entry.oldTargetUserId,
    ...(replace === true ? { replace } : {}),
    ...(from === undefined ? {} : { from }),
  });
}

async function writeOperations(
  transaction: Transaction,
  shardCount: number,
  logged: readonly LoggedPut[],
  now: Date,
) {
  // In id order, so that two transactions that bring the same ids wait for each other in one direction only.
  const sorted = logged.toSorted((left, right) => (left.operationId < right.operationId ? -1 : 1));
  const shards = byShard(sorted, shardCount, (entry) => entry.operationId);
  await Promise.all(
    shards.map(([shardId, entries]) =>
      transaction.query(queries.insertOperations, [
        shardId,
        textArray(entries.map((entry) => entry.operationId)),
        textArray(entries.map((entry) => entry.put.sourceUserId)),
        textArray(entries.map((entry) => entry.put.targetUserId)),
        textArray(entries.map((entry) => entry.put.sourceSystem)),
        textArray(entries.map((entry) => entry.put.targetSystem)),
        textArray(entries.map((entry) => entry.failureCode)),
        textArray(entries.map(dataText)),
        textArray(entries.map((entry) => entry.put.principal)),
        now,
      ]),
    ),
  );
}

/** Writes the decisions in four statements a shard, however many they are. */
export async function storeChanges(
  transaction: Transaction,
  shardCount: number,
  logged: readonly LoggedPut[],
  before: ReadonlyMap<string, Mapping>,
  state: MappingState,
): Promise<void> {
  const changes = netChanges(logged, before, state.mappings);
  await Promise.all([
    writeOperations(transaction, shardCount, logged, state.now),
    writeTargets(transaction, shardCount, changes),
    writeMappings(transaction, shardCount, changes, state.now),
    writeHistory(transaction, shardCount, logged, state.now),
  ]);
  // Last, when all locks are held; in the shard of the source's user, whose mappings are in order.
  const made = logged.filter((entry) => entry.isChange);
  for (const [shardId, entries] of byShard(made, shardCount, (entry) => entry.put.sourceUserId)) {
    const items = entries.map(({ operationId }): ChangeItem => {
      return { type: "operation", operationId, kind: "mapping_change", status: "completed" };
    });
    recordChanges(transaction, shardId, state.now, items);
  }
}
