// A webhook as it is stored: where events go, which of them, and how it is doing.

export type DisabledReason = "switched_off" | "gone" | "exhausted" | "swept";

/** What somebody says of a webhook. */
export interface WebhookSettings {
  readonly url: string;
  /** Null for all. */
  readonly types: readonly string[] | null;
  readonly systems: readonly string[] | null;
  readonly timeoutMs: number;
  readonly isEnabled: boolean;
}

export interface Webhook extends WebhookSettings {
  readonly webhookId: string;
  readonly disabledReason: DisabledReason | null;
  readonly disabledAt: Date | null;
  /** Every event up to here was delivered or waits; null is the log's beginning. */
  readonly cursor: string | null;
  readonly rewinds: number;
  readonly revision: bigint;
  readonly deliveredCount: bigint;
  readonly lastDeliveredAt: Date | null;
  readonly failingSince: Date | null;
  readonly lastError: string | null;
  readonly lastErrorAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

export interface WebhookRow {
  readonly webhook_id: string;
  readonly url: string;
  readonly types: readonly string[] | null;
  readonly systems: readonly string[] | null;
  readonly timeout_ms: number;
  readonly is_enabled: boolean;
  readonly disabled_reason: DisabledReason | null;
  readonly disabled_at: Date | null;
  readonly cursor: string | null;
  readonly rewinds: number;
  readonly revision: bigint;
  readonly delivered_count: bigint;
  readonly last_delivered_at: Date | null;
  readonly failing_since: Date | null;
  readonly last_error: string | null;
  readonly last_error_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly updated_by: string;
}

export function toWebhook(row: WebhookRow): Webhook {
  return {
    webhookId: row.webhook_id,
    url: row.url,
    types: row.types,
    systems: row.systems,
    timeoutMs: row.timeout_ms,
    isEnabled: row.is_enabled,
    disabledReason: row.disabled_reason,
    disabledAt: row.disabled_at,
    cursor: row.cursor,
    rewinds: row.rewinds,
    revision: row.revision,
    deliveredCount: row.delivered_count,
    lastDeliveredAt: row.last_delivered_at,
    failingSince: row.failing_since,
    lastError: row.last_error,
    lastErrorAt: row.last_error_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  };
}

/** An event as it is delivered: CloudEvents 1.0, with what it is ordered by. */
export interface DeliverableEvent {
  readonly id: string;
  readonly type: string;
  readonly orderingkey: string;
}

export interface EventPage {
  readonly items: readonly DeliverableEvent[];
  readonly nextCursor: string;
  /** Nothing more was there. */
  readonly isEnd: boolean;
}

/** Where events come from: the node's log of them. */
export interface EventSource {
  /**
   * Events after a cursor, in order; undefined for the log's beginning. Waits for some.
   * @throws AppError cursor_unknown, cursor_expired
   */
  read(range: {
    readonly after: string | undefined;
    readonly limit: number;
    readonly types: readonly string[] | undefined;
    readonly systems: readonly string[] | undefined;
    readonly waitMs: number;
  }): Promise<EventPage>;
  /** The cursor behind all that has happened so far. */
  latest(): Promise<string>;
  /** A cursor behind which all is found that happened from a time on. */
  at(time: Date): Promise<string>;
}
