// Proves that the tests' PostgreSQL is a real, separate, durable server and that each test file has its own database.
import { Client } from "pg";
import { describe, expect, it } from "vitest";
import { createTestDatabase } from "./test-database.ts";

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

describe("the PostgreSQL of a test run", () => {
  it("is version 15 or newer, durable, and does not sort by bytes", async () => {
    const database = await createTestDatabase();
    const [version] = await ask(database.url, "select current_setting('server_version_num')::int");
    expect(version).toBeGreaterThanOrEqual(150_000);
    expect(await ask(database.url, "select current_setting('fsync')")).toEqual(["on"]);
    expect(await ask(database.url, "select 'a' < 'B' as natural, 'a' collate \"C\" < 'B' as bytes")).toEqual([
      true,
      false,
    ]);
    await database.drop();
  });

  it("gives two callers two databases that don't see each other", async () => {
    const [left, right] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    await ask(left.url, "create table seen (id int)");
    expect(await ask(right.url, "select to_regclass('seen')::text")).toEqual([null]);
    await Promise.all([left.drop(), right.drop()]);
    await expect(ask(left.url, "select 1")).rejects.toThrow(/does not exist/);
  });
});
