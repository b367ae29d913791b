// Gives a test file a PostgreSQL database of its own in the run's server.
import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { openDatabase } from "../../src/database/index.ts";
import { templateName } from "./postgres-global-setup.ts";
import { renewDrawn } from "./template-queries.ts";

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

async function createFrom(template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runOnServer(`create database ${name} template ${template}`);
  const url = new URL(inject("DATABASE_URL"));
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runOnServer(`drop database if exists ${name} with (force)`) };
}

/** Creates an empty database, without the engine's tables. */
export function createBareDatabase(): Promise<TestDatabase> {
  return createFrom("template0");
}

/** Creates a database with the engine's tables and nothing in them; `migrate()` settles its shards. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const place = await createFrom(templateName);
  const database = await openDatabase({ url: place.url });
  await renewDrawn(database);
  await database.close();
  return place;
}
