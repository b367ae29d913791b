// What a run tells beside its own rows: the inconsistency that stands for what it found, and the alerts of its pair.
import { clearAlert, raiseAlert } from "../alerts/index.ts";
import type { Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { openInconsistencies, resolveInconsistencies } from "../inconsistencies/index.ts";
import { type OpenSum, sumOpen } from "./mismatch-store.ts";
import type { Policy } from "./policy.ts";
import { severityOf } from "./policy.ts";
import { countMismatches, type Run } from "./run.ts";

/** The inconsistency of a run. */
export function inconsistencyIdOfRun(reconciliationId: string): string {
  return `reconciliation:${reconciliationId}`;
}

function alertKeyOf({ sourceSystem, targetSystem }: Pick<Run, "sourceSystem" | "targetSystem">): string {
  return `${sourceSystem}>${targetSystem}`;
}

/** Resolves a run's inconsistency once nothing of what it found is open. */
export async function settleInconsistency(
  transaction: Transaction,
  shardCount: number,
  reconciliationId: string,
  now: Date,
): Promise<void> {
  const place = { shardId: shardOf(reconciliationId, shardCount), reconciliationId };
  const open = await sumOpen(transaction, place);
  if (open.count > 0) return;
  const resolution = {
    inconsistencyId: inconsistencyIdOfRun(reconciliationId),
    resolution: "mismatches_resolved",
    note: "every mismatch of the reconciliation is resolved",
  };
  await resolveInconsistencies(transaction, shardCount, [resolution], "node", now);
}

function exceeds(open: OpenSum, { alerts }: Policy, now: Date): boolean {
  if (open.count === 0) return false;
  const ageMs = open.oldest === null ? 0 : now.getTime() - open.oldest.getTime();
  return (
    (alerts.count !== null && open.count >= alerts.count) ||
    (alerts.value !== null && open.value >= alerts.value) ||
    (alerts.ageMs !== null && ageMs >= alerts.ageMs)
  );
}

function subjectOf({ sourceSystem, targetSystem, reconciliationId }: Run) {
  return { source_system: sourceSystem, target_system: targetSystem, reconciliation_id: reconciliationId };
}

/** After a run that was done: what it left open. */
export async function tellFindings(
  transaction: Transaction,
  shardCount: number,
  run: Run,
  now: Date,
): Promise<void> {
  const { reconciliationId, sourceSystem, targetSystem, policy, result } = run;
  const open = await sumOpen(transaction, {
    shardId: shardOf(reconciliationId, shardCount),
    reconciliationId,
  });
  const key = alertKeyOf(run);
  const data = {
    reconciliation_id: reconciliationId,
    mismatches_count: countMismatches(result),
    open_count: open.count,
    largest_value: String(open.value),
    by_type: result.differing,
  };
  if (countMismatches(result) > 0) {
    const inconsistency = {
      inconsistencyId: inconsistencyIdOfRun(reconciliationId),
      type: "cross_system_reconciliation",
      operationId: reconciliationId,
      sourceSystem,
      targetSystem,
      data,
    };
    await openInconsistencies(transaction, shardCount, [inconsistency], now);
    await settleInconsistency(transaction, shardCount, reconciliationId, now);
  }
  await clearAlert(transaction, "reconciliation_failed", key);
  if (result.repairStopped === undefined) await clearAlert(transaction, "reconciliation_stopped_itself", key);
  else {
    const stopped = { type: "reconciliation_stopped_itself", key, subject: subjectOf(run) } as const;
    await raiseAlert(transaction, { ...stopped, data: { ...data, reason: result.repairStopped } });
  }
  if (exceeds(open, policy, now)) {
    const ageMs = open.oldest === null ? 0 : now.getTime() - open.oldest.getTime();
    const severity = severityOf(open.value, ageMs, policy.severity);
    const raised = { type: "reconciliation_differences", key, subject: subjectOf(run), data } as const;
    await raiseAlert(transaction, { ...raised, severity });
  } else if (open.count === 0) await clearAlert(transaction, "reconciliation_differences", key);
}

/** After a run that could not be done. */
export async function tellFailure(transaction: Transaction, run: Run, failure: string): Promise<void> {
  const key = alertKeyOf(run);
  await raiseAlert(transaction, {
    type: "reconciliation_failed",
    key,
    subject: subjectOf(run),
    data: { reason: failure },
  });
}
