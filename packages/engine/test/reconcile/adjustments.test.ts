// Adjustments and exchanges that are made again: what moves points, on whose signature, and that every ledger holds and
// both sides are equal afterwards.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database, Transaction } from "../../src/database/index.ts";
import { Reconciler } from "../../src/reconcile/index.ts";
import { createLog } from "../../src/system/index.ts";
import { type PartnerNode, requireSound, secondApiKey } from "../support/partner-node.ts";
import { plantAmount, plantEndedLease, plantHubAmount, plantMovedMore } from "../support/plant-queries.ts";
import {
  exchangeOf,
  ReconcileWorld,
  type SeenMismatch,
  type SeenReconciliation,
} from "../support/reconcile-world.ts";
import { readTables, restoreTable } from "../support/tamper-queries.ts";

const ledgerTables = ["transfers", "accounts", "clearing_accounts", "operations"];
const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";

/** A database whose process dies at its nth transaction: before it, or after it was committed. */
function dyingAt(database: Database, count: number, isCommitted: boolean): Database {
  let left = count;
  return {
    engine: database.engine,
    close: async () => undefined,
    async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
      left -= 1;
      if (left > 0 || (left === 0 && isCommitted)) {
        const result = await database.transaction(work);
        if (left > 0) return result;
      }
      throw new Error("the process is killed");
    },
  };
}

