// Webhooks as the rest of the node sees them: the registry, and whoever delivers.
import type { LoggedBy } from "../admin-log/index.ts";
import type { Database } from "../database/index.ts";
import { OutsideCalls, type Resolve } from "../egress/index.ts";
import type { Log, MasterKey } from "../system/index.ts";
import type { Verdict } from "./attempt.ts";
import type { EventSource, WebhookSettings } from "./webhook.ts";
import { type DelivererSettings, defaultDelivererSettings, WebhookDeliverer } from "./webhook-deliverer.ts";
import { prepareWebhookKeys } from "./webhook-keys.ts";
import {
  type KeyedWebhook,
  type PutWebhook,
  type WebhookDelivery,
  WebhookRegistry,
} from "./webhook-registry.ts";

/** Is told what each attempt came to. */
export interface WebhookListener {
  countWebhookAttempt(verdict: Verdict): void;
}

export interface WebhooksParts {
  readonly source: EventSource;
  readonly allowLoopback: boolean;
  readonly masterKey: MasterKey | undefined;
  readonly settings?: Partial<DelivererSettings> | undefined;
  readonly resolve?: Resolve | undefined;
  readonly log: Log;
  readonly listener: WebhookListener;
}

export interface TestResult {
  readonly verdict: Verdict;
  readonly eventId: string;
  readonly durationMs: number;
}

export class Webhooks {
  readonly registry: WebhookRegistry;
  readonly #source: EventSource;
  readonly #outside: OutsideCalls;
  readonly #deliverer: WebhookDeliverer;

  private constructor(database: Database, parts: WebhooksParts) {
    const settings = { ...defaultDelivererSettings, ...parts.settings };
    this.registry = new WebhookRegistry(database, parts.masterKey);
    this.#source = parts.source;
    this.#outside = new OutsideCalls({
      allowLoopback: parts.allowLoopback,
      resolve: parts.resolve,
      connectionsMax: settings.placesMax,
    });
    const countAttempt = (verdict: Verdict) => parts.listener.countWebhookAttempt(verdict);
    const outside = this.#outside;
    this.#deliverer = new WebhookDeliverer({ ...parts, database, outside, settings, countAttempt });
  }

  /**
   * Delivers nothing before `start`.
   * @throws AppError invalid_setting where stored secrets can't be unwrapped
   */
  static async open(database: Database, parts: WebhooksParts): Promise<Webhooks> {
    await prepareWebhookKeys(database, parts.masterKey);
    return new Webhooks(database, parts);
  }

  /** A new one begins behind all that has happened so far. */
  async put(webhookId: string, settings: WebhookSettings, by: LoggedBy): Promise<PutWebhook> {
    const put = await this.registry.put(webhookId, settings, await this.#source.latest(), by);
    this.#deliverer.wake();
    return put;
  }

  async remove(webhookId: string, by: LoggedBy): Promise<KeyedWebhook | undefined> {
    const removed = await this.registry.remove(webhookId, by);
    this.#deliverer.wake();
    return removed;
  }

  async rotate(webhookId: string, overlapMs: number, by: LoggedBy): Promise<PutWebhook | undefined> {
    const rotated = await this.registry.rotate(webhookId, overlapMs, by);
    this.#deliverer.wake();
    return rotated;
  }

  async replayDelivery(webhookId: string, eventId: string): Promise<WebhookDelivery | undefined> {
    const delivery = await this.registry.replayDelivery(webhookId, eventId);
    this.#deliverer.wake();
    return delivery;
  }

  /**
   * Sends again: from a cursor on, from a time on, or what was given up.
   * @throws AppError cursor_unknown, cursor_expired
   */
  async replay(
    webhookId: string,
    from: { readonly after: string | undefined; readonly since: Date | undefined },
    by: LoggedBy,
  ): Promise<{ readonly cursor: string | null; readonly deadCount: number } | undefined> {
    const replayed = await this.#replay(webhookId, from, by);
    this.#deliverer.wake();
    return replayed;
  }

  async #replay(
    webhookId: string,
    { after, since }: { readonly after: string | undefined; readonly since: Date | undefined },
    by: LoggedBy,
  ): Promise<{ readonly cursor: string | null; readonly deadCount: number } | undefined> {
    if (after === undefined && since === undefined) {
      const deadCount = await this.registry.replayDead(webhookId);
      if (deadCount === undefined) return undefined;
      const found = await this.registry.find(webhookId);
      return { cursor: found?.webhook.cursor ?? null, deadCount };
    }
    const cursor = since === undefined ? (after ?? "") : await this.#source.at(since);
    // Judges the cursor.
    await this.#source.read({ after: cursor, limit: 1, types: undefined, systems: undefined, waitMs: 0 });
    const isThere = await this.registry.rewind(webhookId, cursor, by);
    return isThere ? { cursor, deadCount: 0 } : undefined;
  }

  /** One attempt with a message that is no event; undefined where there is no such webhook. */
  async test(webhookId: string): Promise<TestResult | undefined> {
    const found = await this.registry.find(webhookId);
    return found && this.#deliverer.attemptTest(found.webhook);
  }

  start(): void {
    this.#deliverer.start();
  }

  /** Finishes what is under way. */
  async stop(): Promise<void> {
    await this.#deliverer.stop();
    await this.#outside.close();
  }
}
