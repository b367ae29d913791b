// The first step of a run: both sides of every leg laid side by side, once. What agrees is counted; what differs at
// first sight becomes a candidate, to be read again before anybody hears of it.
//
// P1  A chunk's counts, its candidates and the place that it reaches to are stored together.
// P2  More candidates than a run may have end it: sides that differ so much are not compared, they speak of something else.
import type { Transaction } from "../database/index.ts";
import { makeHeapRoom } from "../system/index.ts";
import type { AdjustmentVerdict } from "./adjusting.ts";
import { insertCandidates } from "./candidate-store.ts";
import { type ComparedRow, judgeRows, type MatchingContext } from "./matching.ts";
import type { Leg, RunProgress } from "./run.ts";
import { type RunWork, readTime } from "./run-store.ts";
import { type Chunk, type LegSource, type NewCandidate, type Pair, UnreadableSideError } from "./sides.ts";
import { Tally } from "./tally.ts";

export const defaultCandidatesMax = 50_000;

/** Which side of the exchange ours is, and theirs, for the counts of a run; undefined where another leg counts it. */
export interface CountedSides {
  readonly ours: "source" | "target" | undefined;
  readonly theirs: "source" | "target" | undefined;
}

export interface ComparedLeg {
  readonly source: LegSource;
  readonly counted: CountedSides;
  readonly otherRates: MatchingContext["otherRates"];
  readonly candidatesMax: number;
  /** Of what a partner asked of our ledger: what its signed request lets an amount of ours be adjusted to. */
  readonly planAdjustment?:
    | ((operationId: string, theirs: ComparedRow) => Promise<AdjustmentVerdict>)
    | undefined;
}

function initiatedAtOf({ ours, theirs }: Pair): readonly NewCandidate[] {
  const rows = ours === undefined ? theirs : [ours];
  return rows.map(({ operationId, initiatedAt }) => ({ operationId, initiatedAt })).slice(0, 1);
}

interface JudgedChunk {
  readonly tally: Tally;
  readonly candidates: readonly NewCandidate[];
}

function judgeChunk(work: RunWork, leg: ComparedLeg, chunk: Chunk, now: Date): JudgedChunk {
  const { run } = work;
  const tally = new Tally(run.result);
  const { source, counted, otherRates } = leg;
  const { told } = chunk;
  if (told !== undefined) {
    if (counted.ours !== undefined) tally.countRows(counted.ours, told.ours.count);
    if (counted.theirs !== undefined) tally.countRows(counted.theirs, told.theirs.count);
    tally.tell(source.leg, told);
    tally.countMatched(told.matched);
    return { tally, candidates: told.candidates };
  }
  if (counted.ours !== undefined) tally.countRows(counted.ours, chunk.oursCount);
  if (counted.theirs !== undefined) tally.countRows(counted.theirs, chunk.theirsCount);
  const context = { theirSide: source.theirSide, now, graceMs: run.policy.graceMs, otherRates };
  const candidates: NewCandidate[] = [];
  for (const pair of chunk.pairs) {
    const verdict = judgeRows(pair.ours, pair.theirs, context);
    if (verdict.kind === "mismatch") {
      candidates.push(...initiatedAtOf(pair));
      continue;
    }
    if (verdict.kind === "matched") tally.countMatched();
    else tally.countInFlight();
    tally.addPair(source.leg, pair);
  }
  return { tally, candidates };
}

function progressAfter(progress: RunProgress, chunk: Chunk, candidateCount: number): RunProgress {
  const { after, line, isLast, completeUntil } = chunk;
  const told = completeUntil?.toISOString();
  const lowest =
    told !== undefined && (progress.completeUntil === undefined || told < progress.completeUntil)
      ? { completeUntil: told }
      : {};
  return {
    ...progress,
    ...lowest,
    ...(after === undefined
      ? {}
      : { after: { initiatedAt: after.initiatedAt.toISOString(), operationId: after.operationId } }),
    ...(line === undefined ? {} : { line }),
    ...(isLast ? { isCompared: true } : {}),
    candidateCount,
  };
}

/** Compares one leg from where the run is, to its end. @throws UnreadableSideError, LeaseLostError */
export async function compareLeg(work: RunWork, leg: ComparedLeg): Promise<void> {
  const { after, line, isCompared } = work.run.progress;
  // An earlier worker got to the end of it, and no further.
  if (isCompared === true) return;
  const place =
    after === undefined
      ? undefined
      : { initiatedAt: new Date(after.initiatedAt), operationId: after.operationId };
  const name: Leg = leg.source.leg;
  for await (const chunk of leg.source.compare({ after: place, line })) {
    makeHeapRoom();
    const now = await work.database.transaction((transaction: Transaction) => readTime(transaction));
    const { tally, candidates } = judgeChunk(work, leg, chunk, now);
    const { progress } = work.run;
    const candidateCount = (progress.candidateCount ?? 0) + candidates.length;
    if (candidateCount > leg.candidatesMax) {
      throw new UnreadableSideError(
        `more than ${leg.candidatesMax} operations differ at first sight: the sides do not speak of the same thing; look at the format of ids and amounts, and at the window`,
      ); // P2
    }
    const next = progressAfter(progress, chunk, candidateCount);
    await work.advance(next, tally.result(), (transaction) => {
      const place = { shardId: work.shardId, reconciliationId: work.run.reconciliationId };
      return insertCandidates(transaction, place, name, candidates); // P1
    });
  }
}
