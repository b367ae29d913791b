// What the rest of the engine sees of a database: statements, transactions, and nothing of a driver.
//
// D1  A statement runs in a transaction. There is no other way to reach the database.
// D2  Statements of one transaction may be sent without waiting for each other; they run in the order sent.
// D3  A transaction whose commit was not confirmed may have happened. Whoever runs it again must find its
//     own traces: every write of the engine is guarded by an operation id or is idempotent by itself.
// D4  A write whose answer nobody needs may be sent without being waited for. It travels with what follows,
//     at the latest with the commit, and if it fails, the transaction does. A transaction reads before that,
//     so that its beginning is known to have succeeded.

/** A value that both engines take. Lists are passed as array literals, see `array-literal.ts`. */
export type Parameter = string | number | bigint | boolean | Date | null;

/** A named statement: the name is its prepared plan's and the one that logs and metrics show. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** Columns by name. int8 is a bigint, int4 a number, timestamptz a Date, numeric a string, jsonb parsed. */
export type Row = Readonly<Record<string, unknown>>;

export interface Transaction {
  query<R extends object = Row>(statement: Statement, parameters?: readonly Parameter[]): Promise<R[]>;
  /** Sends a write whose rows nobody needs (D4). */
  send(statement: Statement, parameters?: readonly Parameter[]): void;
}

export interface Database {
  readonly engine: "postgres" | "embedded";
  /**
   * Runs the work in one READ COMMITTED transaction. Does not try again by itself.
   * @throws DatabaseError, classified by what the caller may do about it
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Waits for what is under way and lets go of the database. */
  close(): Promise<void>;
}

export function statement(name: string, text: string): Statement {
  return { name, text };
}
