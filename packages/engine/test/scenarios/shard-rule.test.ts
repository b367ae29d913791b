// The shard rule: each statement of the write path names one shard by equality, and every key leads with it. With
// that, a distributed PostgreSQL sends each statement to one server.
import { beforeAll, describe, expect, it } from "vitest";
import { type Database, type Statement, statement, type Transaction } from "../../src/database/index.ts";
import { type Command, defaultLadder } from "../../src/domain/index.ts";
import { openAccount, verifyLedger } from "../../src/ledger/index.ts";
import { putMapping, putMappings } from "../../src/mappings/index.ts";
import { defaultQuotingSettings, Quoting } from "../../src/posting/index.ts";
import { createLog } from "../../src/system/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { findShardOffences, namedShardedTables, shardedTableNames } from "../support/shard-rule.ts";
import {
  accountCommand,
  exchangeCommand,
  furnish,
  openingCommand,
  openPosting,
} from "../support/test-ledger.ts";

/** Keeps every statement that passes through. */
class RecordingDatabase implements Database {
  readonly engine: Database["engine"];
  readonly statements = new Map<string, string>();
  readonly #database: Database;

  constructor(database: Database) {
    this.engine = database.engine;
    this.#database = database;
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.#database.transaction((transaction) =>
      work({
        query: <R extends object>(asked: Statement, parameters = []): Promise<R[]> => {
          this.statements.set(asked.text, asked.name);
          return transaction.query<R>(asked, parameters);
        },
        send: (asked, parameters = []) => {
          this.statements.set(asked.text, asked.name);
          transaction.send(asked, parameters);
        },
      }),
    );
  }

  async close(): Promise<void> {}
}

const principal = "tester";

/** Every kind of command, done and refused, with users and ids in several shards. */
function everyCommand(): Command[] {
  const users = Array.from({ length: 12 }, (_, index) => `user${index}`);
  const each = users.flatMap((user): Command[] => [
    openingCommand(`opening-${user}`, `bank/${user}`, 5n),
    accountCommand("credit", `credit-${user}`, `shop/${user}`, 1000n, {
      businessCode: "order",
      businessId: user,
    }),
    accountCommand("debit", `debit-${user}`, `shop/${user}`, 10n, { metadata: { reason: "gift" } }),
    accountCommand("hold", `hold-${user}`, `shop/${user}`, 10n),
    accountCommand("hold", `over-${user}`, `shop/${user}`, 10n, { expiresInMs: 0 }),
    exchangeCommand(`exchange-${user}`, `shop/${user}`, "club", 100n),
    exchangeCommand(`unmapped-${user}`, `club/${user}`, "bank", 5n),
    exchangeCommand(`poor-${user}`, `shop/${user}`, "club", 100_000n),
    accountCommand("credit", `used-${user}`, `shop/${user}`, 1n, { businessCode: "order", businessId: user }),
    { type: "capture", operationId: `hold-${user}`, amount: 4n, principal },
    { type: "rollback", kind: "debit", operationId: `debit-${user}`, principal },
    { type: "rollback", kind: "credit", operationId: `fence-${user}`, principal },
    { type: "release", operationId: `never-${user}`, principal },
  ]);
  return [
    ...each,
    accountCommand("credit", "for-u1", "club/u1", 100n),
    exchangeCommand("mapped", "club/u1", "bank", 10n),
    accountCommand("credit", "nowhere", "nowhere/u1", 1n),
    exchangeCommand("nowhere-2", "shop/u1", "nowhere", 1n),
  ];
}

/** Quotes in several shards: given, read, used in one batch, and swept. */
async function writeQuotes(database: Database, shardCount: number): Promise<void> {
  const settings = { ...defaultQuotingSettings, shardCount, ladder: defaultLadder };
  const quoting = new Quoting(database, settings, createLog("silent"));
  const posting = openPosting(database, shardCount);
  const commands: Command[] = [];
  for (let index = 0; index < 6; index += 1) {
    const command = exchangeCommand(`quoted-${index}`, `shop/user${index}`, "club", 10n);
    const { type: _type, metadata: _metadata, quoteId: _quoteId, ...fields } = command;
    const { quoteId } = await quoting.create(fields);
    commands.push({ ...command, quoteId });
    expect((await quoting.find(quoteId))?.operationId).toBe(command.operationId);
  }
  await posting.submit(commands);
  await quoting.rehearse(exchangeCommand("rehearsed", "shop/user1", "club", 10n));
  expect(await quoting.sweep()).toBe(0);
}

