// A line of a partner's file, as it is kept and compared.
import type { ComparedRow } from "./matching.ts";
import { classOfListed } from "./own-rows.ts";

export interface StatementRow {
  readonly user_id: string | null;
  readonly credit_type_id: string | null;
  readonly amount: string;
  /** In the words of the partner protocol; `completed` where the file says nothing. */
  readonly outcome: string;
  readonly initiated_at: string | null;
  readonly exchange_rate: string | null;
}

export interface StatementLine {
  /** In the file; the columns' names are on line 1. */
  readonly line: number;
  readonly operationId: string;
  readonly row: StatementRow;
}

/** @param otherwise when it was initiated, where the file does not say */
export function toComparedLine(operationId: string, row: StatementRow, otherwise: Date): ComparedRow {
  return {
    operationId,
    userId: row.user_id,
    creditTypeId: row.credit_type_id,
    amount: BigInt(row.amount),
    outcome: classOfListed(row.outcome),
    state: row.outcome,
    initiatedAt: row.initiated_at === null ? otherwise : new Date(row.initiated_at),
    rate: row.exchange_rate,
  };
}
