// Approving and rejecting changes that wait for a second person.
//
// A1  Nobody approves what they have proposed, by whatever key; rejecting one's own is allowed.
// A2  A change is decided once. Deciding it the same way again answers what stands, another way is refused.
// A3  What is approved is what was seen: once the pair's rate has another version than the one that the change
//     was measured against, the change is stale and ends as failed.
// A4  Cycles are judged again, since other rates may have changed: what gains now ends as failed.
// A5  A version that was approved is what later changes are measured against.
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { AppError } from "../system/index.ts";
import * as queries from "./queries.ts";
import {
  askedBy,
  defaultRateRules,
  type RateChangeData,
  type RateChangeRow,
  type RateRules,
} from "./rate-change.ts";
import { type RateChangeState, toState } from "./rate-changes.ts";
import { judgeRateChange } from "./rate-judgement.ts";
import { endRateChange, lockRateChange, putInForce } from "./rate-log.ts";

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
    readonly code: RateChangeRow["failure_code"];
    readonly now: Date;
    readonly data?: Partial<RateChangeData>;
  },
): Promise<RateChangeRow> {
  return endRateChange(transaction, shardCount, row.operation_id, {
    status: "failed",
    rateVersion: null,
    failureCode: failure.code,
    data: { ...row.data, ...failure.data },
    now: failure.now,
  });
}

async function approve(waiting: Waiting, principal: string): Promise<RateChangeRow> {
  const { transaction, shardCount, row, rules } = waiting;
  const change = askedBy(row);
  const { now, inForce, refusal, cycle } = await judgeRateChange(transaction, change, rules);
  if (inForce?.rateVersion !== row.data.base_version) {
    return fail(waiting, { code: "rate_change_stale", now });
  }
  if (refusal !== undefined) {
    const data = cycle === undefined ? {} : { cycle: cycle.nodes, gain: cycle.gain };
    return fail(waiting, { code: refusal, now, data });
  }
  const rateVersion = (inForce?.rateVersion ?? 0) + 1;
  await putInForce(transaction, shardCount, change, { rateVersion, approvedBy: principal, now });
  return endRateChange(transaction, shardCount, row.operation_id, {
    status: "completed",
    rateVersion,
    failureCode: null,
    data: { ...row.data, approved_by: principal },
    now,
  });
}

function isAsDecided(row: RateChangeRow, verdict: RateDecision["verdict"]): boolean {
  if (verdict === "reject") return row.failure_code === "rate_change_rejected";
  return row.status === "completed" && row.data.approved_by !== undefined;
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
  if (row.status !== "pending_approval") {
    return { change: toState(row), idempotent: true, isDone: isAsDecided(row, verdict) };
  }
  const waiting: Waiting = { transaction, shardCount, row, rules };
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

async function readTime(transaction: Transaction): Promise<Date> {
  const [row] = await transaction.query<{ now: Date }>(queries.readTime);
  if (row === undefined) throw new Error("the database did not tell the time");
  return row.now;
}

/**
 * Approves or rejects a change that waits; a change that can't be approved any more ends as failed.
 * @throws AppError operation_not_found, four_eyes_required
 */
export async function decideRateChange(
  database: Database,
  shardCount: number,
  decision: RateDecision,
  rules: RateRules = defaultRateRules,
): Promise<DecidedRateChange> {
  return runRetried(database, (transaction) => decide(transaction, shardCount, decision, rules));
}
