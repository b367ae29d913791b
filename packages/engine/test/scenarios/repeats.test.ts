// Many clients repeat the same ids in any order, some with an altered body: each effect once, each altered body told.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import type { ExchangeCommand } from "../../src/domain/index.ts";
import { verifyLedger } from "../../src/ledger/index.ts";
import type { Posting, SubmittedOutcome } from "../../src/posting/index.ts";
import { callApp, openTestNode, seedNode, type TestNode } from "../http/test-node.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import {
  accountCommand,
  exchangeCommand,
  furnish,
  openPosting,
  readBalances,
} from "../support/test-ledger.ts";

/** A small generator with a seed, so that a failure can be run again. */
function drawFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function shuffle<T>(items: readonly T[], draw: (below: number) => number): T[] {
  const left = [...items];
  const drawn: T[] = [];
  while (left.length > 0) drawn.push(...left.splice(draw(left.length), 1));
  return drawn;
}

const members = 40;
const seed = Number(process.env.POINTBRIDGE_TEST_SEED ?? Date.now() % 2 ** 31);

interface Body {
  readonly operation_id: string;
  readonly user_id: string;
  readonly amount: string;
  readonly source_system: string;
  readonly target_system: string;
  readonly source_credit_type: string;
  readonly target_credit_type: string;
}

function bodyOf(index: number): Body {
  return {
    operation_id: `repeat-${index}`,
    user_id: `m${index % members}`,
    amount: String(100 + (index % 7)),
    source_system: "shop",
    target_system: "club",
    source_credit_type: "coin",
    target_credit_type: "star",
  };
}

const alterations: readonly (readonly [field: string, (body: Body) => object])[] = [
  ["amount", (body) => ({ ...body, amount: `${body.amount}0` })],
  ["user_id", (body) => ({ ...body, user_id: "somebody else" })],
  ["target_credit_type", (body) => ({ ...body, target_credit_type: "other" })],
  ["metadata", (body) => ({ ...body, metadata: { altered: true } })],
];

/** What each member is left with and has got, if every id has had its effect once. */
function expectedOf(ids: number, start: bigint, member: number): { left: bigint; got: bigint } {
  let [left, got] = [start, 0n];
  for (let index = member; index < ids; index += members) {
    const amount = BigInt(bodyOf(index).amount);
    left -= amount;
    got += (amount * 29n) / 100n;
  }
  return { left, got };
}

async function fill(node: TestNode): Promise<void> {
  const credits = Array.from({ length: members }, (_, member) => {
    const place = { system_id: "shop", user_id: `m${member}`, credit_type_id: "coin" };
    return { operation_id: `fill-${member}`, ...place, amount: "1000000" };
  });
  expect((await callApp(node.app, "POST", "/v1/credits/batch", { body: { credits } })).status).toBe(200);
}

