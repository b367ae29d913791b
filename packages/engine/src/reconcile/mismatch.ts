// A mismatch: what differs between both sides of an operation, what somebody does about it, and how it ended.
import type { ComparedRow, MismatchType } from "./matching.ts";
import type { Leg } from "./run.ts";

export const mismatchStatuses = ["open", "assigned", "awaiting_partner", "resolved"] as const;
export type MismatchStatus = (typeof mismatchStatuses)[number];

/**
 * What may mend it. `send_again`: the same call under the same id once more, where the exchange stands in the forward
 * direction or the other side has not done what it answered. `ask_again`: an exchange under way is asked for now.
 * `adjust`: a movement of its own, under an id of its own. `restore`: an exchange that this node has lost, made again
 * from the credit request that this node had signed.
 * `present_evidence`: the other side has to act; what it signed is kept here and shows it.
 */
export type RepairAction = "send_again" | "ask_again" | "adjust" | "restore" | "present_evidence";
export type RepairStatus = "proposed" | "approved" | "applied" | "failed" | "rejected";

/** What a repair would do to a member's account, before anybody allows it. Points are decimal strings. */
export interface MovementPlan {
  readonly entry: "credit" | "debit";
  readonly systemId: string;
  readonly userId: string;
  readonly creditTypeId: string;
  /** Whose clearing account it faces. */
  readonly counterparty: string;
  readonly amount: string;
  /** What the operation comes to in this ledger now, and what it is to come to. */
  readonly from: string;
  readonly to: string;
}

export interface Repair {
  readonly action: RepairAction;
  readonly status: RepairStatus | null;
  readonly proposedBy?: string;
  readonly decidedBy?: string;
  readonly appliedAt?: string;
  /** What came of it, or why it failed. */
  readonly outcome?: string;
  /** Of a movement of its own, or of the exchange that is made again. */
  readonly operationId?: string;
  /** Of an imported request: where it is kept. */
  readonly evidenceId?: string;
  readonly plan?: MovementPlan;
}

/** A row as it is stored: points as decimal strings, times as ISO 8601. */
export interface StoredRow {
  readonly user_id: string | null;
  readonly credit_type_id: string | null;
  readonly amount: string | null;
  readonly outcome: ComparedRow["outcome"];
  readonly state: string;
  readonly initiated_at: string;
  readonly exchange_rate: string | null;
}

export interface MismatchData {
  readonly ours: StoredRow | null;
  readonly theirs: readonly StoredRow[];
  readonly also: readonly MismatchType[];
  readonly isStuck: boolean;
  /** Of what a partner asked for: where the signed request is kept. */
  readonly evidenceId?: string;
  /** Of an amount that is to be adjusted. */
  readonly plan?: MovementPlan;
  /** Why it was not proposed to be adjusted. */
  readonly unplanned?: string;
}

export interface Mismatch {
  readonly reconciliationId: string;
  readonly operationId: string;
  readonly leg: Leg;
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly type: MismatchType;
  readonly status: MismatchStatus;
  readonly initiatedAt: Date;
  readonly creditTypeId: string | null;
  readonly value: bigint;
  readonly data: MismatchData;
  readonly assignedTo: string | null;
  readonly repair: Repair | null;
  readonly foundAt: Date;
  readonly updatedAt: Date;
  readonly resolution: string | null;
  readonly resolvedBy: string | null;
  readonly resolvedByRun: string | null;
  readonly resolvedAt: Date | null;
}

export function storedRowOf(row: ComparedRow): StoredRow {
  return {
    user_id: row.userId,
    credit_type_id: row.creditTypeId,
    amount: row.amount === null ? null : String(row.amount),
    outcome: row.outcome,
    state: row.state,
    initiated_at: row.initiatedAt.toISOString(),
    exchange_rate: row.rate ?? null,
  };
}

export function comparedRowOf(operationId: string, row: StoredRow): ComparedRow {
  return {
    operationId,
    userId: row.user_id,
    creditTypeId: row.credit_type_id,
    amount: row.amount === null ? null : BigInt(row.amount),
    outcome: row.outcome,
    state: row.state,
    initiatedAt: new Date(row.initiated_at),
    rate: row.exchange_rate,
  };
}
