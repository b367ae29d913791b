// What reading rates costs: nothing per exchange. The catalog is read once after each change of it, by each lane.
import { beforeAll, expect, it } from "vitest";
import type { Database, Transaction } from "../../src/database/index.ts";
import { setRate } from "../../src/rates/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { exchangeCommand, furnish, openingCommand, openPosting, rateOf } from "../support/test-ledger.ts";

/** Notes the name of each statement that passes. */
function countStatements(database: Database, names: string[]): Database {
  return {
    engine: database.engine,
    close: () => database.close(),
    transaction: (work) =>
      database.transaction((transaction) => {
        const counting: Transaction = {
          query: (statement, parameters) => {
            names.push(statement.name);
            return transaction.query(statement, parameters);
          },
          send: (statement, parameters) => {
            names.push(statement.name);
            transaction.send(statement, parameters);
          },
        };
        return work(counting);
      }),
  };
}

describeOnBothEngines("reading rates", (engine) => {
  let database: Database;

  beforeAll(async () => {
    database = await engine.open(1);
    await furnish(database, 1);
  });

  it("costs no statement per exchange, and one reading of the catalog after a change", async () => {
    const names: string[] = [];
    const posting = openPosting(countStatements(database, names), 1, { laneCount: 1 });
    await posting.submit([openingCommand("open", "shop/u1", 1_000_000n)]);
    let count = 0;
    const run = async (lines: number): Promise<string[]> => {
      names.length = 0;
      const commands = Array.from({ length: lines }, () => {
        count += 1;
        return exchangeCommand(`read-${count}`, "shop/u1", "club", 100n);
      });
      const outcomes = await posting.submit(commands);
      expect(outcomes.every((outcome) => outcome.type === "operation")).toBe(true);
      return [...names];
    };
    await run(1);
    const [one, many] = [await run(1), await run(400)];
    expect(one.filter((name) => /rate|link|system|credit-type/.test(name))).toEqual([]);
    // A batch of four hundred sends what a batch of one sends.
    expect(many).toEqual(one);
    expect(many).toContain("read-catalog-state");

    const pair = {
      sourceSystem: "shop",
      targetSystem: "club",
      sourceCreditType: "coin",
      targetCreditType: "star",
    };
    await setRate(database, 1, { ...pair, rate: rateOf("0.3"), rounding: "down", principal: "tester" });
    const after = await run(400);
    expect(after.filter((name) => name === "load-rates")).toHaveLength(1);
    expect(await run(400)).toEqual(one);
    await posting.stop();
  });
});
