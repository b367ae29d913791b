// What whoever delivers stores of its work, under its lease.
//
// W1  One node at a time delivers for a webhook: it holds the webhook's row for a while by the database's clock,
//     and nothing that it stores counts once another one holds it.
// W2  The cursor moves in the transaction that puts in line what was not taken: every event up to it was taken or
//     has a row. So nothing is left out, whenever a node is killed; what was taken since the last such transaction
//     comes twice.
import { raiseAlert } from "../alerts/index.ts";
import { type Database, numberArray, runRetried, type Transaction, textArray } from "../database/index.ts";
import type { Message, Verdict } from "./attempt.ts";
import * as deliveries from "./delivery-queries.ts";
import * as queries from "./queries.ts";
import { type DisabledReason, toWebhook, type Webhook, type WebhookRow } from "./webhook.ts";

/** An event that is put in line. */
export interface LinedEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly orderingKey: string;
  readonly body: string;
  /** What came of its attempt, where it had one. */
  readonly verdict: Verdict | undefined;
  /** Until it is attempted at the earliest. */
  readonly waitMs: number;
}

/** What came of an attempt at an event that was in line. */
export interface HeadResult {
  readonly eventId: string;
  readonly orderingKey: string;
  readonly verdict: Verdict;
  /** Until the next attempt, where it was not taken. */
  readonly waitMs: number;
}

/** An ordering key that has events in line. */
export interface Head {
  readonly orderingKey: string;
  /** Until the first of them is attempted. */
  readonly waitMs: number;
}

export interface LineMessage extends Message {
  /** So far. */
  readonly attempts: number;
}

export interface Progress {
  /** Where reading goes on, if a round ended. */
  readonly cursor?: string;
  /** Events that were taken at once. */
  readonly deliveredCount?: number;
  readonly lined?: readonly LinedEvent[];
  readonly results?: readonly HeadResult[];
  /** Ordering keys whose line is asked for, those of `lined` and `results` among them. */
  readonly keys?: readonly string[];
}

export interface Stored {
  readonly revision: bigint;
  /** Nothing was taken for as long as the patience lasts. */
  readonly isExhausted: boolean;
  /** Events that were given up. */
  readonly deadCount: number;
  /** Those of the keys asked for that have events in line. */
  readonly heads: readonly Head[];
}

/** Somebody else holds the webhook, or it is gone (W1). */
export class LeaseLostError extends Error {
  constructor(webhookId: string) {
    super(`the webhook ${webhookId} is not this node's to deliver any more`);
    this.name = "LeaseLostError";
  }
}

interface HeadRow {
  readonly ordering_key: string;
  readonly wait_ms: bigint;
}

function toHead(row: HeadRow): Head {
  return { orderingKey: row.ordering_key, waitMs: Number(row.wait_ms) };
}

interface LineRow {
  readonly ordering_key: string;
  readonly event_id: string;
  readonly body: string;
  readonly attempts: number;
}

interface FailedRow {
  readonly event_id: string;
  readonly event_type: string;
  readonly attempts: number;
  readonly state: "pending" | "dead";
}

export interface LeaseSettings {
  readonly leaseId: string;
  readonly leaseMs: number;
  readonly patienceMs: number;
}

/** Takes webhooks that nobody holds. */
export async function takeWebhooks(
  database: Database,
  { leaseId, leaseMs }: Pick<LeaseSettings, "leaseId" | "leaseMs">,
  limit: number,
): Promise<Webhook[]> {
  const rows = await runRetried(database, (transaction) =>
    transaction.query<WebhookRow>(queries.takeWebhooks, [leaseId, leaseMs, limit]),
  );
  return rows.map(toWebhook);
}

/** Who holds these webhooks, and as what they stand now. */
export async function listHeld(
  database: Database,
  webhookIds: Iterable<string>,
): Promise<Map<string, { readonly leaseId: string | null; readonly revision: bigint }>> {
  const rows = await database.transaction((transaction) =>
    transaction.query<{ webhook_id: string; lease_id: string | null; revision: bigint }>(queries.listHeld, [
      textArray(webhookIds),
    ]),
  );
  return new Map(rows.map((row) => [row.webhook_id, { leaseId: row.lease_id, revision: row.revision }]));
}

export class DeliveryStore {
  readonly #database: Database;
  readonly #webhook: Webhook;
  readonly #lease: LeaseSettings;

  constructor(database: Database, webhook: Webhook, lease: LeaseSettings) {
    this.#database = database;
    this.#webhook = webhook;
    this.#lease = lease;
  }

