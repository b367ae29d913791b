// Reading what decisions on mappings need, under lock.
import { type Parameter, type Transaction, textArray } from "../database/index.ts";
import { type MappedUser, shardOf } from "../domain/index.ts";
import type { MappingState } from "./decide-mappings.ts";
import {
  type Mapping,
  type MappingPut,
  type StoredMappingChange,
  sourceKeyOf,
  targetKeyOf,
} from "./mapping.ts";
import * as queries from "./queries.ts";

interface MappingRow {
  readonly source_system: string;
  readonly target_system: string;
  readonly source_user_id: string;
  readonly target_user_id: string;
  readonly updated_at: Date;
}

export function toMapping(row: MappingRow): Mapping {
  return {
    sourceSystem: row.source_system,
    sourceUserId: row.source_user_id,
    targetSystem: row.target_system,
    targetUserId: row.target_user_id,
    updatedAt: row.updated_at,
  };
}

/** The items by the shard of the text that places them, shards in ascending order. */
export function byShard<T>(
  items: Iterable<T>,
  shardCount: number,
  textOf: (item: T) => string,
): [shardId: number, items: T[]][] {
  const groups = Map.groupBy(items, (item) => shardOf(textOf(item), shardCount));
  return [...groups].sort(([left], [right]) => left - right);
}

function userArrays(users: readonly MappedUser[]): Parameter[] {
  return [
    textArray(users.map((user) => user.sourceSystem)),
    textArray(users.map((user) => user.targetSystem)),
    textArray(users.map((user) => user.sourceUserId)),
  ];
}

/**
 * Who these users of one shard are at the target: target users by `mappedUserKey`, as of this statement.
 * @param shardId of the source's users
 */
export async function loadMappings(
  transaction: Transaction,
  shardId: number,
  users: readonly MappedUser[],
): Promise<Map<string, string>> {
  if (users.length === 0) return new Map();
  const rows = await transaction.query<MappingRow>(queries.loadMappings, [shardId, ...userArrays(users)]);
  return new Map(rows.map((row) => [sourceKeyOf(toMapping(row)), row.target_user_id]));
}

async function loadStanding(transaction: Transaction, shardCount: number, puts: readonly MappingPut[]) {
  const distinct = new Map(puts.map((put) => [sourceKeyOf(put), put])).values();
  const shards = byShard(distinct, shardCount, (put) => put.sourceUserId);
  const loaded = await Promise.all(
    shards.map(([shardId, users]) =>
      transaction.query<MappingRow>(queries.loadMappings, [shardId, ...userArrays(users)]),
    ),
  );
  return new Map(loaded.flat().map((row) => [sourceKeyOf(toMapping(row)), toMapping(row)]));
}

async function loadOwners(transaction: Transaction, shardCount: number, puts: readonly MappingPut[]) {
  const distinct = new Map(puts.map((put) => [targetKeyOf(put), put])).values();
  const shards = byShard(distinct, shardCount, (put) => put.targetUserId);
  const loaded = await Promise.all(
    shards.map(([shardId, users]) =>
      transaction.query<MappingRow>(queries.loadTargets, [
        shardId,
        textArray(users.map((user) => user.sourceSystem)),
        textArray(users.map((user) => user.targetSystem)),
        textArray(users.map((user) => user.targetUserId)),
      ]),
    ),
  );
  return new Map(
    loaded.flat().map((row) => [
      targetKeyOf({
        sourceSystem: row.source_system,
        targetSystem: row.target_system,
        targetUserId: row.target_user_id,
      }),
      row.source_user_id,
    ]),
  );
}

async function loadOperations(transaction: Transaction, shardCount: number, puts: readonly MappingPut[]) {
  const ids = new Set(puts.flatMap((put) => (put.operationId === undefined ? [] : [put.operationId])));
  const shards = byShard(ids, shardCount, (id) => id);
  const loaded = await Promise.all(
    shards.map(([shardId, shardIds]) =>
      transaction.query<StoredMappingChange>(queries.loadMappingChanges, [shardId, textArray(shardIds)]),
    ),
  );
  return new Map(loaded.flat().map((stored) => [stored.operation_id, stored]));
}

/** All that the puts' decisions look at. Statements are sent without waiting for each other. */
export async function loadState(
  transaction: Transaction,
  shardCount: number,
  puts: readonly MappingPut[],
): Promise<MappingState> {
  const systemIds = new Set(puts.flatMap((put) => [put.sourceSystem, put.targetSystem]));
  const [[clock], systems, mappings, owners, operations] = await Promise.all([
    transaction.query<{ now: Date }>(queries.readClock),
    transaction.query<{ system_id: string }>(queries.knownSystems, [textArray(systemIds)]),
    loadStanding(transaction, shardCount, puts),
    loadOwners(transaction, shardCount, puts),
    loadOperations(transaction, shardCount, puts),
  ]);
  if (clock === undefined) throw new Error("the database did not answer its time");
  return {
    now: clock.now,
    systems: new Set(systems.map((row) => row.system_id)),
    mappings,
    owners,
    operations,
  };
}