async function writeEverything(database: Database, shardCount: number): Promise<void> {
  const posting = openPosting(database, shardCount);
  const commands = everyCommand();
  await posting.submit(commands);
  await posting.submit(commands);
  for (const command of commands.slice(0, 13)) await posting.submit([command]);
  // Holds that a batch of their own changes, and one whose time is up.
  await posting.submit([
    accountCommand("hold", "later", "shop/user1", 10n),
    accountCommand("hold", "last", "shop/user2", 10n, { expiresInMs: 0 }),
  ]);
  await posting.submit([{ type: "release", operationId: "later", principal }]);
  expect(await posting.sweepExpiredHolds()).toBeGreaterThan(0);
  await writeQuotes(database, shardCount);
  const pair = { sourceSystem: "club", targetSystem: "bank", principal };
  const mapping = { ...pair, sourceUserId: "user3", targetUserId: "user4", operationId: "map-1" };
  await putMappings(database, shardCount, [
    mapping,
    { ...pair, sourceUserId: "user5", targetUserId: "user6" },
  ]);
  await putMapping(database, shardCount, mapping);
  await putMapping(database, shardCount, {
    ...mapping,
    operationId: "map-2",
    targetUserId: "user7",
    replace: true,
  });
  const owner = { systemId: "shop", userId: "opened", creditTypeId: "coin" };
  await database.transaction((transaction) => openAccount(transaction, shardCount, owner));
}

const keys = statement(
  "",
  `select t.relname::text as table_name, i.relname::text as index_name, a.attname::text as first_column
     from pg_index x
     join pg_class t on t.oid = x.indrelid
     join pg_class i on i.oid = x.indexrelid
     join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
    where t.relnamespace = 'pointbridge'::regnamespace and x.indisunique`,
);

describeOnBothEngines("the shard rule", (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await engine.open(3);
    await furnish(database, 3);
  });

  it("holds for every statement of the write path, and every sharded table was written", async () => {
    const recording = new RecordingDatabase(database);
    await writeEverything(recording, 3);
    const offences: string[] = [];
    const tables = new Set<string>();
    for (const [sql, name] of recording.statements) {
      for (const table of await namedShardedTables(sql)) tables.add(table);
      offences.push(...(await findShardOffences(sql)).map((offence) => `${name}: ${offence}`));
    }
    expect(offences).toEqual([]);
    expect([...tables].sort()).toEqual(shardedTableNames);
    expect(recording.statements.size).toBeGreaterThan(20);
    expect((await verifyLedger(database)).differences).toEqual([]);
  });

  it("holds for every unique key of a sharded table", async () => {
    const found = await database.transaction((transaction) =>
      transaction.query<{ table_name: string; index_name: string; first_column: string }>(keys),
    );
    const sharded = found.filter((row) => shardedTableNames.includes(row.table_name));
    expect(new Set(sharded.map((row) => row.table_name)).size).toBe(shardedTableNames.length);
    expect(sharded.filter((row) => row.first_column !== "shard_id")).toEqual([]);
  });
});

describe("the judge of the shard rule", () => {
  it.each([
    "select * from accounts",
    "select * from accounts where shard_id > $1",
    "select * from accounts where shard_id = $2",
    "select * from accounts where shard_id = $1 or true",
    "select * from accounts where shard_id = any ($1)",
    "select * from accounts a join transfers t on t.account_no = a.account_no where a.shard_id = $1",
    "select * from accounts a, transfers t where shard_id = $1",
    "select 1 where exists (select from operations where operation_id = $1)",
    "with a as (select * from accounts) update transfers set amount = 1 where shard_id = $1",
    "update accounts set available = 1 from unnest($2::int[]) u where account_no = u",
    "delete from transfers using accounts where transfers.shard_id = $1",
    "insert into accounts (shard_id, account_id) values ($1, $2), ($3, $4)",
    "insert into accounts (account_id, shard_id) select $1, $2",
    "insert into accounts (shard_id) select shard_id from accounts where shard_id = $1",
    "insert into operations (operation_id) values ($1)",
  ])("finds the offence in: %s", async (sql) => {
    expect(await findShardOffences(sql)).not.toEqual([]);
  });

  it.each([
    "select * from accounts where shard_id = $1 and account_id = $2",
    "select * from accounts a join transfers t using (shard_id) where a.shard_id = $1 and t.shard_id = $1",
    "select * from systems",
    "insert into accounts (account_id, shard_id) values ($2, $1), ($3, $1)",
    "with a as (select * from accounts where shard_id = $1) update transfers t set amount = 1 from a where t.shard_id = $1",
  ])("lets pass: %s", async (sql) => {
    expect(await findShardOffences(sql)).toEqual([]);
  });
});
