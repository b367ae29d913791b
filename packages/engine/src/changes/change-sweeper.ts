// Sweeps what is older than the log is kept.
//
// C8  What is swept is a beginning of the log: no change stays whose place is before one that is gone. Its end is
//     stored with the deletion, so whoever asks for what is gone is told so instead of being given less.
// C9  Nothing is swept that a registered consumer has not passed, however old it is. It is said who holds it.
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import type { Log } from "../system/index.ts";
import * as queries from "./queries.ts";
import { lockLog, placeChanges } from "./read-changes.ts";

export const defaultEventRetentionDays = 30;

const SWEEP_INTERVAL_MS = 10 * 60_000;
/** The most changes that one transaction deletes. */
const CHUNK = 1_000;

interface Sweep {
  readonly swept: number;
  /** The consumer that keeps what is old enough. */
  readonly heldBy: string | undefined;
}

interface Consumer {
  readonly name: string;
  readonly position: bigint;
}

export class ChangeSweeper {
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #retentionMs: number;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(
    database: Database,
    settings: { readonly shardCount: number; readonly retentionMs: number },
    log: Log,
  ) {
    this.#database = database;
    this.#shardCount = settings.shardCount;
    this.#retentionMs = settings.retentionMs;
    this.#log = log;
  }

  /** Deletes what is older than it is kept; answers how many changes that were. Any node may, also at once. */
  async sweep(): Promise<number> {
    if (await this.#database.transaction((transaction) => this.#hasOldUnplaced(transaction))) {
      await placeChanges(this.#database, this.#shardCount);
    }
    let total = 0;
    for (;;) {
      const { swept, heldBy } = await runRetried(this.#database, (transaction) =>
        this.#sweepSome(transaction),
      );
      total += swept;
      if (heldBy !== undefined) {
        const message = "events older than their retention are kept, since a consumer has not passed them";
        this.#log.warn({ consumer: heldBy }, message);
      }
      if (swept < CHUNK) return total;
    }
  }

  async #hasOldUnplaced(transaction: Transaction): Promise<boolean> {
    for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
      const parameters = [shardId, this.#retentionMs];
      const [row] = await transaction.query<{ found: boolean }>(queries.hasOldUnplaced, parameters);
      if (row?.found === true) return true;
    }
    return false;
  }

  /** The last position of those behind `after` that are all old (C8), at most a chunk away. */
  async #findEnd(transaction: Transaction, after: bigint): Promise<bigint> {
    const old = new Set<bigint>();
    for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
      const parameters = [shardId, after, CHUNK, this.#retentionMs];
      const rows = await transaction.query<{ position: bigint }>(queries.listOldPositions, parameters);
      for (const { position } of rows) old.add(position);
    }
    let end = after;
    while (old.has(end + 1n)) end += 1n;
    return end;
  }

  async #sweepSome(transaction: Transaction): Promise<Sweep> {
    const { sweptPosition } = await lockLog(transaction);
    const oldEnd = await this.#findEnd(transaction, sweptPosition);
    const [slowest] = await transaction.query<Consumer>(queries.slowestConsumer);
    const isHeld = slowest !== undefined && slowest.position < oldEnd;
    const end = isHeld ? slowest.position : oldEnd;
    const heldBy = isHeld ? slowest.name : undefined;
    if (end <= sweptPosition) return { swept: 0, heldBy };
    for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
      await transaction.query(queries.deleteChanges, [shardId, sweptPosition, end]);
    }
    await transaction.query(queries.moveSwept, [end]);
    return { swept: Number(end - sweptPosition), heldBy };
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#sweeping = this.#sweeping.then(async () => {
        try {
          await this.sweep();
        } catch (error) {
          this.#log.warn({ err: error }, "old events were not swept; the next sweep tries again");
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
