// Proves that a suite on both engines gets empty, migrated databases of each kind.
import { expect, it } from "vitest";
import { statement } from "../../src/database/index.ts";
import { describeOnBothEngines } from "./both-engines.ts";

describeOnBothEngines("a test's database", (engine) => {
  it("is of the engine that the suite runs on, and two of them don't see each other", async () => {
    const [left, right] = [await engine.open(), await engine.open()];
    expect([left.engine, right.engine]).toEqual([engine.name, engine.name]);
    await left.transaction((transaction) =>
      transaction.query(statement("create", "create table seen (id int)")),
    );
    const find = statement("find", "select to_regclass('seen')::text as found");
    const rows = await right.transaction((transaction) => transaction.query(find));
    expect(rows).toEqual([{ found: null }]);
  });
});
