// The log's rows of rate changes, and what puts a version in force. Rows live in the shard of the change's id.
import type { RefusalCode } from "@pointbridge/protocol";
import { clearAlerts, raiseAlert } from "../alerts/index.ts";
import { recordChanges } from "../changes/index.ts";
import type { Statement, Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import type { GainingCycle } from "./cycle-guard.ts";
import * as queries from "./queries.ts";
import { type RateChange, type RateChangeData, type RateChangeRow } from "./rate-change.ts";
import { keyParameters, type RateKey } from "./rate-key.ts";
import { viewCycle } from "./rate-refusal.ts";

export interface ChangeEnding {
  readonly status: RateChangeRow["status"];
  readonly rateVersion: number | null;
  readonly failureCode: RefusalCode | null;
  readonly data: RateChangeData;
  readonly now: Date;
}

/** In the shard of the pair, whose changes are in order; the catalog's lock is held where a version is made. */
function recordChange(
  transaction: Transaction,
  shardCount: number,
  key: RateKey,
  change: { readonly operationId: string; readonly status: RateChangeRow["status"]; readonly at: Date },
): void {
  const { operationId, status, at } = change;
  const shardId = shardOf(keyParameters(key).join("/"), shardCount);
  recordChanges(transaction, shardId, at, [{ type: "operation", operationId, kind: "rate_change", status }]);
}

function recordRow(transaction: Transaction, shardCount: number, row: RateChangeRow, at: Date): void {
  const { operation_id: operationId, status } = row;
  const { source_system: sourceSystem, target_system: targetSystem } = row;
  const { source_credit_type: sourceCreditType, target_credit_type: targetCreditType } = row;
  const key = { sourceSystem, targetSystem, sourceCreditType, targetCreditType };
  recordChange(transaction, shardCount, key, { operationId, status, at });
}

/** Ends what nobody decided in time of one shard's changes. */
export async function expireRateChanges(
  transaction: Transaction,
  shardCount: number,
  shardId: number,
): Promise<void> {
  const rows = await transaction.query<RateChangeRow & { readonly now: Date }>(queries.expireRateChanges, [
    shardId,
  ]);
  for (const row of rows) recordRow(transaction, shardCount, row, row.now);
  await clearAlerts(
    transaction,
    rows.map((row) => ({ type: "rate_change_pending", key: row.operation_id })),
  );
}

/** Somebody should look at it. */
async function raisePending(transaction: Transaction, row: RateChangeRow): Promise<void> {
  const { old_rate, change_percentage, agreement } = row.data;
  await raiseAlert(transaction, {
    type: "rate_change_pending",
    key: row.operation_id,
    subject: {
      operation_id: row.operation_id,
      source_system: row.source_system,
      target_system: row.target_system,
    },
    data: {
      old_rate,
      new_rate: row.exchange_rate,
      change_percentage: change_percentage ?? null,
      expires_at: row.expires_at?.toISOString() ?? null,
      proposed_by: row.principal,
      partner_system: agreement?.partner_system ?? null,
    },
  });
}

async function findChange(
  transaction: Transaction,
  shardCount: number,
  operationId: string,
  query: Statement,
): Promise<RateChangeRow | undefined> {
  const shardId = shardOf(operationId, shardCount);
  await expireRateChanges(transaction, shardCount, shardId);
  const [row] = await transaction.query<RateChangeRow>(query, [shardId, operationId]);
  return row;
}

/** What stands under an id, after ending it if its time is up; of whatever kind. */
export function findRateChange(
  transaction: Transaction,
  shardCount: number,
  operationId: string,
): Promise<RateChangeRow | undefined> {
  return findChange(transaction, shardCount, operationId, queries.findRateChange);
}

/** The same, and nobody else ends it until the transaction does. */
export function lockRateChange(
  transaction: Transaction,
  shardCount: number,
  operationId: string,
): Promise<RateChangeRow | undefined> {
  return findChange(transaction, shardCount, operationId, queries.lockRateChange);
}

export async function logRateChange(
  transaction: Transaction,
  shardCount: number,
  change: RateChange & { readonly operationId: string },
  ending: ChangeEnding & { readonly expiresAt: Date | null },
): Promise<RateChangeRow> {
  const [row] = await transaction.query<RateChangeRow>(queries.insertRateChange, [
    shardOf(change.operationId, shardCount),
    change.operationId,
    ending.status,
    ...keyParameters(change),
    change.rate.text,
    ending.rateVersion,
    ending.failureCode,
    JSON.stringify(ending.data),
    change.principal,
    ending.expiresAt,
    ending.now,
  ]);
  if (row === undefined) throw new Error(`the change ${change.operationId} was not logged`);
  if (row.status === "pending_approval" || row.status === "failed") {
    recordRow(transaction, shardCount, row, ending.now);
  }
  if (row.status === "pending_approval") await raisePending(transaction, row);
  return row;
}

/** Moves a change that was locked to its next status. */
export async function moveRateChange(
  transaction: Transaction,
  shardCount: number,
  { operation_id: operationId, status: from }: Pick<RateChangeRow, "operation_id" | "status">,
  ending: ChangeEnding,
): Promise<RateChangeRow> {
  const [row] = await transaction.query<RateChangeRow>(queries.endRateChange, [
    shardOf(operationId, shardCount),
    operationId,
    ending.status,
    ending.rateVersion,
    ending.failureCode,
    JSON.stringify(ending.data),
    ending.now,
    from,
  ]);
  if (row === undefined) throw new Error(`the change ${operationId} is not ${from} any more`);
  if (row.status === "failed") recordRow(transaction, shardCount, row, ending.now);
  if (row.status !== "pending_approval") {
    await clearAlerts(transaction, [{ type: "rate_change_pending", key: operationId }]);
  }
  return row;
}

export interface NewVersion {
  readonly rateVersion: number;
  readonly approvedBy: string | null;
  readonly now: Date;
  /** Later than now: set for then. */
  readonly effectiveAt?: Date | undefined;
  /** A cycle that gains with it, and may. */
  readonly allowedCycle?: GainingCycle | undefined;
}

/** Says so where a link lets a cycle gain, and stops saying so once its rate takes no part in one. */
async function tellOfCycle(
  transaction: Transaction,
  change: RateChange & { readonly operationId: string },
  cycle: GainingCycle | undefined,
): Promise<void> {
  const about = { type: "rate_cycle_allowed", key: keyParameters(change).join("/") } as const;
  if (cycle === undefined) return clearAlerts(transaction, [about]);
  const { operationId, sourceSystem, targetSystem } = change;
  await raiseAlert(transaction, {
    ...about,
    subject: { operation_id: operationId, source_system: sourceSystem, target_system: targetSystem },
    data: { rate: change.rate.text, gain: cycle.gain, cycle: viewCycle(cycle.nodes) },
  });
}

interface BrokenAgreement extends RateKey {
  readonly operationId: string;
  readonly rate: string;
  readonly partnerSystem: string;
  readonly partnerCode: string;
}

/** Somebody has to talk to the partner. */
export async function tellOfBroken(transaction: Transaction, broken: BrokenAgreement): Promise<void> {
  const { operationId, sourceSystem, targetSystem, rate, partnerSystem, partnerCode } = broken;
  await raiseAlert(transaction, {
    type: "rate_agreement_broken",
    key: keyParameters(broken).join("/"),
    subject: { operation_id: operationId, source_system: sourceSystem, target_system: targetSystem },
    data: { rate, partner_system: partnerSystem, partner_code: partnerCode },
  });
}

/** The two sides have the same again, or this one has another version than the one that was broken. */
export async function clearBroken(transaction: Transaction, key: RateKey): Promise<void> {
  await clearAlerts(transaction, [{ type: "rate_agreement_broken", key: keyParameters(key).join("/") }]);
}

/** Supersedes the version in force, now or at its time, and puts the next one in its place. */
export async function putInForce(
  transaction: Transaction,
  shardCount: number,
  change: RateChange & { readonly operationId: string },
  version: NewVersion,
): Promise<void> {
  const key = keyParameters(change);
  const { now, allowedCycle } = version;
  const isLater = version.effectiveAt !== undefined && version.effectiveAt > now;
  const from = isLater ? version.effectiveAt : now;
  await transaction.query(queries.supersedeRate, [...key, from]);
  await transaction.query(queries.insertRate, [
    ...key,
    version.rateVersion,
    change.rate.text,
    change.rounding,
    change.minSourceAmount ?? 1n,
    change.operationId,
    change.principal,
    version.approvedBy,
    from,
    isLater,
  ]);
  await transaction.query(queries.bumpCatalogVersion);
  await tellOfCycle(transaction, change, allowedCycle);
  await clearBroken(transaction, change);
  const { operationId } = change;
  recordChange(transaction, shardCount, change, { operationId, status: "completed", at: version.now });
}
