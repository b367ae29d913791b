// The log of changes: nothing missed, nothing twice, each account's lines in their order, whoever writes, reads,
// overtakes, is cut off or sweeps.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Change,
  ChangeSweeper,
  listChanges,
  lockConsumer,
  moveConsumer,
  placeChanges,
  readChanges,
  readLog,
  recordChanges,
  registerConsumer,
} from "../../src/changes/index.ts";
import { type Database, migrate, openDatabase, statement } from "../../src/database/index.ts";
import { latestEventCursor, readEvents } from "../../src/events/index.ts";
import { createLog } from "../../src/system/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { createTestDatabase } from "../support/test-database.ts";
import { accountCommand, exchangeCommand, furnish, openPosting } from "../support/test-ledger.ts";

const shardCount = 3;
const log = createLog("silent");

/** Everything from the beginning, by small pages. */
async function readAll(database: Database, limit = 7): Promise<Change[]> {
  const found: Change[] = [];
  for (;;) {
    const afterPosition = found.at(-1)?.position ?? 0n;
    const { changes } = await readChanges(database, shardCount, { afterPosition, limit });
    if (changes.length === 0) return found;
    found.push(...changes);
  }
}

/** Reads on while the work is going on, and once more when it is done. */
async function followWhile(database: Database, isDone: () => boolean): Promise<Change[]> {
  const found: Change[] = [];
  for (;;) {
    const wasDone = isDone();
    const afterPosition = found.at(-1)?.position ?? 0n;
    const { changes } = await readChanges(database, shardCount, { afterPosition, limit: 5 });
    found.push(...changes);
    if (wasDone && changes.length === 0) return found;
  }
}

function positionsOf(changes: readonly Change[]): number[] {
  return changes.map((change) => Number(change.position));
}

function gapless(count: number, first = 1): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** The numbers of each account's lines, in the log's order. */
function linesByAccount(changes: readonly Change[]): Map<string, bigint[]> {
  const accounts = new Map<string, bigint[]>();
  for (const { shardId, items } of changes) {
    for (const item of items) {
      if (item.type !== "line") continue;
      const key = `${shardId}/${item.accountNo}`;
      accounts.set(key, [...(accounts.get(key) ?? []), item.version]);
    }
  }
  return accounts;
}

const countLines = statement(
  "",
  "select shard_id, account_no, version from accounts where version > 0 order by shard_id, account_no",
);
const listOperations = statement(
  "",
  "select operation_id, status from operations where kind <> 'rate_change'",
);
const endOwnSession = statement("", "select pg_terminate_backend(pg_backend_pid())");
const countPlaced = statement(
  "",
  "select count(*)::integer as found from changes where position is not null",
);

