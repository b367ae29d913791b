// Proves that the reference SQL of docs/protocol/callee.md runs on PostgreSQL and does what the page says: whoever comes
// second waits for the first and finds its row.
import { readFileSync } from "node:fs";
import { Client } from "pg";
import { expect, it } from "vitest";
import { createTestDatabase } from "../support/test-database.ts";

const page = readFileSync(new URL("../../../../docs/protocol/callee.md", import.meta.url), "utf8");

function readStatements(): {
  readonly schema: string;
  readonly claim: string;
  readonly read: string;
  readonly end: string;
} {
  const block = /^```sql\n(.*?)^```$/ms.exec(page)?.[1] ?? "";
  const [schema = "", ...rest] = block.split(/^-- Claims/m);
  const [claim = "", read = "", end = ""] = rest
    .join("")
    .split(/^--/m)
    .map((text) => text.slice(text.indexOf("\n") + 1));
  return { schema, claim, read, end };
}

it("the reference SQL claims a row once, and the second to come reads what the first stored", async () => {
  const database = await createTestDatabase();
  const [first, second] = [
    new Client({ connectionString: database.url }),
    new Client({ connectionString: database.url }),
  ];
  await Promise.all([first.connect(), second.connect()]);
  try {
    const { schema, claim, read, end } = readStatements();
    await first.query(schema);
    await first.query("begin");
    expect((await first.query(claim)).rowCount).toBe(1);
    expect((await first.query<{ state: string }>(read)).rows).toMatchObject([{ state: "new" }]);
    await second.query("begin");
    const waiting = second.query(claim);
    const early = await Promise.race([
      waiting.then(() => "claimed"),
      first.query("select pg_sleep(0.2)").then(() => "waits"),
    ]);
    expect(early).toBe("waits");
    expect((await first.query(end)).rowCount).toBe(1);
    await first.query("commit");
    expect((await waiting).rowCount).toBe(0);
    expect((await second.query<{ state: string }>(read)).rows).toMatchObject([
      { state: "completed", amount: "29" },
    ]);
    expect((await second.query(end)).rowCount).toBe(0);
    await second.query("commit");
  } finally {
    await Promise.all([first.end(), second.end()]);
    await database.drop();
  }
});
