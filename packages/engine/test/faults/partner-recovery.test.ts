// What a hub does while a partner is away, and how soon after its return everything is decided.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../src/database/index.ts";
import { defaultLadder, type Ladder } from "../../src/domain/index.ts";
import { openPartnerNode, type PartnerNode, type PartnerNodeOptions } from "../support/partner-node.ts";
import { type AskedExchange, PartnerWorld, type RouteName } from "../support/partner-world.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

/** After two attempts the ladder asks again in ten minutes: only a wake can be sooner. */
const farLadder: Ladder = {
  ...defaultLadder,
  delaysMs: [5, 600_000],
  undoAfterMs: 3_600_000,
  alarmAfterMs: 7_200_000,
  leaseMs: 4_000,
};
const hubOptions: PartnerNodeOptions = { ladder: farLadder, timeoutMs: 2_000 };
/** Far below the minute that is promised. */
const soonMs = 30_000;

function exchangesOf(route: RouteName, count: number): AskedExchange[] {
  return Array.from({ length: count }, (_, index) => {
    return { id: `${route}-${index}`, route, userId: `u${index % 50}`, amount: 10 };
  });
}

const users = Array.from({ length: 50 }, (_, index) => `u${index}`);

describe("a partner that comes back", () => {
  let place: TestDatabase;
  let database: Database;
  let world: PartnerWorld;
  const others: { node: PartnerNode; database: Database }[] = [];

  beforeEach(async () => {
    place = await createTestDatabase();
    database = await openDatabase({ url: place.url });
    world = await PartnerWorld.open(database, hubOptions);
    await world.openUsers(users);
    await world.putProfiles(users);
  });

  afterEach(async () => {
    for (const other of others.splice(0)) {
      await other.node.close();
      await other.database.close();
    }
    await world.close();
    await database.close();
    await place.drop();
  });

  /** A second node on the same database, with connections of its own. */
  async function openSecond(options: PartnerNodeOptions = hubOptions): Promise<PartnerNode> {
    const own = await openDatabase({ url: place.url });
    const node = await openPartnerNode(own, options);
    others.push({ node, database: own });
    return node;
  }

  async function requireDone(exchanges: readonly AskedExchange[], withinMs = soonMs): Promise<void> {
    const ids = exchanges.map(({ id }) => id);
    const operations = await world.ended(ids, withinMs);
    expect(new Set(operations.map(({ status }) => status))).toEqual(new Set(["completed"]));
    await world.requireEqual(ids);
    await world.requireShopSum(world.asked);
  }

  it("takes exchanges with 202 while the breaker is open", async () => {
    await world.partners.airline.refuseConnections();
    const first = exchangesOf("out", 20);
    await world.ask(first);
    await world.until(
      first.map(({ id }) => id),
      (_operation, crossing) => (crossing?.attempts ?? 0) >= 2,
    );
    const late: AskedExchange = { id: "late", route: "out", userId: "u1", amount: 10 };
    world.asked.push(late.id);
    const { status, body } = await world.post("/v1/exchanges", world.bodyOf(late), "wait=1");
    expect({ status, told: body["status"] }).toEqual({ status: 202, told: "processing" });
    await world.partners.airline.acceptConnections();
    await requireDone([...first, late]);
  });

  it("decides 500 exchanges that waited for a partner within a minute of its return", async () => {
    const exchanges = [...exchangesOf("out", 250), ...exchangesOf("batchIn", 250)];
    const { airline, railway } = world.partners;
    await airline.refuseConnections();
    await railway.refuseConnections();
    await world.ask(exchanges);
    await world.until(
      exchanges.map(({ id }) => id),
      (_operation, crossing) => (crossing?.attempts ?? 0) >= 2,
    );
    await airline.acceptConnections();
    await railway.acceptConnections();
    await requireDone(exchanges);
  }, 60_000);

  it.each([
    ["signs that it can't", () => ({ kind: "server_error" }) as const],
    ["does not know our key any more", () => ({ kind: "unauthorized" }) as const],
    ["signs nothing", () => ({ kind: "unsigned_lie" }) as const],
  ])(
    "wakes what waits on a partner that %s, once that is over",
    async (_name, script) => {
      const exchanges = [
        ...exchangesOf("out", 20),
        ...exchangesOf("in", 20),
        ...exchangesOf("batchOut", 20),
        ...exchangesOf("provisioned", 20),
      ];
      for (const partner of world.all) partner.script = script;
      await world.ask(exchanges);
      await world.until(
        exchanges.map(({ id }) => id),
        (_operation, crossing) => (crossing?.attempts ?? 0) >= 2,
      );
      world.endFaults();
      await requireDone(exchanges);
    },
    60_000,
  );

  it.each([-600_000, 600_000])(
    "goes on with a partner whose clock was off by %i ms, once it is mended",
    async (offsetMs) => {
      const exchanges = [...exchangesOf("out", 10), ...exchangesOf("in", 10), ...exchangesOf("batchOut", 20)];
      for (const partner of world.all) partner.clockOffsetMs = offsetMs;
      await world.ask(exchanges);
      await world.until(
        exchanges.map(({ id }) => id),
        (_operation, crossing) => (crossing?.attempts ?? 0) >= 2,
      );
      const codes = new Set(world.all.flatMap((partner) => partner.refusedSignatures));
      expect(codes).toEqual(new Set([offsetMs < 0 ? "clock_skew" : "expired"]));
      world.endFaults();
      await requireDone(exchanges);
    },
    60_000,
  );

  it("leaves a partner alone for as long as its Retry-After says", async () => {
    const { airline } = world.partners;
    // Heard of, so that nobody asks whether it is there while the call is out that it answers with 429.
    const [first, second] = exchangesOf("out", 2);
    if (first === undefined || second === undefined) throw new Error("two were asked for");
    await world.ask([first]);
    await requireDone([first]);
    let toldMs = 0;
    airline.script = () => {
      if (toldMs > 0) return undefined;
      toldMs = Date.now();
      return { kind: "too_many", retryAfterSeconds: 2 };
    };
    await world.ask([second]);
    await requireDone([first, second]);
    const later = airline.seen.filter(({ atMs }) => atMs > toldMs).map(({ atMs }) => atMs - toldMs);
    expect(later.length).toBeGreaterThan(0);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(2_000);
  });

  it("wakes what waits on a partner also at a node that started after the silence began (W1)", async () => {
    const { airline } = world.partners;
    await airline.refuseConnections();
    const exchanges = exchangesOf("out", 10);
    await world.ask(exchanges);
    await world.until(
      exchanges.map(({ id }) => id),
      (_operation, crossing) => (crossing?.attempts ?? 0) >= 2,
    );
    await world.hub.crossings.stop();
    await openSecond();
    await airline.acceptConnections();
    await requireDone(exchanges);
  });

  it("takes up what a node that died left, within its lease or soon after", async () => {
    const { airline } = world.partners;
    // Its calls never come back, and it can't store anything any more: to everybody else it is dead.
    airline.script = () => ({ kind: "request_lost" });
    const own = await openDatabase({ url: place.url });
    const dying = await openPartnerNode(own, {
      ...hubOptions,
      crossings: { pollIntervalMs: 0, probeIntervalMs: 0 },
    });
    const exchanges = exchangesOf("out", 40);
    const startedMs = Date.now();
    await world.ask(exchanges, dying);
    await own.close();
    await dying.close();
    airline.script = () => undefined;
    await requireDone(exchanges);
    expect(Date.now() - startedMs).toBeLessThan(farLadder.leaseMs + 20_000);
  }, 60_000);

  it("makes one effect of each exchange that two nodes work on at once", async () => {
    const eager: PartnerNodeOptions = {
      ladder: {
        ...farLadder,
        delaysMs: [5, 10, 20, 100],
        undoAfterMs: 1_000,
        alarmAfterMs: 3_000,
        leaseMs: 250,
      },
      timeoutMs: 500,
    };
    // Only these two: they take each other's work up as soon as it has waited a quarter of a second.
    await world.hub.crossings.stop();
    const [left, right] = [await openSecond(eager), await openSecond(eager)];
    const kinds = ["answer_lost", "reset_after", "server_error", "delivered_late", "duplicated"] as const;
    for (const partner of world.all) {
      partner.script = ({ attempt, ids }) => {
        const number = ids[0] === undefined ? 0 : ids[0].length + attempt;
        const kind = kinds[number % kinds.length];
        return attempt <= 3 && kind !== undefined ? { kind, hasEffect: true, lateMs: 400 } : undefined;
      };
    }
    const exchanges = [
      ...exchangesOf("out", 60),
      ...exchangesOf("between", 60),
      ...exchangesOf("batchIn", 60),
    ];
    await Promise.all([world.ask(exchanges, left), world.ask(exchanges, right)]);
    const ids = exchanges.map(({ id }) => id);
    await world.until(ids, ({ status }) => status !== "processing", 30_000);
    world.endFaults();
    await world.ended(ids, soonMs);
    await world.requireEqual(ids);
    await world.requireShopSum(world.asked);
  }, 90_000);
});