describe("the log of changes under many writers", () => {
  const nodes: Database[] = [];
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const place = await createTestDatabase();
    drop = () => place.drop();
    for (let index = 0; index < 3; index += 1) nodes.push(await openDatabase({ url: place.url }));
    const [first] = nodes as [Database];
    await migrate(first, shardCount);
    await furnish(first, shardCount);
  });
  afterAll(async () => {
    for (const node of nodes) await node.close();
    await drop();
  });

  it("keeps each account's order and misses nothing, with several nodes, lanes and readers (C3-C6)", async () => {
    const [first, second, third] = nodes as [Database, Database, Database];
    const users = gapless(6).map((number) => `hot${number}`);
    let open = 3;
    const write = async (database: Database, name: string): Promise<void> => {
      const posting = openPosting(database, shardCount, { laneFill: 1, stripeBase: open * 8 });
      for (let round = 0; round < 12; round += 1) {
        await Promise.all(
          users.flatMap((user) => [
            posting.submit([accountCommand("credit", `${name}-c-${round}-${user}`, `shop/${user}`, 50n)]),
            posting.submit([exchangeCommand(`${name}-e-${round}-${user}`, `shop/${user}`, "club", 20n)]),
          ]),
        );
      }
      await posting.stop();
      open -= 1;
    };
    const [followed, alsoFollowed] = await Promise.all([
      followWhile(first, () => open === 0),
      followWhile(second, () => open === 0),
      ...nodes.map((node, index) => write(node, `n${index}`)),
    ]);
    expect(alsoFollowed).toEqual(followed);
    expect(await readAll(third)).toEqual(followed);
    expect(positionsOf(followed)).toEqual(gapless(followed.length));

    const accounts = linesByAccount(followed);
    const stored = await first.transaction((transaction) =>
      transaction.query<{ shard_id: number; account_no: bigint; version: bigint }>(countLines),
    );
    expect(stored.length).toBeGreaterThanOrEqual(12);
    for (const { shard_id: shardId, account_no: accountNo, version } of stored) {
      const versions = (accounts.get(`${shardId}/${accountNo}`) ?? []).map(Number);
      expect(versions).toEqual(gapless(Number(version)));
    }
    expect(accounts.size).toBe(stored.length);

    const told = followed
      .flatMap((change) => change.items)
      .flatMap((item) =>
        item.type === "operation" && item.kind !== "rate_change"
          ? [`${item.operationId} ${item.status}`]
          : [],
      );
    const operations = await first.transaction((transaction) =>
      transaction.query<{ operation_id: string; status: string }>(listOperations),
    );
    expect(told.sort()).toEqual(operations.map((row) => `${row.operation_id} ${row.status}`).sort());
  });

  it("gives each position once where several place at once", async () => {
    const [first] = nodes as [Database];
    const before = (await first.transaction(readLog)).lastPosition;
    for (let index = 0; index < 30; index += 1) {
      await first.transaction(async (transaction) => {
        await readLog(transaction);
        recordChanges(transaction, (index % shardCount) + 1, new Date(), [
          { type: "note", topic: "test.raced", subject: `${index}` },
        ]);
      });
    }
    await Promise.all([...nodes, ...nodes, ...nodes].map((node) => placeChanges(node, shardCount)));
    const { changes } = await readChanges(first, shardCount, { afterPosition: before, limit: 100 });
    expect(positionsOf(changes)).toEqual(gapless(30, Number(before) + 1));
    expect(
      new Set(
        changes.flatMap((change) =>
          change.items.map((item) =>
            JSON.stringify(item, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value)),
          ),
        ),
      ).size,
    ).toBe(30);
  });

  it("finds what commits late behind what overtook it, and gives no position to what is not committed", async () => {
    const [slow, fast] = nodes as [Database, Database];
    const before = (await fast.transaction(readLog)).lastPosition;
    const note = (subject: string) => [{ type: "note", topic: "test.planted", subject }] as const;
    const recorded = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const long = slow.transaction(async (transaction) => {
      await readLog(transaction);
      recordChanges(transaction, 1, new Date(), note("long"));
      // A read behind the write: it has been sent.
      await readLog(transaction);
      recorded.resolve();
      await mayCommit.promise;
    });
    await recorded.promise;
    const subjects = async () => {
      const { changes } = await readChanges(fast, shardCount, { afterPosition: before, limit: 100 });
      expect(positionsOf(changes)).toEqual(gapless(changes.length, Number(before) + 1));
      return changes.flatMap((change) =>
        change.items.map((item) => (item.type === "note" ? item.subject : "")),
      );
    };
    for (const subject of ["short 1", "short 2"]) {
      await fast.transaction(async (transaction) => {
        await readLog(transaction);
        recordChanges(transaction, 1, new Date(), note(subject));
      });
      await subjects();
    }
    expect(await subjects()).toEqual(["short 1", "short 2"]);
    mayCommit.resolve();
    await long;
    expect(await subjects()).toEqual(["short 1", "short 2", "long"]);
  });

  it("has no gap after whoever places is cut off before the commit (C5)", async () => {
    const [first, second] = nodes as [Database, Database];
    const before = (await first.transaction(readLog)).lastPosition;
    await first.transaction(async (transaction) => {
      await readLog(transaction);
      recordChanges(transaction, 2, new Date(), [{ type: "note", topic: "test.cut", subject: "cut" }]);
    });
    const placed = () =>
      first.transaction(
        async (transaction) => (await transaction.query<{ found: number }>(countPlaced))[0]?.found,
      );
    const placedBefore = await placed();
    let calls = 0;
    const dying: Database = {
      engine: "postgres",
      transaction: (work) =>
        second.transaction(async (transaction) => {
          const result = await work(transaction);
          calls += 1;
          // The first one looks, the second one has placed all and moved the log.
          if (calls === 2) await transaction.query(endOwnSession);
          return result;
        }),
      close: async () => {},
    };
    await expect(placeChanges(dying, shardCount)).rejects.toMatchObject({ kind: "unavailable" });
    expect(calls).toBe(2);
    expect(await placed()).toBe(placedBefore);
    const { changes } = await readChanges(first, shardCount, { afterPosition: before, limit: 10 });
    expect(positionsOf(changes)).toEqual([Number(before) + 1]);
  });
});

