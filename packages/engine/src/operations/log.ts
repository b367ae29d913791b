// The operation log: every id that was ever used, found, stored, changed and listed.
//
// O1  An id is one row, in the shard of its hash. Storing it twice fails the transaction.
// O2  A row's body never changes; its status and data change only under a lock on the row.
import { type Transaction, textArray } from "../database/index.ts";
import {
  type BusinessReference,
  businessReferenceKey,
  type Operation,
  shardOf,
  type TakenReference,
} from "../domain/index.ts";
import { toPlainInsertParameters } from "./plain-rows.ts";
import * as queries from "./queries.ts";
import { type OperationRow, toInsertParameters, toOperation, toUpdateParameters } from "./rows.ts";

/** Groups by shard, shards in ascending order: the order in which every transaction visits them. */
export function groupByShard<T>(
  items: Iterable<T>,
  shardCount: number,
  place: (item: T) => string,
): [number, T[]][] {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const shardId = shardOf(place(item), shardCount);
    const group = groups.get(shardId);
    if (group === undefined) groups.set(shardId, [item]);
    else group.push(item);
  }
  return [...groups].sort(([left], [right]) => left - right);
}

const byId = (left: Operation, right: Operation) => (left.operationId < right.operationId ? -1 : 1);

async function fetchOperations(
  transaction: Transaction,
  shardCount: number,
  operationIds: Iterable<string>,
  query: typeof queries.findOperations,
): Promise<Operation[]> {
  const groups = groupByShard(operationIds, shardCount, (id) => id);
  const pages = groups.map(([shardId, ids]) =>
    transaction.query<OperationRow>(query, [shardId, textArray(ids.sort())]),
  );
  return (await Promise.all(pages)).flat().map(toOperation);
}

export function findOperations(
  transaction: Transaction,
  shardCount: number,
  operationIds: Iterable<string>,
): Promise<Operation[]> {
  return fetchOperations(transaction, shardCount, operationIds, queries.findOperations);
}

/** Finds operations and holds their rows until the transaction ends. */
export function lockOperations(
  transaction: Transaction,
  shardCount: number,
  operationIds: Iterable<string>,
): Promise<Operation[]> {
  return fetchOperations(transaction, shardCount, operationIds, queries.lockOperations);
}

/** Stores new operations; fails with a conflict where an id was taken meanwhile (O1). */
export function insertOperations(
  transaction: Transaction,
  shardCount: number,
  operations: readonly Operation[],
  now: Date,
): void {
  for (const [shardId, group] of groupByShard(operations, shardCount, (operation) => operation.operationId)) {
    // In id order, so that two batches that bring the same ids wait for each other in one direction only.
    group.sort(byId);
    const plain = toPlainInsertParameters(shardId, group, now);
    if (plain !== undefined) transaction.send(queries.insertPlainOperations, plain);
    else transaction.send(queries.insertOperations, toInsertParameters(shardId, group, now));
  }
}

/**
 * An exchange that is made again keeps the time at which it was made: by that it is told, here and at its partner, and
 * sealed. The database's clock may be behind it, where a backup was restored to another machine.
 */
export function backdateOperations(
  transaction: Transaction,
  shardCount: number,
  operations: readonly Operation[],
  now: Date,
): void {
  for (const { operationId, createdAt } of operations) {
    if (createdAt.getTime() === now.getTime()) continue;
    transaction.send(queries.backdateOperation, [shardOf(operationId, shardCount), operationId, createdAt]);
  }
}

/** Stores the new status and data of operations that were locked (O2). */
export function updateOperations(
  transaction: Transaction,
  shardCount: number,
  operations: readonly Operation[],
  now: Date,
): void {
  for (const [shardId, group] of groupByShard(operations, shardCount, (operation) => operation.operationId)) {
    transaction.send(queries.updateOperations, toUpdateParameters(shardId, group, now));
  }
}

function toReferenceParameters(references: readonly BusinessReference[]): string[] {
  return [
    textArray(references.map((reference) => reference.systemId)),
    textArray(references.map((reference) => reference.kind)),
    textArray(references.map((reference) => reference.businessCode)),
    textArray(references.map((reference) => reference.businessId)),
  ];
}

interface ReferenceRow {
  readonly system_id: string;
  readonly kind: BusinessReference["kind"];
  readonly business_code: string;
  readonly business_id: string;
}

/** Which of the given business references have been used. */
export async function findReferences(
  transaction: Transaction,
  shardCount: number,
  references: readonly BusinessReference[],
): Promise<BusinessReference[]> {
  const groups = groupByShard(references, shardCount, businessReferenceKey);
  const pages = groups.map(([shardId, group]) =>
    transaction.query<ReferenceRow>(queries.findReferences, [shardId, ...toReferenceParameters(group)]),
  );
  return (await Promise.all(pages)).flat().map((row) => ({
    systemId: row.system_id,
    kind: row.kind,
    businessCode: row.business_code,
    businessId: row.business_id,
  }));
}

/** Takes business references; fails with a conflict where one was taken meanwhile. */
export function insertReferences(
  transaction: Transaction,
  shardCount: number,
  references: readonly TakenReference[],
): void {
  const sorted = [...references].sort((left, right) =>
    businessReferenceKey(left) < businessReferenceKey(right) ? -1 : 1,
  );
  for (const [shardId, group] of groupByShard(sorted, shardCount, businessReferenceKey)) {
    transaction.send(queries.insertReferences, [
      shardId,
      ...toReferenceParameters(group),
      textArray(group.map((reference) => reference.operationId)),
    ]);
  }
}

/** Ids of holds whose time is up by the database's clock, the longest overdue first, per shard. */
export async function findExpiredHolds(
  transaction: Transaction,
  shardCount: number,
  limit: number,
): Promise<string[]> {
  const found: string[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const rows = await transaction.query<{ operation_id: string }>(queries.findExpiredHolds, [
      shardId,
      limit,
    ]);
    found.push(...rows.map((row) => row.operation_id));
  }
  return found;
}
