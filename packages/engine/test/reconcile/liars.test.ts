// Partners whose listing can't be true: the run ends, says why, and somebody is told; nothing is made of what they say.
import { deflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallResult } from "../../src/partner/index.ts";
import { Reconciler } from "../../src/reconcile/index.ts";
import { createLog } from "../../src/system/index.ts";
import { plantAmount } from "../support/plant-queries.ts";
import { exchangeOf, ReconcileWorld } from "../support/reconcile-world.ts";

type Fields = Readonly<Record<string, unknown>>;
type Liar = (body: Fields, count: number) => Fields | string;

function item(index: number, atMs: number): Fields {
  return {
    operation_id: `lie-${String(index).padStart(9, "0")}`,
    user_id: "u1",
    credit_type_id: "mile",
    amount: "1",
    outcome: "completed",
    initiated_at: new Date(atMs).toISOString(),
    completed_at: null,
  };
}

const times = Date.parse("2026-01-01T00:00:00.000Z");
const complete_until = "2030-01-01T00:00:00.000Z";

const liars: readonly (readonly [name: string, liar: Liar, reason: RegExp])[] = [
  [
    "pages without end",
    (_body, count) => ({
      items: Array.from({ length: 1000 }, (_, index) => item(index, times + count)),
      next_cursor: `c${count}`,
      complete_until,
    }),
    /differ/,
  ],
  [
    "a cursor that comes back",
    () => ({ items: [item(1, times)], next_cursor: "same", complete_until }),
    /pages|next page|unordered|comes after/,
  ],
  ["pages without rows", (_body, count) => ({ items: [], next_cursor: `c${count}`, complete_until }), /page/],
  [
    "pages of one row",
    (_body, count) => ({ items: [item(count, times + count)], next_cursor: `c${count}`, complete_until }),
    /next to no rows/,
  ],
  [
    "one row without end",
    (_body, count) => ({
      items: Array.from({ length: 1000 }, () => item(1, times)),
      next_cursor: `c${count}`,
      complete_until,
    }),
    /differ|copies/,
  ],
  [
    "rows out of order",
    () => ({ items: [item(2, times), item(1, times)], next_cursor: null, complete_until }),
    /unordered/,
  ],
  [
    "rows outside of the window",
    () => ({ items: [item(1, 0)], next_cursor: null, complete_until }),
    /window/,
  ],
  ["what is no listing", () => ({ items: [{ amount: "-1" }], next_cursor: null }), /malformed|form/],
  ["a refusal", () => "forbidden", /refused/],
];

const fill = "A".repeat(4_000_000);
const digest_sum = "0123456789abcdef0123456789abcdef";

/** What a partner that keeps sums may answer beside the truth. */
const summedLiars: readonly (readonly [
  name: string,
  tamper: (path: string, body: Fields) => Fields,
  reason: RegExp,
])[] = [
  [
    "a million cells",
    (path, body) =>
      path.endsWith("/sketch") ? { sketches: [{ count: 1, digest_sum, sketch: fill }] } : body,
    /answer_malformed/,
  ],
  [
    "rows that unpack to gigabytes",
    (path, body) => {
      if (!path.endsWith("/rows")) return body;
      const packed = deflateRawSync(Buffer.alloc(64 * 1024 * 1024)).toString("base64");
      return { ...body, rows: undefined, packed };
    },
    /answer_malformed/,
  ],
  [
    "sums that are an echo of what was asked, and no rows",
    (path, body) => (path.endsWith("/rows") ? { ...body, rows: [], packed: undefined } : body),
    /rows_contradict_sums/,
  ],
  [
    "a cursor that comes back, of rows under way",
    (path, body) => {
      if (path.endsWith("/summary")) return { ...body, open_count: 1 };
      return path.endsWith("/rows") ? { rows: [], next_cursor: "again" } : body;
    },
    /pages_endless/,
  ],
];

