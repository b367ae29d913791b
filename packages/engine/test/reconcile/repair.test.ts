// Repairs: what is mended, by whom, within which bounds, and that both sides are equal afterwards.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Database, runRetried, type Transaction } from "../../src/database/index.ts";
import { defaultLadder, shardOf } from "../../src/domain/index.ts";
import { findMismatches } from "../../src/reconcile/index.ts";
import { makeRepair } from "../../src/reconcile/repair-step.ts";
import { Repairer } from "../../src/reconcile/repairer.ts";
import { requireSound, secondApiKey } from "../support/partner-node.ts";
import { plantMovedMore } from "../support/plant-queries.ts";
import { exchangeOf, ReconcileWorld, type SeenReconciliation } from "../support/reconcile-world.ts";
import { readTables, restoreTable } from "../support/tamper-queries.ts";

const ledgerTables = ["transfers", "accounts", "clearing_accounts", "operations"];

function requireEqualDigests(run: SeenReconciliation): void {
  expect(run.digests.length).toBeGreaterThan(0);
  for (const { ours, theirs } of run.digests) expect(ours).toBe(theirs);
}

const HOUR_MS = 3_600_000;
/** What waits is asked again when a repair asks for it, and by nobody else. */
const patient = { ...defaultLadder, delaysMs: [HOUR_MS], undoAfterMs: HOUR_MS, alarmAfterMs: HOUR_MS };

