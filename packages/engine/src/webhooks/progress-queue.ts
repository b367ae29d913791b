// What was done for a webhook is stored one thing after the other, and each time the lease is renewed.
import { DatabaseError } from "../database/index.ts";
import type { Log } from "../system/index.ts";
import { type DeliveryStore, LeaseLostError, type Progress, type Stored } from "./delivery-store.ts";

const AFTER_ERROR_MS = 1_000;

export class ProgressQueue {
  readonly #store: DeliveryStore;
  readonly #leaseMs: number;
  readonly #warn: (error: unknown) => void;
  #leaseEndMs: number;
  #last: Promise<unknown> = Promise.resolve();

  /** @param leaseEndMs when the lease ends at the earliest, by performance.now() */
  constructor(
    parts: {
      readonly store: DeliveryStore;
      readonly webhook: { readonly webhookId: string };
      readonly settings: { readonly leaseMs: number };
      readonly log: Log;
    },
    leaseEndMs: number,
  ) {
    this.#store = parts.store;
    this.#leaseMs = parts.settings.leaseMs;
    this.#leaseEndMs = leaseEndMs;
    this.#warn = (err) =>
      parts.log.warn(
        { err, webhook_id: parts.webhook.webhookId },
        "a webhook's progress was not stored; it is tried again",
      );
  }

  get leaseLeftMs(): number {
    return this.#leaseEndMs - performance.now();
  }

  /**
   * Stores, again for as long as the lease lasts where the database fails.
   * @param onStored is told before anything else is stored
   * @throws LeaseLostError, DatabaseError
   */
  submit(progress: Progress, onStored: (stored: Stored) => void): Promise<Stored> {
    const stored = this.#last.then(() => this.#submitNow(progress, onStored));
    this.#last = stored.catch(() => undefined);
    return stored;
  }

  async #submitNow(progress: Progress, onStored: (stored: Stored) => void): Promise<Stored> {
    for (;;) {
      const beganMs = performance.now();
      try {
        const stored = await this.#store.store(progress);
        this.#leaseEndMs = beganMs + this.#leaseMs;
        onStored(stored);
        return stored;
      } catch (error) {
        if (error instanceof LeaseLostError) this.#leaseEndMs = 0;
        if (!(error instanceof DatabaseError) || this.leaseLeftMs < 0) throw error;
        this.#warn(error);
        await new Promise((resolve) => setTimeout(resolve, AFTER_ERROR_MS));
      }
    }
  }

  /** Until nothing is being stored. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
