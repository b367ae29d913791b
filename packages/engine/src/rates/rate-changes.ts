// Reading changes of rates: one by its id, and those that wait for a second person.
import type { RefusalCode } from "@pointbridge/protocol";
import type { Transaction } from "../database/index.ts";
import type { CycleNode } from "./cycle-guard.ts";
import * as queries from "./queries.ts";
import type { AgreementData, RateChangeRow } from "./rate-change.ts";
import type { RateKey } from "./rate-key.ts";
import { expireRateChanges, findRateChange } from "./rate-log.ts";

/** A change as it stands. */
export interface RateChangeState extends RateKey {
  readonly operationId: string;
  /** `pending_agreement`: waits for the partner. */
  readonly status: "pending_approval" | "pending_agreement" | "completed" | "failed";
  /** Null for a first rate. */
  readonly oldRate: string | null;
  readonly newRate: string;
  readonly minSourceAmount: bigint;
  /** Null where no approval was needed. */
  readonly changePercentage: string | null;
  /** The version that it made, or found in force. */
  readonly rateVersion: number | null;
  readonly failureCode: RefusalCode | null;
  /** Of one that was refused for it. */
  readonly cycle: readonly CycleNode[] | undefined;
  readonly gain: string | undefined;
  readonly proposedBy: string;
  readonly approvedBy: string | null;
  readonly rejectedBy: string | null;
  /** From when it is, or shall be, in force; null: since it was completed, or as soon as it is. */
  readonly effectiveAt: Date | null;
  readonly agreement: AgreementData | null;
  readonly createdAt: Date;
  /** When it ends unless somebody decides; null where no approval was needed. */
  readonly expiresAt: Date | null;
  /** Null while it waits. */
  readonly endedAt: Date | null;
}

export function toState(row: RateChangeRow): RateChangeState {
  const { data } = row;
  const at = data.effective_at ?? data.wanted_at;
  return {
    operationId: row.operation_id,
    status: row.status === "processing" ? "pending_agreement" : row.status,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    sourceCreditType: row.source_credit_type,
    targetCreditType: row.target_credit_type,
    oldRate: data.old_rate,
    newRate: row.exchange_rate,
    minSourceAmount: BigInt(data.min_source_amount),
    changePercentage: data.change_percentage ?? null,
    rateVersion: row.status === "failed" ? null : row.rate_version,
    failureCode: row.failure_code,
    cycle: data.cycle,
    gain: data.gain,
    proposedBy: row.principal,
    approvedBy: data.approved_by ?? null,
    rejectedBy: data.rejected_by ?? null,
    effectiveAt: at === undefined ? null : new Date(at),
    agreement: data.agreement ?? null,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    endedAt: row.status === "completed" || row.status === "failed" ? row.updated_at : null,
  };
}

/** Undefined also where the id belongs to another kind. */
export async function getRateChange(
  transaction: Transaction,
  shardCount: number,
  operationId: string,
): Promise<RateChangeState | undefined> {
  const row = await findRateChange(transaction, shardCount, operationId);
  return row?.kind === "rate_change" ? toState(row) : undefined;
}

export interface PendingChangeFilter {
  readonly sourceSystem?: string | undefined;
  readonly targetSystem?: string | undefined;
  readonly limit: number;
  /** The last one of the page before. */
  readonly after?: { readonly createdAt: Date; readonly operationId: string } | undefined;
}

/** Changes that wait for approval, the oldest first. What was not decided in time is ended first. */
export async function listPendingRateChanges(
  transaction: Transaction,
  shardCount: number,
  filter: PendingChangeFilter,
): Promise<RateChangeState[]> {
  const { sourceSystem, targetSystem, after, limit } = filter;
  const found: RateChangeState[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    await expireRateChanges(transaction, shardCount, shardId);
    const rows = await transaction.query<RateChangeRow>(queries.listPendingRateChanges, [
      shardId,
      sourceSystem ?? null,
      targetSystem ?? null,
      after?.createdAt ?? null,
      after?.operationId ?? null,
      limit,
    ]);
    found.push(...rows.map(toState));
  }
  const oldestFirst = (left: RateChangeState, right: RateChangeState) =>
    left.createdAt.getTime() - right.createdAt.getTime() || (left.operationId < right.operationId ? -1 : 1);
  return found.sort(oldestFirst).slice(0, limit);
}
