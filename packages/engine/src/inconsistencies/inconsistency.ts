// An inconsistency as it is stored and read.
import type { AlertSeverity } from "../alerts/index.ts";

export type InconsistencyStatus = "open" | "resolved";

/** `assigned` counts as open: somebody works on it. */
export type InconsistencyState = "open" | "assigned" | "resolved";

export interface Inconsistency {
  readonly inconsistencyId: string;
  /** What kind of thing is inconsistent, such as `exchange_needs_attention`. */
  readonly type: string;
  readonly severity: AlertSeverity;
  readonly status: InconsistencyStatus;
  readonly operationId: string | null;
  readonly sourceSystem: string | null;
  readonly targetSystem: string | null;
  /** The evidence: what was found. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly assignedTo: string | null;
  readonly assignedAt: Date | null;
  readonly resolution: string | null;
  readonly note: string | null;
  readonly resolvedBy: string | null;
  readonly openedAt: Date;
  readonly resolvedAt: Date | null;
}

export interface InconsistencyRow {
  readonly inconsistency_id: string;
  readonly type: string;
  readonly severity: AlertSeverity;
  readonly status: InconsistencyStatus;
  readonly operation_id: string | null;
  readonly source_system: string | null;
  readonly target_system: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly assigned_to: string | null;
  readonly assigned_at: Date | null;
  readonly resolution: string | null;
  readonly note: string | null;
  readonly resolved_by: string | null;
  readonly opened_at: Date;
  readonly resolved_at: Date | null;
}

export function toInconsistency(row: InconsistencyRow): Inconsistency {
  return {
    inconsistencyId: row.inconsistency_id,
    type: row.type,
    severity: row.severity,
    status: row.status,
    operationId: row.operation_id,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    data: row.data,
    assignedTo: row.assigned_to,
    assignedAt: row.assigned_at,
    resolution: row.resolution,
    note: row.note,
    resolvedBy: row.resolved_by,
    openedAt: row.opened_at,
    resolvedAt: row.resolved_at,
  };
}

export function stateOf({ status, assignedTo }: Inconsistency): InconsistencyState {
  return status === "open" && assignedTo !== null ? "assigned" : status;
}
