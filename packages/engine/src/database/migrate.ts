// Brings a database to this version's schema, or refuses one that it can't use.
//
// M1  Migrations are append-only and applied in order, each once, all in one transaction.
// M2  Any number of nodes may start at once: one migrates, the others wait for it and find it done.
// M3  A database that is newer than this node, or whose applied migrations differ, is not touched.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { AppError } from "../system/index.ts";
import { type Database, statement, type Transaction } from "./database.ts";
import {
  createSchema,
  describeServer,
  listMigrations,
  lockMigrations,
  readSettings,
  recordMigration,
  writeSettings,
} from "./queries.ts";

const MIGRATIONS = new URL("../../migrations/", import.meta.url);
const OLDEST_VERSION = 150_000;

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

interface ServerDescription {
  readonly version_number: number;
  readonly version: string;
  readonly encoding: string;
  readonly is_standby: boolean;
  readonly is_read_only: boolean;
  readonly database_name: string;
  readonly may_create: boolean;
}

function readMigrations(): Migration[] {
  const names = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql"));
  return names.sort().map((name) => {
    const text = readFileSync(new URL(name, MIGRATIONS), "utf8");
    return { name, text, sha256: createHash("sha256").update(text).digest("hex") };
  });
}

function refuse(detail: string): never {
  throw new AppError("database_unsuitable", detail);
}

function checkServer(server: ServerDescription): void {
  if (server.version_number < OLDEST_VERSION) {
    refuse(`the database server is PostgreSQL ${server.version}; 15 or newer is needed`);
  }
  if (server.encoding !== "UTF8") {
    refuse(`the database ${server.database_name} is encoded in ${server.encoding}; create it with UTF8`);
  }
  if (server.is_standby || server.is_read_only) {
    refuse(`the database ${server.database_name} is read-only; DATABASE_URL must name the primary`);
  }
  if (!server.may_create) {
    refuse(`the database user may not create a schema in ${server.database_name}; grant it CREATE there`);
  }
}

function checkApplied(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration.sha256]));
  for (const [name, sha256] of applied) {
    const expected = known.get(name);
    if (expected === undefined) {
      refuse(`the database holds migration ${name}, which this version does not know; use a newer version`);
    }
    if (expected !== sha256) {
      refuse(
        `migration ${name} was applied in another form than this version has; restore the right version`,
      );
    }
  }
}

/** Runs a script of several statements: the only place where text is executed that takes no parameters. */
async function runScript(transaction: Transaction, text: string): Promise<void> {
  // A simple "do" can't hold DDL of several kinds on both engines, so the script is run statement by statement.
  const withoutComments = text.replace(/--.*$/gm, "");
  for (const part of withoutComments.split(";")) {
    if (part.trim() !== "") await transaction.query(statement("", part.trim()));
  }
}

async function settleShardCount(transaction: Transaction, shardCount: number | undefined): Promise<number> {
  await transaction.query(writeSettings, [shardCount ?? 1]);
  const [settings] = await transaction.query<{ shard_count: number }>(readSettings);
  if (settings === undefined) throw new Error("the node's settings could not be read");
  if (shardCount !== undefined && settings.shard_count !== shardCount) {
    refuse(
      `the database was created with ${settings.shard_count} shards and can't be used with ${shardCount}; ` +
        `remove POINTBRIDGE_SHARDS or set it to ${settings.shard_count}`,
    );
  }
  return settings.shard_count;
}

/**
 * Makes the database ready for this version.
 * @param shardCount how many shards a new database gets (1 where undefined); an old one keeps its own
 * @returns the number of shards
 * @throws AppError database_unsuitable where it can't be used, saying why
 */
export async function migrate(database: Database, shardCount?: number): Promise<number> {
  const migrations = readMigrations();
  return database.transaction(async (transaction) => {
    const [server] = await transaction.query<ServerDescription>(describeServer);
    if (server === undefined) throw new Error("the server did not describe itself");
    checkServer(server);
    await transaction.query(lockMigrations);
    await runScript(transaction, createSchema);
    const rows = await transaction.query<{ name: string; sha256: string }>(listMigrations);
    const applied = new Map(rows.map((row) => [row.name, row.sha256]));
    checkApplied(applied, migrations);
    for (const migration of migrations) {
      if (applied.has(migration.name)) continue;
      await runScript(transaction, migration.text);
      await transaction.query(recordMigration, [migration.name, migration.sha256]);
    }
    return settleShardCount(transaction, shardCount);
  });
}
