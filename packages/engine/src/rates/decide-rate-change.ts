// Approving and rejecting changes that wait for a second person, or for somebody to accept what a partner proposes.
//
// A1  Nobody approves what they have proposed, by whatever key; rejecting one's own is allowed.
// A2  A change is decided once. Deciding it the same way again answers what stands, another way is refused.
// A3  What is approved is what was seen: once the pair's rate has another version than the one that the change
//     was measured against, the change is stale and ends as failed.
// A4  Cycles are judged again, since other rates may have changed: what gains now ends as failed.
// A5  A version that two persons of this node agreed to is what later changes are measured against.
// A6  What a partner proposes is accepted by one person of this node, or by two where it goes beyond the limit: the
//     partner's people count for none of ours.
// A7  What this node alone has set for later can be rejected until then, and what it has offered until the partner
//     accepts. A promise to a partner can't be (agreement.ts T2).
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { AppError } from "../system/index.ts";
import { findAgreementOf, moveAgreement } from "./agreement-store.ts";
import { endAgreementOf, offerChange } from "./offer-change.ts";
import * as queries from "./queries.ts";
import {
  askedBy,
  defaultRateRules,
  type RateChangeData,
  type RateChangeRow,
  type RateRules,
} from "./rate-change.ts";
import { type RateChangeState, toState } from "./rate-changes.ts";
import { judgeRateChange, type RateJudgement } from "./rate-judgement.ts";
import { lockRateChange, moveRateChange, putInForce } from "./rate-log.ts";
import { dropScheduled, endOverduePromise, readTime, requireFreePlace } from "./reservation.ts";

export interface RateDecision {
  readonly operationId: string;
  readonly verdict: "approve" | "reject";
  readonly principal: string;
}

export interface DecidedRateChange {
  readonly change: RateChangeState;
  readonly idempotent: boolean;
  /** Whether the change stands as it was asked to; if not, its failure or its completion says why. */
  readonly isDone: boolean;
}

interface Waiting {
  readonly transaction: Transaction;
  readonly shardCount: number;
  readonly row: RateChangeRow;
  readonly rules: RateRules;
}

/** Ends a change as failed. It was asked to be rejected, or it can't be approved any more. */
async function fail(
  { transaction, shardCount, row }: Waiting,
  failure: {
    readonly code: NonNullable<RateChangeRow["failure_code"]>;
    readonly now: Date;
    readonly data?: Partial<RateChangeData>;
  },
): Promise<RateChangeRow> {
  await endAgreementOf(transaction, row.operation_id, failure.code);
  return moveRateChange(transaction, shardCount, row, {
    status: "failed",
    // What is taken back was told with its version, and stays told so.
    rateVersion: row.rate_version,
    failureCode: failure.code,
    data: { ...row.data, ...failure.data },
    now: failure.now,
  });
}

/** A6: whether it has everybody's consent that this node asks for; if not, who has given it so far. */
async function accept(
  { transaction, shardCount, row }: Waiting,
  principal: string,
  { now, size }: RateJudgement,
): Promise<RateChangeRow> {
  const { agreement } = row.data;
  const standing = await findAgreementOf(transaction, row.operation_id);
  if (agreement === undefined || standing === undefined) {
    throw new Error(`the change ${row.operation_id} is no partner's`);
  }
  const { accepted_by: first } = agreement;
  if (first === principal) {
    const detail = `${principal} has accepted ${row.operation_id}; another principal has to as well`;
    throw new AppError("four_eyes_required", detail, { operation_id: row.operation_id });
  }
  const isEnough = first !== undefined || size?.isAboveLimit !== true;
  const data: RateChangeData = {
    ...row.data,
    agreement: { ...agreement, accepted_by: first ?? principal },
    ...(first === undefined ? {} : { approved_by: principal }),
    ...(size === undefined ? {} : { change_percentage: size.percentage }),
  };
  const status = isEnough ? "processing" : "pending_approval";
  if (isEnough) {
    await moveAgreement(transaction, standing, { state: "accepted", isSettled: false });
    await transaction.query(queries.bumpCatalogVersion);
  }
  const ending = { status, rateVersion: null, failureCode: null, data, now } as const;
  return moveRateChange(transaction, shardCount, row, ending);
}

