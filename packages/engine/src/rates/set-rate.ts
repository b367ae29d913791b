// Setting a rate, or proposing it where one person may not decide alone.
//
// R1  A version is never changed but to be superseded; of each pair at most one version is in force.
// R2  Every version was put in force by one operation, written in the same transaction.
// R3  A known operation id answers what is stored, before anything else is looked at.
// R4  A rate that is in force already makes no version. It is logged only under an id of the caller's.
// R5  A change above the limit makes no version until another principal than its proposer approves it.
// R6  No version lets points grow by going round, unless its link says so; judged when it is proposed and again
//     when it is approved, under the catalog's lock.
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { AppError, newOperationId } from "../system/index.ts";
import * as queries from "./queries.ts";
import {
  conflictingField,
  defaultRateRules,
  type RateChange,
  type RateChangeData,
  type RateChangeRow,
  type RateRules,
} from "./rate-change.ts";
import { judgeRateChange, type RateJudgement } from "./rate-judgement.ts";
import { findRateChange, logRateChange, putInForce } from "./rate-log.ts";
import { approvalRequired, type RateRefusal, toError } from "./rate-refusal.ts";

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

/** One that waits for approval by another principal (R5). */
export interface PendingRateChange {
  readonly status: "pending_approval";
  readonly operationId: string;
  readonly oldRate: string;
  readonly newRate: string;
  readonly changePercentage: string;
  readonly expiresAt: Date;
  readonly changed: boolean;
  readonly idempotent: boolean;
}

export type RateChangeResult = CompletedRateChange | PendingRateChange;

/** A refusal is a result inside the transaction, so that it is stored, and an error outside. */
interface Refused {
  readonly status: "refused";
  readonly refusal: RateRefusal;
}

type AcceptedChange = RateChange & { readonly operationId: string };

export function toResult(row: RateChangeRow, changed: boolean, idempotent: boolean): RateChangeResult {
  const { operation_id: operationId, exchange_rate: newRate, data, expires_at: expiresAt } = row;
  const said = { operationId, newRate, changed, idempotent };
  if (row.status !== "pending_approval") {
    return { status: "completed", ...said, oldRate: data.old_rate, rateVersion: row.rate_version ?? 0 };
  }
  const { old_rate: oldRate, change_percentage: changePercentage } = data;
  if (oldRate === null || changePercentage === undefined || expiresAt === null) {
    throw new Error(`the stored change ${operationId} lacks what it was measured against`);
  }
  return { status: "pending_approval", ...said, oldRate, changePercentage, expiresAt };
}

function answerRepeat(change: AcceptedChange, stored: RateChangeRow): RateChangeResult | Refused {
  const field = conflictingField(change, stored);
  const { operationId } = change;
  if (field !== undefined) {
    const detail = `operation ${operationId} was first used with another ${field}; use a new id`;
    throw new AppError("operation_conflict", detail, { operation_id: operationId, conflicting_field: field });
  }
  const { failure_code: code, data } = stored;
  if (code === null) return toResult(stored, false, true);
  return { status: "refused", refusal: { ...change, code, operationId, data, idempotent: true } };
}

function toData(change: RateChange, judgement: RateJudgement): RateChangeData {
  const { inForce, size, cycle } = judgement;
  const waits = size?.isAboveLimit === true && inForce !== undefined;
  return {
    old_rate: inForce?.rate ?? null,
    min_source_amount: String(change.minSourceAmount ?? 1n),
    ...(waits ? { change_percentage: size.percentage, base_version: inForce.rateVersion } : {}),
    ...(cycle === undefined ? {} : { cycle: cycle.nodes, gain: cycle.gain }),
  };
}

async function applyJudgement(
  transaction: Transaction,
  shardCount: number,
  change: AcceptedChange,
  judgement: RateJudgement,
  proposalMs: number,
): Promise<RateChangeResult> {
  const { now, inForce, isSame, size } = judgement;
  const data = toData(change, judgement);
  if (size?.isAboveLimit === true) {
    if (change.mustComplete === true) throw approvalRequired(size.percentage);
    const expiresAt = new Date(now.getTime() + proposalMs);
    const ending = { status: "pending_approval", rateVersion: null, failureCode: null, data, now } as const;
    const row = await logRateChange(transaction, shardCount, change, { ...ending, expiresAt });
    return toResult(row, true, false);
  }
  const rateVersion = (inForce?.rateVersion ?? 0) + (isSame ? 0 : 1);
  if (!isSame) await putInForce(transaction, shardCount, change, { rateVersion, approvedBy: null, now });
  const ending = { status: "completed", rateVersion, failureCode: null, data, now, expiresAt: null } as const;
  return toResult(await logRateChange(transaction, shardCount, change, ending), !isSame, false);
}

async function applyChange(
  transaction: Transaction,
  shardCount: number,
  asked: RateChange,
  rules: RateRules,
): Promise<RateChangeResult | Refused> {
  await transaction.query(queries.lockCatalog);
  const change = { ...asked, operationId: asked.operationId ?? newOperationId() };
  if (asked.operationId !== undefined) {
    const stored = await findRateChange(transaction, shardCount, asked.operationId);
    if (stored !== undefined) return answerRepeat(change, stored);
  }
  const judgement = await judgeRateChange(transaction, change, rules);
  const { refusal: code, inForce, isSame, now } = judgement;
  if (code !== undefined) {
    const data = toData(change, judgement);
    if (asked.operationId !== undefined) {
      const ending = { status: "failed", rateVersion: null, failureCode: code, data, now } as const;
      await logRateChange(transaction, shardCount, change, { ...ending, expiresAt: null });
    }
    const { operationId } = asked;
    return { status: "refused", refusal: { ...change, code, operationId, data, idempotent: false } };
  }
  if (isSame && inForce !== undefined && asked.operationId === undefined) {
    const { rate, rateVersion, operationId } = inForce;
    const said = { operationId, oldRate: rate, newRate: rate, rateVersion };
    return { status: "completed", ...said, changed: false, idempotent: false };
  }
  return applyJudgement(transaction, shardCount, change, judgement, rules.proposalMs);
}

/**
 * Puts a rate in force for a pair of credit types, from the next batch on; or, where the change is above the
 * limit, keeps it until another principal approves it.
 * @throws AppError system_not_found, credit_type_not_found, rate_cycle_gains, approval_required, operation_conflict; of a repeat
 *   also how the change ended: rate_change_rejected, rate_change_expired, rate_change_stale
 */
export async function setRate(
  database: Database,
  shardCount: number,
  change: RateChange,
  rules: RateRules = defaultRateRules,
): Promise<RateChangeResult> {
  const result = await runRetried(database, (transaction) =>
    applyChange(transaction, shardCount, change, rules),
  );
  if (result.status === "refused") throw toError(result.refusal);
  return result;
}
