// Sums are those of the rows, whatever happens while they are made: live exchanges, late takings-back, kills; and a
// partner that lies about its own comes to a clear end.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../src/database/index.ts";
import type { CallResult } from "../../src/partner/index.ts";
import {
  type Comparison,
  type ComparisonOptions,
  type ComparisonPorts,
  findDifferences,
  openSides,
  Summaries,
} from "../../src/summaries/index.ts";
import { alterRow, dropRow, readHours } from "../support/leg-row-queries.ts";
import { joinNodes, openPartnerNode, type PartnerNode } from "../support/partner-node.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const credits = { kind: "credits", sourceSystem: "shop", targetSystem: "airline" } as const;
const holds = { kind: "holds", sourceSystem: "airline", targetSystem: "shop" } as const;
const always = {
  startTime: new Date("2020-01-01T00:00:00.000Z"),
  endTime: new Date("2099-01-01T00:00:00.000Z"),
};

let shop: PartnerNode;
let airline: PartnerNode;
const places: TestDatabase[] = [];
const databases: Database[] = [];

async function openNode(shardCount: number): Promise<PartnerNode> {
  const place = await createTestDatabase();
  places.push(place);
  const database = await openDatabase({ url: place.url });
  databases.push(database);
  return openPartnerNode(database, { timeoutMs: 20_000, shardCount });
}

