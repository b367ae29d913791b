// A leg compared by sums: at the cost of what differs, whatever the window holds.
import {
  type Candidate,
  type Comparison,
  findDifferences,
  type LegRow,
  type OpenedSides,
} from "../summaries/index.ts";
import type { NewCandidate, ToldLeg, Window } from "./sides.ts";

function timesOf({ operationId, ours, theirs }: Candidate): NewCandidate[] {
  const times = new Map(
    [...ours, ...theirs].map((row: LegRow) => [row.initiatedAt.getTime(), row.initiatedAt]),
  );
  return [...times.values()].map((initiatedAt) => ({ operationId, initiatedAt }));
}

function toTold(comparison: Comparison): ToldLeg {
  const { level, matchedCount, ours, theirs, digests, candidates } = comparison;
  return { level, matched: matchedCount, ours, theirs, digests, candidates: candidates.flatMap(timesOf) };
}

export interface SumsWish {
  /** Rows that were altered behind the log of changes are to be found too: sums are added up anew. */
  readonly isRecounted: boolean;
  readonly candidatesMax: number;
}

/** @throws ComparisonStop */
export async function compareSums(
  { ours, theirs }: OpenedSides,
  window: Window,
  wish: SumsWish,
): Promise<ToldLeg> {
  return toTold(await findDifferences(ours, theirs, window, wish));
}
