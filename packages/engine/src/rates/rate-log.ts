// The log's rows of rate changes, and what puts a version in force. Rows live in the shard of the change's id.
import type { RefusalCode } from "@pointbridge/protocol";
import { recordChanges } from "../changes/index.ts";
import type { Statement, Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import * as queries from "./queries.ts";
import { type RateChange, type RateChangeData, type RateChangeRow } from "./rate-change.ts";
import { keyParameters, type RateKey } from "./rate-key.ts";

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
  if (row.status === "pending_approval") recordRow(transaction, shardCount, row, ending.now);
  return row;
}

/** Ends a change that waited for approval and was locked. */
export async function endRateChange(
  transaction: Transaction,
  shardCount: number,
  operationId: string,
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
  ]);
  if (row === undefined) throw new Error(`the change ${operationId} does not wait for approval any more`);
  if (row.status === "failed") recordRow(transaction, shardCount, row, ending.now);
  return row;
}

/** Supersedes the version in force and puts the next one in its place, for the catalog's next readers. */
export async function putInForce(
  transaction: Transaction,
  shardCount: number,
  change: RateChange & { readonly operationId: string },
  version: { readonly rateVersion: number; readonly approvedBy: string | null; readonly now: Date },
): Promise<void> {
  const key = keyParameters(change);
  await transaction.query(queries.supersedeRate, [...key, version.now]);
  await transaction.query(queries.insertRate, [
    ...key,
    version.rateVersion,
    change.rate.text,
    change.rounding,
    change.minSourceAmount ?? 1n,
    change.operationId,
    change.principal,
    version.approvedBy,
    version.now,
  ]);
  await transaction.query(queries.bumpCatalogVersion);
  const { operationId } = change;
  recordChange(transaction, shardCount, change, { operationId, status: "completed", at: version.now });
}