  async load(): Promise<{ heads: Head[]; pendingCount: number }> {
    const { webhookId } = this.#webhook;
    return this.#database.transaction(async (transaction) => {
      const heads = await transaction.query<HeadRow>(deliveries.listHeads, [webhookId]);
      const [row] = await transaction.query<{ pending: number }>(deliveries.countDeliveries, [webhookId]);
      return { heads: heads.map(toHead), pendingCount: row?.pending ?? 0 };
    });
  }

  /** The first in line of each of these ordering keys, in the order of the keys. */
  async readLines(orderingKeys: readonly string[], limit: number): Promise<LineMessage[][]> {
    const parameters = [this.#webhook.webhookId, textArray(orderingKeys), limit];
    const rows = await this.#database.transaction((transaction) =>
      transaction.query<LineRow>(deliveries.readLines, parameters),
    );
    const lines = Map.groupBy(rows, (row) => row.ordering_key);
    return orderingKeys.map((key) =>
      (lines.get(key) ?? []).map((row) => ({
        eventId: row.event_id,
        body: row.body,
        attempts: row.attempts,
      })),
    );
  }

  /** Stores what came of deliveries and renews the lease (W1, W2). @throws LeaseLostError */
  async store(progress: Progress): Promise<Stored> {
    const { lined = [], results = [], keys = [] } = progress;
    return runRetried(this.#database, async (transaction) => {
      const state = await this.#storeState(transaction, progress);
      await this.#storeLined(transaction, lined);
      const deadCount = await this.#storeResults(transaction, results);
      const heads =
        keys.length === 0
          ? []
          : await transaction.query<HeadRow>(deliveries.findHeads, [
              this.#webhook.webhookId,
              textArray(new Set(keys)),
            ]);
      return { ...state, deadCount, heads: heads.map(toHead) };
    });
  }

  async #storeState(
    transaction: Transaction,
    { cursor, deliveredCount = 0, lined = [], results = [] }: Progress,
  ): Promise<{ revision: bigint; isExhausted: boolean }> {
    const { webhookId, rewinds } = this.#webhook;
    const verdicts = [...lined, ...results].flatMap(({ verdict }) =>
      verdict === undefined ? [] : [verdict],
    );
    const takenCount = deliveredCount + results.filter(({ verdict }) => verdict.isTaken).length;
    const failure = verdicts.findLast((verdict) => !verdict.isTaken);
    const [row] = await transaction.query<{ revision: bigint; is_exhausted: boolean }>(
      queries.progressWebhook,
      [
        webhookId,
        this.#lease.leaseId,
        this.#lease.leaseMs,
        cursor ?? null,
        rewinds,
        takenCount,
        takenCount > 0,
        failure?.error ?? null,
        this.#lease.patienceMs,
      ],
    );
    if (row === undefined) throw new LeaseLostError(webhookId);
    return { revision: row.revision, isExhausted: row.is_exhausted };
  }

  async #storeLined(transaction: Transaction, lined: readonly LinedEvent[]): Promise<void> {
    if (lined.length === 0) return;
    const failures = lined.map(({ verdict }) => (verdict?.isTaken === false ? verdict : undefined));
    await transaction.query(deliveries.insertDeliveries, [
      this.#webhook.webhookId,
      textArray(lined.map(({ eventId }) => eventId)),
      textArray(lined.map(({ eventType }) => eventType)),
      textArray(lined.map(({ orderingKey }) => orderingKey)),
      textArray(lined.map(({ body }) => body)),
      numberArray(failures.map((failure) => (failure === undefined ? 0 : 1))),
      numberArray(lined.map(({ waitMs }) => Math.round(waitMs))),
      numberArray(failures.map((failure) => failure?.status ?? null)),
      textArray(failures.map((failure) => failure?.error ?? null)),
    ]);
  }

  async #storeResults(transaction: Transaction, results: readonly HeadResult[]): Promise<number> {
    const { webhookId } = this.#webhook;
    const taken = results.filter(({ verdict }) => verdict.isTaken);
    if (taken.length > 0) {
      await transaction.query(deliveries.markDelivered, [
        webhookId,
        textArray(taken.map(({ eventId }) => eventId)),
        numberArray(taken.map(({ verdict }) => verdict.status)),
      ]);
    }
    const failed = results.flatMap(({ verdict, eventId, waitMs }) =>
      verdict.isTaken ? [] : [{ verdict, eventId, waitMs }],
    );
    if (failed.length === 0) return 0;
    const rows = await transaction.query<FailedRow>(deliveries.markFailed, [
      webhookId,
      textArray(failed.map(({ eventId }) => eventId)),
      numberArray(failed.map(({ waitMs }) => Math.round(waitMs))),
      numberArray(failed.map(({ verdict }) => verdict.status)),
      textArray(failed.map(({ verdict }) => verdict.error)),
      this.#lease.patienceMs,
    ]);
    const dead = rows.filter(({ state }) => state === "dead");
    if (dead.length > 0) await this.#raiseDead(transaction, dead);
    return dead.length;
  }

  async #raiseDead(transaction: Transaction, dead: readonly FailedRow[]): Promise<void> {
    const { webhookId, url } = this.#webhook;
    const last = dead.at(-1);
    await raiseAlert(transaction, {
      type: "webhook_dead_letters",
      key: webhookId,
      subject: { webhook_id: webhookId },
      data: { url, event_id: last?.event_id, event_type: last?.event_type, attempts: last?.attempts },
    });
  }

  /** Switches the webhook off, with its alert (W7). */
  async disable(reason: DisabledReason, error: string): Promise<void> {
    const { webhookId, url } = this.#webhook;
    await runRetried(this.#database, async (transaction) => {
      const parameters = [webhookId, this.#lease.leaseId, reason];
      const [row] = await transaction.query<WebhookRow>(queries.disableWebhook, parameters);
      if (row === undefined) return;
      await raiseAlert(transaction, {
        type: "webhook_dead",
        key: webhookId,
        subject: { webhook_id: webhookId },
        data: { url, reason, error },
      });
    });
  }

  async release(): Promise<void> {
    await this.#database.transaction((transaction) =>
      transaction.query(queries.releaseWebhook, [this.#webhook.webhookId, this.#lease.leaseId]),
    );
  }
}
