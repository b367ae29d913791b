// Finds where two sides of a leg differ within a window, at the level that both can do.
//
// D1  What is found is a candidate: whoever records it reads both sides again first, since they were read at
//     different moments.
// D2  A window belongs to a comparison by `initiated_at` alone, half-open, so nothing moves from one window to
//     another while it is compared.
// D3  With a grace, the window ends below the lower of both sides' `complete_until` less the grace. Without one it
//     ends where it was asked to, and what is too recent to be told apart from what is under way is told as
//     unfinished by its own side.
import { compareSums } from "./compare-sums.ts";
import { ComparisonStop } from "./comparison-stop.ts";
import { compareRows, type LegRow, type TimeWindow } from "./leg-row.ts";
import { type FoundPair, mergeListings } from "./merge-listings.ts";
import { SummedPartner } from "./partner-sums.ts";
import type { PartnerSide, Side, Traffic } from "./sides.ts";
import { SummedLeg } from "./summed-leg.ts";
import { noTotals, type Totals } from "./totals.ts";

export interface ComparisonOptions {
  /** Kept free at the window's end, for runs that nobody waits for; undefined: the window ends as it was asked. */
  readonly graceMs?: number;
  /** The highest level that is tried; 3 where unsaid. */
  readonly levelMax?: 0 | 1 | 2 | 3;
  /** Sums are added up from the rows anew, so that rows altered behind the log of changes are found too. */
  readonly isRecounted?: boolean;
  /** More differences than this end the comparison. */
  readonly candidatesMax?: number;
}

/** What both sides say under one id. Several rows of one side are copies. */
export interface Candidate {
  readonly operationId: string;
  readonly ours: readonly LegRow[];
  readonly theirs: readonly LegRow[];
}

export interface Comparison {
  readonly level: 0 | 1 | 2 | 3;
  /** What was compared: ends earlier than it was asked to where a grace applies; empty where that leaves nothing. */
  readonly window: TimeWindow;
  readonly watermark: { readonly ours: Date | undefined; readonly theirs: Date | undefined };
  readonly ours: Totals;
  readonly theirs: Totals;
  /** Records that both sides have and that say the same. */
  readonly matchedCount: number;
  readonly candidates: readonly Candidate[];
  readonly traffic: Traffic;
  /** Sums of digests over the compared records: equal sums prove equal sides. Undefined at level 1. */
  readonly digests: { readonly ours: string; readonly theirs: string } | undefined;
}

export const defaultCandidatesMax = 100_000;

/** Of rows that were told before, those that are told again. */
function isTold(known: readonly LegRow[], row: LegRow): boolean {
  return known.some(
    (one) => compareRows(one, row) === 0 && one.outcome === row.outcome && one.amount === row.amount,
  );
}

/** Rows that stand at different times under one id belong together. */
export class CandidateBook {
  readonly #byId = new Map<string, { ours: LegRow[]; theirs: LegRow[] }>();
  readonly #max: number;

  constructor(max: number) {
    this.#max = max;
  }

  add({ ours, theirs }: FoundPair): void {
    const id = (ours[0] ?? theirs[0])?.operationId;
    if (id === undefined) return;
    const known = this.#byId.get(id) ?? { ours: [], theirs: [] };
    // Copies come in one pair: the same row in another is no other one.
    known.ours.push(...ours.filter((row) => !isTold(known.ours, row)));
    known.theirs.push(...theirs.filter((row) => !isTold(known.theirs, row)));
    this.#byId.set(id, known);
    if (this.#byId.size > this.#max) {
      const detail = `more than ${this.#max} operations differ; that many are no single mistakes`;
      throw new ComparisonStop("too_many_differences", detail);
    }
  }

  clear(): void {
    this.#byId.clear();
  }

