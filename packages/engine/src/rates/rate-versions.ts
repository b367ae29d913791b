// Reading rates: the versions in force, and all that ever were.
import type { Transaction } from "../database/index.ts";
import * as queries from "./queries.ts";
import type { RateKey } from "./rate-key.ts";

export interface RateVersion extends RateKey {
  readonly rateVersion: number;
  readonly rate: string;
  readonly rounding: "down";
  readonly minSourceAmount: bigint;
  readonly operationId: string;
  readonly proposedBy: string;
  /** Null where one person was enough. */
  readonly approvedBy: string | null;
  readonly effectiveAt: Date;
  /** Null while it is in force; ahead where the next version is set for later. */
  readonly supersededAt: Date | null;
}

export interface RateFilter {
  readonly sourceSystem?: string | undefined;
  readonly targetSystem?: string | undefined;
  readonly limit: number;
  /** The last one of the page before. */
  readonly after?: (RateKey & { readonly rateVersion: number }) | undefined;
}

interface RateRow {
  readonly source_system: string;
  readonly target_system: string;
  readonly source_credit_type: string;
  readonly target_credit_type: string;
  readonly rate_version: number;
  readonly rate: string;
  readonly rounding: "down";
  readonly min_source_amount: bigint;
  readonly operation_id: string;
  readonly proposed_by: string;
  readonly approved_by: string | null;
  readonly effective_at: Date;
  readonly superseded_at: Date | null;
}

function toRateVersion(row: RateRow): RateVersion {
  return {
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    sourceCreditType: row.source_credit_type,
    targetCreditType: row.target_credit_type,
    rateVersion: row.rate_version,
    rate: row.rate,
    rounding: row.rounding,
    minSourceAmount: row.min_source_amount,
    operationId: row.operation_id,
    proposedBy: row.proposed_by,
    approvedBy: row.approved_by,
    effectiveAt: row.effective_at,
    supersededAt: row.superseded_at,
  };
}

async function listRates(
  transaction: Transaction,
  filter: RateFilter,
  which: "in_force" | "begun" | "scheduled",
): Promise<RateVersion[]> {
  const { sourceSystem, targetSystem, after, limit } = filter;
  const rows = await transaction.query<RateRow>(queries.listRates, [
    sourceSystem ?? null,
    targetSystem ?? null,
    after?.sourceSystem ?? null,
    after?.targetSystem ?? null,
    after?.sourceCreditType ?? null,
    after?.targetCreditType ?? null,
    after?.rateVersion ?? null,
    which,
    limit,
  ]);
  return rows.map(toRateVersion);
}

/** In code-point order of systems and credit types. */
export async function ratesInForce(transaction: Transaction, filter: RateFilter): Promise<RateVersion[]> {
  return listRates(transaction, filter, "in_force");
}

/** Every version that was ever in force, the oldest of each pair first. */
export async function rateHistory(transaction: Transaction, filter: RateFilter): Promise<RateVersion[]> {
  return listRates(transaction, filter, "begun");
}

/** Versions that are set for later. */
export async function scheduledRates(transaction: Transaction, filter: RateFilter): Promise<RateVersion[]> {
  return listRates(transaction, filter, "scheduled");
}
