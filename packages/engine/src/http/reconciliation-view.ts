// Reconciliations and mismatches as /v1 shows them.
import type { v1 } from "@pointbridge/protocol";
import type { Evidence } from "../partner/index.ts";
import {
  countMismatches,
  type HistoryEntry,
  type Mismatch,
  type MovementPlan,
  type Run,
  type StoredPolicy,
  type StoredRow,
  severityOf,
} from "../reconcile/index.ts";

export function viewReconciliation(run: Run, openCount: number, idempotent: boolean): v1.Reconciliation {
  const { result, progress } = run;
  return {
    reconciliation_id: run.reconciliationId,
    status: run.status,
    source_system: run.sourceSystem,
    target_system: run.targetSystem,
    start_time: run.startTime.toISOString(),
    end_time: run.endTime.toISOString(),
    compared_until: progress.endTime ?? null,
    origin: run.origin,
    repair: run.repair,
    step: progress.step,
    source_operations_count: result.sourceCount,
    target_operations_count: result.targetCount,
    matched_count: result.matched,
    in_flight_count: result.inFlight,
    late_arrivals_count: result.lateArrivals,
    mismatches_count: countMismatches(result),
    open_mismatches_count: openCount,
    mismatches_by_type: { ...result.differing },
    totals: result.totals.map(({ leg, creditTypeId, ours, theirs }) => {
      return { leg, credit_type_id: creditTypeId, ours, theirs };
    }),
    legs: progress.legs.map((leg) => ({
      leg,
      level: result.untold?.[leg] === undefined ? (result.levels?.[leg] ?? 0) : null,
      untold: result.untold?.[leg] ?? null,
    })),
    digests: progress.legs.flatMap((leg) => {
      const sums = result.digests[leg];
      return sums === undefined ? [] : [{ leg, ours: sums.ours, theirs: sums.theirs }];
    }),
    repair_stopped: result.repairStopped ?? null,
    failure: run.failure,
    principal: run.principal,
    created_at: run.createdAt.toISOString(),
    ended_at: run.endedAt?.toISOString() ?? null,
    idempotent,
  };
}

function viewRow(row: StoredRow): v1.Mismatch["theirs"][number] {
  const { user_id, credit_type_id, amount, state, exchange_rate, initiated_at } = row;
  return { user_id, credit_type_id, amount, state, exchange_rate, initiated_at };
}

function viewPlan(plan: MovementPlan): NonNullable<NonNullable<v1.Mismatch["repair"]>["preview"]> {
  return {
    entry: plan.entry,
    system_id: plan.systemId,
    user_id: plan.userId,
    credit_type_id: plan.creditTypeId,
    counterparty: plan.counterparty,
    amount: plan.amount,
    from: plan.from,
    to: plan.to,
  };
}

function viewRepair({ repair, data }: Mismatch): v1.Mismatch["repair"] {
  if (repair === null) return null;
  const plan = repair.plan ?? data.plan;
  return {
    action: repair.action,
    status: repair.status,
    proposed_by: repair.proposedBy ?? null,
    decided_by: repair.decidedBy ?? null,
    applied_at: repair.appliedAt ?? null,
    outcome: repair.outcome ?? null,
    operation_id: repair.operationId ?? null,
    preview: plan === undefined ? null : viewPlan(plan),
  };
}

/** @param until when its age is measured, where it is not resolved */
export function viewMismatch(
  mismatch: Mismatch,
  run: Run,
  history: readonly HistoryEntry[],
  until: Date,
): v1.Mismatch {
  const { operationId, leg, data, value } = mismatch;
  const ageMs = (mismatch.resolvedAt ?? until).getTime() - mismatch.initiatedAt.getTime();
  const deeds = history.filter((entry) => entry.operationId === operationId && entry.leg === leg);
  return {
    operation_id: operationId,
    leg,
    type: mismatch.type,
    also: [...data.also],
    is_stuck: data.isStuck,
    status: mismatch.status,
    severity: severityOf(value, ageMs, run.policy.severity),
    value: String(value),
    credit_type_id: mismatch.creditTypeId,
    initiated_at: mismatch.initiatedAt.toISOString(),
    ours: data.ours === null ? null : viewRow(data.ours),
    theirs: data.theirs.map(viewRow),
    assigned_to: mismatch.assignedTo,
    repair: viewRepair(mismatch),
    evidence_id: data.evidenceId ?? null,
    repair_obstacle: data.unplanned ?? null,
    found_at: mismatch.foundAt.toISOString(),
    updated_at: mismatch.updatedAt.toISOString(),
    resolution: mismatch.resolution,
    resolved_by: mismatch.resolvedBy,
    resolved_by_run: mismatch.resolvedByRun,
    resolved_at: mismatch.resolvedAt?.toISOString() ?? null,
    history: deeds.map(({ at, principal, action, note }) => {
      return { at: at.toISOString(), principal, action, note };
    }),
  };
}

export function viewEvidence(evidence: Evidence): v1.SignedRequest {
  return {
    evidence_id: evidence.evidenceId,
    node_id: evidence.nodeId,
    key_id: evidence.keyId,
    target_uri: evidence.targetUri,
    content_type: evidence.contentType,
    content_digest: evidence.contentDigest,
    signature_input: evidence.signatureInput,
    signature: evidence.signature,
    body: evidence.body,
    received_at: evidence.receivedAt.toISOString(),
  };
}

function text(points: bigint | null): string | null {
  return points === null ? null : String(points);
}

export function viewPolicy(stored: StoredPolicy): v1.ReconciliationPolicy {
  const { policy } = stored;
  const { alerts, severity, repairs } = policy;
  return {
    source_system: stored.sourceSystem,
    target_system: stored.targetSystem,
    cron: policy.cron,
    interval_ms: policy.intervalMs,
    window_ms: policy.windowMs,
    grace_ms: policy.graceMs,
    repair: policy.repair,
    alert_count: alerts.count,
    alert_value: text(alerts.value),
    alert_age_ms: alerts.ageMs,
    warning_value: String(severity.warningValue),
    critical_value: String(severity.criticalValue),
    warning_age_ms: severity.warningAgeMs,
    critical_age_ms: severity.criticalAgeMs,
    repair_count_max: repairs.countMax,
    repair_value_max: String(repairs.valueMax),
    four_eyes_above: String(repairs.fourEyesAbove),
    stop_share_percent: repairs.stopSharePercent,
    stop_count_min: repairs.stopCountMin,
    next_run_at: stored.nextRunAt?.toISOString() ?? null,
    updated_by: stored.updatedBy,
    updated_at: stored.updatedAt.toISOString(),
  };
}
