// A run of reconciliation: what it is asked, how far it has come, and what it has found so far.
import type { MismatchType } from "./matching.ts";
import type { Policy } from "./policy.ts";

/**
 * What is compared with what. `target_credits` and `source_holds`: exchanges of this node against the listing of the
 * partner that keeps the target's or the source's accounts. `own_debits`, `own_credits`: exchanges between hosted
 * systems against the movements of this node's own ledger. `hub_credits` and `hub_holds`: what a partner's node asked of our ledger,
 * against what it says of its exchanges. `statement`: exchanges of this node against a file of the partner's.
 */
export type Leg =
  | "target_credits"
  | "source_holds"
  | "own_debits"
  | "own_credits"
  | "hub_credits"
  | "hub_holds"
  | "statement_target"
  | "statement_source";

export type RunOrigin = "asked" | "scheduled" | "file";
export type RepairMode = "none" | "propose" | "apply";
export type RunStatus = "running" | "completed" | "failed";

/**
 * `load`: lines of a file are still to come. `compare`: both sides are laid side by side, and what differs becomes a
 * candidate. `check`: candidates are read again on both sides. `settle`: earlier mismatches are closed or carried on.
 * `repair`: what may be mended is. `prove`: what was mended is read once more.
 */
export type RunStep = "load" | "compare" | "check" | "settle" | "repair" | "prove" | "done";

export interface RunProgress {
  readonly step: RunStep;
  readonly legs: readonly Leg[];
  /** Which of the legs is being compared. */
  readonly legIndex: number;
  /** The last place that was compared, as ISO time and id; absent at the beginning of a leg. */
  readonly after?: { readonly initiatedAt: string; readonly operationId: string };
  /** The leg has been compared to its end. */
  readonly isCompared?: boolean;
  /** Until when a side is known to be complete: the lower of both. */
  readonly completeUntil?: string;
  /** The end of what is compared: the window's, or less where a grace applies. */
  readonly endTime?: string;
  /** Candidates that were found, double ones counted as often as they came. */
  readonly candidateCount?: number;
  /** Of a file: the last line that was compared. */
  readonly line?: number;
}

/** Points of one credit type on both sides of a leg, as decimal strings. */
export interface LegTotal {
  readonly leg: Leg;
  readonly creditTypeId: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface RunResult {
  readonly sourceCount: number;
  readonly targetCount: number;
  readonly matched: number;
  readonly inFlight: number;
  readonly lateArrivals: number;
  /** By type, of those that were found at first. */
  readonly differing: Readonly<Partial<Record<MismatchType, number>>>;
  readonly totals: readonly LegTotal[];
  /** By leg: sums of keyed digests over all rows, so that equal sums mean equal sides. */
  readonly digests: Readonly<Partial<Record<Leg, { readonly ours: string; readonly theirs: string }>>>;
  /** How each leg was compared: 0 by listing, 1 by counts and sums, 2 by digests, 3 by sketches. */
  readonly levels?: Readonly<Partial<Record<Leg, number>>>;
  /** Legs that the other side does not tell, and why. */
  readonly untold?: Readonly<Partial<Record<Leg, string>>>;
  /** Why it repaired nothing though it was asked to. */
  readonly repairStopped?: string;
}

export interface Run {
  readonly reconciliationId: string;
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly startTime: Date;
  readonly endTime: Date;
  readonly origin: RunOrigin;
  readonly repair: RepairMode;
  readonly policy: Policy;
  readonly status: RunStatus;
  readonly progress: RunProgress;
  readonly result: RunResult;
  readonly failure: string | null;
  readonly principal: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly endedAt: Date | null;
}

export const emptyResult: RunResult = {
  sourceCount: 0,
  targetCount: 0,
  matched: 0,
  inFlight: 0,
  lateArrivals: 0,
  differing: {},
  totals: [],
  digests: {},
};

export function countMismatches(result: RunResult): number {
  return Object.values(result.differing).reduce((sum, count) => sum + count, 0);
}
