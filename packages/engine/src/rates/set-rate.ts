// Setting a rate.
//
// R1  A version is never changed but to be superseded; of each pair at most one version is in force.
// R2  Every version was put in force by one operation, written in the same transaction.
// R3  A known operation id answers what is stored, before anything else is looked at.
// R4  A rate that is in force already makes no version. It is logged only under an id of the caller's.
import type { RefusalCode } from "@pointbridge/protocol";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { AppError, newOperationId } from "../system/index.ts";
import * as queries from "./queries.ts";
import { conflictingField, type RateChange, type StoredRateChange } from "./rate-change.ts";

/** A change that waits for approval will be another member of this union. */
export interface CompletedRateChange {
  readonly status: "completed";
  /** Of a rate that was in force already, and no id given: the operation that put it in force. */
  readonly operationId: string;
  /** Null for a first rate. */
  readonly oldRate: string | null;
  readonly newRate: string;
  readonly rateVersion: number;
  /** Whether this call made a version. */
  readonly changed: boolean;
  readonly idempotent: boolean;
}

export type RateChangeResult = CompletedRateChange;

/** A refusal is a result inside the transaction, so that it is stored, and an error outside. */
interface Refused {
  readonly status: "refused";
  readonly code: RefusalCode;
  readonly operationId: string;
  readonly idempotent: boolean;
}

interface RatePair {
  readonly now: Date;
  readonly has_source: boolean;
  readonly has_target: boolean;
  readonly has_source_type: boolean;
  readonly has_target_type: boolean;
}

interface RateInForce {
  readonly rate: string;
  readonly rate_version: number;
  readonly min_source_amount: bigint;
  readonly operation_id: string;
}

interface LoggedChange {
  readonly operationId: string;
  readonly oldRate: string | null;
  readonly rateVersion: number | null;
  readonly failureCode: RefusalCode | null;
  readonly now: Date;
}

function answerRepeat(change: RateChange, operationId: string, stored: StoredRateChange) {
  const field = conflictingField(change, stored);
  if (field !== undefined) {
    const detail = `operation ${operationId} was first used with another ${field}; use a new id`;
    throw new AppError("operation_conflict", detail, { operation_id: operationId, conflicting_field: field });
  }
  if (stored.failure_code !== null) {
    return { status: "refused", code: stored.failure_code, operationId, idempotent: true } as const;
  }
  return {
    status: "completed",
    operationId,
    oldRate: stored.data?.old_rate ?? null,
    newRate: change.rate.text,
    rateVersion: stored.rate_version ?? 0,
    changed: false,
    idempotent: true,
  } as const;
}

function refuse(pair: RatePair): RefusalCode | undefined {
  if (!pair.has_source || !pair.has_target) return "system_not_found";
  return pair.has_source_type && pair.has_target_type ? undefined : "credit_type_not_found";
}

function describeRefusal(code: RefusalCode, change: RateChange): string {
  const { sourceSystem, targetSystem, sourceCreditType, targetCreditType } = change;
  return code === "system_not_found"
    ? `system ${sourceSystem} or ${targetSystem} is not known; create it first`
    : `credit type ${sourceCreditType} of ${sourceSystem} or ${targetCreditType} of ${targetSystem} is not known; create it first`;
}

function keyParameters(change: RateChange): [string, string, string, string] {
  return [change.sourceSystem, change.targetSystem, change.sourceCreditType, change.targetCreditType];
}

async function logChange(
  transaction: Transaction,
  shardCount: number,
  change: RateChange,
  logged: LoggedChange,
): Promise<void> {
  const { operationId, oldRate, rateVersion, failureCode, now } = logged;
  const status = failureCode === null ? "completed" : "failed";
  const data = { old_rate: oldRate, min_source_amount: String(change.minSourceAmount ?? 1n) };
  await transaction.query(queries.insertRateChange, [
    shardOf(operationId, shardCount),
    operationId,
    status,
    ...keyParameters(change),
    change.rate.text,
    rateVersion,
    failureCode,
    JSON.stringify(data),
    change.principal,
    now,
  ]);
}

async function putInForce(
  transaction: Transaction,
  change: RateChange,
  version: { readonly operationId: string; readonly rateVersion: number; readonly now: Date },
): Promise<void> {
  const key = keyParameters(change);
  await transaction.query(queries.supersedeRate, [...key, version.now]);
  await transaction.query(queries.insertRate, [
    ...key,
    version.rateVersion,
    change.rate.text,
    change.rounding,
    change.minSourceAmount ?? 1n,
    version.operationId,
    change.principal,
    version.now,
  ]);
  await transaction.query(queries.bumpCatalogVersion);
}

async function findStored(
  transaction: Transaction,
  shardCount: number,
  operationId: string | undefined,
): Promise<StoredRateChange | undefined> {
  if (operationId === undefined) return undefined;
  const parameters = [shardOf(operationId, shardCount), operationId];
  const [stored] = await transaction.query<StoredRateChange>(queries.findRateChange, parameters);
  return stored;
}

async function applyChange(
  transaction: Transaction,
  shardCount: number,
  change: RateChange,
): Promise<RateChangeResult | Refused> {
  await transaction.query(queries.lockCatalog);
  const operationId = change.operationId ?? newOperationId();
  const stored = await findStored(transaction, shardCount, change.operationId);
  if (stored !== undefined) return answerRepeat(change, operationId, stored);

  const key = keyParameters(change);
  const [pair] = await transaction.query<RatePair>(queries.readRatePair, key);
  if (pair === undefined) throw new Error("the database did not describe the pair of credit types");
  const { now } = pair;
  const refusal = refuse(pair);
  if (refusal !== undefined) {
    const logged = { operationId, oldRate: null, rateVersion: null, failureCode: refusal, now };
    if (change.operationId !== undefined) await logChange(transaction, shardCount, change, logged);
    return { status: "refused", code: refusal, operationId, idempotent: false };
  }

  const [inForce] = await transaction.query<RateInForce>(queries.findRateInForce, key);
  const oldRate = inForce?.rate ?? null;
  const isSame =
    oldRate === change.rate.text && inForce?.min_source_amount === (change.minSourceAmount ?? 1n);
  const rateVersion = (inForce?.rate_version ?? 0) + (isSame ? 0 : 1);
  const result = { status: "completed", oldRate, newRate: change.rate.text, rateVersion } as const;
  if (isSame && change.operationId === undefined) {
    return { ...result, operationId: inForce.operation_id, changed: false, idempotent: false };
  }
  if (!isSame) await putInForce(transaction, change, { operationId, rateVersion, now });
  await logChange(transaction, shardCount, change, {
    operationId,
    oldRate,
    rateVersion,
    failureCode: null,
    now,
  });
  return { ...result, operationId, changed: !isSame, idempotent: false };
}

/**
 * Puts a rate in force for a pair of credit types, from the next batch on.
 * @throws AppError system_not_found, credit_type_not_found, operation_conflict
 */
export async function setRate(
  database: Database,
  shardCount: number,
  change: RateChange,
): Promise<RateChangeResult> {
  const result = await runRetried(database, (transaction) => applyChange(transaction, shardCount, change));
  if (result.status === "completed") return result;
  throw new AppError(result.code, describeRefusal(result.code, change), {
    ...(change.operationId === undefined ? {} : { operation_id: result.operationId }),
    idempotent: result.idempotent,
  });
}
