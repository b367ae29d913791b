// Keeps a second database's member balances equal to a node's, by its events. README.md says how to run it.
//
// What the copy has to keep to, whatever database you replace SQLite by:
//   B1  Balances and the cursor are stored in one transaction, so that whatever dies in between, they agree.
//   B2  A step is applied only where the stored cursor is the one that it goes on from: two copies of one database
//       don't get into each other's way.
//   B3  A new copy takes a cursor first and the balances then. What happens between the two is told after the cursor
//       and comes to the same.
//   B4  An account's lines are numbered without gaps, so a line that was missed would show at once.
import { DatabaseSync } from "node:sqlite";
import {
  type Client,
  type ConsumerStep,
  consumeEvents,
  createClient,
  PointbridgeError,
} from "@pointbridge/sdk";

const env = process.env;
const url = env["POINTBRIDGE_URL"] ?? "http://127.0.0.1:4100";
const apiKey = env["POINTBRIDGE_API_KEY"] ?? "";
const databaseFile = env["COPY_DATABASE"] ?? "balances.db";
const via = env["COPY_VIA"] === "stream" ? "stream" : "polling";

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** What an event of type account.balance_changed or account.opened tells. */
interface Balance {
  readonly account_id: string;
  readonly system_id: string;
  readonly user_id: string;
  readonly credit_type_id: string;
  readonly available: bigint;
  readonly frozen: bigint;
  /** The account's lines so far; unknown of an account that was listed and not told of. */
  readonly version?: number;
}

export class BalanceCopy {
  readonly #database: DatabaseSync;

  constructor(file: string) {
    this.#database = new DatabaseSync(file, { readBigInts: true });
    // Synchronous as SQLite is by default: what was committed is there after a crash of the process or the machine.
    this.#database.exec(`
      pragma journal_mode = wal;
      pragma busy_timeout = 10000;
      create table if not exists balances (
        account_id text primary key, system_id text not null, user_id text not null, credit_type_id text not null,
        available integer not null, frozen integer not null, version integer
      ) strict;
      create table if not exists place (
        only_row integer primary key check (only_row = 1), cursor text not null, applied integer not null
      ) strict;`);
  }

  #inTransaction(work: () => void): void {
    this.#database.exec("begin immediate");
    try {
      work();
      this.#database.exec("commit");
    } catch (error) {
      this.#database.exec("rollback");
      throw error;
    }
  }

  get cursor(): string | undefined {
    const row = this.#database.prepare("select cursor from place").get() as { cursor: string } | undefined;
    return row?.cursor;
  }

  #put(balance: Balance): void {
    this.#database
      .prepare(
        `insert into balances (account_id, system_id, user_id, credit_type_id, available, frozen, version)
         values (?, ?, ?, ?, ?, ?, ?)
         on conflict (account_id) do update
           set available = excluded.available, frozen = excluded.frozen, version = excluded.version`,
      )
      .run(
        balance.account_id,
        balance.system_id,
        balance.user_id,
        balance.credit_type_id,
        balance.available,
        balance.frozen,
        balance.version ?? null,
      );
  }

  /** The whole copy at once, in place of what was there. */
  begin(cursor: string, balances: readonly Balance[]): void {
    this.#inTransaction(() => {
      this.#database.exec("delete from balances; delete from place");
      for (const balance of balances) this.#put(balance);
      this.#database.prepare("insert into place (only_row, cursor, applied) values (1, ?, 0)").run(cursor);
    });
  }

  #apply(balance: Balance): void {
    const { account_id: accountId, version = 0 } = balance;
    const known = this.#database
      .prepare("select version from balances where account_id = ?")
      .get(accountId) as { version: bigint | null } | undefined;
    const last = known?.version ?? null;
    // Of an account that was listed nobody knows how far the list had it; from its first event on, it is known (B3).
    if (last !== null && BigInt(version) !== last + 1n) {
      throw new Error(
        `account ${accountId} goes from line ${last} to ${version}: the copy has missed something (B4)`,
      );
    }
    this.#put(balance);
  }

  /** B1, B2 */
  apply({ events, after, cursor }: ConsumerStep): void {
    this.#inTransaction(() => {
      const moved = this.#database
        .prepare("update place set cursor = ?, applied = applied + ? where cursor = ?")
        .run(cursor, events.length, after ?? "");
      if (moved.changes !== 1n) throw new Error("another process keeps this copy too; stop one of them (B2)");
      for (const event of events) this.#apply(event.data as unknown as Balance);
    });
  }

  close(): void {
    this.#database.close();
  }
}

/** B3 */
async function beginAnew(client: Client, copy: BalanceCopy): Promise<void> {
  const { next_cursor: cursor } = await client.events.read({ start: "latest", limit: 1 });
  copy.begin(cursor, await client.accounts.list({ limit: 1000 }).toArray());
}

/** Follows the node until the signal; begins anew where the node no longer keeps what the copy would need. */
export async function keepCopy(client: Client, copy: BalanceCopy, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (copy.cursor === undefined) await beginAnew(client, copy);
    try {
      await consumeEvents(client, {
        types: ["account.opened", "account.balance_changed"],
        loadCursor: () => copy.cursor,
        apply: (step) => copy.apply(step),
        onRetry: (error) => say(`tries again: ${String(error)}`),
        via,
        signal,
      });
    } catch (error) {
      const isLost = error instanceof PointbridgeError && /^cursor_(expired|unknown)$/.test(error.code);
      if (!isLost) throw error;
      say(`${error.code}: the copy begins anew`);
      await beginAnew(client, copy);
    }
  }
}

if (import.meta.main) {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
  const copy = new BalanceCopy(databaseFile);
  say(`copying the balances of ${url} to ${databaseFile}`);
  await keepCopy(createClient({ url, apiKey }), copy, stopping.signal);
  copy.close();
}