describeOnBothEngines("the log of changes", (engine) => {
  let database: Database;
  const sweep = (retentionMs: number) =>
    new ChangeSweeper(database, { shardCount, retentionMs }, log).sweep();
  const post = async (...ids: readonly string[]) => {
    const posting = openPosting(database, shardCount);
    for (const id of ids) await posting.submit([accountCommand("credit", id, "shop/ann", 1n)]);
    await posting.stop();
  };

  beforeAll(async () => {
    database = await engine.open(shardCount);
    await furnish(database, shardCount);
  });

  it("lists an operation when its status turns, once per batch, and no batch that only repeats", async () => {
    const posting = openPosting(database, shardCount);
    const before = (await readAll(database)).length;
    const hold = accountCommand("hold", "h-1", "shop/ben", 5n);
    const release = { type: "release", operationId: "h-1", principal: "tester" } as const;
    await posting.submit([accountCommand("credit", "c-ben", "shop/ben", 10n), hold]);
    await posting.submit([hold]);
    await posting.submit([release]);
    await posting.submit([release]);
    const both = accountCommand("hold", "h-2", "shop/ben", 1n);
    await posting.submit([both, { ...release, operationId: "h-2" }]);
    const items = (await readAll(database)).slice(before).flatMap((change) => change.items);
    const told = items.flatMap((item) =>
      item.type === "operation" ? [`${item.operationId} ${item.status}`] : [],
    );
    expect(told.sort()).toEqual(["c-ben completed", "h-1 held", "h-1 released", "h-2 released"]);
    await posting.stop();
  });

  it("lets a consumer do each change once, though it is cut off in between (C7)", async () => {
    await database.transaction((transaction) => registerConsumer(transaction, "counting"));
    await post("x-1", "x-2", "x-3");
    await placeChanges(database, shardCount);
    const done: bigint[] = [];
    const step = (isCut: boolean) =>
      database.transaction(async (transaction) => {
        const position = await lockConsumer(transaction, "counting");
        if (position === undefined) throw new Error("the consumer is gone");
        const changes = await listChanges(transaction, shardCount, { afterPosition: position, limit: 2 });
        const last = changes.at(-1);
        if (last === undefined) return [];
        await moveConsumer(transaction, "counting", last.position);
        if (isCut) throw new Error("cut off");
        return positionsOf(changes).map(BigInt);
      });
    for (;;) {
      await expect(step(true)).rejects.toThrow("cut off");
      const some = await step(false);
      done.push(...some);
      if ((await database.transaction(readLog)).lastPosition === done.at(-1)) break;
    }
    expect(done).toEqual(gapless(done.length, Number(done[0])).map(BigInt));
    expect(await step(false)).toEqual([]);
  });

  it("sweeps what is old and passed, and tells whoever asks for it (C8, C9)", async () => {
    const old = await latestEventCursor(database, shardCount);
    await post("y-1", "y-2");
    const read = (after: string | undefined) => readEvents(database, shardCount, { after, limit: 100 });
    expect(await sweep(60_000)).toBe(0);
    const { lastPosition } = await database.transaction(readLog);
    // Registered above, and has not gone on since.
    const held = await database.transaction((transaction) => lockConsumer(transaction, "counting"));
    await sweep(0);
    expect((await database.transaction(readLog)).sweptPosition).toBe(held);
    expect((await read(old)).items.length).toBeGreaterThan(0);

    await post("y-3");
    await database.transaction((transaction) => moveConsumer(transaction, "counting", lastPosition + 100n));
    await sweep(0);
    const end = await database.transaction(readLog);
    expect(end.sweptPosition).toBe(end.lastPosition);
    await expect(read(old)).rejects.toMatchObject({ code: "cursor_expired" });
    expect((await read(undefined)).items).toEqual([]);
    const { nextCursor } = await read(undefined);
    // Whoever had read all of it has missed nothing.
    expect((await read(nextCursor)).items).toEqual([]);
    await post("y-4");
    const after = await read(nextCursor);
    expect(after.items.map((event) => event.data["operation_id"])).toContain("y-4");
    expect(positionsOf(await readAll(database))[0]).toBe(Number(end.lastPosition) + 1);
  });
});
