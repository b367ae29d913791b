// Two nodes compare what they have of the same exchanges, over the wire, at every level.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../src/database/index.ts";
import {
  type Comparison,
  type ComparisonOptions,
  findDifferences,
  openSides,
} from "../../src/summaries/index.ts";
import {
  alterRow,
  changeRate,
  changeUser,
  dropRow,
  plantCredits,
  plantExchanges,
  plantedId,
  raiseAmount,
} from "../support/leg-row-queries.ts";
import { joinNodes, openPartnerNode, type PartnerNode } from "../support/partner-node.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const credits = { kind: "credits", sourceSystem: "shop", targetSystem: "airline" } as const;
const day = {
  startTime: new Date("2026-11-20T00:00:00.000Z"),
  endTime: new Date("2026-11-21T00:00:00.000Z"),
};
const planted = { prefix: "op-", startTime: "2026-11-20T06:00:00.000Z", stepMs: 3_600, count: 3_000 };

let shop: PartnerNode;
let airline: PartnerNode;
const places: TestDatabase[] = [];
const databases: Database[] = [];

async function openNode(): Promise<PartnerNode> {
  const place = await createTestDatabase();
  places.push(place);
  const database = await openDatabase({ url: place.url });
  databases.push(database);
  return openPartnerNode(database, { timeoutMs: 20_000 });
}

beforeAll(async () => {
  shop = await openNode();
  airline = await openNode();
  await joinNodes(shop, airline);
  await plantExchanges(shop.database, planted);
  await plantCredits(airline.database, planted);
});

afterAll(async () => {
  for (const node of [shop, airline]) await node.close();
  for (const database of databases) await database.close();
  for (const place of places) await place.drop();
});

async function compare(
  options: ComparisonOptions = {},
  from: PartnerNode = shop,
  window = day,
): Promise<Comparison> {
  const { database, services } = from;
  const { lines, registry } = services.partners;
  const sides = await openSides({ database, summaries: services.summaries, lines, registry }, credits);
  return findDifferences(sides.ours, sides.theirs, window, options);
}

function tell({ candidates }: Comparison) {
  return Object.fromEntries(
    candidates.map(({ operationId, ours, theirs }) => [operationId, [ours.length, theirs.length]]),
  );
}

const levels = [0, 1, 2, 3] as const;

describe("two nodes that agree", () => {
  it.each(levels)("know it at level %i", async (levelMax) => {
    const comparison = await compare({ levelMax });
    expect(comparison).toMatchObject({ level: levelMax, matchedCount: 3_000, candidates: [] });
    expect(comparison.ours).toEqual(comparison.theirs);
    expect(comparison.ours.count).toBe(3_000);
    expect(comparison.digests?.ours).toBe(comparison.digests?.theirs);
  });

  it("know it by one request of a kilobyte, once their sums are made (B1)", async () => {
    const { traffic } = await compare();
    expect(traffic.trips).toBe(1);
    expect(traffic.bytesSent + traffic.bytesReceived).toBeLessThan(1024);
  });

  it("know it the other way round as well: the target asks the hub", async () => {
    const comparison = await compare({}, airline);
    expect(comparison).toMatchObject({ level: 3, matchedCount: 3_000, candidates: [] });
    expect((await compare({ levelMax: 0 }, airline)).candidates).toEqual([]);
  });

  it("of a part of an hour too", async () => {
    const part = {
      startTime: new Date("2026-11-20T06:10:00.123Z"),
      endTime: new Date("2026-11-20T08:20:30.000Z"),
    };
    for (const levelMax of levels) {
      const comparison = await compare({ levelMax }, shop, part);
      expect(comparison).toMatchObject({ level: levelMax, matchedCount: 2_175, candidates: [] });
    }
  });
});

describe("two nodes that differ", () => {
  const lost = plantedId("op-", 10);
  const extra = plantedId("op-", 1_501);
  const amount = plantedId("op-", 2_000);
  const user = plantedId("op-", 2_701);
  const rate = plantedId("op-", 2_702);
  const wanted = { [lost]: [1, 0], [extra]: [0, 1], [amount]: [1, 1], [user]: [1, 1], [rate]: [1, 1] };

  beforeAll(async () => {
    await alterRow(airline.database, dropRow, lost);
    await alterRow(shop.database, dropRow, extra);
    await alterRow(airline.database, raiseAmount, amount);
    await alterRow(airline.database, changeUser, user);
    await alterRow(airline.database, changeRate, rate);
  });

  it("do not hear of rows that were altered past the log until they are added up anew", async () => {
    expect((await compare()).candidates).toEqual([]);
    const recounted = await compare({ isRecounted: true });
    expect(tell(recounted)).toEqual(wanted);
    expect(recounted.matchedCount).toBe(2_995);
  });

  it.each([0, 2, 3] as const)("find each difference at level %i, with both rows (B2)", async (levelMax) => {
    const comparison = await compare({ levelMax });
    expect(comparison.level).toBe(levelMax);
    expect(tell(comparison)).toEqual(wanted);
    expect(comparison.matchedCount).toBe(2_995);
    const found = comparison.candidates.find(({ operationId }) => operationId === amount);
    expect(found?.theirs[0]?.amount).toBe((found?.ours[0]?.amount ?? 0n) + 1n);
    expect(comparison.digests?.ours).not.toBe(comparison.digests?.theirs);
  });

  it("find at level 1 what does not cancel out within an hour (B1)", async () => {
    const found = tell(await compare({ levelMax: 1 }));
    expect(found).toMatchObject({ [lost]: [1, 0], [extra]: [0, 1], [amount]: [1, 1] });
  });

  it("find few of them in three trips and four kilobytes", async () => {
    const { traffic } = await compare();
    expect(traffic.trips).toBe(3);
    expect(traffic.bytesSent + traffic.bytesReceived).toBeLessThan(4096);
  });

  it("find the same the other way round", async () => {
    const mirrored = { [lost]: [0, 1], [extra]: [1, 0], [amount]: [1, 1], [user]: [1, 1], [rate]: [1, 1] };
    expect(tell(await compare({ isRecounted: true }, airline))).toEqual(mirrored);
    expect(tell(await compare({ levelMax: 0 }, airline))).toEqual(mirrored);
  });
});

describe("two nodes that differ in much", () => {
  const numbers = Array.from({ length: 300 }, (_, index) => 20 + index * 8);

  beforeAll(async () => {
    for (const number of numbers) {
      const id = plantedId("op-", number);
      if (number % 3 === 0) await alterRow(airline.database, dropRow, id);
      else if (number % 3 === 1) await alterRow(shop.database, dropRow, id);
      else await alterRow(airline.database, raiseAmount, id);
    }
  });

  it.each([
    [2, Number.POSITIVE_INFINITY],
    [3, 6],
  ] as const)("find all of it at level %i", async (levelMax, tripsMax) => {
    const listed = await compare({ levelMax: 0 });
    const comparison = await compare({ levelMax, isRecounted: true });
    expect(comparison.level).toBe(levelMax);
    expect(Object.keys(tell(comparison))).toHaveLength(305);
    expect(tell(comparison)).toEqual(tell(listed));
    expect(comparison.matchedCount).toBe(listed.matchedCount);
    expect(comparison.traffic.trips).toBeLessThanOrEqual(tripsMax);
  });

  it("stop where there are more than were bargained for", async () => {
    for (const levelMax of [0, 3] as const) {
      const run = compare({ levelMax, candidatesMax: 100 });
      await expect(run).rejects.toMatchObject({ reason: "too_many_differences" });
    }
  });
});
