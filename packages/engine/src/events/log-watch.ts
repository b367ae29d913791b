// Waiting for more: one look at the log for all that wait, and none where nobody waits.
import { placeChanges, readLog } from "../changes/index.ts";
import type { Database } from "../database/index.ts";
import type { Log } from "../system/index.ts";

interface Waiter {
  readonly position: bigint;
  readonly wake: () => void;
}

export class LogWatch {
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #intervalMs: number;
  readonly #log: Log;
  readonly #waiters = new Set<Waiter>();
  #looking: Promise<void> | undefined;
  #hasWarned = false;

  constructor(
    database: Database,
    settings: { readonly shardCount: number; readonly intervalMs: number },
    log: Log,
  ) {
    this.#database = database;
    this.#shardCount = settings.shardCount;
    this.#intervalMs = settings.intervalMs;
    this.#log = log;
  }

  /** Waits until the log goes beyond a position, for so long at most, or until the signal. Never throws. */
  async wait(position: bigint, timeoutMs: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || timeoutMs <= 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiter: Waiter = { position, wake: resolve };
    this.#waiters.add(waiter);
    const timer = setTimeout(resolve, timeoutMs);
    timer.unref();
    signal.addEventListener("abort", waiter.wake, { once: true });
    this.#looking ??= this.#look();
    await promise;
    clearTimeout(timer);
    signal.removeEventListener("abort", waiter.wake);
    this.#waiters.delete(waiter);
  }

  /** Waits until it looks no more; whoever waits has been told by their signal. */
  async idle(): Promise<void> {
    await this.#looking;
  }

  async #look(): Promise<void> {
    while (this.#waiters.size > 0) {
      await this.#wakeThose(await this.#findEnd());
      await new Promise((resolve) => setTimeout(resolve, this.#intervalMs));
    }
    this.#looking = undefined;
  }

  async #wakeThose(end: bigint | undefined): Promise<void> {
    if (end === undefined) return;
    for (const { position, wake } of this.#waiters) if (position < end) wake();
  }

  /** Undefined where the database could not be asked: whoever waits looks for themselves when their time is up. */
  async #findEnd(): Promise<bigint | undefined> {
    try {
      await placeChanges(this.#database, this.#shardCount);
      const { lastPosition } = await this.#database.transaction(readLog);
      this.#hasWarned = false;
      return lastPosition;
    } catch (error) {
      if (!this.#hasWarned) this.#log.warn({ err: error }, "the log of changes could not be looked at");
      this.#hasWarned = true;
      return undefined;
    }
  }
}