async function approve(waiting: Waiting, principal: string): Promise<RateChangeRow> {
  const { transaction, shardCount, row, rules } = waiting;
  const change = askedBy(row);
  const judgement = await judgeRateChange(transaction, change, rules);
  const { now, inForce, refusal, cycle, reservedBy, allowedCycle } = judgement;
  if (inForce?.rateVersion !== row.data.base_version) {
    return fail(waiting, { code: "rate_change_stale", now });
  }
  if (refusal !== undefined) {
    const data = cycle === undefined ? {} : { cycle: cycle.nodes, gain: cycle.gain };
    return fail(waiting, { code: refusal, now, data });
  }
  requireFreePlace(change, reservedBy);
  const { agreement } = row.data;
  if (agreement?.proposed_by === "partner") return accept(waiting, principal, judgement);
  const data = { ...row.data, approved_by: principal };
  if (agreement !== undefined) {
    const ending = { status: "processing", rateVersion: null, failureCode: null, data, now } as const;
    const moved = await moveRateChange(transaction, shardCount, row, ending);
    await offerChange(transaction, moved);
    return moved;
  }
  const rateVersion = (inForce?.rateVersion ?? 0) + 1;
  const { effectiveAt } = change;
  const version = { rateVersion, approvedBy: principal, now, effectiveAt, allowedCycle };
  await putInForce(transaction, shardCount, change, version);
  const ending = { status: "completed", rateVersion, failureCode: null, data, now } as const;
  return moveRateChange(transaction, shardCount, row, ending);
}

function isAsDecided(row: RateChangeRow, verdict: RateDecision["verdict"]): boolean {
  if (verdict === "reject") return row.failure_code === "rate_change_rejected";
  const { approved_by: approvedBy, agreement } = row.data;
  return row.status !== "failed" && (approvedBy !== undefined || agreement?.accepted_by !== undefined);
}

/** A7: what waits no more, and may be taken back all the same. */
async function takeBack(waiting: Waiting, principal: string): Promise<RateChangeRow | undefined> {
  const { transaction, row } = waiting;
  const { agreement } = row.data;
  const isOffered = row.status === "processing" && agreement?.proposed_by === "this_node";
  const isScheduled = row.status === "completed" && agreement === undefined && row.rate_version !== null;
  const isOpen =
    (isOffered && (await endAgreementOf(transaction, row.operation_id, "rate_change_rejected"))) ||
    (isScheduled && (await dropScheduled(transaction, row)));
  if (!isOpen) return undefined;
  const now = await readTime(transaction);
  return fail(waiting, { code: "rate_change_rejected", now, data: { rejected_by: principal } });
}

async function decide(
  transaction: Transaction,
  shardCount: number,
  decision: RateDecision,
  rules: RateRules,
): Promise<DecidedRateChange> {
  const { operationId, verdict, principal } = decision;
  await transaction.query(queries.lockCatalog);
  const row = await lockRateChange(transaction, shardCount, operationId);
  if (row?.kind !== "rate_change") {
    throw new AppError("operation_not_found", `no change of a rate has the id ${operationId}`);
  }
  if (verdict === "approve" && row.principal === principal) {
    const detail = `${principal} has proposed ${operationId}; another principal has to approve it`;
    throw new AppError("four_eyes_required", detail, { operation_id: operationId });
  }
  const waiting: Waiting = { transaction, shardCount, row, rules };
  if (row.status !== "pending_approval") {
    const taken = verdict === "reject" ? await takeBack(waiting, principal) : undefined;
    if (taken !== undefined) return { change: toState(taken), idempotent: false, isDone: true };
    return { change: toState(row), idempotent: true, isDone: isAsDecided(row, verdict) };
  }
  if (verdict === "approve") await endOverduePromise(transaction, shardCount, askedBy(row));
  const ended =
    verdict === "approve"
      ? await approve(waiting, principal)
      : await fail(waiting, {
          code: "rate_change_rejected",
          now: await readTime(transaction),
          data: { rejected_by: principal },
        });
  return { change: toState(ended), idempotent: false, isDone: isAsDecided(ended, verdict) };
}

/**
 * Approves or rejects a change that waits; a change that can't be approved any more ends as failed.
 * @throws AppError operation_not_found, four_eyes_required, rate_change_under_way
 */
export async function decideRateChange(
  database: Database,
  shardCount: number,
  decision: RateDecision,
  rules: RateRules = defaultRateRules,
): Promise<DecidedRateChange> {
  return runRetried(database, (transaction) => decide(transaction, shardCount, decision, rules));
}
