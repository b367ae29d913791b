// The last step: whatever was repaired is read once more on both sides. What agrees is resolved, and the digests of both
// sides are brought to what was read; what does not stays open, with what the repair came to.
//
// B1  A repair counts when both sides were read again and agree, and not because it was answered well.
import type { Transaction } from "../database/index.ts";
import type { RunPlace } from "./candidate-store.ts";
import { type ReadingPlace, readFindings, readingPlaceOf } from "./check-step.ts";
import type { ComparedLeg } from "./compare-step.ts";
import { settleInconsistency } from "./findings-told.ts";
import { comparedRowOf, type Mismatch } from "./mismatch.ts";
import { listUnproven, resolveMismatch } from "./mismatch-store.ts";
import { makeRepair } from "./repair-step.ts";
import type { Repairer } from "./repairer.ts";
import type { Leg } from "./run.ts";
import { type RunWork, readTime } from "./run-store.ts";
import type { Pair, ReadPair } from "./sides.ts";
import { Tally } from "./tally.ts";

const BATCH = 200;

/** The pair as it was found. */
export function foundPairOf({ operationId, data }: Mismatch): Pair {
  return {
    ours: data.ours === null ? undefined : comparedRowOf(operationId, data.ours),
    theirs: data.theirs.map((row) => comparedRowOf(operationId, row)),
  };
}

export interface Proof {
  readonly mismatch: Mismatch;
  readonly pair: ReadPair;
}

/** Counts the rows that were read in the place of those that were found. */
export function countProofs(tally: Tally, proofs: readonly Proof[]): void {
  for (const { mismatch, pair } of proofs) {
    tally.addPair(mismatch.leg, foundPairOf(mismatch), -1);
    tally.addPair(mismatch.leg, pair);
  }
}

/** Resolves what agrees. */
export async function storeProofs(
  transaction: Transaction,
  shardCount: number,
  proofs: readonly Proof[],
  principal: string,
): Promise<void> {
  const now = await readTime(transaction);
  for (const { mismatch } of proofs) {
    const resolution = { resolution: "repaired", byRun: mismatch.reconciliationId };
    const deed = { action: "resolved", principal, note: "both sides were read again and agree", now };
    await resolveMismatch(transaction, shardCount, mismatch, resolution, deed);
  }
  for (const id of new Set(proofs.map(({ mismatch }) => mismatch.reconciliationId))) {
    await settleInconsistency(transaction, shardCount, id, now);
  }
}

/** Which of them agree by now. */
export async function readPairProofs(
  place: ReadingPlace,
  leg: ComparedLeg,
  mismatches: readonly Mismatch[],
): Promise<Proof[]> {
  const candidates = mismatches.map(({ operationId, initiatedAt, data }) => ({
    operationId,
    times: [initiatedAt, ...data.theirs.map((row) => new Date(row.initiated_at))],
  }));
  const findings = await readFindings(place, leg, candidates);
  return mismatches.flatMap((mismatch) => {
    const finding = findings.get(mismatch.operationId);
    return finding?.verdict.kind === "matched" ? [{ mismatch, pair: finding.pair }] : []; // B1
  });
}

async function proveBatch(
  work: RunWork,
  legs: ReadonlyMap<Leg, ComparedLeg>,
  batch: readonly Mismatch[],
  repairer: Repairer,
): Promise<void> {
  const store = (store: (transaction: Transaction) => Promise<void>) =>
    work.advance(work.run.progress, work.run.result, store);
  // Allowed, and not made by the worker that was killed.
  for (const mismatch of batch.filter(({ repair }) => repair?.status === "approved")) {
    await makeRepair({ repairer, shardCount: work.shardCount }, mismatch, work.run.principal, store);
  }
  for (const [name, mismatches] of Map.groupBy(batch, ({ leg }) => leg)) {
    const leg = legs.get(name);
    if (leg === undefined) continue;
    const proofs = await readPairProofs(readingPlaceOf(work), leg, mismatches);
    const tally = new Tally(work.run.result);
    countProofs(tally, proofs);
    const told = proofs.length === 0 ? undefined : await leg.source.tellAgain?.();
    if (told !== undefined) tally.tell(name, told);
    await work.advance(work.run.progress, tally.result(), (transaction) =>
      storeProofs(transaction, work.shardCount, proofs, work.run.principal),
    );
  }
}

/** @throws ComparisonStop, UnreadableSideError, LeaseLostError */
export async function proveRun(
  work: RunWork,
  legs: ReadonlyMap<Leg, ComparedLeg>,
  repairer: Repairer,
): Promise<void> {
  const place: RunPlace = { shardId: work.shardId, reconciliationId: work.run.reconciliationId };
  let after: { operationId: string; leg: string } | undefined;
  for (;;) {
    const batch: Mismatch[] = await work.database.transaction((transaction) =>
      listUnproven(transaction, place, after, BATCH),
    );
    const last = batch.at(-1);
    if (last === undefined) return;
    await proveBatch(work, legs, batch, repairer);
    after = { operationId: last.operationId, leg: last.leg };
  }
}
