// Proves what counts as SQL outside of queries files, and that prose about points does not.
import { describe, expect, it } from "vitest";
import { checkFixture, withMore } from "./fixture-tree.ts";
import { looksLikeSql } from "./sql-rule.ts";

const ledger = "packages/engine/src/ledger/index.ts";

describe("SQL in a source file", () => {
  it("is found in strings and templates, with its place", () => {
    const more = [
      "const table = 1;",
      "export const found = `",
      "  select a",
      "    from ${table} where b = 1`;",
    ];
    expect(checkFixture(withMore(ledger, `${more.join("\n")}\n`))).toEqual([
      expect.stringContaining(`${ledger}:7  sql: SQL ("select a from $0 where b = 1")`),
    ]);
  });

  it("may stand in a file named …-queries.ts", () => {
    const text = '// SQL.\nexport const text = "delete from b";\n';
    const changes = withMore(ledger, 'import "./entry-queries.ts";\n');
    expect(checkFixture({ "packages/engine/src/ledger/entry-queries.ts": text, ...changes })).toEqual([]);
  });

  it.each([
    "select a, b from ledger.accounts",
    "SELECT * FROM t;",
    "select 1",
    "select now()",
    "select pg_advisory_lock($1)",
    "with given as (select 1) insert into t (a) select * from given",
    "insert into t (a) values ($1)",
    "INSERT INTO t SELECT 1",
    "update accounts set held = held + 1",
    "update only_one as a set b = 1 where c",
    "delete from t",
    "create table if not exists t (a int)",
    "create unique index t_a on t (a)",
    "alter table t add column b int",
    "drop table t",
    "truncate t",
    "begin",
    "BEGIN ISOLATION LEVEL SERIALIZABLE",
    "commit",
    "COMMIT;",
    "rollback;",
    "rollback to savepoint a",
    "savepoint a",
    "set local lock_timeout = 1",
    "lock table t",
    "where account_id = $1",
    "and shard_id = any($2)",
    " for update skip locked",
    "on conflict (id) do nothing",
  ])("%s", (text) => {
    expect(looksLikeSql(text)).toBe(true);
  });
});

describe("what is no SQL", () => {
  it.each([
    "rollback",
    "credits/rollback",
    "/pxp/v1/credits/rollback",
    "release",
    "begins",
    "set",
    "select",
    "Select a system from the list to see its rates",
    "update the rate and set a reason",
    "The points come from the source and go into the target.",
    "Delete it from the file and run the import again",
    "insert the card",
    "create a link from shop to airline first",
    "commit the decision before the rollback leaves",
    "with a rate of 1.5 as agreed",
    "where the amount is 0, nothing moves",
    "drop the hold",
    "begin with an empty folder",
    "No order by that id",
    "cross_system_exchange",
  ])("%s", (text) => {
    expect(looksLikeSql(text)).toBe(false);
  });
});
