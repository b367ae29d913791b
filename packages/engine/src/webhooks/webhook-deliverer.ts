// Delivers for the node: takes up webhooks that nobody delivers for, and lets go of those that were changed.
import type { Database } from "../database/index.ts";
import type { OutsideCalls } from "../egress/index.ts";
import { type Log, type MasterKey, newOperationId } from "../system/index.ts";
import { attemptDelivery, type Verdict } from "./attempt.ts";
import * as deliveries from "./delivery-queries.ts";
import { DeliveryStore, listHeld, takeWebhooks } from "./delivery-store.ts";
import { defaultRetryLadder } from "./retry-ladder.ts";
import type { EventSource, Webhook } from "./webhook.ts";
import { MessageSigner } from "./webhook-keys.ts";
import { type RunnerSettings, WebhookRunner } from "./webhook-runner.ts";

export interface DelivererSettings extends RunnerSettings {
  /** How often free webhooks are looked for. */
  readonly lookIntervalMs: number;
  /** How long what ended is kept for people. */
  readonly retentionMs: number;
}

const hour = 3_600_000;

export const defaultDelivererSettings: DelivererSettings = {
  placesMax: 64,
  pageLimit: 500,
  leaseMs: 30_000,
  idleMs: 5_000,
  tailMs: 1_000,
  failuresMax: 10,
  linedMax: 10_000,
  ladder: defaultRetryLadder,
  lookIntervalMs: 1_000,
  retentionMs: 30 * 24 * hour,
};

/** Webhooks that a node takes at one look, so that several nodes share them. */
const TAKEN_MAX = 4;
const SWEEP_INTERVAL_MS = hour;
const SWEPT_MAX = 5_000;

export interface DelivererParts {
  readonly database: Database;
  readonly source: EventSource;
  readonly outside: OutsideCalls;
  readonly masterKey: MasterKey | undefined;
  readonly settings: DelivererSettings;
  readonly log: Log;
  countAttempt(verdict: Verdict): void;
}

interface Running {
  readonly runner: WebhookRunner;
  readonly leaseId: string;
  readonly ended: Promise<void>;
}

export class WebhookDeliverer {
  readonly #parts: DelivererParts;
  readonly #running = new Map<string, Running>();
  #looking: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #sweepAtMs = 0;
  #isStopped = false;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), this.#parts.settings.lookIntervalMs);
    this.#timer.unref();
    this.wake();
  }

  /** Looks now: a webhook was made or changed. */
  wake(): void {
    this.#looking = this.#looking.then(async () => {
      if (this.#isStopped || this.#timer === undefined) return;
      try {
        await this.#look();
      } catch (error) {
        this.#parts.log.warn({ err: error }, "webhooks were not looked at; the next look tries again");
      }
    });
  }

  async #look(): Promise<void> {
    const { database, settings } = this.#parts;
    const { leaseMs } = settings;
    if (this.#running.size > 0) {
      const held = await listHeld(database, this.#running.keys());
      for (const [webhookId, { runner, leaseId }] of this.#running) {
        const found = held.get(webhookId);
        if (found?.leaseId !== leaseId) runner.stop();
        else runner.noteRevision(found.revision);
      }
    }
    const beganMs = performance.now();
    const leaseId = newOperationId();
    const taken = await takeWebhooks(database, { leaseId, leaseMs }, TAKEN_MAX);
    if (taken.length === TAKEN_MAX) this.wake();
    for (const webhook of taken) {
      try {
        await this.#begin(webhook, leaseId, beganMs + leaseMs);
      } catch (error) {
        const fields = { err: error, webhook_id: webhook.webhookId };
        this.#parts.log.warn(
          fields,
          "a webhook's delivery did not begin; it is tried again when its lease ends",
        );
      }
    }
    if (Date.now() >= this.#sweepAtMs) await this.#sweep();
  }

  async #begin(webhook: Webhook, leaseId: string, leaseEndMs: number): Promise<void> {
    const { database, masterKey, settings } = this.#parts;
    const { webhookId } = webhook;
    // One whose lease ran out here before its runner knew.
    const last = this.#running.get(webhookId);
    last?.runner.stop();
    await last?.ended;
    const signer = await database.transaction((transaction) =>
      MessageSigner.load(transaction, webhookId, masterKey),
    );
    const { leaseMs, ladder } = settings;
    const lease = { leaseId, leaseMs, patienceMs: ladder.patienceMs };
    const store = new DeliveryStore(database, webhook, lease);
    const runner = new WebhookRunner({ ...this.#parts, webhook, store, signer }, leaseEndMs);
    const ended = runner.run().finally(() => {
      this.#running.delete(webhookId);
      this.wake();
    });
    this.#running.set(webhookId, { runner, leaseId, ended });
  }

  async #sweep(): Promise<void> {
    const { database, settings } = this.#parts;
    const swept = await database.transaction((transaction) =>
      transaction.query(deliveries.sweepDeliveries, [settings.retentionMs, SWEPT_MAX]),
    );
    this.#sweepAtMs = Date.now() + (swept.length < SWEPT_MAX ? SWEEP_INTERVAL_MS : 0);
  }

  /** One attempt with a message that is no event, whatever the state of the webhook is. */
  async attemptTest(
    webhook: Webhook,
  ): Promise<{ readonly verdict: Verdict; readonly eventId: string; readonly durationMs: number }> {
    const { database, masterKey, outside } = this.#parts;
    const signer = await database.transaction((transaction) =>
      MessageSigner.load(transaction, webhook.webhookId, masterKey),
    );
    const eventId = newOperationId();
    const body = JSON.stringify({
      specversion: "1.0",
      id: eventId,
      source: "urn:pointbridge:webhooks",
      type: "webhook.test",
      subject: webhook.webhookId,
      time: new Date().toISOString(),
      datacontenttype: "application/json",
      data: { webhook_id: webhook.webhookId },
    });
    const beganMs = performance.now();
    const verdict = await attemptDelivery(outside, signer, webhook, { eventId, body });
    return { verdict, eventId, durationMs: Math.round(performance.now() - beganMs) };
  }

  /** Finishes what is under way and lets go of all webhooks. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#looking;
    for (const { runner } of this.#running.values()) runner.stop();
    await Promise.all([...this.#running.values()].map(({ ended }) => ended));
  }
}