describe("what differs by an amount, and what this node has lost", () => {
  let world: ReconcileWorld;
  let since: string;

  beforeAll(async () => {
    world = await ReconcileWorld.open();
    for (const direction of ["shop", "airline"] as const) {
      // Either node as the hub.
      await world.exchange(world.shop, exchangeOf(`first-${direction}-1`, direction, "100"));
      await world.exchange(world.airline, exchangeOf(`first-${direction}-2`, direction, "100"));
    }
  });
  afterAll(async () => {
    await world.close();
  });
  beforeEach(async () => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    since = new Date().toISOString();
  });

  function reconcile(node: PartnerNode, more: object = {}): Promise<SeenReconciliation> {
    return world.reconcile(node, "shop", "airline", { start_time: since, ...more });
  }

  async function only(node: PartnerNode, run: SeenReconciliation): Promise<SeenMismatch> {
    const found = await world.mismatches(node, run);
    expect(found).toHaveLength(1);
    return found[0] as SeenMismatch;
  }

  async function balanceOf(node: PartnerNode, system: string, user: string): Promise<bigint> {
    const { body } = await world.call(node, "GET", `/v1/accounts?system_id=${system}&user_id=${user}`);
    const [account] = body["items"] as { available: string }[];
    return BigInt(account?.available ?? "0");
  }

  async function plantAtHub(id: string, difference: bigint): Promise<void> {
    await world.shop.database.transaction((one) => one.query(plantHubAmount, [id, difference]));
  }

  function approve(node: PartnerNode, run: SeenReconciliation, id: string, apiKey = secondApiKey) {
    const path = `/v1/reconciliations/${run.reconciliation_id}/mismatches/approve-repairs`;
    return world.post(node, path, { operation_ids: [id] }, apiKey);
  }

  async function requireEqual(node: PartnerNode, run: SeenReconciliation): Promise<void> {
    const { body } = await world.call(node, "GET", `/v1/reconciliations/${run.reconciliation_id}`);
    const digests = body["digests"] as SeenReconciliation["digests"];
    expect(digests.length).toBeGreaterThan(0);
    for (const { ours, theirs } of digests) expect(ours).toBe(theirs);
    expect(body).toMatchObject({ open_mismatches_count: 0 });
  }

  it("gives a member what its hub had signed, and both sides are equal (J1, Z1, B1)", async () => {
    const { shop, airline } = world;
    await world.exchange(shop, exchangeOf("less", "shop", "1000"));
    await world.plant(airline, plantMovedMore, "less", -5n);
    await requireSound(airline);
    const before = await balanceOf(airline, "airline", "u1");
    const run = await reconcile(airline, { repair: "apply" });
    const found = await only(airline, run);
    expect(found).toMatchObject({
      type: "amount_mismatch",
      value: "5",
      status: "resolved",
      resolution: "repaired",
      repair: {
        action: "adjust",
        status: "applied",
        preview: {
          entry: "credit",
          user_id: "u1",
          counterparty: "shop",
          amount: "5",
          from: "285",
          to: "290",
        },
      },
    });
    expect(await balanceOf(airline, "airline", "u1")).toBe(before + 5n);
    await requireEqual(airline, run);
    await requireSound(shop, airline);
    const { operation_id: id } = found["repair"] as { operation_id: string };
    const { body } = await world.call(airline, "GET", `/v1/operations/${id}`);
    expect(body).toMatchObject({
      type: "reconciliation_adjustment",
      status: "completed",
      target_amount: "5",
    });
    const { body: events } = await world.call(airline, "GET", "/v1/events?limit=1000");
    const told = (events["events"] ?? events["items"]) as { type: string; subject?: string }[];
    expect(told.find(({ subject }) => subject === id)?.type).toContain("adjustment.completed");
    // The other side sees the same, and a later run finds nothing.
    expect(await reconcile(shop)).toMatchObject({ mismatches_count: 0 });
    expect(await reconcile(airline)).toMatchObject({ mismatches_count: 0 });
  });

  it("takes points from a member only after a second person agreed, whatever the value (G4, Z2)", async () => {
    const { shop, airline } = world;
    await world.exchange(shop, exchangeOf("more", "shop", "1000", "u2"));
    await world.plant(airline, plantMovedMore, "more", 7n);
    const before = await balanceOf(airline, "airline", "u2");
    const run = await reconcile(airline, { repair: "apply" });
    expect(await only(airline, run)).toMatchObject({
      status: "open",
      repair: { action: "adjust", status: "proposed", preview: { entry: "debit", amount: "7" } },
    });
    expect(await balanceOf(airline, "airline", "u2")).toBe(before);
    const { body } = await world.call(airline, "GET", `/v1/reconciliations/${run.reconciliation_id}`);
    expect(body["principal"]).toBe("tester");
    const own = await world.post(
      airline,
      `/v1/reconciliations/${run.reconciliation_id}/mismatches/approve-repairs`,
      { operation_ids: ["more"] },
    );
    expect(own).toMatchObject({ status: 403, body: { code: "four_eyes_required" } });
    for (const _time of [1, 2]) expect((await approve(airline, run, "more")).status).toBe(200);
    expect(await balanceOf(airline, "airline", "u2")).toBe(before - 7n);
    await requireEqual(airline, run);
    await requireSound(shop, airline);
  });

  it("gives back what a partner's hold took too much (J1)", async () => {
    const { shop, airline } = world;
    // The airline's node is the hub: it holds at the shop.
    await world.exchange(airline, exchangeOf("held-more", "shop", "1000", "u3"));
    await world.plant(shop, plantMovedMore, "held-more", 30n);
    await requireSound(shop);
    const before = await balanceOf(shop, "shop", "u3");
    const run = await reconcile(shop, { repair: "apply" });
    expect(await only(shop, run)).toMatchObject({
      leg: "hub_holds",
      status: "resolved",
      repair: { preview: { entry: "credit", amount: "30", from: "1030", to: "1000" } },
    });
    expect(await balanceOf(shop, "shop", "u3")).toBe(before + 30n);
    await requireEqual(shop, run);
    await requireSound(shop, airline);
  });

  it("moves nothing where a row was altered and its lines were not (J2)", async () => {
    const { shop, airline } = world;
    await world.exchange(shop, exchangeOf("altered", "shop", "1000"));
    await world.plant(airline, plantAmount, "altered", 9n);
    const before = await balanceOf(airline, "airline", "u1");
    const run = await reconcile(airline, { repair: "apply" });
    const found = await only(airline, run);
    expect(found).toMatchObject({ type: "amount_mismatch", status: "open", repair: null });
    expect(found["repair_obstacle"]).toContain("its lines moved 290");
    expect(await balanceOf(airline, "airline", "u1")).toBe(before);
    await world.plant(airline, plantAmount, "altered", -9n);
    await requireSound(airline);
  });

  it("moves nothing on what a partner says and had not signed: it is shown its signature (J1)", async () => {
    const { shop, airline } = world;
    await world.exchange(shop, exchangeOf("denied", "shop", "1000"));
    await plantAtHub("denied", -40n);
    const before = await balanceOf(airline, "airline", "u1");
    const run = await reconcile(airline, { repair: "apply" });
    expect(await only(airline, run)).toMatchObject({
      type: "amount_mismatch",
      status: "open",
      repair: { action: "present_evidence", status: null },
    });
    expect(await balanceOf(airline, "airline", "u1")).toBe(before);
    await plantAtHub("denied", 40n);
    await requireSound(shop, airline);
  });

  it("moves nothing where the partner says something else by the time of the approval (J1, H2)", async () => {
    const { shop, airline } = world;
    await world.exchange(shop, exchangeOf("withdrawn", "shop", "1000"));
    await world.plant(airline, plantMovedMore, "withdrawn", -5n);
    const run = await reconcile(airline, { repair: "propose" });
    await plantAtHub("withdrawn", -5n);
    const before = await balanceOf(airline, "airline", "u1");
    await approve(airline, run, "withdrawn");
    expect(JSON.stringify((await only(airline, run))["repair"])).toContain("says something else");
    expect(await balanceOf(airline, "airline", "u1")).toBe(before);
    await plantAtHub("withdrawn", 5n);
    await requireSound(shop, airline);
  });

  it("takes nothing that a member does not have any more, and says so", async () => {
    const { shop, airline } = world;
    const body = exchangeOf("spent-2", "shop", "1000", "spender");
    await world.post(shop, "/v1/credits", {
      operation_id: "open-spender",
      system_id: "shop",
      user_id: "spender",
      credit_type_id: "coin",
      amount: "5000",
    });
    await world.exchange(shop, body);
    await world.plant(airline, plantMovedMore, "spent-2", 7n);
    await world.post(airline, "/v1/debits", {
      operation_id: "spend-all",
      system_id: "airline",
      user_id: "spender",
      credit_type_id: "mile",
      amount: "297",
    });
    const run = await reconcile(airline, { repair: "propose" });
    await approve(airline, run, "spent-2");
    const found = (await world.mismatches(airline, run)).find(({ operation_id: id }) => id === "spent-2");
    expect(found).toMatchObject({
      status: "open",
      repair: { status: "failed", outcome: "refused: insufficient_balance" },
    });
    expect(await balanceOf(airline, "airline", "spender")).toBe(0n);
    await requireSound(shop, airline);
  });

  describe("an exchange that this node has lost", () => {
    async function lose(ids: readonly string[]): Promise<SeenReconciliation> {
      const { shop } = world;
      const saved = await readTables(shop.database);
      for (const id of ids)
        expect((await world.exchange(shop, exchangeOf(id, "shop", "1000"))).status).toBe(201);
      for (const table of ledgerTables) await restoreTable(shop.database, table, saved[table] ?? "[]");
      const run = await reconcile(shop, { repair: "apply" });
      for (const one of await world.mismatches(shop, run)) {
        expect(one).toMatchObject({ type: "missing_in_source", status: "open", repair: null });
      }
      return run;
    }

    async function exportFrom(airline: PartnerNode, id: string): Promise<Record<string, unknown>> {
      const theirs = await reconcile(airline);
      const path = `/v1/reconciliations/${theirs.reconciliation_id}/mismatches/${id}/evidence`;
      const { status, body } = await world.call(airline, "GET", path);
      expect(status).toBe(200);
      return body;
    }

    function show(run: SeenReconciliation, id: string, signed: object) {
      const path = `/v1/reconciliations/${run.reconciliation_id}/mismatches/${id}/evidence`;
      return world.post(world.shop, path, signed);
    }

    it("is made again on its own signature, after two people, and pays once (T1, T3, Y1)", async () => {
      const { shop, airline } = world;
      const run = await lose(["lost-here"]);
      const before = await balanceOf(shop, "shop", "u1");
      const signed = await exportFrom(airline, "lost-here");
      const shown = await show(run, "lost-here", signed);
      expect(shown).toMatchObject({
        status: 200,
        body: {
          items: [
            {
              repair: { action: "restore", status: "proposed", preview: { entry: "debit", amount: "1000" } },
            },
          ],
        },
      });
      expect((await show(run, "lost-here", signed)).body).toMatchObject({ code: "evidence_refused" });
      for (const _time of [1, 2]) expect((await approve(shop, run, "lost-here")).status).toBe(200);
      expect(await only(shop, run)).toMatchObject({ status: "resolved", resolution: "repaired" });
      expect(await balanceOf(shop, "shop", "u1")).toBe(before - 1000n);
      const { body } = await world.call(shop, "GET", "/v1/exchanges/lost-here");
      const line = JSON.parse(String(signed["body"])) as { initiated_at: string };
      expect(body).toMatchObject({
        status: "completed",
        target_amount: "290",
        created_at: line.initiated_at,
      });
      await requireEqual(shop, run);
      await requireSound(shop, airline);
      expect(await reconcile(shop)).toMatchObject({ mismatches_count: 0 });
      // Whoever made it at first may ask again, also where it was at a quote that was lost with it.
      const repeat = { ...exchangeOf("lost-here", "shop", "1000"), quote_id: "of-before" };
      expect(await world.exchange(shop, repeat)).toMatchObject({ status: 200, body: { idempotent: true } });
      expect((await world.exchange(shop, { ...repeat, amount: "1001" })).status).toBe(409);
    });

    it("is a person's to look at where the link had its users otherwise since (T2)", async () => {
      const run = await lose(["lost-mapped"]);
      const signed = await exportFrom(world.airline, "lost-mapped");
      const link = { source_system: "shop", target_system: "airline" };
      for (const user_mapping of ["mapped", "same_id"])
        await world.call(world.shop, "PUT", "/v1/links", { ...link, user_mapping });
      const shown = await show(run, "lost-mapped", signed);
      expect(shown.body["detail"]).toContain("mapped users then is not known any more");
    });

    it("moves nothing on anything else (T1)", async () => {
      const { shop, airline } = world;
      const run = await lose(["lost-a", "lost-b"]);
      const [first, second] = [await exportFrom(airline, "lost-a"), await exportFrom(airline, "lost-b")];
      const text = String(first["body"]);
      const refused: readonly (readonly [string, string, object])[] = [
        ["another operation's", "lost-a", second],
        ["altered", "lost-a", { ...first, body: text.replace('"1000"', '"9999"') }],
        ["another signature", "lost-a", { ...first, signature: second["signature"] }],
        ["no signature", "lost-a", { ...first, signature_input: "none", signature: "none" }],
        ["another address", "lost-a", { ...first, target_uri: "http://127.0.0.1:1/pxp/v1/credits" }],
      ];
      for (const [name, id, signed] of refused) {
        const answer = await show(run, id, signed);
        expect({ name, answer }).toMatchObject({
          name,
          answer: { status: 422, body: { code: "evidence_refused" } },
        });
      }
      // What the airline signs itself shows nothing of what the shop owes.
      await world.exchange(airline, exchangeOf("own-1", "airline", "100"));
      const theirs = await world.reconcile(shop, "airline", "shop", { start_time: since });
      expect(theirs).toMatchObject({ mismatches_count: 0 });
      for (const id of ["lost-a", "lost-b"]) {
        const found = (await world.mismatches(shop, run)).find((one) => one.operation_id === id);
        expect(found).toMatchObject({ status: "open", repair: null });
      }
      await requireSound(shop, airline);
    });
  });

  it("is adjusted once, wherever the process that does it is killed (G1, Z2)", async () => {
    const { shop, airline } = world;
    await (airline.services.reconciler as Reconciler).stop();
    const { services, crossings } = airline;
    const reconcilerOn = (database: Database) =>
      new Reconciler({
        database,
        shardCount: services.shardCount,
        lines: services.partners.lines,
        summaries: services.summaries,
        registry: services.partners.registry,
        advance: (commands) => crossings.advance(commands),
        post: (commands) => services.posting.submit(commands),
        log: createLog("silent"),
      });
    const counts = isSoak ? Array.from({ length: 50 }, (_, index) => index + 1) : [20, 25];
    let killedCount = 0;
    for (const count of counts) {
      for (const isCommitted of isSoak ? [true, false] : [count % 2 === 1]) {
        const name = `kill-${count}-${isCommitted ? "after" : "before"}`;
        await new Promise((resolve) => setTimeout(resolve, 2));
        const start_time = new Date().toISOString();
        await world.exchange(shop, exchangeOf(name, "shop", "1000"));
        await world.plant(airline, plantMovedMore, name, -5n);
        const before = await balanceOf(airline, "airline", "u1");
        const id = `run-${name}`;
        await world.makeAbandonedRun(airline, { operation_id: id, start_time, repair: "apply" });
        await reconcilerOn(dyingAt(airline.database, count, isCommitted))
          .finish(id, 60_000)
          .catch(() => undefined);
        const { body } = await world.call(airline, "GET", `/v1/reconciliations/${id}`);
        if (body["status"] === "running") killedCount += 1;
        await world.plant(airline, plantEndedLease, id);
        const run = await reconcilerOn(airline.database).finish(id, 60_000);
        expect({ name, run }).toMatchObject({ name, run: { status: "completed", failure: null } });
        expect({ name, balance: await balanceOf(airline, "airline", "u1") }).toEqual({
          name,
          balance: before + 5n,
        });
        await requireEqual(airline, { reconciliation_id: id } as SeenReconciliation);
      }
    }
    expect(killedCount).toBeGreaterThan(1);
    await requireSound(shop, airline);
  }, 600_000);
});
