// What people do with webhooks: putting, reading, removing, rotating keys, sending again.
import { type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import { clearAlert, clearAlerts } from "../alerts/index.ts";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import type { MasterKey } from "../system/index.ts";
import * as deliveries from "./delivery-queries.ts";
import * as queries from "./queries.ts";
import { toWebhook, type Webhook, type WebhookRow, type WebhookSettings } from "./webhook.ts";
import { addWebhookKeys, listPublicKeys, type PublicWebhookKey } from "./webhook-keys.ts";

/** A webhook with what its messages are signed with, and how many wait. */
export interface KeyedWebhook {
  readonly webhook: Webhook;
  /** The newest first. */
  readonly keys: readonly PublicWebhookKey[];
  readonly pendingCount: number;
  readonly deadCount: number;
}

export interface PutWebhook extends KeyedWebhook {
  readonly outcome: "created" | "changed" | "unchanged";
  /** `whsec_…`, where it was made just now: nobody is shown it again. */
  readonly secret: string | undefined;
}

export interface WebhookDelivery {
  readonly eventId: string;
  readonly eventType: string;
  readonly orderingKey: string;
  readonly state: "pending" | "delivered" | "dead";
  readonly attempts: number;
  readonly firstAttemptAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly nextAttemptAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  /** Where the list goes on. */
  readonly deliveryNumber: bigint;
}

interface DeliveryRow {
  readonly delivery_number: bigint;
  readonly event_id: string;
  readonly event_type: string;
  readonly ordering_key: string;
  readonly state: WebhookDelivery["state"];
  readonly attempts: number;
  readonly first_attempt_at: Date | null;
  readonly last_attempt_at: Date | null;
  readonly next_attempt_at: Date | null;
  readonly last_status: number | null;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    eventId: row.event_id,
    eventType: row.event_type,
    orderingKey: row.ordering_key,
    state: row.state,
    attempts: row.attempts,
    firstAttemptAt: row.first_attempt_at,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: row.next_attempt_at,
    lastStatus: row.last_status,
    lastError: row.last_error,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    deliveryNumber: row.delivery_number,
  };
}

function fieldsOf({ url, types, systems, timeoutMs, isEnabled }: WebhookSettings): Record<string, unknown> {
  return { url, types, systems, timeout_ms: timeoutMs, enabled: isEnabled };
}

function isSame(webhook: Webhook, settings: WebhookSettings): boolean {
  return JSON.stringify(fieldsOf(webhook)) === JSON.stringify(fieldsOf(settings));
}

function listOf(values: readonly string[] | null): string | null {
  return values === null ? null : JSON.stringify(values);
}

function parametersOf(webhookId: string, settings: WebhookSettings): (string | number | boolean | null)[] {
  const { url, types, systems, timeoutMs, isEnabled } = settings;
  return [webhookId, url, listOf(types), listOf(systems), timeoutMs, isEnabled];
}

async function withKeys(transaction: Transaction, webhook: Webhook): Promise<KeyedWebhook> {
  const { webhookId } = webhook;
  const keys = await listPublicKeys(transaction, webhookId);
  const [counts] = await transaction.query<{ pending: number; dead: number }>(deliveries.countDeliveries, [
    webhookId,
  ]);
  return { webhook, keys, pendingCount: counts?.pending ?? 0, deadCount: counts?.dead ?? 0 };
}

async function lockWebhook(transaction: Transaction, webhookId: string): Promise<Webhook | undefined> {
  const [row] = await transaction.query<WebhookRow>(queries.lockWebhook, [webhookId]);
  return row && toWebhook(row);
}

async function logChange(
  transaction: Transaction,
  by: LoggedBy,
  webhookId: string,
  action: "created" | "changed" | "removed" | "rotated",
  fields: { readonly old?: Record<string, unknown>; readonly new?: Record<string, unknown> },
): Promise<void> {
  const change = { kind: "webhook_change", action, subject: { webhook_id: webhookId }, ...fields } as const;
  await logAdminChanges(transaction, by, [change]);
}

export class WebhookRegistry {
  readonly #database: Database;
  readonly #masterKey: MasterKey | undefined;

  constructor(database: Database, masterKey: MasterKey | undefined) {
    this.#database = database;
    this.#masterKey = masterKey;
  }

  /**
   * Makes a webhook, or makes one as given.
   * @param start the cursor behind which a new one begins
   */
  async put(webhookId: string, settings: WebhookSettings, start: string, by: LoggedBy): Promise<PutWebhook> {
    return runRetried(this.#database, async (transaction) => {
      const parameters = parametersOf(webhookId, settings);
      const { principal } = by.origin;
      const [made] = await transaction.query<WebhookRow>(queries.insertWebhook, [
        ...parameters,
        start,
        principal,
      ]);
      if (made !== undefined) {
        const { secret } = await addWebhookKeys(transaction, webhookId, this.#masterKey, 0);
        await logChange(transaction, by, webhookId, "created", { new: fieldsOf(settings) });
        return this.#toPut(transaction, toWebhook(made), "created", secret);
      }
      const old = await lockWebhook(transaction, webhookId);
      if (old === undefined) throw new Error(`the webhook ${webhookId} was removed while it was put`);
      if (isSame(old, settings)) return this.#toPut(transaction, old, "unchanged");
      const [row] = await transaction.query<WebhookRow>(queries.updateWebhook, [...parameters, principal]);
      if (row === undefined) throw new Error(`the webhook ${webhookId} is gone under its lock`);
      if (settings.isEnabled && !old.isEnabled) {
        // What waits has its whole time again.
        await transaction.query(deliveries.refreshPending, [webhookId]);
        await clearAlert(transaction, "webhook_dead", webhookId);
      } else if (settings.url !== old.url) await transaction.query(deliveries.hastenPending, [webhookId]);
      const fields = { old: fieldsOf(old), new: fieldsOf(settings) };
      await logChange(transaction, by, webhookId, "changed", fields);
      return this.#toPut(transaction, toWebhook(row), "changed");
    });
  }

