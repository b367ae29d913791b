// The embedded engine: PostgreSQL in this process (PGlite), kept in a directory or in memory.
//
// It has one connection, so transactions take turns. A crash of the process loses nothing that was
// committed; a crash of the machine may, since the directory is written without being synced.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite, type Transaction as PGliteTransaction } from "@electric-sql/pglite";
import type { Database, Parameter, Statement, Transaction } from "./database.ts";
import { lockDirectory } from "./directory-lock.ts";
import { toDatabaseError } from "./errors.ts";
import { applySessionSettings } from "./queries.ts";
import { typeParsers } from "./type-parsers.ts";

class EmbeddedTransaction implements Transaction {
  readonly #transaction: PGliteTransaction;
  readonly #sent: Promise<unknown>[] = [];

  constructor(transaction: PGliteTransaction) {
    this.#transaction = transaction;
  }

  async query<R extends object>(statement: Statement, parameters: readonly Parameter[] = []): Promise<R[]> {
    try {
      const values = parameters.map((value) => (value instanceof Date ? value.toISOString() : value));
      const result = await this.#transaction.query<R>(statement.text, values);
      return result.rows;
    } catch (error) {
      throw toDatabaseError(error);
    }
  }

  send(statement: Statement, parameters: readonly Parameter[] = []): void {
    const sent = this.query(statement, parameters);
    sent.catch(() => undefined);
    this.#sent.push(sent);
  }

  /** Waits for what was sent; throws the first failure (D4). */
  async settle(): Promise<void> {
    for (const sent of this.#sent) await sent;
  }
}

export class EmbeddedDatabase implements Database {
  readonly engine = "embedded";
  readonly #pglite: PGlite;
  readonly #unlock: () => void;

  private constructor(pglite: PGlite, unlock: () => void) {
    this.#pglite = pglite;
    this.#unlock = unlock;
  }

  /**
   * @param dataDirectory where the database is kept; undefined keeps it in memory
   * @param image what it begins with instead of nothing, see `image`
   * @throws AppError directory_in_use where another process has it open
   */
  static async open(dataDirectory: string | undefined, image?: Blob): Promise<EmbeddedDatabase> {
    if (dataDirectory !== undefined) mkdirSync(dataDirectory, { recursive: true });
    const unlock = dataDirectory === undefined ? () => undefined : lockDirectory(dataDirectory);
    try {
      const parsers = { ...typeParsers };
      const place = dataDirectory === undefined ? {} : { dataDir: join(dataDirectory, "database") };
      const start = image === undefined ? {} : { loadDataDir: image };
      const pglite = await PGlite.create({ ...place, ...start, parsers });
      await pglite.exec(applySessionSettings);
      return new EmbeddedDatabase(pglite, unlock);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /**
   * A database as an archive: opening one from it takes a fraction of making one.
   * @param prepare what is done to the empty database first
   */
  static async image(prepare: (database: Database) => Promise<void>): Promise<Uint8Array> {
    const pglite = await PGlite.create({ parsers: { ...typeParsers } });
    await pglite.exec(applySessionSettings);
    const database = new EmbeddedDatabase(pglite, () => undefined);
    try {
      await prepare(database);
      const image = await pglite.dumpDataDir("none");
      return new Uint8Array(await image.arrayBuffer());
    } finally {
      await database.close();
    }
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    // What the work itself throws passes through unchanged; the engine rolls back for both.
    let workFailed = false;
    try {
      return await this.#pglite.transaction(async (transaction) => {
        try {
          const embedded = new EmbeddedTransaction(transaction);
          const result = await work(embedded);
          await embedded.settle();
          return result;
        } catch (error) {
          workFailed = true;
          throw error;
        }
      });
    } catch (error) {
      if (workFailed) throw error;
      throw toDatabaseError(error);
    }
  }

  async close(): Promise<void> {
    await this.#pglite.close();
    this.#unlock();
  }
}
