// Finds where two sides of a leg differ within a window, at the level that both can do.
//
// D1  What is found is a candidate: whoever records it reads both sides again first, since they were read at
//     different moments.
// D2  A window belongs to a comparison by `initiated_at` alone, half-open, so nothing moves from one window to
//     another while it is compared.
// D3  With a grace, the window ends below the lower of both sides' `complete_until` less the grace. Without one it
//     ends where it was asked to, and what is too recent to be told apart from what is under way is told as
//     unfinished by its own side.
import { ComparisonStop } from "./comparison-stop.ts";
import type { LegRow, TimeWindow } from "./leg-row.ts";
import { type FoundPair, mergeListings } from "./merge-listings.ts";
import type { PartnerSide, Side, Traffic } from "./sides.ts";
import { noTotals, type Totals } from "./totals.ts";

export interface ComparisonOptions {
  /** Kept free at the window's end, for runs that nobody waits for; undefined: the window ends as it was asked. */
  readonly graceMs?: number;
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
  /** Sums of keyed digests over the compared records: equal sums prove equal sides. */
  readonly digests: { readonly ours: string; readonly theirs: string };
}

export const defaultCandidatesMax = 100_000;

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
    known.ours.push(...ours);
    known.theirs.push(...theirs);
    this.#byId.set(id, known);
    if (this.#byId.size > this.#max) {
      const detail = `more than ${this.#max} operations differ; that many are no single mistakes`;
      throw new ComparisonStop("too_many_differences", detail);
    }
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

/** @throws ComparisonStop */
export async function findDifferences(
  ours: Side,
  theirs: PartnerSide,
  window: TimeWindow,
  options: ComparisonOptions = {},
): Promise<Comparison> {
  const bounded = await boundWindow(ours, theirs, window, options.graceMs);
  const { startTime, endTime } = bounded.window;
  if (startTime >= endTime) {
    const nothing = { ours: "0".repeat(32), theirs: "0".repeat(32) };
    const traffic = { ...theirs.traffic };
    return {
      level: 0,
      ...bounded,
      ours: noTotals,
      theirs: noTotals,
      matchedCount: 0,
      candidates: [],
      traffic,
      digests: nothing,
    };
  }
  const book = new CandidateBook(options.candidatesMax ?? defaultCandidatesMax);
  const merged = await mergeListings(
    ours.leg,
    ours.list(bounded.window),
    theirs.list(bounded.window),
    (pair) => book.add(pair),
  );
  return { level: 0, ...bounded, ...merged, candidates: book.candidates(), traffic: { ...theirs.traffic } };
}
