// What a change of a rate comes to as things stand: refused, nothing new, one person's to decide, or two's.
// Reads under the catalog's lock, so that what it judges by is what the change will replace.
import type { RefusalCode } from "@pointbridge/protocol";
import type { Transaction } from "../database/index.ts";
import { type ChangeSize, measureChange } from "./change-size.ts";
import { findGainingCycle, type GainingCycle, type RateEdge } from "./cycle-guard.ts";
import * as queries from "./queries.ts";
import { type RateChange, type RateRules, readPercent, readRate } from "./rate-change.ts";
import { keyParameters } from "./rate-key.ts";

export interface RateInForce {
  readonly rate: string;
  readonly rateVersion: number;
  readonly minSourceAmount: bigint;
  readonly operationId: string;
}

export interface RateJudgement {
  /** By the database's clock. */
  readonly now: Date;
  readonly inForce: RateInForce | undefined;
  readonly refusal: RefusalCode | undefined;
  /** Of the refusal rate_cycle_gains. */
  readonly cycle: GainingCycle | undefined;
  /** Rate and minimum are in force already. */
  readonly isSame: boolean;
  /** Of another rate than the one in force; a first rate has nothing to be measured against. */
  readonly size: ChangeSize | undefined;
  /** A cycle that gains with the change and is allowed to by its link. */
  readonly allowedCycle: GainingCycle | undefined;
  /** The change that keeps the pair's place: set for later, or promised to a partner. */
  readonly reservedBy: string | undefined;
}

interface PairRow {
  readonly now: Date;
  readonly has_source: boolean;
  readonly has_target: boolean;
  readonly has_source_type: boolean;
  readonly has_target_type: boolean;
  readonly allows_gaining_cycles: boolean;
  /** The link's own, or the usual one. */
  readonly limit_percent: string;
  readonly scheduled_operation_id: string | null;
  readonly promised_operation_id: string | null;
}

interface VersionRow {
  readonly rate: string;
  readonly rate_version: number;
  readonly min_source_amount: bigint;
  readonly operation_id: string;
  readonly approved_by: string | null;
}

interface EdgeRow {
  readonly source_system: string;
  readonly target_system: string;
  readonly source_credit_type: string;
  readonly target_credit_type: string;
  readonly rate: string;
}

function toEdge(row: EdgeRow): RateEdge {
  return {
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    sourceCreditType: row.source_credit_type,
    targetCreditType: row.target_credit_type,
    rate: readRate(row.rate),
  };
}

function refuse(pair: PairRow): RefusalCode | undefined {
  if (!pair.has_source || !pair.has_target) return "system_not_found";
  return pair.has_source_type && pair.has_target_type ? undefined : "credit_type_not_found";
}

/** The oldest of the recent versions; one that was approved starts afresh. */
function referenceOf(versions: readonly VersionRow[]): VersionRow | undefined {
  return versions.findLast((version) => version.approved_by !== null) ?? versions[0];
}

/** Every rate in force. */
export async function loadNetwork(transaction: Transaction): Promise<RateEdge[]> {
  return (await transaction.query<EdgeRow>(queries.loadRateNetwork)).map(toEdge);
}

/**
 * @param transaction holds the catalog's lock, unless the judgement is only shown
 * @param network read where absent
 */
export async function judgeRateChange(
  transaction: Transaction,
  change: RateChange,
  rules: RateRules,
  network?: Iterable<RateEdge>,
): Promise<RateJudgement> {
  const key = keyParameters(change);
  const [[pair], versions] = await Promise.all([
    transaction.query<PairRow>(queries.readRatePair, [...key, rules.limitPercent.text]),
    transaction.query<VersionRow>(queries.listRecentVersions, [...key, rules.windowMs]),
  ]);
  if (pair === undefined) throw new Error("the database did not describe the pair of credit types");
  const { now } = pair;
  const nothing = {
    now,
    inForce: undefined,
    refusal: undefined,
    cycle: undefined,
    isSame: false,
    size: undefined,
    allowedCycle: undefined,
    reservedBy: pair.scheduled_operation_id ?? pair.promised_operation_id ?? undefined,
  };
  const refusal = refuse(pair);
  if (refusal !== undefined) return { ...nothing, refusal };

  // Without a row in force there is none at all: a version is superseded by another one only, at its time.
  const present = versions.at(-1);
  const reference = referenceOf(versions);
  const inForce = present && {
    rate: present.rate,
    rateVersion: present.rate_version,
    minSourceAmount: present.min_source_amount,
    operationId: present.operation_id,
  };
  const isSameRate = inForce?.rate === change.rate.text;
  const isSame = isSameRate && inForce.minSourceAmount === (change.minSourceAmount ?? 1n);
  if (isSame) return { ...nothing, inForce, isSame };
  const cycle = findGainingCycle(network ?? (await loadNetwork(transaction)), change);
  if (cycle !== undefined && !pair.allows_gaining_cycles) {
    return { ...nothing, inForce, refusal: "rate_cycle_gains", cycle };
  }
  const limitPercent = readPercent(pair.limit_percent);
  const isMeasured = present !== undefined && reference !== undefined && !isSameRate;
  const size = isMeasured
    ? measureChange(change.rate, readRate(present.rate), readRate(reference.rate), limitPercent)
    : undefined;
  return { ...nothing, inForce, size, allowedCycle: cycle };
}
