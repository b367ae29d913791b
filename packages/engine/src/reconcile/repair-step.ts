// The repairs of a run: proposed, or made within its caps.
//
// G1  A repair is allowed before it is made, in a transaction of its own: whoever takes a killed run up finds it and
//     makes it, once more if need be.
// G2  No more repairs, and no more points, than the run's caps allow; what is beyond them, or above the value that needs
//     four eyes, is proposed and waits for another person.
// G3  A run that differs by a large share of what it compared repairs nothing: then a format is wrong, and not a member.
// G4  What takes points from a member waits for a second person, whatever its value.
// G5  What was made stays told as made, whatever becomes of whoever makes it once more at the same time.
import type { Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { newOperationId } from "../system/index.ts";
import type { RunPlace } from "./candidate-store.ts";
import type { Mismatch, Repair } from "./mismatch.ts";
import { findMismatches, listRepairable, setRepair, sumRepairs } from "./mismatch-store.ts";
import type { Policy } from "./policy.ts";
import type { Repairer, RepairJudge } from "./repairer.ts";
import { countMismatches } from "./run.ts";
import { type RunWork, readTime } from "./run-store.ts";
import { Tally } from "./tally.ts";

const BATCH = 100;

/** Why a run repairs nothing by itself; undefined where it may (G3). */
export function whyStopped(work: RunWork): string | undefined {
  const { result, policy } = work.run;
  const { stopSharePercent, stopCountMin } = policy.repairs;
  const count = countMismatches(result);
  const compared = Math.max(result.sourceCount, result.targetCount, 1);
  if (count < stopCountMin || count * 100 <= compared * stopSharePercent) return undefined;
  return `${count} of ${compared} operations differ, more than ${stopSharePercent} %: nothing was repaired; look at the format of what is compared`;
}

interface Allowance {
  readonly status: "approved" | "proposed";
  readonly why: string;
}

function allow(
  mismatch: Mismatch,
  used: { readonly count: number; readonly value: bigint },
  { repairs }: Policy,
  mode: "propose" | "apply",
): Allowance {
  if (mode === "propose") return { status: "proposed", why: "the run was asked to propose" };
  const { countMax, valueMax, fourEyesAbove } = repairs;
  if (mismatch.data.plan?.entry === "debit") {
    return { status: "proposed", why: "what takes points from a member needs a second person" }; // G4
  }
  if (mismatch.value > fourEyesAbove) {
    return { status: "proposed", why: `more than ${fourEyesAbove} points need a second person` };
  }
  if (used.count >= countMax) return { status: "proposed", why: `the run has made its ${countMax} repairs` };
  if (used.value + mismatch.value > valueMax) {
    return { status: "proposed", why: `the run's repairs would come to more than ${valueMax} points` };
  }
  return { status: "approved", why: "within the run's caps" };
}

async function allowOne(
  work: RunWork,
  transaction: Transaction,
  place: RunPlace,
  mismatch: Mismatch,
  mode: "propose" | "apply",
): Promise<Mismatch | undefined> {
  const locked = await findMismatches(transaction, place, [mismatch.operationId], "lock");
  const standing = locked.find(({ leg }) => leg === mismatch.leg);
  const { repair } = standing ?? {};
  if (standing === undefined || repair === null || repair === undefined || repair.status !== null)
    return undefined;
  const used = await sumRepairs(transaction, place);
  const { status, why } = allow(standing, used, work.run.policy, mode);
  const { principal } = work.run;
  const decided = status === "approved" ? { decidedBy: principal } : {};
  // Its movement's id is known before it is allowed: whoever makes it, and however often, makes it once.
  const { plan } = standing.data;
  const movement =
    repair.action === "adjust" && plan !== undefined ? { operationId: newOperationId(), plan } : {};
  const next: Repair = { ...repair, ...movement, status, proposedBy: principal, ...decided };
  const now = await readTime(transaction);
  const deed = { action: `repair_${status}`, principal, note: why, now };
  await setRepair(transaction, work.shardCount, standing, next, deed);
  return status === "approved" ? { ...standing, repair: next } : undefined;
}

/** Makes a repair that was allowed, and stores what came of it. */
export async function makeRepair(
  parts: { readonly repairer: Repairer; readonly shardCount: number; readonly judge?: RepairJudge },
  mismatch: Mismatch,
  principal: string,
  store: (work: (transaction: Transaction) => Promise<void>) => Promise<void>,
): Promise<Repair> {
  const { isDone, outcome } = await parts.repairer.carryOut(mismatch, principal, parts.judge);
  let made: Repair = { action: "send_again", status: "failed" };
  await store(async (transaction) => {
    const now = await readTime(transaction);
    if (mismatch.repair === null) throw new Error(`mismatch ${mismatch.operationId} has no repair to make`);
    const { reconciliationId, operationId, leg } = mismatch;
    const place: RunPlace = { shardId: shardOf(reconciliationId, parts.shardCount), reconciliationId };
    const locked = await findMismatches(transaction, place, [operationId], "lock");
    const present = locked.find((one) => one.leg === leg)?.repair;
    if (present?.status === "applied") {
      made = present; // G5
      return;
    }
    const status = isDone ? "applied" : "failed";
    made = { ...mismatch.repair, status, outcome, ...(isDone ? { appliedAt: now.toISOString() } : {}) };
    const deed = { action: `repair_${status}`, principal, note: outcome, now };
    await setRepair(transaction, parts.shardCount, mismatch, made, deed);
  });
  return made;
}

/** Proposes or makes what the run may. Goes on where an earlier worker was. @throws LeaseLostError */
export async function repairRun(work: RunWork, repairer: Repairer): Promise<void> {
  const mode = work.run.repair;
  if (mode === "none") return;
  const stopped = whyStopped(work);
  if (stopped !== undefined) {
    const tally = new Tally(work.run.result);
    tally.repairStopped = stopped;
    await work.advance(work.run.progress, tally.result());
    return;
  }
  const place: RunPlace = { shardId: work.shardId, reconciliationId: work.run.reconciliationId };
  const store = (store: (transaction: Transaction) => Promise<void>) =>
    work.advance(work.run.progress, work.run.result, store);
  const parts = { repairer, shardCount: work.shardCount };
  for (;;) {
    const batch = await work.database.transaction((transaction) => listRepairable(transaction, place, BATCH));
    if (batch.length === 0) return;
    for (const mismatch of batch) {
      let allowed: Mismatch | undefined;
      await store(async (transaction) => {
        allowed = await allowOne(work, transaction, place, mismatch, mode); // G1
      });
      if (allowed !== undefined) await makeRepair(parts, allowed, work.run.principal, store);
    }
  }
}