  async #toPut(
    transaction: Transaction,
    webhook: Webhook,
    outcome: PutWebhook["outcome"],
    secret?: string,
  ): Promise<PutWebhook> {
    return { ...(await withKeys(transaction, webhook)), outcome, secret };
  }

  async find(webhookId: string): Promise<KeyedWebhook | undefined> {
    return this.#database.transaction(async (transaction) => {
      const [row] = await transaction.query<WebhookRow>(queries.findWebhook, [webhookId]);
      if (row === undefined) return undefined;
      return withKeys(transaction, toWebhook(row));
    });
  }

  /** By id. */
  async list(after: string, limit: number): Promise<KeyedWebhook[]> {
    return this.#database.transaction(async (transaction) => {
      const rows = await transaction.query<WebhookRow>(queries.listWebhooks, [after, limit]);
      const found: KeyedWebhook[] = [];
      for (const row of rows) found.push(await withKeys(transaction, toWebhook(row)));
      return found;
    });
  }

  /** With what is in line and its keys; answers it as it was. What is under way may still arrive. */
  async remove(webhookId: string, by: LoggedBy): Promise<KeyedWebhook | undefined> {
    return runRetried(this.#database, async (transaction) => {
      const old = await lockWebhook(transaction, webhookId);
      if (old === undefined) return undefined;
      const removed = await withKeys(transaction, old);
      await transaction.query(queries.deleteWebhook, [webhookId]);
      await clearAlerts(transaction, [
        { type: "webhook_dead", key: webhookId },
        { type: "webhook_dead_letters", key: webhookId },
      ]);
      await logChange(transaction, by, webhookId, "removed", { old: fieldsOf(old) });
      return removed;
    });
  }

  /** Makes new keys; the ones before sign beside them for a while (W10). Undefined where there is no such webhook. */
  async rotate(webhookId: string, overlapMs: number, by: LoggedBy): Promise<PutWebhook | undefined> {
    return runRetried(this.#database, async (transaction) => {
      const webhook = await lockWebhook(transaction, webhookId);
      if (webhook === undefined) return undefined;
      const { secret, publicKey } = await addWebhookKeys(transaction, webhookId, this.#masterKey, overlapMs);
      await transaction.query(queries.touchWebhook, [webhookId]);
      await logChange(transaction, by, webhookId, "rotated", { new: { public_key: publicKey } });
      return this.#toPut(transaction, webhook, "changed", secret);
    });
  }

  async listDeliveries(
    webhookId: string,
    filter: {
      readonly state: WebhookDelivery["state"] | undefined;
      readonly eventId: string | undefined;
      readonly before: bigint | undefined;
      readonly limit: number;
    },
  ): Promise<WebhookDelivery[] | undefined> {
    const { state, eventId, before, limit } = filter;
    const parameters = [webhookId, state ?? null, eventId ?? null, before ?? null, limit];
    return this.#database.transaction(async (transaction) => {
      const [webhook] = await transaction.query<WebhookRow>(queries.findWebhook, [webhookId]);
      if (webhook === undefined) return undefined;
      return (await transaction.query<DeliveryRow>(deliveries.listDeliveries, parameters)).map(toDelivery);
    });
  }

  /** Puts one event in line again, before later ones of its key; one that waits is due at once. */
  async replayDelivery(webhookId: string, eventId: string): Promise<WebhookDelivery | undefined> {
    return runRetried(this.#database, async (transaction) => {
      await lockWebhook(transaction, webhookId);
      await transaction.query(deliveries.replayDelivery, [webhookId, eventId]);
      await transaction.query(deliveries.hastenDelivery, [webhookId, eventId]);
      const [row] = await transaction.query<DeliveryRow>(deliveries.findDelivery, [webhookId, eventId]);
      if (row === undefined) return undefined;
      await this.#afterReplay(transaction, webhookId);
      return toDelivery(row);
    });
  }

  /** Puts every event that was given up in line again; answers how many. Undefined where there is no such webhook. */
  async replayDead(webhookId: string): Promise<number | undefined> {
    return runRetried(this.#database, async (transaction) => {
      const webhook = await lockWebhook(transaction, webhookId);
      if (webhook === undefined) return undefined;
      const rows = await transaction.query(deliveries.replayDead, [webhookId]);
      await this.#afterReplay(transaction, webhookId);
      return rows.length;
    });
  }

  /** Sends everything after a cursor again; or, where it lies ahead, leaves out what is before it. */
  async rewind(webhookId: string, cursor: string, by: LoggedBy): Promise<boolean> {
    return runRetried(this.#database, async (transaction) => {
      const old = await lockWebhook(transaction, webhookId);
      if (old === undefined) return false;
      await transaction.query(queries.rewindWebhook, [webhookId, cursor]);
      const fields = { old: { cursor: old.cursor }, new: { cursor } };
      await logChange(transaction, by, webhookId, "changed", fields);
      return true;
    });
  }

  async #afterReplay(transaction: Transaction, webhookId: string): Promise<void> {
    await transaction.query(queries.touchWebhook, [webhookId]);
    const [counts] = await transaction.query<{ dead: number }>(deliveries.countDeliveries, [webhookId]);
    if (counts?.dead === 0) await clearAlert(transaction, "webhook_dead_letters", webhookId);
  }
}
