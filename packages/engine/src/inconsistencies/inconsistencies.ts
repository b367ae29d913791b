// Inconsistencies as they are opened, read and resolved.
//
// I1  One is open until somebody resolves it or what it is about has ended; resolving it moves no points. That of
//     an exchange is open for as long as the exchange needs attention: nobody resolves it away.
// I2  It is opened and closed in the transaction that makes it so.
// I3  Nothing closes silently: what is done about it, by whom and why, is its history, whose rows never change. What
//     settles itself says so too.
// I4  One that somebody was given is open; it is given to nobody once it is resolved.
import {
  type AlertSeverity,
  type AlertType,
  alertTypes,
  clearAlerts,
  isAlertType,
  type NewAlert,
  raiseAlerts,
} from "../alerts/index.ts";
import { type ChangeItem, recordChanges } from "../changes/index.ts";
import { type Database, runRetried, type Transaction, textArray } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { AppError } from "../system/index.ts";
import { type Inconsistency, type InconsistencyRow, toInconsistency } from "./inconsistency.ts";
import * as queries from "./queries.ts";

export type OpenInconsistency = Pick<
  Inconsistency,
  "inconsistencyId" | "type" | "operationId" | "sourceSystem" | "targetSystem" | "data"
> & {
  /** Where it is another than its alert's. */
  readonly severity?: AlertSeverity;
};

export interface Resolution {
  readonly inconsistencyId: string;
  readonly resolution: string;
  readonly note: string;
}

function byShard<T extends { readonly inconsistencyId: string }>(
  items: readonly T[],
  shardCount: number,
): [shardId: number, items: T[]][] {
  const groups = Map.groupBy(items, (item) => shardOf(item.inconsistencyId, shardCount));
  return [...groups].sort(([left], [right]) => left - right);
}

interface IdRow {
  readonly inconsistency_id: string;
}

/** The alert that tells of an inconsistency: one of its own name where there is one. */
function alertTypeOf(type: string): AlertType | undefined {
  // A reconciliation tells of what it found by the policy that it was run with.
  if (type === "cross_system_reconciliation") return undefined;
  return isAlertType(type) ? type : "inconsistency_open";
}

function subjectOf(item: OpenInconsistency): Record<string, string> {
  const { inconsistencyId, operationId, sourceSystem, targetSystem } = item;
  const ids = { operation_id: operationId, source_system: sourceSystem, target_system: targetSystem };
  const known = Object.entries(ids).filter((entry): entry is [string, string] => entry[1] !== null);
  return { inconsistency_id: inconsistencyId, ...Object.fromEntries(known) };
}

function severityOf({ type, severity }: OpenInconsistency): AlertSeverity {
  return severity ?? alertTypes[alertTypeOf(type) ?? "reconciliation_differences"].severity;
}

/** Opens inconsistencies, each with its alert; one that is open stays as it is. */
export async function openInconsistencies(
  transaction: Transaction,
  shardCount: number,
  items: readonly OpenInconsistency[],
  now: Date,
): Promise<void> {
  const inserts = byShard(items, shardCount).map(([shardId, group]) =>
    transaction.query<IdRow>(queries.openInconsistencies, [
      shardId,
      textArray(group.map((item) => item.inconsistencyId)),
      textArray(group.map((item) => item.type)),
      textArray(group.map((item) => item.operationId)),
      textArray(group.map((item) => item.sourceSystem)),
      textArray(group.map((item) => item.targetSystem)),
      textArray(group.map((item) => JSON.stringify(item.data))),
      now,
      textArray(group.map(severityOf)),
    ]),
  );
  const opened = new Set((await Promise.all(inserts)).flat().map((row) => row.inconsistency_id));
  for (const [shardId, group] of byShard(items, shardCount)) {
    const notes = group
      .filter((item) => opened.has(item.inconsistencyId))
      .map((item): ChangeItem => {
        const data = { type: item.type, ...subjectOf(item) };
        return { type: "note", topic: "inconsistency.opened", subject: item.inconsistencyId, data };
      });
    recordChanges(transaction, shardId, now, notes);
  }
  const alerts = items.flatMap((item): NewAlert[] => {
    const type = opened.has(item.inconsistencyId) ? alertTypeOf(item.type) : undefined;
    if (type === undefined) return [];
    return [{ type, severity: severityOf(item), key: item.inconsistencyId, subject: subjectOf(item) }];
  });
  await raiseAlerts(transaction, alerts);
}

interface ResolvedRow extends IdRow {
  readonly type: string;
}

