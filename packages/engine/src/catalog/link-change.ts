// Looser guards of links, which wait for a second person.
//
// L3  Nobody agrees to what they have asked for, by whatever key; taking one's own back is allowed.
// L4  What is agreed to is what was seen: once the guard is another one than the change was made from, the
//     change is stale and ends as failed. A change is decided once, within a week.
import { recordChanges } from "../changes/index.ts";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { defaultRateGuard, type RateGuard, shardOf } from "../domain/index.ts";
import { AppError } from "../system/index.ts";
import * as queries from "./queries.ts";

export const LOOSENING_WAITS_MS = 7 * 24 * 60 * 60 * 1_000;

interface GuardFields {
  readonly rate_change_limit_percent?: string;
  readonly rate_change_window_ms?: number;
}

interface ChangeData {
  readonly change: { readonly old: GuardFields; readonly new: GuardFields };
  readonly approved_by?: string;
  readonly rejected_by?: string;
}

interface ChangeRow {
  readonly operation_id: string;
  readonly status: "pending_approval" | "completed" | "failed";
  readonly source_system: string;
  readonly target_system: string;
  readonly failure_code: string | null;
  readonly data: ChangeData;
  readonly principal: string;
  readonly is_overdue: boolean;
}

function asksFor({ data }: Pick<ChangeRow, "data">, guard: RateGuard, inForce: RateGuard): boolean {
  const { new: asked } = data.change;
  return (
    (asked.rate_change_limit_percent ?? inForce.limitPercent) === guard.limitPercent &&
    (asked.rate_change_window_ms ?? inForce.windowMs) === guard.windowMs
  );
}

/** The operation under which this very guard waits already. */
export async function findWaitingLoosening(
  transaction: Transaction,
  shardCount: number,
  key: { readonly sourceSystem: string; readonly targetSystem: string },
  guards: { readonly inForce: RateGuard; readonly wanted: RateGuard },
): Promise<string | undefined> {
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const parameters = [shardId, key.sourceSystem, key.targetSystem];
    const rows = await transaction.query<ChangeRow>(queries.findWaitingLinkChanges, parameters);
    const same = rows.find((row) => asksFor(row, guards.wanted, guards.inForce));
    if (same !== undefined) return same.operation_id;
  }
  return undefined;
}

export interface LinkDecision {
  readonly operationId: string;
  readonly verdict: "approve" | "reject";
  readonly principal: string;
}

export interface DecidedLinkChange {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  readonly status: "completed" | "failed";
  readonly failureCode: string | null;
  readonly idempotent: boolean;
  /** Whether the change stands as it was asked to. */
  readonly isDone: boolean;
}

type Ending = Pick<ChangeRow, "status" | "failure_code"> & { readonly data: ChangeData };

async function judge(
  transaction: Transaction,
  row: ChangeRow,
  { verdict, principal }: LinkDecision,
): Promise<Ending> {
  const failed = (code: string, more: Partial<ChangeData> = {}): Ending => ({
    status: "failed",
    failure_code: code,
    data: { ...row.data, ...more },
  });
  if (row.is_overdue) return failed("rate_change_expired");
  if (verdict === "reject") return failed("rate_change_rejected", { rejected_by: principal });
  const { old, new: wanted } = row.data.change;
  const parameters = [
    row.source_system,
    row.target_system,
    old.rate_change_limit_percent ?? null,
    old.rate_change_window_ms ?? null,
    wanted.rate_change_limit_percent ?? null,
    wanted.rate_change_window_ms ?? null,
    defaultRateGuard.limitPercent,
    defaultRateGuard.windowMs,
  ];
  const loosened = await transaction.query(queries.loosenLink, parameters);
  if (loosened.length === 0) return failed("rate_change_stale");
  return { status: "completed", failure_code: null, data: { ...row.data, approved_by: principal } };
}

function isAsDecided({ status, failure_code: code }: Ending, verdict: LinkDecision["verdict"]): boolean {
  return verdict === "approve" ? status === "completed" : code === "rate_change_rejected";
}

async function decide(
  transaction: Transaction,
  shardCount: number,
  decision: LinkDecision,
): Promise<DecidedLinkChange> {
  const { operationId, verdict, principal } = decision;
  await transaction.query(queries.lockCatalog);
  const shardId = shardOf(operationId, shardCount);
  const [row] = await transaction.query<ChangeRow>(queries.lockLinkChange, [shardId, operationId]);
  if (row === undefined) {
    throw new AppError("operation_not_found", `no change of a link has the id ${operationId}`);
  }
  if (verdict === "approve" && row.principal === principal) {
    const detail = `${principal} has asked for ${operationId}; another principal has to approve it`;
    throw new AppError("four_eyes_required", detail, { operation_id: operationId });
  }
  const isOver = row.status !== "pending_approval";
  const ending: Ending = isOver ? row : await judge(transaction, row, decision);
  const { status, failure_code: code, data } = ending;
  if (!isOver) {
    const [ended] = await transaction.query<{ updated_at: Date }>(queries.endLinkChange, [
      shardId,
      operationId,
      status,
      code,
      JSON.stringify(data),
    ]);
    if (status === "completed") await transaction.query(queries.bumpCatalogVersion);
    const change = { type: "operation", operationId, kind: "link_change", status } as const;
    if (ended !== undefined) recordChanges(transaction, shardId, ended.updated_at, [change]);
  }
  return {
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    status: status === "completed" ? "completed" : "failed",
    failureCode: code,
    idempotent: isOver,
    isDone: isAsDecided(ending, verdict),
  };
}

/** Approves or rejects a looser guard. @throws AppError operation_not_found, four_eyes_required */
export async function decideLinkChange(
  database: Database,
  shardCount: number,
  decision: LinkDecision,
): Promise<DecidedLinkChange> {
  return runRetried(database, (transaction) => decide(transaction, shardCount, decision));
}
