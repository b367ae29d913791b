// A backup of a test's database, as a base backup is one: the files as they stood at one moment.
import { randomBytes } from "node:crypto";
import { Client } from "pg";

export interface DatabaseCopy {
  readonly url: string;
  drop(): Promise<void>;
}

async function runOn(url: URL, sql: string): Promise<void> {
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Copies a database that nobody is connected to. */
export async function copyDatabase(sourceUrl: string): Promise<DatabaseCopy> {
  const source = new URL(sourceUrl);
  const name = `copy_${randomBytes(6).toString("hex")}`;
  const maintenance = new URL(source);
  maintenance.pathname = "/postgres";
  await runOn(maintenance, `create database ${name} template ${source.pathname.slice(1)}`);
  const url = new URL(source);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runOn(maintenance, `drop database if exists ${name} with (force)`) };
}
