// Gives a test file a PostgreSQL database of its own in the run's server.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import "./postgres-global-setup.ts";

export interface TestDatabase {
  readonly url: string;
  /** Ends its connections and removes it; the run's end removes what was forgotten. */
  drop(): Promise<void>;
}

async function runOnServer(sql: string): Promise<void> {
  const client = new Client({ connectionString: inject("DATABASE_URL") });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Creates an empty database, without the engine's tables. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runOnServer(`create database ${name} template template0`);
  const url = new URL(inject("DATABASE_URL"));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runOnServer(`drop database if exists ${name} with (force)`) };
}
