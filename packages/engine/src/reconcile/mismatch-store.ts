// Mismatches as they are stored. All rows of a run are in the shard of its id.
import { type Transaction, textArray } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import type { RunPlace } from "./candidate-store.ts";
import type { MismatchType } from "./matching.ts";
import type {
  Mismatch,
  MismatchData,
  MismatchStatus,
  Repair,
  RepairAction,
  RepairStatus,
} from "./mismatch.ts";
import * as queries from "./mismatch-queries.ts";
import type { Leg } from "./run.ts";

interface MismatchRow {
  readonly reconciliation_id: string;
  readonly operation_id: string;
  readonly leg: Leg;
  readonly source_system: string;
  readonly target_system: string;
  readonly type: MismatchType;
  readonly status: MismatchStatus;
  readonly initiated_at: Date;
  readonly credit_type_id: string | null;
  readonly value: string;
  readonly data: MismatchData;
  readonly assigned_to: string | null;
  readonly repair_action: RepairAction | null;
  readonly repair_status: RepairStatus | null;
  readonly repair: Omit<Repair, "action" | "status"> | null;
  readonly found_at: Date;
  readonly updated_at: Date;
  readonly resolution: string | null;
  readonly resolved_by: string | null;
  readonly resolved_by_run: string | null;
  readonly resolved_at: Date | null;
}

function toMismatch(row: MismatchRow): Mismatch {
  const { repair_action: action, repair_status: status, repair } = row;
  return {
    reconciliationId: row.reconciliation_id,
    operationId: row.operation_id,
    leg: row.leg,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    type: row.type,
    status: row.status,
    initiatedAt: row.initiated_at,
    creditTypeId: row.credit_type_id,
    value: BigInt(row.value),
    data: row.data,
    assignedTo: row.assigned_to,
    repair: action === null ? null : { ...repair, action, status },
    foundAt: row.found_at,
    updatedAt: row.updated_at,
    resolution: row.resolution,
    resolvedBy: row.resolved_by,
    resolvedByRun: row.resolved_by_run,
    resolvedAt: row.resolved_at,
  };
}

export interface NewMismatch {
  readonly operationId: string;
  readonly leg: Leg;
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly type: MismatchType;
  readonly initiatedAt: Date;
  readonly creditTypeId: string | null;
  readonly value: bigint;
  readonly data: MismatchData;
  readonly repairAction: RepairAction | null;
}

/** @returns whether it was not there yet */
export async function insertMismatch(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
  mismatch: NewMismatch,
  now: Date,
): Promise<boolean> {
  const rows = await transaction.query(queries.insertMismatch, [
    shardId,
    reconciliationId,
    mismatch.operationId,
    mismatch.leg,
    mismatch.sourceSystem,
    mismatch.targetSystem,
    mismatch.type,
    mismatch.initiatedAt,
    mismatch.creditTypeId,
    String(mismatch.value),
    JSON.stringify(mismatch.data),
    mismatch.repairAction,
    now,
  ]);
  return rows.length > 0;
}

function placeOf(mismatch: Mismatch, shardCount: number): [number, string, string, string] {
  const { reconciliationId, operationId, leg } = mismatch;
  return [shardOf(reconciliationId, shardCount), reconciliationId, operationId, leg];
}

export async function findMismatches(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
  operationIds: readonly string[],
  how: "read" | "lock" = "read",
): Promise<Mismatch[]> {
  const query = how === "lock" ? queries.lockMismatches : queries.findMismatches;
  const rows = await transaction.query<MismatchRow>(query, [
    shardId,
    reconciliationId,
    textArray(operationIds),
  ]);
  return rows.map(toMismatch);
}

export interface MismatchFilter {
  readonly type?: MismatchType | undefined;
  readonly status?: MismatchStatus | undefined;
  readonly repairStatus?: RepairStatus | undefined;
  readonly limit: number;
  readonly after?: { readonly operationId: string; readonly leg: string } | undefined;
}

/** By operation id and leg. */
export async function listMismatches(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
  { type, status, repairStatus, limit, after }: MismatchFilter,
): Promise<Mismatch[]> {
  const rows = await transaction.query<MismatchRow>(queries.listMismatches, [
    shardId,
    reconciliationId,
    type ?? null,
    status ?? null,
    repairStatus ?? null,
    after?.operationId ?? null,
    after?.leg ?? null,
    limit,
  ]);
  return rows.map(toMismatch);
}

export async function listRepairable(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
  limit: number,
): Promise<Mismatch[]> {
  const parameters = [shardId, reconciliationId, limit];
  return (await transaction.query<MismatchRow>(queries.listRepairable, parameters)).map(toMismatch);
}

export async function listUnproven(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
  after: { readonly operationId: string; readonly leg: string } | undefined,
  limit: number,
): Promise<Mismatch[]> {
  const place = [after?.operationId ?? null, after?.leg ?? null];
  const parameters = [shardId, reconciliationId, ...place, limit];
  return (await transaction.query<MismatchRow>(queries.listUnproven, parameters)).map(toMismatch);
}

