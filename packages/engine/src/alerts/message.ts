// A message: what one attempt tells a channel, in groups, so that a storm of alerts makes few messages.
import type { AlertSeverity, AlertType } from "./alert-types.ts";
import type { AlertSubject } from "./raise-alerts.ts";

/** `passed`: raised and cleared before anybody was told. */
export type News = "raised" | "cleared" | "passed";

export interface AlertNews {
  readonly alertId: string;
  readonly key: string;
  readonly subject: AlertSubject;
  readonly count: bigint;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly clearedAt: Date | null;
}

export interface AlertGroup {
  readonly type: AlertType;
  readonly severity: AlertSeverity;
  readonly news: News;
  /** How many alerts there are; the first few are `items`. */
  readonly total: number;
  readonly items: readonly AlertNews[];
}

export interface AlertMessage {
  /** The same for the same news, so that a receiver knows one that comes a second time. */
  readonly messageId: string;
  /** The node's address, so that it is known whose alerts these are; undefined where it has none. */
  readonly source: string | undefined;
  readonly sentAt: Date;
  readonly isTest: boolean;
  readonly groups: readonly AlertGroup[];
  readonly total: number;
}

export interface NewsRow {
  readonly alert_id: string;
  readonly type: AlertType;
  readonly severity: AlertSeverity;
  readonly key: string;
  readonly subject: AlertSubject;
  readonly count: bigint;
  readonly first_seen_at: Date;
  readonly last_seen_at: Date;
  readonly cleared_at: Date | null;
  readonly news: News;
  readonly total: bigint;
  readonly digest: string;
}

/** How many alerts of a group a message names. */
export const namedPerGroup = 5;

/** The rows of one attempt, the gravest first; undefined where nothing is left to tell. */
export function toMessage(rows: readonly NewsRow[], source: string | undefined): AlertMessage | undefined {
  const [first] = rows;
  if (first === undefined) return undefined;
  const byGroup = Map.groupBy(rows, (row) => `${row.type} ${row.severity} ${row.news}`);
  const groups = [...byGroup.values()].flatMap(([head, ...others]): AlertGroup[] => {
    if (head === undefined) return [];
    const items = [head, ...others].map((row) => ({
      alertId: row.alert_id,
      key: row.key,
      subject: row.subject,
      count: row.count,
      firstSeenAt: row.first_seen_at,
      lastSeenAt: row.last_seen_at,
      clearedAt: row.cleared_at,
    }));
    return [{ type: head.type, severity: head.severity, news: head.news, total: Number(head.total), items }];
  });
  return {
    messageId: `alerts-${first.digest.slice(0, 40)}`,
    source,
    sentAt: new Date(),
    isTest: false,
    groups,
    total: groups.reduce((sum, group) => sum + group.total, 0),
  };
}

export function testMessage(messageId: string, source: string | undefined): AlertMessage {
  return { messageId, source, sentAt: new Date(), isTest: true, groups: [], total: 0 };
}
