// Ends changes of rates, and of how far they may go, that nobody decided in time, so that the log says so even where nobody asks for them. Whoever
// decides one, repeats it or lists them does not depend on this: each ends what is overdue first.
import { recordChanges } from "../changes/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import type { Log } from "../system/index.ts";
import * as queries from "./queries.ts";
import { expireRateChanges } from "./rate-log.ts";

const SWEEP_INTERVAL_MS = 60_000;

async function expireLinkChanges(transaction: Transaction, shardId: number): Promise<void> {
  const rows = await transaction.query<{ operation_id: string; now: Date }>(queries.expireLinkChanges, [
    shardId,
  ]);
  for (const { operation_id: operationId, now } of rows) {
    recordChanges(transaction, shardId, now, [
      { type: "operation", operationId, kind: "link_change", status: "failed" },
    ]);
  }
}

export class RateChangeSweeper {
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

  async sweep(): Promise<void> {
    for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
      await this.#database.transaction(async (transaction) => {
        await expireRateChanges(transaction, this.#shardCount, shardId);
        await expireLinkChanges(transaction, shardId);
      });
    }
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#sweeping = this.#sweeping.then(async () => {
        try {
          await this.sweep();
        } catch (error) {
          this.#log.warn(
            { err: error },
            "overdue changes of rates were not ended; the next sweep tries again",
          );
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