describe("partners that lie", () => {
  let world: ReconcileWorld;

  beforeAll(async () => {
    world = await ReconcileWorld.open();
    await world.stopReconciler();
    await world.exchange(world.shop, exchangeOf("true-1", "shop", "100"));
  });
  afterAll(async () => {
    await world.close();
  });

  function reconcilerWith(
    callThrough: (system: string, path: string, bytes: Uint8Array) => Promise<CallResult>,
  ) {
    const { services, crossings, database } = world.shop;
    return new Reconciler({
      database,
      shardCount: services.shardCount,
      lines: { callThrough },
      summaries: services.summaries,
      registry: services.partners.registry,
      advance: (commands) => crossings.advance(commands),
      post: (commands) => services.posting.submit(commands),
      log: createLog("silent"),
      candidatesMax: 3_000,
    });
  }

  async function raisedAlerts(): Promise<string[]> {
    const { body } = await world.call(world.shop, "GET", "/v1/alerts");
    return (body["items"] as { type: string; status?: string }[]).map(({ type }) => type);
  }

  it.each(liars)(
    "%s: the run fails with the reason, and an alert stands (N2, P2)",
    async (name, liar, reason) => {
      const { shop } = world;
      const { services } = shop;
      let count = 0;
      const callThrough = async (_system: string, path: string, bytes: Uint8Array): Promise<CallResult> => {
        const body = JSON.parse(Buffer.from(bytes).toString()) as Fields;
        const reply = { headers: {}, keyId: "k", bodyBytes: 0 };
        if (path.endsWith("/node")) return { ...reply, status: 200, body: nodeBody };
        count += 1;
        const answer = liar(body, count);
        if (typeof answer === "string") return { ...reply, status: 403, body: { code: answer } };
        return { ...reply, status: 200, body: answer };
      };
      const nodeBody = {
        protocol: "pxp/1",
        roles: ["target"],
        systems: ["airline"],
        keys: { keys: [] },
        batch_max: 1,
        provisioning: false,
        reconciliation_level: 0,
        time: complete_until,
      };
      services.summaries.partnerLevels.clear();
      const reconciler = reconcilerWith(callThrough);
      const id = `liar-${name.replaceAll(" ", "-")}`;
      await world.makeAbandonedRun(shop, { operation_id: id, repair: "apply" });
      const run = await reconciler.finish(id, 60_000);
      expect({ name, status: run?.status }).toEqual({ name, status: "failed" });
      expect(run?.failure).toMatch(reason);
      expect(run?.result.differing).toEqual({});
      // No lie is listened to for long.
      expect(count).toBeLessThan(150);
      expect(await raisedAlerts()).toContain("reconciliation_failed");
      services.summaries.partnerLevels.clear();
    },
    120_000,
  );

  it.each(summedLiars)(
    "%s: the run fails with the reason, and an alert stands (N2)",
    async (name, tamper, reason) => {
      const { shop, airline } = world;
      const { services } = shop;
      services.summaries.partnerLevels.clear();
      const hidden = `hidden-${name.replaceAll(/[^a-z]/g, "-")}`;
      await world.exchange(shop, exchangeOf(hidden, "shop", "100"));
      await world.plant(airline, plantAmount, hidden, 3n);
      let count = 0;
      const reconciler = reconcilerWith(async (system, path, bytes) => {
        count += 1;
        const result = await services.partners.lines.callThrough(system, path, bytes);
        if ("unknown" in result) return result;
        return { ...result, status: 200, body: tamper(path, result.body as Fields) };
      });
      const id = `summed-${hidden}`;
      await world.makeAbandonedRun(shop, { operation_id: id, repair: "apply" });
      const run = await reconciler.finish(id, 60_000);
      expect({ name, status: run?.status, failure: run?.failure }).toMatchObject({ status: "failed" });
      expect(run?.failure).toMatch(reason);
      expect(count).toBeLessThan(60);
      expect(await raisedAlerts()).toContain("reconciliation_failed");
    },
    120_000,
  );

  it("one id twice: a difference that is told, and an alert", async () => {
    const { shop } = world;
    const { services } = shop;
    services.summaries.partnerLevels.clear();
    const reconciler = reconcilerWith(async (system, path, bytes) => {
      const result = await services.partners.lines.callThrough(system, path, bytes);
      if ("unknown" in result) return result;
      const body = result.body as Fields;
      if (path.endsWith("/node")) return { ...result, body: { ...body, reconciliation_level: 0 } };
      const items = body["items"] as readonly Fields[];
      const twice = items.flatMap((row) => (row["operation_id"] === "true-1" ? [row, row] : [row]));
      return { ...result, body: { ...body, items: twice } };
    });
    await world.makeAbandonedRun(shop, { operation_id: "twice", repair: "apply" });
    const run = await reconciler.finish("twice", 60_000);
    expect(run?.status).toBe("completed");
    expect(run?.result.differing).toMatchObject({ duplicate_id: 1 });
    expect(await raisedAlerts()).toContain("reconciliation_differences");
    services.summaries.partnerLevels.clear();
  });
});
