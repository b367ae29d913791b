// Batches whose statements fail: one poisonous command, nodes in each other's way, a statement that takes too long.
import { beforeAll, describe, expect, it } from "vitest";
import {
  type Database,
  type DatabaseError,
  migrate,
  openDatabase,
  statement,
} from "../../src/database/index.ts";
import type { Command } from "../../src/domain/index.ts";
import { verifyLedger } from "../../src/ledger/index.ts";
import type { SubmittedOutcome } from "../../src/posting/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { refuseOperation, refuseOperationAlways } from "../support/fault-queries.ts";
import { createTestDatabase } from "../support/test-database.ts";
import {
  accountCommand,
  exchangeCommand,
  furnish,
  openPosting,
  readBalances,
} from "../support/test-ledger.ts";

function typesOf(outcomes: readonly SubmittedOutcome[]): string[] {
  return outcomes.map((outcome) => (outcome.type === "operation" ? outcome.operation.status : outcome.type));
}

describeOnBothEngines("a poisonous command", (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database, 1);
    for (const make of refuseOperationAlways)
      await database.transaction((transaction) => transaction.query(make));
  });

  it.each([0, 1, 7, 19])(
    "fails alone, at place %i of a batch; the others stand, in their order (N2)",
    async (place) => {
      const poison = `poison-${place}`;
      await database.transaction((transaction) => transaction.query(refuseOperation, [poison]));
      const commands = Array.from({ length: 20 }, (_, index) => {
        const id = index === place ? poison : `p${place}-${index}`;
        return accountCommand("credit", id, `shop/p${place}`, 1n);
      });
      // A request of its own that the lane joins to the same batch.
      const posting = openPosting(database, 1, { laneCount: 1 });
      const other = accountCommand("credit", `other-${place}`, `shop/p${place}`, 1n);
      const [outcomes, [joined]] = await Promise.all([posting.submit(commands), posting.submit([other])]);
      const expected = commands.map((_, index) => (index === place ? "error" : "completed"));
      expect(typesOf(outcomes)).toEqual(expected);
      expect(outcomes[place]).toMatchObject({ type: "error", operationId: poison });
      expect(joined?.type).toBe("operation");
      expect((await readBalances(database, 1))[`shop/p${place}`]).toBe("20+0");
      const balances = outcomes.flatMap((outcome) =>
        outcome.type === "operation" ? [outcome.operation.data?.new_balance] : [],
      );
      expect(balances).toEqual(Array.from({ length: 19 }, (_, index) => String(index + 1)));
      expect((await verifyLedger(database)).differences).toEqual([]);
    },
  );

  it("fails alone where the text itself can't be stored", async () => {
    const posting = openPosting(database, 1);
    const outcomes = await posting.submit([
      accountCommand("credit", "text-1", "shop/text", 1n),
      accountCommand("credit", "text-2", "shop/te\0xt", 1n),
      accountCommand("credit", "text-3", 'shop/te"x\\t{,}', 1n),
    ]);
    expect(typesOf(outcomes)).toEqual(["completed", "error", "completed"]);
    expect(await readBalances(database, 1)).toMatchObject({ "shop/text": "1+0", 'shop/te"x\\t{,}': "1+0" });
  });
});

describe("nodes in each other's way (postgres)", () => {
  it("end without lost work when their accounts and ids cross", { timeout: 90_000 }, async () => {
    const shardCount = 3;
    const place = await createTestDatabase();
    const databases = [await openDatabase({ url: place.url }), await openDatabase({ url: place.url })];
    const [first, second] = databases;
    if (first === undefined || second === undefined) throw new Error("there are no databases");
    await migrate(first, shardCount);
    await furnish(first, shardCount);
    // The same stripe on both nodes, and more lanes than accounts: all that can collide does.
    const met: DatabaseError[] = [];
    const listener = { batchDone: () => undefined, batchRetried: (error: DatabaseError) => met.push(error) };
    const postings = databases.map((database) =>
      openPosting(database, shardCount, { laneCount: 3 }, listener),
    );
    const users = ["a", "b", "c", "d", "e", "f"];
    await postings[0]?.submit(
      users.map((user) => accountCommand("credit", `fill-${user}`, `shop/${user}`, 100_000n)),
    );
    const submitted: Promise<SubmittedOutcome[]>[] = [];
    for (let round = 0; round < 60; round += 1) {
      const batch = users.flatMap((user, index): Command[] => [
        exchangeCommand(`x${round}-${index}`, `shop/${user}`, "club", 100n),
        accountCommand("credit", `c${round}-${index}`, `bank/new${round}-${index}`, 1n, {
          businessCode: "storm",
          businessId: `${round}-${index}`,
        }),
        accountCommand("hold", `h${round}-${index}`, `shop/${user}`, 1n),
      ]);
      // Each node brings the same ids, in opposite orders, and ends the holds of the other's last round.
      const endings = users.map((_, index): Command => {
        return { type: "release", operationId: `h${Math.max(round - 1, 0)}-${index}`, principal: "tester" };
      });
      for (const [node, posting] of postings.entries()) {
        submitted.push(
          posting.submit(node === 0 ? [...batch, ...endings] : [...endings, ...batch].reverse()),
        );
      }
    }
    const outcomes = (await Promise.all(submitted)).flat();
    expect(outcomes.filter((outcome) => outcome.type === "error" || outcome.type === "conflict")).toEqual([]);
    // They were in each other's way, and none waited in a circle (P2). What was reported is what happened first, not
    // what a failed transaction says afterwards.
    expect(met.length).toBeGreaterThan(0);
    expect(met.filter((error) => error.kind !== "conflict" || error.sqlState === "40P01")).toEqual([]);
    const balances = await readBalances(first, shardCount);
    for (const user of users) {
      expect(balances[`club/${user}`]).toBe("1740+0");
    }
    expect(
      Object.entries(balances).filter(([owner, kept]) => owner.startsWith("bank/") && kept !== "1+0"),
    ).toEqual([]);
    expect((await verifyLedger(first)).differences).toEqual([]);
    for (const database of databases) await database.close();
    await place.drop();
  });
});

describe("a statement that takes too long (postgres)", () => {
  const sleep = statement("", "select pg_sleep(30)");
  const lockAccounts = statement("", "lock table accounts in access exclusive mode");

  it("is given up, and says that its outcome is not known", async () => {
    const place = await createTestDatabase();
    const database = await openDatabase({ url: place.url, statementTimeoutMs: 200 });
    const work = database.transaction((transaction) => transaction.query(sleep));
    await expect(work).rejects.toMatchObject({ kind: "unavailable", sqlState: "57014" });
    await database.close();
    await place.drop();
  });

  it("waits for a lock again until it gets it, and then does the work once", async () => {
    const place = await createTestDatabase();
    const database = await openDatabase({ url: place.url, statementTimeoutMs: 300 });
    const blocker = await openDatabase({ url: place.url });
    await migrate(database);
    await furnish(database, 1);
    const posting = openPosting(database, 1);
    const locked = Promise.withResolvers<void>();
    const blocking = blocker.transaction(async (transaction) => {
      await transaction.query(lockAccounts);
      locked.resolve();
      await new Promise((resolve) => setTimeout(resolve, 700));
    });
    await locked.promise;
    const [outcome] = await posting.submit([accountCommand("credit", "late", "shop/late", 5n)]);
    await blocking;
    expect(typesOf(outcome === undefined ? [] : [outcome])).toEqual(["completed"]);
    expect(await readBalances(database, 1)).toMatchObject({ "shop/late": "5+0" });
    await database.close();
    await blocker.close();
    await place.drop();
  });
});