describe.each([
  { engine: "postgres", clients: 64, ids: 1000, calls: 60 },
  { engine: "embedded", clients: 16, ids: 150, calls: 30 },
] as const)(`repeated exchanges, seed ${seed} ($engine)`, ({ engine, clients, ids, calls }) => {
  let node: TestNode;
  beforeAll(async () => {
    node = await openTestNode(engine);
    await seedNode(node);
    await fill(node);
    // Every id is once asked for in its own form, so that an altered body can never be the first one.
    const exchanges = Array.from({ length: ids / 2 }, (_, index) => bodyOf(index * 2));
    const page = await callApp(node.app, "POST", "/v1/exchanges/batch", { body: { exchanges } });
    if (page.status !== 200) throw new Error(`the exchanges could not be made: ${page.text}`);
  });
  afterAll(() => node.close());

  it(`each effect once and each altered body a 409 that names the field, with ${clients} clients`, {
    timeout: 120_000,
  }, async () => {
    const wrong: unknown[] = [];
    let conflicts = 0;
    const runClient = async (client: number) => {
      const draw = drawFrom(seed + client);
      // All ids together cover every one; the even ones exist already and may be altered.
      const own = Array.from({ length: ids }, (_, index) => index).filter(
        (index) => index % clients === client,
      );
      const more = shuffle(
        Array.from({ length: ids }, (_, index) => index),
        draw,
      ).slice(0, calls);
      for (const index of shuffle([...own, ...more], draw)) {
        const body = bodyOf(index);
        const [field, alter] = alterations[draw(alterations.length)] ?? ["", () => body];
        const isAltered = index % 2 === 0 && draw(4) === 0;
        const answer = await callApp(node.app, "POST", "/v1/exchanges", {
          body: isAltered ? alter(body) : body,
        });
        const isRight = isAltered
          ? answer.status === 409 && answer.body.conflicting_field === field
          : answer.status <= 201 && answer.body.status === "completed";
        if (!isRight) wrong.push({ index, isAltered, field, answer: answer.text });
        if (isAltered) conflicts += 1;
      }
    };
    await Promise.all(Array.from({ length: clients }, (_, client) => runClient(client)));
    expect(wrong).toEqual([]);
    expect(conflicts).toBeGreaterThan(clients);
    const balances = await readBalances(node.database, node.services.shardCount);
    for (let member = 0; member < members; member += 1) {
      const { left, got } = expectedOf(ids, 1_000_000n, member);
      expect(balances[`shop/m${member}`]).toBe(`${left}+0`);
      expect(balances[`club/m${member}`]).toBe(`${got}+0`);
    }
    expect((await verifyLedger(node.database)).differences).toEqual([]);
  });
});

describe(`two nodes on one database with three shards, seed ${seed} (postgres)`, () => {
  const shardCount = 3;
  const ids = 600;
  let place: TestDatabase;
  let databases: Database[];
  beforeAll(async () => {
    place = await createTestDatabase();
    databases = [await openDatabase({ url: place.url }), await openDatabase({ url: place.url })];
    // Both nodes start on the empty database at once.
    await Promise.all(databases.map((database) => migrate(database, shardCount)));
    for (const database of databases.slice(0, 1)) await furnish(database, shardCount);
  });
  afterAll(async () => {
    for (const database of databases) await database.close();
    await place.drop();
  });

  function commandOf(index: number): ExchangeCommand {
    const { operation_id: id, user_id: userId, amount } = bodyOf(index);
    return exchangeCommand(id, `shop/${userId}`, "club", BigInt(amount));
  }

  async function runClient(posting: Posting, client: number, told: SubmittedOutcome[]): Promise<void> {
    const draw = drawFrom(seed + client);
    const order = shuffle(
      Array.from({ length: ids }, (_, index) => index),
      draw,
    ).slice(0, 200);
    for (let start = 0; start < order.length; ) {
      const size = 1 + draw(20);
      const batch = order.slice(start, start + size).map(commandOf);
      start += size;
      told.push(...(await posting.submit(batch)));
    }
  }

  it("do each id once between them, and lose no work to each other's locks", {
    timeout: 120_000,
  }, async () => {
    const [first, second] = databases;
    if (first === undefined || second === undefined) throw new Error("there are no databases");
    const postings = [openPosting(first, shardCount), openPosting(second, shardCount, { stripeBase: 4 })];
    const fills = Array.from({ length: members }, (_, member) =>
      accountCommand("credit", `fill-${member}`, `shop/m${member}`, 1_000_000n),
    );
    await postings[0]?.submit(fills);
    const told: SubmittedOutcome[] = [];
    const clients = postings.flatMap((posting, node) =>
      Array.from({ length: 16 }, (_, client) => runClient(posting, client * 2 + node, told)),
    );
    await Promise.all(clients);
    await postings[1]?.submit(Array.from({ length: ids }, (_, index) => commandOf(index)));
    const strange = told.filter(
      (outcome) => outcome.type !== "operation" || outcome.operation.status !== "completed",
    );
    expect(strange).toEqual([]);
    const balances = await readBalances(first, shardCount);
    for (let member = 0; member < members; member += 1) {
      const { left, got } = expectedOf(ids, 1_000_000n, member);
      expect(balances[`shop/m${member}`]).toBe(`${left}+0`);
      expect(balances[`club/m${member}`]).toBe(`${got}+0`);
    }
    expect((await verifyLedger(first)).differences).toEqual([]);
  });
});
