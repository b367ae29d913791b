// The stored form of everything that has ever been asked under an operation id.
import type { RefusalCode } from "@pointbridge/protocol";
import type { CrossingRecord } from "./crossing-record.ts";
import type { ExceededLimit, LimitUse } from "./limit.ts";

/** `partner_credit` and `partner_hold` are what a partner asked for, under an id of its own. */
export const operationKinds = [
  "exchange",
  "credit",
  "debit",
  "hold",
  "opening",
  "partner_credit",
  "partner_hold",
  "rate_change",
  "mapping_change",
  "api_key_change",
  "system_change",
  "credit_type_change",
  "link_change",
  "limit_change",
  "limit_settlement",
  "grant_change",
  "user_change",
  "provisioning",
  "node_key_change",
  "webhook_change",
  "alert_channel_change",
  "reconciliation",
  "adjustment",
] as const;
export type OperationKind = (typeof operationKinds)[number];

/**
 * `failed` means that nothing moved, or that all of it was put back. A `held` operation ends as `captured`,
 * `released` or `expired`; a completed credit or debit may end as `rolled_back`; an exchange that is
 * `processing` or `needs_attention` ends as `completed` or `failed`.
 */
export type OperationStatus =
  /** Of a change of a rate: waits for a second person. */
  | "pending_approval"
  | "processing"
  | "needs_attention"
  | "completed"
  | "failed"
  | "held"
  | "captured"
  | "released"
  | "expired"
  | "rolled_back";

/** Free data of the caller's, as parsed from JSON. */
export type Metadata = Readonly<Record<string, unknown>>;

/** What belongs to some kinds only. Amounts are decimal strings, as JSON has no exact numbers. */
export interface OperationData {
  readonly transaction_id?: string;
  readonly new_balance?: string;
  /** Of a hold: what was captured of it. */
  readonly captured_amount?: string;
  /** Of a completed credit or debit: a rollback was refused, so it stands for good. */
  readonly sealed?: true;
  /** Of a refusal for want of points: what was asked and what was there. */
  readonly required?: string;
  readonly available?: string;
  /** Of a refusal by a limit: which. */
  readonly exceeded?: ExceededLimit;
  /** The counters that it was counted by, where it may yet be put back (F2). */
  readonly limit_uses?: readonly LimitUse[];
  /** Of an exchange that one transaction could not finish. */
  readonly crossing?: CrossingRecord;
  /** Of an exchange that was lost and made again: the signed request that it was made from. */
  readonly restored?: { readonly evidence_id: string; readonly at: string };
  /** Of a partner's credit or hold: what it comes to with its adjustments, and which they are. */
  readonly adjusted?: { readonly amount: string; readonly by: readonly string[] };
  /** Of an adjustment: of which row, from what it came to, to what its signed request asks for. */
  readonly adjusts?: {
    readonly operation_id: string;
    readonly from: string;
    readonly to: string;
    readonly evidence_id: string;
  };
  /** Of what a partner asked for: where the signed request that made the row is kept. */
  readonly evidence_id?: string;
  /** The one that ended it or sealed it. */
  readonly end_evidence_id?: string;
  readonly old_rate?: string | null;
  readonly min_source_amount?: string;
  readonly old_target_user_id?: string | null;
  /** Of a change of what is set on the node: of what, and what was and is. Never a secret. */
  readonly change?: Readonly<Record<string, unknown>>;
  /** Of a change: the client's address and the request's id. */
  readonly from?: Readonly<Record<string, unknown>>;
  /** Of a change of an API key: which, and what became of it. Never the key. */
  readonly api_key?: Readonly<Record<string, unknown>>;
}

/**
 * One row of the log. A credit or an opening fills the target's columns, a debit or a hold the
 * source's, an exchange both.
 */
export interface Operation {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly status: OperationStatus;
  readonly userId: string | null;
  readonly targetUserId: string | null;
  readonly sourceSystem: string | null;
  readonly targetSystem: string | null;
  readonly sourceCreditType: string | null;
  readonly targetCreditType: string | null;
  readonly sourceAmount: bigint | null;
  readonly targetAmount: bigint | null;
  readonly exchangeRate: string | null;
  readonly rateVersion: number | null;
  readonly quoteId: string | null;
  readonly businessCode: string | null;
  readonly businessId: string | null;
  readonly expiresAt: Date | null;
  readonly failureCode: RefusalCode | null;
  readonly data: OperationData | null;
  readonly metadata: Metadata | null;
  readonly principal: string;
  /** When the exchange that this belongs to was created, as its hub says; of what partners asked for only. */
  readonly initiatedAt: Date | null;
  /** When anybody may take up what is under way; null for what has ended. */
  readonly dueAt: Date | null;
  /** The system that has to answer before this goes on. */
  readonly waitingOn: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A row with nothing but its identity filled in; what a kind needs is spread over it. */
export function blankOperation(
  operationId: string,
  kind: OperationKind,
  status: OperationStatus,
  principal: string,
  now: Date,
): Operation {
  return {
    operationId,
    kind,
    status,
    userId: null,
    targetUserId: null,
    sourceSystem: null,
    targetSystem: null,
    sourceCreditType: null,
    targetCreditType: null,
    sourceAmount: null,
    targetAmount: null,
    exchangeRate: null,
    rateVersion: null,
    quoteId: null,
    businessCode: null,
    businessId: null,
    expiresAt: null,
    failureCode: null,
    data: null,
    metadata: null,
    principal,
    initiatedAt: null,
    dueAt: null,
    waitingOn: null,
    createdAt: now,
    updatedAt: now,
  };
}
