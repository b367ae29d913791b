// Proves that a suite on both engines gets databases of each kind with nothing in their tables.
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

  it("has ids of its own for its logs, and as many shards as it is told", async () => {
    const find = statement(
      "find-drawn",
      "select change_log.log_id as changes, audit_log.log_id as audit, shard_count from change_log, audit_log, node_settings",
    );
    const databases = [await engine.open(2), await engine.open(5)];
    const drawn = await Promise.all(
      databases.map((database) =>
        database.transaction((transaction) =>
          transaction.query<{ changes: string; audit: string; shard_count: number }>(find),
        ),
      ),
    );
    expect(drawn.flat().map(({ shard_count }) => shard_count)).toEqual([2, 5]);
    expect(new Set(drawn.flat().flatMap(({ changes, audit }) => [changes, audit])).size).toBe(4);
  });
});