  candidates(): Candidate[] {
    return [...this.#byId].map(([operationId, rows]) => ({ operationId, ...rows }));
  }
}

export async function boundWindow(
  ours: Side,
  theirs: PartnerSide,
  window: TimeWindow,
  graceMs: number | undefined,
): Promise<Pick<Comparison, "window" | "watermark">> {
  if (graceMs === undefined) return { window, watermark: { ours: undefined, theirs: undefined } };
  // Theirs first: ours is then at least as late as what they saw.
  const theirUntil = await theirs.readCompleteUntil(window);
  const ourUntil = await ours.readCompleteUntil(window);
  const lower = Math.min(
    ourUntil?.getTime() ?? Number.POSITIVE_INFINITY,
    theirUntil?.getTime() ?? Number.POSITIVE_INFINITY,
  );
  const endMs = Math.min(window.endTime.getTime(), lower - graceMs);
  const endTime = new Date(Math.max(endMs, window.startTime.getTime()));
  return {
    window: { startTime: window.startTime, endTime },
    watermark: { ours: ourUntil, theirs: theirUntil },
  }; // D3
}

type Bounded = Pick<Comparison, "window" | "watermark">;

function levelOf(ours: Side, theirs: PartnerSide, levelMax: number): 0 | 1 | 2 | 3 {
  if (!(ours instanceof SummedLeg) || !(theirs instanceof SummedPartner)) return 0;
  const level = Math.min(theirs.levelMax, levelMax);
  return level === 1 || level === 2 || level === 3 ? level : 0;
}

/** Where sums can't be had, listings can. What a partner says wrongly is another matter. */
function isAboutSums(error: unknown): boolean {
  return (
    error instanceof ComparisonStop &&
    (error.reason === "summaries_unready" || error.reason === "partner_refused")
  );
}

async function compareBySums(
  ours: SummedLeg,
  theirs: SummedPartner,
  bounded: Bounded,
  level: 1 | 2 | 3,
  candidatesMax: number,
  isRecounted: boolean,
): Promise<Comparison> {
  const book = new CandidateBook(candidatesMax);
  const countedSince = isRecounted ? await ours.readCompleteUntil(bounded.window) : undefined;
  const { window } = bounded;
  const task = {
    ours,
    theirs,
    window,
    level,
    openMax: candidatesMax,
    countedSince,
    tell: (pair: FoundPair) => book.add(pair),
  };
  const compared = await compareSums(task, () => book.clear());
  return { level, ...bounded, ...compared, candidates: book.candidates(), traffic: { ...theirs.traffic } };
}

async function compareListings(
  ours: Side,
  theirs: PartnerSide,
  bounded: Bounded,
  candidatesMax: number,
): Promise<Comparison> {
  const book = new CandidateBook(candidatesMax);
  const { window } = bounded;
  const tell = (pair: FoundPair) => book.add(pair);
  const merged = await mergeListings(ours.leg, ours.list(window), theirs.list(window), tell);
  return { level: 0, ...bounded, ...merged, candidates: book.candidates(), traffic: { ...theirs.traffic } };
}

/**
 * Compares at the highest level that both sides can do and `levelMax` lets; a side that is a plain `Side` lists.
 * @throws ComparisonStop
 */
export async function findDifferences(
  ours: Side,
  theirs: PartnerSide,
  window: TimeWindow,
  options: ComparisonOptions = {},
): Promise<Comparison> {
  const bounded = await boundWindow(ours, theirs, window, options.graceMs);
  const candidatesMax = options.candidatesMax ?? defaultCandidatesMax;
  const level = levelOf(ours, theirs, options.levelMax ?? 3);
  if (bounded.window.startTime >= bounded.window.endTime) {
    const traffic = { ...theirs.traffic };
    const nothing = { ours: noTotals, theirs: noTotals, matchedCount: 0, candidates: [], digests: undefined };
    return { level, ...bounded, ...nothing, traffic };
  }
  if (level !== 0 && ours instanceof SummedLeg && theirs instanceof SummedPartner) {
    try {
      return await compareBySums(ours, theirs, bounded, level, candidatesMax, options.isRecounted === true);
    } catch (error) {
      if (!isAboutSums(error)) throw error;
    }
  }
  return compareListings(ours, theirs, bounded, candidatesMax);
}
