// The nonces of verified requests, shared by every instance on the database.
//
// N1  A nonce is taken once per calling node, by one atomic insert, after the signature was verified: nobody
//     can use up another one's nonces.
// N2  It is kept until its request could no longer be accepted by any clock of ours, and then swept.
import { type Database, runRetried, textArray, timeArray } from "../database/index.ts";
import { Gatherer, type Log } from "../system/index.ts";
import * as queries from "./queries.ts";

export interface Nonce {
  readonly nodeId: string;
  readonly nonce: string;
  readonly keepUntil: Date;
}

export interface NonceAnswer {
  /** Whether it was free, and is taken from now on. */
  readonly isFree: boolean;
  /** The catalog's version at that time: a caller that was judged by an older one is judged again. */
  readonly catalogVersion: bigint;
}

const SWEEP_INTERVAL_MS = 60_000;
const SWEEP_ROWS = 10_000;

function keyOf(nonce: { readonly nodeId: string; readonly nonce: string }): string {
  return `${nonce.nodeId} ${nonce.nonce}`;
}

export class NonceStore {
  readonly #database: Database;
  readonly #log: Log;
  readonly #taking: Gatherer<Nonce, NonceAnswer>;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
    this.#taking = new Gatherer((nonces) => this.#takeAll(nonces));
  }

  /** Takes a nonce, or finds it taken (N1). */
  take(nonce: Nonce): Promise<NonceAnswer> {
    return this.#taking.submit(nonce);
  }

  async #takeAll(nonces: readonly Nonce[]): Promise<NonceAnswer[]> {
    const { free, version } = await runRetried(this.#database, async (transaction) => {
      const [, rows, [state]] = await Promise.all([
        transaction.query(queries.deferFlush),
        transaction.query<{ node_id: string; nonce: string }>(queries.takeNonces, [
          textArray(nonces.map((nonce) => nonce.nodeId)),
          textArray(nonces.map((nonce) => nonce.nonce)),
          timeArray(nonces.map((nonce) => nonce.keepUntil)),
        ]),
        transaction.query<{ version: bigint }>(queries.readCatalogVersion),
      ]);
      if (state === undefined) throw new Error("the catalog's state is missing from the database");
      const keys = rows.map((row) => keyOf({ nodeId: row.node_id, nonce: row.nonce }));
      return { free: new Set(keys), version: state.version };
    });
    // Of two requests with the same nonce that were gathered together, the first has it.
    return nonces.map((nonce) => ({ isFree: free.delete(keyOf(nonce)), catalogVersion: version }));
  }

  /** Removes nonces whose time is over (N2). @returns how many */
  async sweep(): Promise<number> {
    let count = 0;
    for (;;) {
      const swept = await runRetried(this.#database, (transaction) =>
        transaction.query(queries.sweepNonces, [SWEEP_ROWS]),
      );
      count += swept.length;
      if (swept.length < SWEEP_ROWS) return count;
    }
  }

  startSweeping(): void {
    this.#timer = setInterval(() => {
      this.#sweeping = this.#sweeping.then(async () => {
        try {
          await this.sweep();
        } catch (error) {
          this.#log.warn({ err: error }, "nonces could not be swept; the next sweep tries again");
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