/** What a run has repaired so far. */
export async function sumRepairs(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
): Promise<{ readonly count: number; readonly value: bigint }> {
  const parameters = [shardId, reconciliationId];
  const [row] = await transaction.query<{ count: number; value: string }>(queries.sumRepairs, parameters);
  return { count: row?.count ?? 0, value: BigInt(row?.value ?? "0") };
}

export interface OpenSum {
  readonly count: number;
  /** The largest. */
  readonly value: bigint;
  readonly oldest: Date | null;
}

/** What a run has found and nobody has resolved. */
export async function sumOpen(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
): Promise<OpenSum> {
  const parameters = [shardId, reconciliationId];
  const [row] = await transaction.query<{ count: number; value: string; oldest: Date | null }>(
    queries.sumOpen,
    parameters,
  );
  return { count: row?.count ?? 0, value: BigInt(row?.value ?? "0"), oldest: row?.oldest ?? null };
}

/** Who did what. */
export interface Deed {
  readonly action: string;
  readonly principal: string;
  readonly note: string | null;
  readonly now: Date;
}

export async function noteDeed(
  transaction: Transaction,
  shardCount: number,
  mismatch: Mismatch,
  { action, principal, note, now }: Deed,
): Promise<void> {
  const place = placeOf(mismatch, shardCount);
  await transaction.query(queries.insertHistory, [...place, now, principal, action, note]);
}

export async function setRepair(
  transaction: Transaction,
  shardCount: number,
  mismatch: Mismatch,
  repair: Repair,
  deed: Deed,
): Promise<void> {
  const { status, action: _action, ...rest } = repair;
  const place = placeOf(mismatch, shardCount);
  await transaction.query(queries.setRepair, [...place, status, JSON.stringify(rest), deed.now]);
  await noteDeed(transaction, shardCount, mismatch, deed);
}

/** Stores a repair of another kind than the one that was planned, if any was. */
export async function proposeRepair(
  transaction: Transaction,
  shardCount: number,
  mismatch: Mismatch,
  repair: Repair,
  deed: Deed,
): Promise<void> {
  await transaction.query(queries.setRepairAction, [...placeOf(mismatch, shardCount), repair.action]);
  await setRepair(transaction, shardCount, mismatch, repair, deed);
}

export async function setWork(
  transaction: Transaction,
  shardCount: number,
  mismatch: Mismatch,
  work: { readonly status: MismatchStatus; readonly assignedTo: string | null },
  deed: Deed,
): Promise<void> {
  const place = placeOf(mismatch, shardCount);
  await transaction.query(queries.setWork, [...place, work.status, work.assignedTo, deed.now]);
  await noteDeed(transaction, shardCount, mismatch, deed);
}

export async function reopenMismatch(
  transaction: Transaction,
  shardCount: number,
  mismatch: Mismatch,
  deed: Deed,
): Promise<void> {
  await transaction.query(queries.reopenMismatch, [...placeOf(mismatch, shardCount), deed.now]);
  await noteDeed(transaction, shardCount, mismatch, deed);
}

/** @returns whether it was not resolved yet */
export async function resolveMismatch(
  transaction: Transaction,
  shardCount: number,
  mismatch: Mismatch,
  resolution: { readonly resolution: string; readonly byRun: string | null },
  deed: Deed,
): Promise<boolean> {
  const rows = await transaction.query(queries.resolveMismatch, [
    ...placeOf(mismatch, shardCount),
    resolution.resolution,
    deed.principal,
    resolution.byRun,
    deed.now,
  ]);
  if (rows.length > 0) await noteDeed(transaction, shardCount, mismatch, deed);
  return rows.length > 0;
}

/** The newer run's row takes over what the earlier one's had come to. */
export async function carryWork(
  transaction: Transaction,
  shardCount: number,
  newer: Mismatch,
  earlier: Mismatch,
  now: Date,
): Promise<void> {
  await transaction.query(queries.carryWork, [
    ...placeOf(newer, shardCount),
    earlier.foundAt,
    earlier.status,
    earlier.assignedTo,
    now,
  ]);
}

export interface UnresolvedFilter {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly startTime: Date;
  readonly endTime: Date;
  readonly exceptRun: string;
  readonly limit: number;
}

/** Of other runs of the pair, in one shard. */
export async function listUnresolved(
  transaction: Transaction,
  shardId: number,
  filter: UnresolvedFilter,
): Promise<Mismatch[]> {
  const rows = await transaction.query<MismatchRow>(queries.listUnresolved, [
    shardId,
    filter.sourceSystem,
    filter.targetSystem,
    filter.startTime,
    filter.endTime,
    filter.exceptRun,
    filter.limit,
  ]);
  return rows.map(toMismatch);
}

export interface HistoryEntry {
  readonly operationId: string;
  readonly leg: Leg;
  readonly at: Date;
  readonly principal: string;
  readonly action: string;
  readonly note: string | null;
}

export async function listHistory(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
  operationIds: readonly string[],
): Promise<HistoryEntry[]> {
  const rows = await transaction.query<{
    operation_id: string;
    leg: Leg;
    at: Date;
    principal: string;
    action: string;
    note: string | null;
  }>(queries.listHistory, [shardId, reconciliationId, textArray(operationIds)]);
  return rows.map(({ operation_id: operationId, ...rest }) => ({ operationId, ...rest }));
}