async function post(node: PartnerNode, path: string, payload: object) {
  const headers = { authorization: "Bearer partner-node-key" };
  const answer = await node.app.inject({ method: "POST", url: path, headers, payload });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

const routes = {
  out: ["shop", "coin", "airline", "mile"],
  in: ["airline", "mile", "shop", "coin"],
} as const;

function exchangeOf(operation_id: string, way: keyof typeof routes) {
  const [source_system, source_credit_type, target_system, target_credit_type] = routes[way];
  const route = { source_system, source_credit_type, target_system, target_credit_type };
  return { operation_id, user_id: "u1", amount: "100", ...route };
}

/** Exchanges whose hub is shop, all of them completed. */
async function exchange(prefix: string, way: keyof typeof routes, count: number): Promise<void> {
  const exchanges = Array.from({ length: count }, (_, index) => exchangeOf(`${prefix}-${index}`, way));
  const { body } = await post(shop, "/v1/exchanges/batch", { exchanges });
  const results = body["results"] as readonly { readonly status: string }[];
  expect(results.filter(({ status }) => status !== "completed")).toEqual([]);
}

function portsOf({ database, services }: PartnerNode): ComparisonPorts {
  const { lines, registry } = services.partners;
  return { database, summaries: services.summaries, lines, registry };
}

type Leg = typeof credits | typeof holds;

async function compare(
  leg: Leg,
  options: ComparisonOptions = {},
  ports = portsOf(shop),
): Promise<Comparison> {
  const sides = await openSides(ports, leg);
  return findDifferences(sides.ours, sides.theirs, always, options);
}

/** What is kept has to be what the rows add up to. */
async function requireExact(): Promise<void> {
  const read = () => Promise.all([readHours(shop.database, "hub"), readHours(airline.database, "callee")]);
  for (const node of [shop, airline]) await node.services.summaries.foldAll();
  await compare(credits);
  const kept = await read();
  await compare(credits, { isRecounted: true });
  expect(await read()).toEqual(kept);
  expect(kept[0]).not.toBe("[]");
}

beforeAll(async () => {
  shop = await openNode(2);
  airline = await openNode(1);
  await joinNodes(shop, airline);
  for (const [node, system_id, credit_type_id] of [
    [shop, "shop", "coin"],
    [airline, "airline", "mile"],
  ] as const) {
    const credit = { system_id, credit_type_id, user_id: "u1", amount: "1000000" };
    await post(node, "/v1/credits", { operation_id: `open-${system_id}`, ...credit });
  }
});

afterAll(async () => {
  for (const node of [shop, airline]) await node.close();
  for (const database of databases) await database.close();
  for (const place of places) await place.drop();
});

describe("sums", () => {
  it("of what was there before and of what came since are those of the rows (F2, F4)", async () => {
    await exchange("before", "out", 30);
    expect(await compare(credits)).toMatchObject({ level: 3, matchedCount: 30, candidates: [] });
    await exchange("since", "out", 20);
    expect(await compare(credits)).toMatchObject({ level: 3, matchedCount: 50, candidates: [] });
    await requireExact();
  });

  it("of holds at the source agree with the exchanges that captured them", async () => {
    await exchange("held", "in", 10);
    const comparison = await compare(holds);
    expect(comparison).toMatchObject({ level: 3, matchedCount: 10, candidates: [] });
    expect(comparison.theirs.byCreditType).toEqual([{ creditTypeId: "mile", count: 10, amount: 1000n }]);
  });

  it("begun while exchanges are made miss none and count none twice (F2)", async () => {
    const { summaries } = shop.services;
    const place = { owner: "ours", role: "hub", nodeId: "airline", leg: credits } as const;
    for (let round = 0; round < 3; round += 1) {
      // A new secret begins new sums, in the midst of it.
      await shop.database.transaction((transaction) => summaries.secrets.rotate(transaction, place));
      const making = [exchange(`live-${round}-a`, "out", 25), exchange(`live-${round}-b`, "out", 25)];
      await Promise.all([...making, compare(credits), compare(credits)]);
    }
    expect(await compare(credits)).toMatchObject({ matchedCount: 200, candidates: [] });
    await requireExact();
  });

  it("that were cut off in the middle of a fold are made again, once (F1)", async () => {
    await exchange("cut", "out", 10);
    const { summaries } = shop.services;
    const { database } = shop;
    const cut = new Error("killed");
    const dying = {
      engine: database.engine,
      close: () => Promise.resolve(),
      transaction: <T>(work: Parameters<typeof database.transaction<T>>[0]): Promise<T> =>
        database.transaction(async (transaction) => {
          await work(transaction);
          throw cut;
        }),
    };
    await expect(new Summaries(dying, 2, undefined, shop.services.log).foldAll()).rejects.toBe(cut);
    await summaries.foldAll();
    await requireExact();
  });

  it("lose a credit that was taken back since, and both rows are told (F3)", async () => {
    const body = {
      operation_id: "since-3",
      source_system: "shop",
      target_system: "airline",
      reason: "a test",
    };
    const bytes = Buffer.from(JSON.stringify({ ...body, initiated_at: "2026-11-23T09:30:00.000Z" }));
    const { lines } = shop.services.partners;
    const answer = await lines.callThrough("airline", "/pxp/v1/credits/rollback", bytes);
    expect(answer).toMatchObject({ status: 200, body: { outcome: "rolled_back" } });
    const { candidates } = await compare(credits);
    expect(candidates).toMatchObject([
      { operationId: "since-3", ours: [{ outcome: "completed" }], theirs: [{ outcome: "rolled_back" }] },
    ]);
    await requireExact();
  });
});

type Tamper = (path: string, body: Record<string, unknown>) => Record<string, unknown>;

/** A partner whose answers are altered on their way, with the requests that it was sent. */
function lyingPartner(tamper: Tamper): { readonly ports: ComparisonPorts; readonly sent: string[] } {
  const ports = portsOf(shop);
  const sent: string[] = [];
  const callThrough = async (system: string, path: string, bytes: Uint8Array): Promise<CallResult> => {
    sent.push(Buffer.from(bytes).toString("utf8"));
    const result = await ports.lines.callThrough(system, path, bytes);
    if ("unknown" in result) return result;
    return { ...result, status: 200, body: tamper(path, result.body as Record<string, unknown>) };
  };
  return { ports: { ...ports, lines: { callThrough } }, sent };
}

interface ToldSketch {
  readonly sketch: string;
}

const wrongSum = "0123456789abcdef0123456789abcdef";
const isSummary = (path: string) => path.endsWith("/summary");

function wrongDigest(path: string, body: Record<string, unknown>): Record<string, unknown> {
  return isSummary(path) && body["hours"] === undefined ? { ...body, digest_sum: wrongSum } : body;
}

function garbageSketches(path: string, body: Record<string, unknown>): Record<string, unknown> {
  if (!path.endsWith("/sketch")) return body;
  const sketches = (body["sketches"] as readonly ToldSketch[]).map((told) => {
    const bytes = Buffer.from(told.sketch, "base64").map((_byte, index) => (index * 7919) % 251);
    return { ...told, sketch: Buffer.from(bytes).toString("base64") };
  });
  return { ...body, sketches };
}

const stops: readonly [string, string, Tamper][] = [
  [
    "sends a million cells",
    "answer_malformed",
    (path, body) =>
      path.endsWith("/sketch")
        ? { sketches: [{ count: 1, digest_sum: wrongSum, sketch: "A".repeat(4_000_000) }] }
        : wrongDigest(path, body),
  ],
  [
    "says a record that it does not show",
    "rows_contradict_sums",
    (path, body) => (path.endsWith("/rows") ? { ...body, rows: [] } : body),
  ],
  [
    "shows other rows than it was asked for",
    "rows_contradict_sums",
    (path, body) => {
      const made = ["made-up", "u1", "mile", "9", "completed", 1_795_426_200_000, null, "0.29"];
      return path.endsWith("/rows") ? { ...body, rows: [made] } : body;
    },
  ],
  [
    "has more that is not decided than ends",
    "pages_endless",
    (path, body) => {
      if (isSummary(path)) return { ...body, open_count: 1 };
      return path.endsWith("/rows") ? { rows: [], next_cursor: "again" } : body;
    },
  ],
  [
    "says totals that do not add up",
    "answer_malformed",
    (path, body) => (isSummary(path) ? { ...body, count: 1 } : body),
  ],
  [
    "answers without its form",
    "answer_malformed",
    (path, body) => (isSummary(path) ? { ...body, open_count: "many" } : body),
  ],
];

describe("a partner that lies", () => {
  const hidden = "cut-1";

  beforeAll(async () => {
    await alterRow(shop.database, dropRow, hidden);
    await compare(credits, { isRecounted: true });
  });

  it.each(stops)("and %s ends the comparison as %s (P2, Q1, Q2)", async (_what, reason, tamper) => {
    const { ports, sent } = lyingPartner(tamper);
    await expect(compare(credits, {}, ports)).rejects.toMatchObject({ name: "ComparisonStop", reason });
    expect(sent.length).toBeLessThan(60);
  });

  it.each([
    ["a digest that its rows don't have", wrongDigest],
    ["sketches of garbage", garbageSketches],
  ] as const)("and sends %s is found out where it matters (B3)", async (_what, tamper) => {
    const { ports, sent } = lyingPartner(tamper);
    const { candidates } = await compare(credits, {}, ports);
    expect(candidates.map(({ operationId }) => operationId).sort()).toEqual([hidden, "since-3"]);
    expect(sent.length).toBeLessThan(60);
  });

  it("and whose listing agrees though its sums never do comes to an end (B3)", async () => {
    // It lists what we would like to see: its hidden row left out, the credit that it took back as if it stood.
    const { ports, sent } = lyingPartner((path, body) => {
      const items = body["items"] as readonly Readonly<Record<string, unknown>>[] | undefined;
      if (items === undefined) return garbageSketches(path, body);
      const shown = items.filter(({ operation_id: id }) => id !== hidden);
      const told = shown.map((row) =>
        row["operation_id"] === "since-3" ? { ...row, outcome: "completed" } : row,
      );
      return { ...body, items: told };
    });
    await expect(compare(credits, {}, ports)).rejects.toMatchObject({ reason: "rows_contradict_sums" });
    expect(sent.length).toBeLessThan(60);
  });

  it("can echo nothing: no figure of ours is ever sent (K1)", async () => {
    const { ports, sent } = lyingPartner((_path, body) => body);
    const { digests, candidates } = await compare(credits, {}, ports);
    expect(candidates).toHaveLength(2);
    const told = sent.join("\n");
    expect(told).not.toContain(digests?.ours);
    expect(told).not.toMatch(/digest|"count"|"sketch"/);
  });
});