/** Resolves those that are open; their alerts end with them. */
export async function resolveInconsistencies(
  transaction: Transaction,
  shardCount: number,
  items: readonly Resolution[],
  principal: string,
  now: Date,
): Promise<void> {
  const updates = byShard(items, shardCount).map(([shardId, group]) =>
    transaction.query<ResolvedRow>(queries.resolveInconsistencies, [
      shardId,
      textArray(group.map((item) => item.inconsistencyId)),
      textArray(group.map((item) => item.resolution)),
      textArray(group.map((item) => item.note)),
      principal,
      now,
    ]),
  );
  const resolved = (await Promise.all(updates)).flat();
  const words = new Map(items.map((item) => [item.inconsistencyId, item.resolution]));
  const found = resolved.map((row) => ({ inconsistencyId: row.inconsistency_id, type: row.type }));
  for (const [shardId, group] of byShard(found, shardCount)) {
    const notes = group.map(({ inconsistencyId, type }): ChangeItem => {
      const data = { type, inconsistency_id: inconsistencyId, resolution: words.get(inconsistencyId) };
      return { type: "note", topic: "inconsistency.resolved", subject: inconsistencyId, data };
    });
    recordChanges(transaction, shardId, now, notes);
  }
  const alerts = resolved.flatMap((row) => {
    const type = alertTypeOf(row.type);
    return type === undefined ? [] : [{ type, key: row.inconsistency_id }];
  });
  await clearAlerts(transaction, alerts);
}

export async function findInconsistency(
  transaction: Transaction,
  shardCount: number,
  inconsistencyId: string,
): Promise<Inconsistency | undefined> {
  const parameters = [shardOf(inconsistencyId, shardCount), inconsistencyId];
  const [row] = await transaction.query<InconsistencyRow>(queries.findInconsistency, parameters);
  return row === undefined ? undefined : toInconsistency(row);
}

/** Whether the operation needs attention, and goes on doing so until the transaction ends. */
async function needsAttention(
  transaction: Transaction,
  shardCount: number,
  operationId: string,
): Promise<boolean> {
  const parameters = [shardOf(operationId, shardCount), operationId];
  const [row] = await transaction.query<{ status: string }>(queries.lockOperationStatus, parameters);
  return row?.status === "needs_attention";
}

/**
 * Resolves one by hand; one that was resolved before stays as it is.
 * @throws AppError inconsistency_not_found, exchange_under_way
 */
export async function resolveInconsistency(
  database: Database,
  shardCount: number,
  resolution: Resolution,
  principal: string,
): Promise<{ readonly inconsistency: Inconsistency; readonly idempotent: boolean }> {
  const { inconsistencyId } = resolution;
  return runRetried(database, async (transaction) => {
    const standing = await findInconsistency(transaction, shardCount, inconsistencyId);
    if (standing === undefined) {
      throw new AppError("inconsistency_not_found", `no inconsistency has the id ${inconsistencyId}`);
    }
    const { operationId } = standing;
    // The operation comes first, as it does where an alarm is noted, so that neither waits for the other (I2).
    if (operationId !== null && (await needsAttention(transaction, shardCount, operationId))) {
      const detail = `exchange ${operationId} still needs attention: ask again, roll back or write it off`;
      throw new AppError("exchange_under_way", detail);
    }
    const now = new Date();
    await resolveInconsistencies(transaction, shardCount, [resolution], principal, now);
    const found = await findInconsistency(transaction, shardCount, inconsistencyId);
    return { inconsistency: found ?? standing, idempotent: standing.status === "resolved" };
  });
}

/** Whom an inconsistency is given to, or null for nobody. */
export interface Assignment {
  readonly inconsistencyId: string;
  readonly assignedTo: string | null;
  readonly note: string | null;
}

/**
 * Gives it to somebody, or to nobody (I4). Whose it is already, it stays.
 * @throws AppError inconsistency_not_found, inconsistency_resolved
 */
export async function assignInconsistency(
  database: Database,
  shardCount: number,
  assignment: Assignment,
  principal: string,
): Promise<Inconsistency> {
  const { inconsistencyId, assignedTo, note } = assignment;
  const shardId = shardOf(inconsistencyId, shardCount);
  return runRetried(database, async (transaction) => {
    await transaction.query(queries.assignInconsistency, [
      shardId,
      inconsistencyId,
      assignedTo,
      principal,
      new Date(),
      note,
    ]);
    const found = await findInconsistency(transaction, shardCount, inconsistencyId);
    if (found === undefined) {
      throw new AppError("inconsistency_not_found", `no inconsistency has the id ${inconsistencyId}`);
    }
    if (found.status === "resolved") {
      const detail = `inconsistency ${inconsistencyId} was resolved by ${found.resolvedBy}: ${found.resolution}`;
      throw new AppError("inconsistency_resolved", detail);
    }
    return found;
  });
}
