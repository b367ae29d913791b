// The server engine: a pool of connections to PostgreSQL.
//
// Connections are pipelined: statements sent without waiting travel together (D2). A connection on which
// anything failed is thrown away rather than used again, since a statement that was parsed behind a
// failure is remembered by the driver and unknown to the server.
import { Socket } from "node:net";
import pg from "pg";
import type { Database, Parameter, Statement, Transaction } from "./database.ts";
import { type DatabaseError, toDatabaseError } from "./errors.ts";
import { beginTransaction, commitTransaction, rollbackTransaction, sessionSettings } from "./queries.ts";
import { typeParsers } from "./type-parsers.ts";

export interface PostgresSettings {
  readonly url: string;
  readonly connectionsMax: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  readonly role: string | undefined;
}

const types = new pg.TypeOverrides();
for (const [oid, parse] of Object.entries(typeParsers)) types.setTypeParser(Number(oid), "text", parse);

function toDriverValue(value: Parameter): string | number | boolean | null {
  if (typeof value === "bigint") return value.toString();
  return value instanceof Date ? value.toISOString() : value;
}

/** A socket that sends what is written within one turn of the event loop as one packet. */
class GatheringSocket extends Socket {
  #isGathering = false;

  override cork(): void {
    if (!this.#isGathering) {
      this.#isGathering = true;
      super.cork();
      process.nextTick(() => {
        this.#isGathering = false;
        super.uncork();
      });
    }
    super.cork();
  }
}

class PostgresTransaction implements Transaction {
  readonly #client: pg.PoolClient;
  readonly #sent: Promise<unknown>[] = [];
  #isBegun = false;
  #failure: DatabaseError | undefined;

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  async query<R extends object>(statement: Statement, parameters: readonly Parameter[] = []): Promise<R[]> {
    // Behind a begin that failed a statement would stand alone and be kept by itself.
    if (this.#failure !== undefined) throw this.#failure;
    try {
      const { name, text } = statement;
      const result = await this.#client.query<R>({ name, text, values: parameters.map(toDriverValue) });
      return result.rows;
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** What failed first; behind it the server only says that the transaction has failed. */
  #fail(error: unknown): DatabaseError {
    this.#failure ??= toDatabaseError(error);
    return this.#failure;
  }

  get failed(): boolean {
    return this.#failure !== undefined;
  }

  send(statement: Statement, parameters: readonly Parameter[] = []): void {
    if (!this.#isBegun) throw new Error(`${statement.name} was sent before anything was read (D4)`);
    const sent = this.query(statement, parameters);
    sent.catch(() => undefined);
    this.#sent.push(sent);
  }

  /** Travels with what was sent before it: behind a statement that failed, a commit is a rollback. */
  async commit(): Promise<void> {
    const committed = this.command(commitTransaction);
    committed.catch(() => undefined);
    for (const sent of this.#sent) await sent;
    await committed;
  }

  /** Sends a bare command: begin, commit, rollback. */
  async command(text: string): Promise<void> {
    try {
      const result = await this.#client.query(text);
      this.#isBegun = true;
      // A commit of a failed transaction succeeds as a rollback.
      if (text === commitTransaction && result.command.toLowerCase() !== commitTransaction) {
        throw new Error("the transaction could not be committed");
      }
    } catch (error) {
      throw this.#fail(error);
    }
  }
}

/** Exported for its test. */
export async function runTransaction<T>(
  client: pg.PoolClient,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const transaction = new PostgresTransaction(client);
  try {
    // Not awaited: it travels with the first statements. If it fails, nothing is sent after their answers.
    const begun = transaction.command(beginTransaction);
    begun.catch(() => undefined);
    const result = await work(transaction);
    await begun;
    await transaction.commit();
    client.release();
    return result;
  } catch (error) {
    // What the work itself refused leaves a sound connection; anything else does not.
    if (!transaction.failed) {
      await transaction.command(rollbackTransaction).catch(() => undefined);
    }
    client.release(transaction.failed);
    throw error;
  }
}

export class PostgresDatabase implements Database {
  readonly engine = "postgres";
  readonly #pool: pg.Pool;

  constructor(settings: PostgresSettings) {
    // The driver's types do not know pipelining yet.
    const options: pg.PoolConfig & { pipeline: true } = {
      connectionString: settings.url,
      max: settings.connectionsMax,
      application_name: "pointbridge",
      connectionTimeoutMillis: 10_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      statement_timeout: settings.statementTimeoutMs,
      lock_timeout: settings.lockTimeoutMs,
      idle_in_transaction_session_timeout: settings.statementTimeoutMs,
      options: Object.entries({
        ...sessionSettings,
        ...(settings.role === undefined ? {} : { role: settings.role }),
      })
        .map(([name, value]) => `-c ${name}=${value}`)
        .join(" "),
      pipeline: true,
      stream: () => new GatheringSocket(),
      types,
    };
    this.#pool = new pg.Pool(options);
    // An idle connection that breaks is replaced by the pool; whoever uses one next gets the error itself.
    this.#pool.on("error", () => undefined);
    // One that breaks while a transaction has it, but waits for no answer, fails that transaction's next
    // statement; without a listener of its own it would end the process.
    this.#pool.on("connect", (client) => client.on("error", () => undefined));
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw toDatabaseError(error);
    }
    return runTransaction(client, work);
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }
}
