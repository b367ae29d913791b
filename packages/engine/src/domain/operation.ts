// The stored form of everything that has ever been asked under an operation id.
import type { RefusalCode } from "@pointbridge/protocol";

export type OperationKind =
  | "exchange"
  | "credit"
  | "debit"
  | "hold"
  | "opening"
  | "rate_change"
  | "mapping_change";

/**
 * `failed` means that nothing moved. A `held` operation ends as `captured`, `released` or `expired`;
 * a completed credit or debit may end as `rolled_back`.
 */
export type OperationStatus =
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
  readonly old_rate?: string | null;
  readonly min_source_amount?: string;
  readonly old_target_user_id?: string | null;
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
    createdAt: now,
    updatedAt: now,
  };
}