describe("repairs", () => {
  let world: ReconcileWorld;
  let since: string;

  beforeAll(async () => {
    world = await ReconcileWorld.open({ ladder: patient, crossings: { probeIntervalMs: 0 } });
    // The accounts that face each other are there from the beginning: a node remembers them.
    await world.exchange(world.shop, exchangeOf("first", "shop", "100"));
  });
  afterAll(async () => {
    await world.close();
  });
  beforeEach(async () => {
    await new Promise((resolve) => setTimeout(resolve, 2));
    since = new Date().toISOString();
    await putPolicy({});
  });

  async function putPolicy(more: object): Promise<void> {
    const pair = { source_system: "shop", target_system: "airline" };
    await world.call(world.shop, "PUT", "/v1/reconciliation-policies", { ...pair, ...more });
  }

  function reconcile(more: object = {}): Promise<SeenReconciliation> {
    return world.reconcile(world.shop, "shop", "airline", { start_time: since, ...more });
  }

  /** The airline forgets what the work did, as one that is restored from a backup does. */
  async function forget(work: () => Promise<void>): Promise<void> {
    const { airline } = world;
    const saved = await readTables(airline.database);
    await work();
    for (const table of ledgerTables) await restoreTable(airline.database, table, saved[table] ?? "[]");
  }

  async function makeLost(ids: readonly string[], amount = "1000"): Promise<void> {
    await forget(async () => {
      for (const id of ids) {
        const { status } = await world.exchange(world.shop, exchangeOf(id, "shop", amount));
        expect(status).toBe(201);
      }
    });
  }

  it("sends again what a target has lost, and proves that both sides are equal (A1, B1)", async () => {
    const { shop, airline } = world;
    await world.exchange(shop, exchangeOf("kept", "shop", "300"));
    await makeLost(["lost-1", "lost-2"]);
    const run = await reconcile({ repair: "apply" });
    expect(run).toMatchObject({ status: "completed", mismatches_count: 2, open_mismatches_count: 0 });
    requireEqualDigests(run);
    for (const one of await world.mismatches(shop, run)) {
      expect(one).toMatchObject({
        type: "missing_in_target",
        status: "resolved",
        resolution: "repaired",
        resolved_by_run: run.reconciliation_id,
        repair: { action: "send_again", status: "applied", outcome: "credits: credited" },
      });
    }
    await requireSound(shop, airline);
    requireEqualDigests(await reconcile());
    const id = `reconciliation:${run.reconciliation_id}`;
    const { body } = await world.call(shop, "GET", `/v1/inconsistencies/${id}`);
    expect(body).toMatchObject({ type: "cross_system_reconciliation", status: "resolved" });
  });

  it("lets an exchange that waits in vain go on by its own state machine (A1)", async () => {
    const { shop, airline } = world;
    await world.moveAirline("http://127.0.0.1:9");
    const asked = await world.askExchange(shop, exchangeOf("unheard", "shop", "1000"));
    expect(asked).toMatchObject({ status: 202, body: { status: "processing" } });
    await world.untilAttempted("unheard");
    await world.moveAirline(airline.url);
    expect(await reconcile({ repair: "apply" })).toMatchObject({ in_flight_count: 1, mismatches_count: 0 });
    await putPolicy({ grace_ms: 0 });
    const run = await reconcile({ repair: "apply" });
    const [found] = await world.mismatches(shop, run);
    expect(found).toMatchObject({ operation_id: "unheard", type: "missing_in_target", is_stuck: true });
    expect(found).toMatchObject({ status: "resolved", repair: { action: "ask_again", status: "applied" } });
    const { body } = await world.call(shop, "GET", "/v1/exchanges/unheard");
    expect(body["status"]).toBe("completed");
    await requireSound(shop, airline);
  });

  it("needs another person above a value, who is not the one that proposed it (G2, F2)", async () => {
    const { shop, airline } = world;
    await putPolicy({ four_eyes_above: "100" });
    await makeLost(["large"]);
    const run = await reconcile({ repair: "apply" });
    expect(run).toMatchObject({ mismatches_count: 1, open_mismatches_count: 1 });
    const path = `/v1/reconciliations/${run.reconciliation_id}/mismatches`;
    const [found] = await world.mismatches(shop, run);
    expect(found).toMatchObject({ value: "290", repair: { status: "proposed", proposed_by: "tester" } });
    const selection = { operation_ids: ["large"] };
    const own = await world.post(shop, `${path}/approve-repairs`, selection);
    expect(own).toMatchObject({ status: 403, body: { code: "four_eyes_required" } });
    const other = await world.post(shop, `${path}/approve-repairs`, selection, secondApiKey);
    expect(other).toMatchObject({ status: 200, body: { items: [{ status: "resolved" }] } });
    const again = await world.post(shop, `${path}/approve-repairs`, selection, secondApiKey);
    expect(again.status).toBe(200);
    const after = await world.call(shop, "GET", `/v1/reconciliations/${run.reconciliation_id}`);
    expect(after.body).toMatchObject({ open_mismatches_count: 0 });
    requireEqualDigests(after.body as unknown as SeenReconciliation);
    await requireSound(shop, airline);
  });

  it("makes no more repairs than a run may, and proposes the rest (G2)", async () => {
    const { shop } = world;
    await putPolicy({ repair_count_max: 1 });
    await makeLost(["cap-1", "cap-2", "cap-3"]);
    const run = await reconcile({ repair: "apply" });
    expect(run).toMatchObject({ mismatches_count: 3, open_mismatches_count: 2 });
    const statuses = (await world.mismatches(shop, run)).map(
      ({ repair }) => (repair as { status: string }).status,
    );
    expect(statuses.sort()).toEqual(["applied", "proposed", "proposed"]);
  });

  it("stops itself where a large share differs, and says so (G3)", async () => {
    const { shop } = world;
    await putPolicy({ stop_count_min: 3 });
    await makeLost(["share-1", "share-2", "share-3"]);
    const run = await reconcile({ repair: "apply" });
    expect(run).toMatchObject({ status: "completed", mismatches_count: 3, open_mismatches_count: 3 });
    expect(run["repair_stopped"]).toContain("3 of 3");
    const { body } = await world.call(shop, "GET", "/v1/alerts");
    const types = (body["items"] as { type: string }[]).map(({ type }) => type).sort();
    expect(types).toEqual(
      expect.arrayContaining(["reconciliation_differences", "reconciliation_stopped_itself"]),
    );
  });

  it("carries a mismatch on from run to run, and closes it when a later run agrees (W1, W2)", async () => {
    const { shop } = world;
    await makeLost(["carried"]);
    const first = await reconcile();
    await world.post(shop, `/v1/reconciliations/${first.reconciliation_id}/mismatches/assign`, {
      operation_ids: ["carried"],
      assignee: "Ming",
    });
    const second = await reconcile();
    expect((await world.mismatches(shop, first))[0]).toMatchObject({
      status: "resolved",
      resolution: "carried_on",
      resolved_by_run: second.reconciliation_id,
    });
    expect((await world.mismatches(shop, second))[0]).toMatchObject({
      status: "assigned",
      assigned_to: "Ming",
    });
    const third = await reconcile({ repair: "apply" });
    expect(third).toMatchObject({ mismatches_count: 1, open_mismatches_count: 0 });
    expect((await world.mismatches(shop, second))[0]).toMatchObject({ resolution: "carried_on" });
    const fourth = await reconcile();
    expect(fourth).toMatchObject({ mismatches_count: 0 });
  });

  it("is told as made by whoever looked for it just before another made it (E1, G5)", async () => {
    const { shop, airline } = world;
    await world.exchange(shop, exchangeOf("twice-at-once", "shop", "1000"));
    await world.plant(airline, plantMovedMore, "twice-at-once", 3n);
    const { reconciliation_id: reconciliationId } = await world.reconcile(airline, "shop", "airline", {
      start_time: since,
      repair: "propose",
    });
    const { services, crossings, database } = airline;
    const { shardCount, partners } = services;
    const place = { shardId: shardOf(reconciliationId, shardCount), reconciliationId };
    const [mismatch] = await database.transaction((transaction) =>
      findMismatches(transaction, place, ["twice-at-once"]),
    );
    if (mismatch === undefined) throw new Error("the mismatch was not recorded");
    const partsOn = (place: Database) => ({
      database: place,
      shardCount,
      lines: partners.lines,
      registry: partners.registry,
      advance: (commands: Parameters<typeof crossings.advance>[0]) => crossings.advance(commands),
      post: (commands: Parameters<typeof services.posting.submit>[0]) => services.posting.submit(commands),
    });
    let count = 0;
    const interrupted: Database = {
      engine: database.engine,
      close: async () => undefined,
      async transaction(work) {
        count += 1;
        // It has been looked for; what the row comes to has not.
        if (count === 2) {
          const first = await new Repairer(partsOn(database)).carryOut(mismatch, "tester");
          expect(first).toMatchObject({ isDone: true });
        }
        return database.transaction(work);
      },
    };
    const second = await new Repairer(partsOn(interrupted)).carryOut(mismatch, "tester");
    expect(count).toBeGreaterThan(1);
    expect(second).toMatchObject({ isDone: true });

    const path = `/v1/reconciliations/${reconciliationId}/mismatches/approve-repairs`;
    await world.post(airline, path, { operation_ids: ["twice-at-once"] }, secondApiKey);
    if (mismatch.repair === null) throw new Error("no repair was proposed");
    const late = { ...mismatch, repair: { ...mismatch.repair, operationId: "another-movement" } };
    const repairer = new Repairer(partsOn(database));
    const store = (work: (transaction: Transaction) => Promise<void>) => runRetried(database, work);
    const told = await makeRepair({ repairer, shardCount }, late, "tester", store);
    expect(told).toMatchObject({ status: "applied", operationId: mismatch.repair.operationId });
    await requireSound(shop, airline);
  });

  it("keeps its time where the database's clock is behind it (Y3)", async () => {
    const { shop, airline } = world;
    const initiatedAt = new Date(Date.now() + 3_600_000);
    const command = {
      type: "restore",
      operationId: "of-tomorrow",
      principal: "tester",
      userId: "u1",
      targetUserId: "u1",
      sourceSystem: "shop",
      targetSystem: "airline",
      sourceCreditType: "coin",
      targetCreditType: "mile",
      sourceAmount: 1_000n,
      targetAmount: 290n,
      exchangeRate: "0.29",
      initiatedAt,
      metadata: null,
      evidenceId: "none",
    } as const;
    expect(await shop.services.posting.submit([command])).toMatchObject([{ type: "operation" }]);
    const { operationId, principal } = command;
    const event = { kind: "ask_again" } as const;
    await shop.crossings.advance([{ type: "advance", operationId, principal, state: null, event }]);
    const { body } = await world.call(shop, "GET", "/v1/exchanges/of-tomorrow");
    expect(body["created_at"]).toBe(initiatedAt.toISOString());
    const ended = () => world.call(shop, "GET", "/v1/exchanges/of-tomorrow");
    await expect.poll(async () => (await ended()).body["status"], { timeout: 20_000 }).toBe("completed");
    await requireSound(shop, airline);
  });
});
