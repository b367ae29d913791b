// What an exchange would come to: as a quote, whose price is kept, and as a rehearsal, which promises nothing.
//
// J4  A quote is priced and kept in one transaction, by the rate in force in it: a change of the rate comes
//     before it or after it. Its time is the database's. What is refused is not kept.
// J5  A rehearsal decides by the very rules of the exchange, on what it finds under the same locks, and stores
//     nothing. It holds its accounts up for as long as one batch does.
import type { ErrorCode } from "@pointbridge/protocol";
import { errors } from "@pointbridge/protocol";
import { readCatalogState } from "../catalog/index.ts";
import { type Database, DatabaseError, runRetried, type Transaction } from "../database/index.ts";
import {
  decide,
  type ExchangeCommand,
  type Ladder,
  type Outcome,
  priceExchange,
  type Quote,
} from "../domain/index.ts";
import { ClearingDirectory } from "../ledger/index.ts";
import { findQuote, insertQuote, sweepQuotes } from "../quotes/index.ts";
import { AppError, type Log, newOperationId } from "../system/index.ts";
import { type BatchContext, currentCatalog, loadWorkspace } from "./batch.ts";

export interface QuotingSettings {
  readonly shardCount: number;
  readonly ladder: Ladder;
  /** For how long a quote is good, in milliseconds. */
  readonly lifetimeMs: number;
  /** For how long a quote can still be looked at when its time is up. */
  readonly keptMs: number;
}

export const defaultQuotingSettings = {
  lifetimeMs: 5 * 60 * 1_000,
  keptMs: 7 * 24 * 60 * 60 * 1_000,
} as const;

export type QuoteRequest = Pick<
  Quote,
  | "operationId"
  | "userId"
  | "sourceSystem"
  | "targetSystem"
  | "sourceCreditType"
  | "targetCreditType"
  | "amount"
  | "principal"
>;

/** What an exchange would come to, and what its source has, if that had to be looked at. */
export interface Rehearsal {
  readonly outcome: Outcome;
  readonly available: bigint | undefined;
}

const SWEEP_INTERVAL_MS = 60_000;
const SWEEP_ROWS = 5_000;

function refuse(code: ErrorCode): never {
  throw new AppError(code, `no price can be given: ${errors[code].title.toLowerCase()}`);
}

export class Quoting {
  readonly #database: Database;
  readonly #context: BatchContext;
  readonly #settings: QuotingSettings;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(database: Database, settings: QuotingSettings, log: Log) {
    const { shardCount, ladder } = settings;
    this.#database = database;
    // Nothing is stored, so the directory of clearing accounts stays empty.
    this.#context = { shardCount, ladder, catalog: undefined, directory: new ClearingDirectory(0) };
    this.#settings = settings;
    this.#log = log;
  }

  /**
   * Gives a price and keeps it (J4).
   * @throws AppError with the code with which the exchange would be refused for its route, rate or amount
   */
  async create(request: QuoteRequest): Promise<Quote> {
    const quoteId = newOperationId();
    return this.#run(async (transaction) => {
      const { version, now } = await readCatalogState(transaction);
      const catalog = await currentCatalog(transaction, this.#context, version);
      const price = priceExchange(request, catalog, now);
      if (typeof price === "string") return refuse(price);
      const quote: Quote = {
        ...request,
        quoteId,
        targetAmount: price.targetAmount,
        exchangeRate: price.rate.rate.text,
        rateVersion: price.rate.rateVersion,
        createdAt: now,
        expiresAt: new Date(now.getTime() + this.#settings.lifetimeMs),
        usedBy: null,
      };
      await insertQuote(transaction, this.#context.shardCount, quote);
      return quote;
    });
  }

  find(quoteId: string): Promise<Quote | undefined> {
    return this.#database.transaction((transaction) =>
      findQuote(transaction, this.#context.shardCount, quoteId),
    );
  }

  /** Decides an exchange and keeps nothing of it (J5). */
  rehearse(command: ExchangeCommand): Promise<Rehearsal> {
    return this.#run((transaction) => this.#rehearse(transaction, command));
  }

  async #run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    try {
      return await runRetried(this.#database, work);
    } catch (error) {
      // A database that comes back may have lost the catalog that was read from it.
      if (error instanceof DatabaseError) this.#context.catalog = undefined;
      throw error;
    }
  }

  async #rehearse(transaction: Transaction, command: ExchangeCommand): Promise<Rehearsal> {
    const workspace = await loadWorkspace(transaction, [command], this.#context);
    const isKnown = workspace.operation(command.operationId) !== undefined;
    const plan = isKnown ? undefined : workspace.planOf(command);
    const isOurs = plan?.legs.source === "hosted";
    const source = isOurs ? plan.accounts?.source : undefined;
    const available =
      source === undefined ? undefined : workspace.book.accountById(source.accountId).available;
    return { outcome: decide(command, workspace), available };
  }

  /** Removes quotes whose time is long over. @returns how many */
  async sweep(): Promise<number> {
    let count = 0;
    for (let shardId = 1; shardId <= this.#context.shardCount; shardId += 1) {
      for (;;) {
        const swept = await runRetried(this.#database, (transaction) =>
          sweepQuotes(transaction, shardId, this.#settings.keptMs, SWEEP_ROWS),
        );
        count += swept;
        if (swept < SWEEP_ROWS) break;
      }
    }
    return count;
  }

  startSweeping(): void {
    this.#timer = setInterval(() => {
      this.#sweeping = this.#sweeping.then(async () => {
        try {
          await this.sweep();
        } catch (error) {
          this.#log.warn({ err: error }, "old quotes could not be swept; the next sweep tries again");
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
