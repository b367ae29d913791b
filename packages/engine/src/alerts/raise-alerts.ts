// Raising and clearing alerts, in the transaction of what they are about.
//
// F1  An alert is raised and cleared with what it tells, or not at all: nobody is told of what was rolled back, and
//     nothing that was committed goes untold. Nothing is sent here; telling is the channels' work.
// F2  One alert stands for a type and key. What is raised while it stands is counted, and told again only where it
//     has become graver; what is raised after it was cleared is a new one.
// F3  An alert that is acknowledged stays so until it is cleared, or becomes graver.
import { numberArray, type Transaction, textArray } from "../database/index.ts";
import { newOperationId } from "../system/index.ts";
import { type AlertSeverity, type AlertType, alertSeverities, alertTypes } from "./alert-types.ts";
import * as queries from "./queries.ts";

/** Ids of what an alert is about. Shown to people outside: no names, no free text, nothing personal. */
export type AlertSubject = Readonly<Record<string, string>>;

export interface NewAlert {
  readonly type: AlertType;
  /** Within its type: one alert stands for a key. */
  readonly key: string;
  /** Where it is another than the type's own. */
  readonly severity?: AlertSeverity;
  /** In snake_case: operation_id, system_id, source_system, target_system, ... */
  readonly subject?: AlertSubject;
  /** What was found, in snake_case. Not sent to channels. */
  readonly data?: Readonly<Record<string, unknown>>;
}

interface CountedAlert extends NewAlert {
  readonly severity: AlertSeverity;
  readonly count: number;
}

function graver(left: AlertSeverity, right: AlertSeverity): AlertSeverity {
  return alertSeverities.indexOf(left) < alertSeverities.indexOf(right) ? right : left;
}

/** Text that the database takes: what a partner or a place has said may hold anything. */
function toStorable(text: string): string {
  return text.replaceAll("\0", " ").toWellFormed();
}

function toJson(value: object): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === "string" ? toStorable(member) : member,
  );
}

/** Each key once; of several under one key the last says what was found. */
function foldAlerts(alerts: readonly NewAlert[]): CountedAlert[] {
  const folded = new Map<string, CountedAlert>();
  for (const alert of alerts) {
    const name = `${alert.type} ${alert.key}`;
    const severity = alert.severity ?? alertTypes[alert.type].severity;
    const standing = folded.get(name);
    folded.set(name, {
      ...alert,
      severity: standing === undefined ? severity : graver(standing.severity, severity),
      count: (standing?.count ?? 0) + 1,
    });
  }
  return [...folded.values()];
}

/** Raises alerts (F1, F2). One statement, and none where there is nothing to raise. */
export async function raiseAlerts(transaction: Transaction, alerts: readonly NewAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const folded = foldAlerts(alerts);
  await transaction.query(queries.raiseAlerts, [
    textArray(folded.map(() => newOperationId())),
    textArray(folded.map(({ type }) => type)),
    textArray(folded.map(({ severity }) => severity)),
    textArray(folded.map(({ key }) => key)),
    textArray(folded.map(({ subject }) => toJson(subject ?? {}))),
    textArray(folded.map(({ data }) => toJson(data ?? {}))),
    numberArray(folded.map(({ count }) => count)),
  ]);
}

export async function raiseAlert(transaction: Transaction, alert: NewAlert): Promise<void> {
  await raiseAlerts(transaction, [alert]);
}

/** Clears those of these that stand; the others stay as they are. */
export async function clearAlerts(
  transaction: Transaction,
  alerts: readonly Pick<NewAlert, "type" | "key">[],
): Promise<void> {
  if (alerts.length === 0) return;
  await transaction.query(queries.clearAlerts, [
    textArray(alerts.map(({ type }) => type)),
    textArray(alerts.map(({ key }) => key)),
  ]);
}

export async function clearAlert(transaction: Transaction, type: AlertType, key: string): Promise<void> {
  await clearAlerts(transaction, [{ type, key }]);
}
