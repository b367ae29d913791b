// Inconsistencies as they are listed, and the history of one.
import type { AlertSeverity } from "../alerts/index.ts";
import type { Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import {
  type Inconsistency,
  type InconsistencyRow,
  type InconsistencyState,
  type InconsistencyStatus,
  toInconsistency,
} from "./inconsistency.ts";
import * as queries from "./queries.ts";

export interface InconsistencyFilter {
  readonly status?: InconsistencyStatus | undefined;
  readonly state?: InconsistencyState | undefined;
  readonly type?: string | undefined;
  readonly severity?: AlertSeverity | undefined;
  readonly operationId?: string | undefined;
  readonly sourceSystem?: string | undefined;
  readonly targetSystem?: string | undefined;
  readonly assignedTo?: string | undefined;
  readonly openedAfter?: Date | undefined;
  readonly openedBefore?: Date | undefined;
  readonly limit: number;
  /** The last one of the page before. */
  readonly before?: { readonly openedAt: Date; readonly inconsistencyId: string } | undefined;
}

/** Newest first. */
export async function listInconsistencies(
  transaction: Transaction,
  shardCount: number,
  filter: InconsistencyFilter,
): Promise<Inconsistency[]> {
  const { before, limit } = filter;
  const found: Inconsistency[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const rows = await transaction.query<InconsistencyRow>(queries.listInconsistencies, [
      shardId,
      filter.status ?? null,
      filter.type ?? null,
      filter.operationId ?? null,
      before?.openedAt ?? null,
      before?.inconsistencyId ?? null,
      limit,
      filter.state ?? null,
      filter.severity ?? null,
      filter.sourceSystem ?? null,
      filter.targetSystem ?? null,
      filter.assignedTo ?? null,
      filter.openedAfter ?? null,
      filter.openedBefore ?? null,
    ]);
    found.push(...rows.map(toInconsistency));
  }
  const newestFirst = (left: Inconsistency, right: Inconsistency) =>
    right.openedAt.getTime() - left.openedAt.getTime() ||
    (left.inconsistencyId < right.inconsistencyId ? 1 : -1);
  return found.sort(newestFirst).slice(0, limit);
}

export interface InconsistencyEntry {
  /** From 1. */
  readonly entryNumber: number;
  readonly action: "opened" | "assigned" | "unassigned" | "resolved";
  readonly at: Date;
  readonly principal: string;
  readonly assignedTo: string | null;
  readonly resolution: string | null;
  readonly note: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
}

interface EntryRow {
  readonly entry_number: number;
  readonly action: InconsistencyEntry["action"];
  readonly at: Date;
  readonly principal: string;
  readonly assigned_to: string | null;
  readonly resolution: string | null;
  readonly note: string | null;
  readonly data: Readonly<Record<string, unknown>> | null;
}

/** What was done about an inconsistency, the first first (I3). */
export async function listHistory(
  transaction: Transaction,
  shardCount: number,
  page: { readonly inconsistencyId: string; readonly after: number; readonly limit: number },
): Promise<InconsistencyEntry[]> {
  const { inconsistencyId, after, limit } = page;
  const parameters = [shardOf(inconsistencyId, shardCount), inconsistencyId, after, limit];
  const rows = await transaction.query<EntryRow>(queries.listHistory, parameters);
  return rows.map((row) => ({
    entryNumber: row.entry_number,
    action: row.action,
    at: row.at,
    principal: row.principal,
    assignedTo: row.assigned_to,
    resolution: row.resolution,
    note: row.note,
    data: row.data,
  }));
}
