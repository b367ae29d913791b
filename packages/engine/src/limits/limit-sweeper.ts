// Removes the counters of days that are long over. Nothing depends on it but the size of the table: a counter that
// is gone has nothing left to give back.
import { type Database, runRetried } from "../database/index.ts";
import { oldestKeptDay } from "../domain/index.ts";
import type { Log } from "../system/index.ts";
import { sweepCounters } from "./counters.ts";

/** Longer than an exchange is usually under way. */
const KEPT_DAYS = 40;
const SWEEP_INTERVAL_MS = 60 * 60_000;
const SWEEP_ROWS = 5_000;

export class LimitSweeper {
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(database: Database, shardCount: number, log: Log) {
    this.#database = database;
    this.#shardCount = shardCount;
    this.#log = log;
  }

  /** @param now by which days are counted; a day more or less does not matter here */
  async sweep(now: Date): Promise<number> {
    const beforeDay = oldestKeptDay(now, KEPT_DAYS);
    let total = 0;
    for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
      for (;;) {
        const swept = await runRetried(this.#database, (transaction) =>
          sweepCounters(transaction, shardId, beforeDay, SWEEP_ROWS),
        );
        total += swept;
        if (swept < SWEEP_ROWS) break;
      }
    }
    return total;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#sweeping = this.#sweeping.then(async () => {
        try {
          await this.sweep(new Date());
        } catch (error) {
          this.#log.warn({ err: error }, "old counters of limits were not swept; the next sweep tries again");
        }
      });
    }, SWEEP_INTERVAL_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }
}
