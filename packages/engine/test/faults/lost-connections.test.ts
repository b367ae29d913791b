// Connections that die: before any statement of a batch, and at its commit, before and after it was kept.
import { randomUUID } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import type { Database, Statement, Transaction } from "../../src/database/index.ts";
import { DatabaseError, statement } from "../../src/database/index.ts";
import type { Command } from "../../src/domain/index.ts";
import { verifyLedger } from "../../src/ledger/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  accountCommand,
  exchangeCommand,
  furnish,
  openPosting,
  readBalances,
} from "../support/test-ledger.ts";

/** Where a transaction is broken: before its nth statement, or at its commit. */
type Break = { readonly at: number } | { readonly at: "commit lost" | "answer lost" };

const killSelf: Statement = statement("", "select pg_terminate_backend(pg_backend_pid())");

const lost = () => new DatabaseError("unavailable", "Connection terminated unexpectedly", {});

/** Breaks one transaction; those after it are sound. */
class BreakingDatabase implements Database {
  readonly engine: Database["engine"];
  readonly #database: Database;
  readonly #isKilled: boolean;
  #break: Break | undefined;
  statementCount = 0;

  /** @param isKilled whether the server ends the connection, rather than the wrapper pretend so */
  constructor(database: Database, broken: Break | undefined, isKilled: boolean) {
    this.engine = database.engine;
    this.#database = database;
    this.#break = broken;
    this.#isKilled = isKilled;
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const broken = this.#break;
    this.#break = undefined;
    const result = await this.#database.transaction(async (transaction) => {
      const value = await work(this.#breaking(transaction, broken));
      if (broken?.at === "commit lost") await this.#fail(transaction);
      return value;
    });
    if (broken?.at === "answer lost") throw lost();
    return result;
  }

  async #fail(transaction: Transaction): Promise<never> {
    if (this.#isKilled) await transaction.query(killSelf);
    throw lost();
  }

  #breaking(transaction: Transaction, broken: Break | undefined): Transaction {
    let count = 0;
    return {
      query: async <R extends object>(asked: Statement, parameters = []): Promise<R[]> => {
        count += 1;
        this.statementCount = count;
        if (broken?.at === count) return this.#fail(transaction);
        return transaction.query<R>(asked, parameters);
      },
      send: (asked, parameters = []) => {
        count += 1;
        this.statementCount = count;
        if (broken?.at !== count) transaction.send(asked, parameters);
        else if (this.#isKilled) transaction.send(killSelf);
        else throw lost();
      },
    };
  }

  async close(): Promise<void> {}
}

/** Commands of every kind about users of their own, so that each try has a world to itself. */
function commandsFor(prefix: string): Command[] {
  const id = (name: string) => `${prefix}-${name}`;
  const principal = "tester";
  return [
    accountCommand("credit", id("in"), `shop/${prefix}`, 1000n, {
      businessCode: "order",
      businessId: prefix,
    }),
    accountCommand("debit", id("out"), `shop/${prefix}`, 100n),
    exchangeCommand(id("exchange"), `shop/${prefix}`, "club", 100n),
    exchangeCommand(id("refused"), `shop/${prefix}`, "club", 100_000n),
    accountCommand("hold", id("hold"), `shop/${prefix}`, 200n),
    { type: "capture", operationId: id("hold"), amount: 50n, principal },
    accountCommand("hold", id("released"), `shop/${prefix}`, 70n),
    { type: "release", operationId: id("released"), principal },
    { type: "rollback", kind: "debit", operationId: id("out"), principal },
    { type: "rollback", kind: "credit", operationId: id("never"), principal },
    accountCommand("credit", id("never"), `shop/${prefix}`, 5n),
  ];
}

describeOnBothEngines("a connection that is lost", (engine) => {
  let database: Database;
  const shardCount = 3;
  beforeAll(async () => {
    database = await engine.open(shardCount);
    await furnish(database, shardCount);
  });

  async function runBroken(broken: Break | undefined, isKilled = false): Promise<number> {
    const prefix = randomUUID();
    const breaking = new BreakingDatabase(database, broken, isKilled);
    const posting = openPosting(breaking, shardCount, { laneCount: 1 });
    const commands = commandsFor(prefix);
    // The world exists before in part, so that rows are also changed and not only made.
    await openPosting(database, shardCount).submit(commands.slice(0, 5));
    const first = await posting.submit(commands);
    expect(first.map(({ type }) => type)).toEqual(commands.map(() => "operation"));
    const again = await posting.submit(commands);
    const repeated = again.map((outcome) => outcome.type === "operation" && outcome.idempotent);
    expect(repeated).toEqual(commands.map(() => true));
    const balances = await readBalances(database, shardCount);
    expect(balances[`shop/${prefix}`]).toBe("850+0");
    expect(balances[`club/${prefix}`]).toBe("29+0");
    return breaking.statementCount;
  }

  it("leaves every effect done exactly once, whichever statement it was lost at (D3, N3, P4)", {
    timeout: 60_000,
  }, async () => {
    const counting = new BreakingDatabase(database, undefined, false);
    await openPosting(counting, shardCount).submit(commandsFor(randomUUID()));
    expect(counting.statementCount).toBeGreaterThan(5);
    for (let at = 1; at <= counting.statementCount; at += 1) await runBroken({ at });
    await runBroken({ at: "commit lost" });
    await runBroken({ at: "answer lost" });
    expect((await verifyLedger(database)).differences).toEqual([]);
  });

  it("says that the outcome is not known while the database stays away, and the same again finds out", async () => {
    const prefix = randomUUID();
    let isAway = true;
    let commits = 0;
    // Every transaction is kept, but until the database is back nobody is told.
    const away: Database = {
      engine: database.engine,
      async transaction(work) {
        const result = await database.transaction(work);
        commits += 1;
        if (isAway) throw lost();
        return result;
      },
      close: async () => {},
    };
    const posting = openPosting(away, shardCount);
    const commands = commandsFor(prefix);
    await expect(posting.submit(commands)).rejects.toMatchObject({ code: "database_unavailable" });
    expect(commits).toBeGreaterThan(1);
    isAway = false;
    const outcomes = await posting.submit(commands);
    expect(outcomes.map((outcome) => outcome.type === "operation" && outcome.idempotent)).toEqual(
      commands.map(() => true),
    );
    expect(await readBalances(database, shardCount)).toMatchObject({
      [`shop/${prefix}`]: "850+0",
      [`club/${prefix}`]: "29+0",
    });
  });

  if (engine.name === "embedded") return;

  it("does not bring the node down when the server ends it", { timeout: 60_000 }, async () => {
    for (const at of [1, 3, 8, "commit lost"] as const) await runBroken({ at }, true);
    expect((await verifyLedger(database)).differences).toEqual([]);
  });

  it("does not bring the node down when it ends while the transaction waits for the node", async () => {
    const pid = statement("", "select pg_backend_pid() as pid");
    const kill = statement("", "select pg_terminate_backend($1::integer)");
    const work = database.transaction(async (transaction) => {
      const [row] = await transaction.query<{ pid: number }>(pid);
      await database.transaction((other) => other.query(kill, [row?.pid ?? 0]));
      await new Promise((resolve) => setTimeout(resolve, 100));
      return transaction.query(pid);
    });
    await expect(work).rejects.toMatchObject({ kind: "unavailable" });
    await runBroken(undefined);
  });
});
