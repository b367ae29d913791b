// Alerts as they are read and acknowledged.
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { AppError } from "../system/index.ts";
import type { AlertSeverity, AlertType } from "./alert-types.ts";
import * as queries from "./queries.ts";
import type { AlertSubject } from "./raise-alerts.ts";

export const alertStates = ["open", "acknowledged", "cleared"] as const;
export type AlertState = (typeof alertStates)[number];

export interface Alert {
  readonly alertId: string;
  readonly type: AlertType;
  readonly severity: AlertSeverity;
  readonly key: string;
  readonly state: AlertState;
  readonly subject: AlertSubject;
  readonly data: Readonly<Record<string, unknown>>;
  /** How often it was raised. */
  readonly count: bigint;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly note: string | null;
  readonly clearedAt: Date | null;
}

export interface AlertRow {
  readonly alert_id: string;
  readonly type: AlertType;
  readonly severity: AlertSeverity;
  readonly key: string;
  readonly state: AlertState;
  readonly subject: AlertSubject;
  readonly data: Readonly<Record<string, unknown>>;
  readonly count: bigint;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly acknowledged_at: Date | null;
  readonly acknowledged_by: string | null;
  readonly note: string | null;
  readonly cleared_at: Date | null;
}

export function toAlert(row: AlertRow): Alert {
  return {
    alertId: row.alert_id,
    type: row.type,
    severity: row.severity,
    key: row.key,
    state: row.state,
    subject: row.subject,
    data: row.data,
    count: row.count,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
    note: row.note,
    clearedAt: row.cleared_at,
  };
}

export interface AlertFilter {
  readonly state?: AlertState | undefined;
  readonly type?: string | undefined;
  readonly severity?: AlertSeverity | undefined;
  readonly key?: string | undefined;
  readonly operationId?: string | undefined;
  readonly limit: number;
  /** The last one of the page before. */
  readonly before?: string | undefined;
}

/** Newest first. */
export async function listAlerts(transaction: Transaction, filter: AlertFilter): Promise<Alert[]> {
  const { state, type, severity, key, operationId, before, limit } = filter;
  const rows = await transaction.query<AlertRow>(queries.listAlerts, [
    state ?? null,
    type ?? null,
    severity ?? null,
    key ?? null,
    operationId ?? null,
    before ?? null,
    limit,
  ]);
  return rows.map(toAlert);
}

export async function findAlert(transaction: Transaction, alertId: string): Promise<Alert | undefined> {
  const [row] = await transaction.query<AlertRow>(queries.findAlert, [alertId]);
  return row === undefined ? undefined : toAlert(row);
}

/** The keys under which alerts of a type stand. */
export async function listStandingKeys(transaction: Transaction, type: AlertType): Promise<string[]> {
  const rows = await transaction.query<{ key: string }>(queries.listStandingKeys, [type]);
  return rows.map(({ key }) => key);
}

/** How many alerts stand, by severity. */
export async function countStanding(transaction: Transaction): Promise<ReadonlyMap<AlertSeverity, number>> {
  const rows = await transaction.query<{ severity: AlertSeverity; count: bigint }>(queries.countStanding);
  return new Map(rows.map(({ severity, count }) => [severity, Number(count)]));
}

/**
 * Somebody looks after it. One that is acknowledged or cleared stays as it is (F3).
 * @throws AppError alert_not_found
 */
export async function acknowledgeAlert(
  database: Database,
  alertId: string,
  note: string | null,
  principal: string,
): Promise<Alert> {
  return runRetried(database, async (transaction) => {
    await transaction.query(queries.acknowledgeAlert, [alertId, principal, note]);
    const alert = await findAlert(transaction, alertId);
    if (alert === undefined) throw new AppError("alert_not_found", `no alert has the id ${alertId}`);
    return alert;
  });
}
