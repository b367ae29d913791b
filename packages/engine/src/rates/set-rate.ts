// Setting a rate, or proposing it where one person may not decide alone.
//
// R1  A version is never changed but to be superseded; of each pair at most one version is in force.
// R2  Every version was put in force by one operation, written in the same transaction.
// R3  A known operation id answers what is stored, before anything else is looked at.
// R4  A rate that is in force already makes no version. It is logged only under an id of the caller's.
// R5  A change above the limit makes no version until another principal than its proposer approves it.
// R6  No version lets points grow by going round, unless its link says so; judged when it is proposed and again
//     when it is approved, under the catalog's lock. What is set for later and what was promised count as if it
//     were in force.
// R7  A change that the partner has to accept makes no version until it has: `agreement.ts`.
import { toFrom } from "../admin-log/index.ts";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { AppError, newOperationId } from "../system/index.ts";
import { findPartnerSystem } from "./agreement-store.ts";
import { offerChange } from "./offer-change.ts";
import * as queries from "./queries.ts";
import {
  type AgreementData,
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
import { endOverduePromise, requireFreePlace } from "./reservation.ts";

export interface CompletedRateChange {
  readonly status: "completed";
  /** Of a rate that was in force already, and no id given: the operation that put it in force. */
  readonly operationId: string;
  /** Null for a first rate. */
  readonly oldRate: string | null;
  readonly newRate: string;
  readonly rateVersion: number;
  /** When it comes into force, where that lies, or lay, ahead. */
  readonly effectiveAt: Date | null;
  /** Whether this call made a version. */
  readonly changed: boolean;
  readonly idempotent: boolean;
}

/** One that waits for approval by another principal (R5), or for the partner (R7). */
export interface PendingRateChange {
  readonly status: "pending_approval" | "pending_agreement";
  readonly operationId: string;
  /** Null for a first rate. */
  readonly oldRate: string | null;
  readonly newRate: string;
  /** Null where one person was enough. */
  readonly changePercentage: string | null;
  readonly effectiveAt: Date | null;
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
  const { old_rate: oldRate, change_percentage: percentage } = data;
  const at = data.effective_at ?? data.wanted_at;
  const effectiveAt = at === undefined ? null : new Date(at);
  const said = { operationId, oldRate, newRate, effectiveAt, changed, idempotent };
  if (row.status === "completed" || row.status === "failed") {
    return { status: "completed", ...said, rateVersion: row.rate_version ?? 0 };
  }
  if (expiresAt === null) throw new Error(`the stored change ${operationId} lacks its end`);
  const status = row.status === "processing" ? "pending_agreement" : "pending_approval";
  return { status, ...said, changePercentage: percentage ?? null, expiresAt };
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

function toData(change: RateChange, judgement: RateJudgement, agreement?: AgreementData): RateChangeData {
  const { inForce, size, cycle } = judgement;
  const { effectiveAt, origin } = change;
  const isAbove = size?.isAboveLimit === true && inForce !== undefined;
  const waits = isAbove || (agreement !== undefined && inForce !== undefined);
  const from = origin && toFrom(origin);
  return {
    old_rate: inForce?.rate ?? null,
    min_source_amount: String(change.minSourceAmount ?? 1n),
    ...(isAbove ? { change_percentage: size.percentage } : {}),
    ...(waits ? { base_version: inForce.rateVersion } : {}),
    ...(effectiveAt === undefined ? {} : { wanted_at: effectiveAt.toISOString() }),
    ...(agreement === undefined ? {} : { agreement }),
    ...(from === undefined ? {} : { from }),
    ...(cycle === undefined ? {} : { cycle: cycle.nodes, gain: cycle.gain }),
  };
}

/** Whom the change has to be agreed on with, if it has to. @throws AppError rate_partner_missing */
async function agreementFor(
  transaction: Transaction,
  change: AcceptedChange,
): Promise<AgreementData | undefined> {
  if (change.agree !== true) return undefined;
  const partnerSystem = await findPartnerSystem(transaction, change);
  return { id: change.operationId, partner_system: partnerSystem, proposed_by: "this_node" };
}

interface Asked {
  readonly transaction: Transaction;
  readonly shardCount: number;
  readonly change: AcceptedChange;
  readonly judgement: RateJudgement;
  readonly proposalMs: number;
}

/** Keeps the change until another principal approves it, or the partner accepts it. */
async function keepWaiting(
  { transaction, shardCount, change, judgement, proposalMs }: Asked,
  status: "pending_approval" | "processing",
  agreement: AgreementData | undefined,
): Promise<RateChangeResult> {
  const { now } = judgement;
  const latestMs = Math.min(now.getTime() + proposalMs, change.effectiveAt?.getTime() ?? Infinity);
  const expiresAt = new Date(latestMs);
  const data = toData(change, judgement, agreement);
  const ending = { status, rateVersion: null, failureCode: null, data, now } as const;
  const row = await logRateChange(transaction, shardCount, change, { ...ending, expiresAt });
  if (status === "processing") await offerChange(transaction, row);
  return toResult(row, true, false);
}

async function applyJudgement(asked: Asked): Promise<RateChangeResult> {
  const { transaction, shardCount, change, judgement } = asked;
  const { now, inForce, isSame, size, allowedCycle } = judgement;
  const agreement = await agreementFor(transaction, change);
  if (size?.isAboveLimit === true) {
    if (change.mustComplete === true) throw approvalRequired(size.percentage);
    return keepWaiting(asked, "pending_approval", agreement);
  }
  if (agreement !== undefined) return keepWaiting(asked, "processing", agreement);
  const data = toData(change, judgement);
  const rateVersion = (inForce?.rateVersion ?? 0) + (isSame ? 0 : 1);
  if (!isSame) {
    const { effectiveAt } = change;
    const version = { rateVersion, approvedBy: null, now, effectiveAt, allowedCycle };
    await putInForce(transaction, shardCount, change, version);
  }
  const ending = { status: "completed", rateVersion, failureCode: null, data, now, expiresAt: null } as const;
  return toResult(await logRateChange(transaction, shardCount, change, ending), !isSame, false);
}

/** @throws AppError rate_change_under_way, effective_time_passed */
function judgePlace(change: AcceptedChange, { now, reservedBy }: RateJudgement): void {
  const { effectiveAt } = change;
  if (effectiveAt !== undefined && effectiveAt <= now) {
    const detail = `the rate can't come into force at ${effectiveAt.toISOString()}, since that has passed; name a later time, or none`;
    throw new AppError("effective_time_passed", detail);
  }
  requireFreePlace(change, reservedBy);
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
  await endOverduePromise(transaction, shardCount, change);
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
  const isAsked = asked.operationId !== undefined || asked.agree === true || asked.effectiveAt !== undefined;
  if (isSame && inForce !== undefined && !isAsked) {
    const { rate, rateVersion, operationId } = inForce;
    const said = { operationId, oldRate: rate, newRate: rate, rateVersion, effectiveAt: null };
    return { status: "completed", ...said, changed: false, idempotent: false };
  }
  if (!isSame || asked.agree === true) judgePlace(change, judgement);
  const { proposalMs } = rules;
  return applyJudgement({ transaction, shardCount, change, judgement, proposalMs });
}

/**
 * Puts a rate in force for a pair of credit types, from the next batch on; or, where the change is above the
 * limit, keeps it until another principal approves it; or, where it has to be agreed on, until the partner accepts.
 * @throws AppError system_not_found, credit_type_not_found, rate_cycle_gains, approval_required, operation_conflict,
 *   rate_change_under_way, rate_partner_missing, effective_time_passed; of a repeat
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
