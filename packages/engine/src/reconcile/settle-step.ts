// The third step: what earlier runs left open in this window. What both sides agree about by now is closed, and says by
// which run; what was found again is carried on by the newer run's row, with its age and whoever has it.
//
// W1  A mismatch is closed by a run only where both sides were read again and agree; what is in flight stays open.
// W2  Of one operation's leg one row is open at a time, that of a run that found it.
import type { Transaction } from "../database/index.ts";
import type { RunPlace } from "./candidate-store.ts";
import { readFindings, readingPlaceOf } from "./check-step.ts";
import type { ComparedLeg } from "./compare-step.ts";
import { settleInconsistency } from "./findings-told.ts";
import type { Mismatch } from "./mismatch.ts";
import { carryWork, findMismatches, listUnresolved, resolveMismatch } from "./mismatch-store.ts";
import type { Leg } from "./run.ts";
import { type RunWork, readTime } from "./run-store.ts";

const BATCH = 500;
const principal = "node";

async function carryOn(work: RunWork, transaction: Transaction, earlier: Mismatch): Promise<boolean> {
  const place: RunPlace = { shardId: work.shardId, reconciliationId: work.run.reconciliationId };
  const found = await findMismatches(transaction, place, [earlier.operationId], "lock");
  const own = found.find((mismatch) => mismatch.leg === earlier.leg);
  if (own === undefined) return false;
  // Another run has carried ours on meanwhile: then its row is the one that stays open (W2).
  if (own.status === "resolved") return true;
  const now = await readTime(transaction);
  await carryWork(transaction, work.shardCount, own, earlier, now);
  const resolution = { resolution: "carried_on", byRun: work.run.reconciliationId };
  const deed = { action: "carried_on", principal, note: null, now };
  await resolveMismatch(transaction, work.shardCount, earlier, resolution, deed);
  await settleInconsistency(transaction, work.shardCount, earlier.reconciliationId, now);
  return true;
}

async function closeAgreed(
  work: RunWork,
  legs: ReadonlyMap<Leg, ComparedLeg>,
  rest: readonly Mismatch[],
): Promise<void> {
  for (const [name, mismatches] of Map.groupBy(rest, ({ leg }) => leg)) {
    const leg = legs.get(name);
    // What this run did not compare it can't say anything of.
    if (leg === undefined) continue;
    const candidates = mismatches.map(({ operationId, initiatedAt }) => ({
      operationId,
      times: [initiatedAt],
    }));
    const unique = [...new Map(candidates.map((one) => [one.operationId, one])).values()];
    const findings = await readFindings(readingPlaceOf(work), leg, unique);
    const agreed = mismatches.filter(
      ({ operationId }) => findings.get(operationId)?.verdict.kind === "matched",
    );
    await work.advance(work.run.progress, work.run.result, async (transaction) => {
      const now = await readTime(transaction);
      for (const mismatch of agreed) {
        const resolution = { resolution: "agrees", byRun: work.run.reconciliationId };
        const deed = { action: "closed", principal, note: "both sides agree", now };
        await resolveMismatch(transaction, work.shardCount, mismatch, resolution, deed);
        await settleInconsistency(transaction, work.shardCount, mismatch.reconciliationId, now);
      }
    });
  }
}

/** One batch of one shard's; answers what was not found again by this run. */
async function carryBatch(work: RunWork, batch: readonly Mismatch[]): Promise<Mismatch[]> {
  const rest: Mismatch[] = [];
  await work.advance(work.run.progress, work.run.result, async (transaction) => {
    rest.length = 0;
    for (const mismatch of batch) if (!(await carryOn(work, transaction, mismatch))) rest.push(mismatch);
  });
  return rest;
}

/** @throws ComparisonStop, UnreadableSideError, LeaseLostError */
export async function settleEarlier(
  work: RunWork,
  legs: ReadonlyMap<Leg, ComparedLeg>,
  endTime: Date,
): Promise<void> {
  const { sourceSystem, targetSystem, startTime, reconciliationId } = work.run;
  const filter = { sourceSystem, targetSystem, startTime, endTime, exceptRun: reconciliationId };
  for (let shardId = 1; shardId <= work.shardCount; shardId += 1) {
    // One look: what stays open after it is open for good reason, and there are never many.
    const batch = await work.database.transaction((transaction) =>
      listUnresolved(transaction, shardId, { ...filter, limit: BATCH * 20 }),
    );
    for (let start = 0; start < batch.length; start += BATCH) {
      const rest = await carryBatch(work, batch.slice(start, start + BATCH));
      if (rest.length > 0) await closeAgreed(work, legs, rest);
    }
  }
}
