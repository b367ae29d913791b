// Partners whose listing can't be true: the run ends, says why, and somebody is told; nothing is made of what they say.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CallResult } from "../../src/partner/index.ts";
import { Reconciler } from "../../src/reconcile/index.ts";
import { createLog } from "../../src/system/index.ts";
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

  it.each(liars)(
    "%s: the run fails with the reason, and an alert stands (N2, P2)",
    async (name, liar, reason) => {
      const { shop } = world;
      const { services, crossings } = shop;
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
      const reconciler = new Reconciler({
        database: shop.database,
        shardCount: services.shardCount,
        lines: { callThrough },
        summaries: services.summaries,
        registry: services.partners.registry,
        advance: (commands) => crossings.advance(commands),
        post: (commands) => services.posting.submit(commands),
        log: createLog("silent"),
        candidatesMax: 3_000,
      });
      const id = `liar-${name.replaceAll(" ", "-")}`;
      await world.makeAbandonedRun(shop, { operation_id: id, repair: "apply" });
      const run = await reconciler.finish(id, 60_000);
      expect({ name, status: run?.status }).toEqual({ name, status: "failed" });
      expect(run?.failure).toMatch(reason);
      expect(run?.result.differing).toEqual({});
      const { body } = await world.call(shop, "GET", "/v1/alerts");
      const raised = (body["items"] as { type: string; status?: string }[]).map(({ type }) => type);
      expect(raised).toContain("reconciliation_failed");
      services.summaries.partnerLevels.clear();
    },
    120_000,
  );
});
