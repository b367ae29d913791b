// What people do about mismatches: take them, wait for the partner, settle them, allow or reject their repairs. Each
// deed is kept, with who did it and why; none of them moves points but an approved repair.
//
// F1  A deed is judged and stored under a lock on its row, so that two people at once do one thing after the other.
// F2  Who proposed a repair does not approve it. Rejecting one's own is allowed.
// F3  What is resolved is worked on no more; a later run opens what differs again.
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { AppError } from "../system/index.ts";
import { settleInconsistency } from "./findings-told.ts";
import type { Mismatch, Repair } from "./mismatch.ts";
import { findMismatches, noteDeed, resolveMismatch, setRepair, setWork } from "./mismatch-store.ts";
import { readTime } from "./run-store.ts";

export interface WorkflowPlace {
  readonly database: Database;
  readonly shardCount: number;
  readonly reconciliationId: string;
}

export type WorkflowDeed =
  | { readonly type: "assign"; readonly assignee: string; readonly note: string | null }
  | { readonly type: "await_partner"; readonly note: string | null }
  | { readonly type: "note"; readonly note: string }
  | { readonly type: "resolve"; readonly resolution: string; readonly note: string | null }
  | { readonly type: "approve_repair"; readonly note: string | null }
  | { readonly type: "reject_repair"; readonly note: string | null };

function requireOpen({ operationId, status }: Mismatch): void {
  if (status !== "resolved") return;
  throw new AppError(
    "mismatch_resolved",
    `the mismatch of ${operationId} is resolved; nothing is left to do about it`,
  ); // F3
}

function requireProposed({ operationId, repair }: Mismatch): Repair {
  if (repair?.status === "proposed") return repair;
  const told =
    repair === null ? "there is no repair for it" : `its repair is ${repair.status ?? "not asked for"}`;
  throw new AppError("repair_not_proposed", `no repair of ${operationId} waits for a decision: ${told}`);
}

function decideRepair(mismatch: Mismatch, deed: WorkflowDeed, principal: string): Repair | undefined {
  // Whoever approves twice may have lost the first answer.
  const isRepeat =
    deed.type === "approve_repair" &&
    mismatch.repair?.decidedBy === principal &&
    ["approved", "applied", "failed"].includes(mismatch.repair.status ?? "");
  if (isRepeat) return undefined;
  requireOpen(mismatch);
  const repair = requireProposed(mismatch);
  if (deed.type === "reject_repair") return { ...repair, status: "rejected", decidedBy: principal };
  if (repair.proposedBy === principal) {
    const detail = `${principal} proposed the repair of ${mismatch.operationId}; another person has to approve it`;
    throw new AppError("four_eyes_required", detail); // F2
  }
  return { ...repair, status: "approved", decidedBy: principal };
}

async function applyDeed(
  transaction: Transaction,
  { shardCount }: WorkflowPlace,
  mismatch: Mismatch,
  deed: WorkflowDeed,
  { principal, now }: { readonly principal: string; readonly now: Date },
): Promise<void> {
  const told = { action: deed.type, principal, note: deed.note, now };
  if (deed.type === "approve_repair" || deed.type === "reject_repair") {
    const repair = decideRepair(mismatch, deed, principal);
    if (repair !== undefined) await setRepair(transaction, shardCount, mismatch, repair, told);
    return;
  }
  if (deed.type === "resolve" && mismatch.status === "resolved") return;
  requireOpen(mismatch);
  switch (deed.type) {
    case "assign": {
      const work = { status: "assigned", assignedTo: deed.assignee } as const;
      return setWork(transaction, shardCount, mismatch, work, { ...told, note: deed.note ?? deed.assignee });
    }
    case "await_partner": {
      const work = { status: "awaiting_partner", assignedTo: mismatch.assignedTo } as const;
      return setWork(transaction, shardCount, mismatch, work, told);
    }
    case "note":
      return noteDeed(transaction, shardCount, mismatch, told);
    case "resolve": {
      const resolution = { resolution: deed.resolution, byRun: null };
      await resolveMismatch(transaction, shardCount, mismatch, resolution, told);
      return undefined;
    }
  }
}

/**
 * Does one thing about several mismatches of a run, all of them or none.
 * @returns the mismatches as they stand afterwards
 * @throws AppError mismatch_not_found, mismatch_resolved, repair_not_proposed, four_eyes_required
 */
export async function workOnMismatches(
  place: WorkflowPlace,
  operationIds: readonly string[],
  deed: WorkflowDeed,
  principal: string,
): Promise<Mismatch[]> {
  const { database, shardCount, reconciliationId } = place;
  const runPlace = { shardId: shardOf(reconciliationId, shardCount), reconciliationId };
  return runRetried(database, async (transaction) => {
    const found = await findMismatches(transaction, runPlace, operationIds, "lock"); // F1
    const known = new Set(found.map(({ operationId }) => operationId));
    const missing = operationIds.find((id) => !known.has(id));
    if (missing !== undefined) {
      throw new AppError(
        "mismatch_not_found",
        `the reconciliation ${reconciliationId} has no mismatch of ${missing}`,
      );
    }
    const now = await readTime(transaction);
    // An operation may differ on two legs of which one only has a repair.
    const isOfRepair = deed.type === "approve_repair" || deed.type === "reject_repair";
    for (const mismatch of found) {
      const isOther = isOfRepair && (mismatch.repair?.status ?? null) === null;
      const hasTwin = found.some((one) => one !== mismatch && one.operationId === mismatch.operationId);
      if (!(isOther && hasTwin)) await applyDeed(transaction, place, mismatch, deed, { principal, now });
    }
    await settleInconsistency(transaction, shardCount, reconciliationId, now);
    return findMismatches(transaction, runPlace, operationIds);
  });
}
