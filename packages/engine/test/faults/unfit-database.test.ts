// Databases that a node must wait for, refuse, or take turns on.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import { verifyLedger } from "../../src/ledger/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  alterRecordedMigration,
  forgetUnknownMigration,
  recordUnknownMigration,
} from "../support/fault-queries.ts";
import { createBareDatabase } from "../support/test-database.ts";
import { accountCommand, openPosting, readBalances } from "../support/test-ledger.ts";

describe("nodes that start at once (postgres)", () => {
  it("migrate an empty database once between them, and agree on its shards (M2)", async () => {
    const place = await createBareDatabase();
    const databases = await Promise.all(Array.from({ length: 6 }, () => openDatabase({ url: place.url })));
    const shards = await Promise.all(databases.map((database) => migrate(database, 3)));
    expect(shards).toEqual([3, 3, 3, 3, 3, 3]);
    for (const database of databases) await database.close();
    await place.drop();
  });
});

describeOnBothEngines("a database", (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await engine.open(3);
  });

  it("keeps the number of shards that it was made with, and refuses another", async () => {
    expect(await migrate(database)).toBe(3);
    expect(await migrate(database, 3)).toBe(3);
    const refused = migrate(database, 4);
    await expect(refused).rejects.toMatchObject({ code: "database_unsuitable" });
    await expect(refused).rejects.toThrow(/created with 3 shards.*POINTBRIDGE_SHARDS/);
  });

  it("of a newer version is refused and left as it is (M3)", async () => {
    await database.transaction((transaction) => transaction.query(recordUnknownMigration));
    await expect(migrate(database)).rejects.toMatchObject({ code: "database_unsuitable" });
    await expect(migrate(database)).rejects.toThrow(/9999-later\.sql/);
    await database.transaction((transaction) => transaction.query(forgetUnknownMigration));
    expect(await migrate(database)).toBe(3);
  });

  it("whose migrations were other ones is refused (M3)", async () => {
    await database.transaction((transaction) => transaction.query(alterRecordedMigration));
    await expect(migrate(database)).rejects.toMatchObject({ code: "database_unsuitable" });
    await expect(migrate(database)).rejects.toThrow(/0001-ledger\.sql/);
  });
});

describe("an unsuitable server or database (postgres)", () => {
  const made: string[] = [];

  async function runOnServer(sql: string): Promise<void> {
    const client = new Client({ connectionString: inject("DATABASE_URL") });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  async function make(name: string, options: string): Promise<string> {
    made.push(name);
    await runOnServer(`create database ${name} template template0 ${options}`);
    const url = new URL(inject("DATABASE_URL"));
    url.pathname = `/${name}`;
    return url.href;
  }

  afterAll(async () => {
    for (const name of made) await runOnServer(`drop database if exists ${name} with (force)`);
  });

  async function refusalOf(url: string): Promise<unknown> {
    const database: Database = await openDatabase({ url });
    try {
      return await migrate(database).catch((error: unknown) => error);
    } finally {
      await database.close();
    }
  }

  const name = (kind: string) => `unfit_${kind}_${process.pid}`;

  it("in another encoding than UTF8 is refused", async () => {
    const url = await make(name("latin1"), "encoding 'LATIN1' locale_provider libc locale 'C'");
    expect(await refusalOf(url)).toMatchObject({ code: "database_unsuitable", message: /LATIN1.*UTF8/ });
  });

  it("that is read-only is refused", async () => {
    const url = await make(name("readonly"), "");
    await runOnServer(`alter database ${name("readonly")} set default_transaction_read_only = on`);
    expect(await refusalOf(url)).toMatchObject({ code: "database_unsuitable", message: /read-only/ });
  });

  it("whose user may not create anything is refused", async () => {
    const role = name("role");
    const url = new URL(await make(name("rights"), ""));
    await runOnServer(`create role ${role} login`);
    url.username = role;
    expect(await refusalOf(url.href)).toMatchObject({ code: "database_unsuitable", message: /CREATE/ });
    await runOnServer(`drop role ${role}`);
  });

  it("that is not there is said to be unavailable", async () => {
    const database = await openDatabase({ url: "postgres://nobody@127.0.0.1:1/nothing" });
    await expect(migrate(database)).rejects.toMatchObject({ kind: "unavailable" });
    await database.close();
  });
});

describe("an embedded directory", () => {
  const holder = join(import.meta.dirname, "../support/directory-holder.ts");

  it("is opened by one process at a time, and after a kill it has all that was committed", {
    timeout: 60_000,
  }, async () => {
    const directory = await mkdtemp(join(tmpdir(), "pointbridge-embedded-"));
    const child = spawn(process.execPath, [holder, directory], { stdio: ["ignore", "pipe", "inherit"] });
    // Each line says how many credits have been answered.
    let answered = 0;
    const enough = Promise.withResolvers<void>();
    child.stdout.on("data", (chunk: Buffer) => {
      answered = Number(chunk.toString("utf8").trim().split("\n").at(-1));
      if (answered >= 20) enough.resolve();
    });
    child.once("exit", (code) => enough.reject(new Error(`the holder ended with ${code}`)));
    await enough.promise;
    await expect(openDatabase({ dataDirectory: directory })).rejects.toMatchObject({
      code: "directory_in_use",
    });
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;

    const database = await openDatabase({ dataDirectory: directory });
    await migrate(database);
    const balance = Number((await readBalances(database, 1))["shop/u1"]?.split("+")[0]);
    // One credit may have been committed without its answer having left.
    expect(balance).toBeGreaterThanOrEqual(answered);
    expect(balance).toBeLessThanOrEqual(answered + 1);
    const [again] = await openPosting(database, 1).submit([accountCommand("credit", "c1", "shop/u1", 1n)]);
    expect(again).toMatchObject({ type: "operation", idempotent: true });
    expect((await verifyLedger(database)).differences).toEqual([]);
    await expect(openDatabase({ dataDirectory: directory })).rejects.toMatchObject({
      code: "directory_in_use",
    });
    await database.close();
    const reopened = await openDatabase({ dataDirectory: directory });
    await reopened.close();
    await rm(directory, { recursive: true });
  });
});
