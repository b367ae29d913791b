// A run that is killed wherever it stores something goes on, records nothing twice and repairs nothing twice.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database, Transaction } from "../../src/database/index.ts";
import { Reconciler } from "../../src/reconcile/index.ts";
import { createLog } from "../../src/system/index.ts";
import { requireSound } from "../support/partner-node.ts";
import { plantAmount, plantEndedLease } from "../support/plant-queries.ts";
import { exchangeOf, ReconcileWorld, type SeenReconciliation } from "../support/reconcile-world.ts";
import { readTables, restoreTable } from "../support/tamper-queries.ts";

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
const ledgerTables = ["transfers", "accounts", "clearing_accounts", "operations"];

/** A database whose process dies at its nth transaction: before it, or after it was committed. */
function dyingAt(database: Database, count: number, isCommitted: boolean): Database {
  let left = count;
  return {
    engine: database.engine,
    close: async () => undefined,
    async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
      left -= 1;
      if (left < 0) throw new Error("the process is dead");
      if (left > 0 || isCommitted) {
        const result = await database.transaction(work);
        if (left > 0) return result;
      }
      throw new Error("the process is killed");
    },
  };
}

describe("a run that is killed", () => {
  let world: ReconcileWorld;

  beforeAll(async () => {
    world = await ReconcileWorld.open();
    await world.stopReconciler();
    await world.exchange(world.shop, exchangeOf("first", "shop", "100"));
  });
  afterAll(async () => {
    await world.close();
  });

  function reconcilerOn(database: Database): Reconciler {
    const { services, crossings } = world.shop;
    const { lines, registry } = services.partners;
    return new Reconciler({
      database,
      shardCount: services.shardCount,
      lines,
      summaries: services.summaries,
      registry,
      advance: (commands) => crossings.advance(commands),
      post: (commands) => services.posting.submit(commands),
      log: createLog("silent"),
    });
  }

  /** Two exchanges that the airline has lost and one that it has otherwise, within a window of their own. */
  async function plant(name: string): Promise<{ start_time: string; end_time: string }> {
    const { shop, airline } = world;
    await new Promise((resolve) => setTimeout(resolve, 2));
    const start_time = new Date().toISOString();
    await world.exchange(shop, exchangeOf(`${name}-other`, "shop", "500"));
    const saved = await readTables(airline.database);
    for (const id of ["lost-1", "lost-2"])
      await world.exchange(shop, exchangeOf(`${name}-${id}`, "shop", "1000"));
    for (const table of ledgerTables) await restoreTable(airline.database, table, saved[table] ?? "[]");
    await new Promise((resolve) => setTimeout(resolve, 2));
    return { start_time, end_time: new Date().toISOString() };
  }

  async function runKilled(name: string, count: number, isCommitted: boolean): Promise<boolean> {
    const { shop, airline } = world;
    const window = await plant(name);
    await world.plant(airline, plantAmount, `${name}-other`, 3n);
    const id = `run-${name}`;
    // Made, and left to be taken up: the request that made it died with its process.
    const made = await world.makeAbandonedRun(shop, { operation_id: id, ...window, repair: "apply" });
    expect(made).toBe(id);
    await reconcilerOn(dyingAt(shop.database, count, isCommitted))
      .finish(id, 60_000)
      .catch(() => undefined);
    const before = await world.call(shop, "GET", `/v1/reconciliations/${id}`);
    const wasKilled = before.body["status"] === "running";
    await world.plant(shop, plantEndedLease, id);
    const run = await reconcilerOn(shop.database).finish(id, 60_000);
    expect({ name, status: run?.status, failure: run?.failure }).toEqual({
      name,
      status: "completed",
      failure: null,
    });
    const after = (await world.call(shop, "GET", `/v1/reconciliations/${id}`)).body;
    expect({ name, after }).toMatchObject({
      after: {
        source_operations_count: 3,
        mismatches_count: 3,
        mismatches_by_type: { missing_in_target: 2, amount_mismatch: 1 },
        open_mismatches_count: 1,
      },
    });
    const found = await world.mismatches(shop, after as unknown as SeenReconciliation);
    for (const one of found.filter(({ type }) => type === "missing_in_target")) {
      const history = one["history"] as { action: string }[];
      expect({ name, allowed: history.filter(({ action }) => action === "repair_approved").length }).toEqual({
        name,
        allowed: 1,
      });
    }
    await world.plant(airline, plantAmount, `${name}-other`, -3n);
    return wasKilled;
  }

  it("goes on to the same end, at every step, before or after its transaction (R1, R2, P1, C3, G1)", async () => {
    const counts = isSoak ? Array.from({ length: 60 }, (_, index) => index + 1) : [4, 13, 21];
    let killedCount = 0;
    for (const count of counts) {
      for (const isCommitted of isSoak ? [true, false] : [count % 2 === 0]) {
        if (await runKilled(`k${count}${isCommitted ? "a" : "b"}`, count, isCommitted)) killedCount += 1;
      }
    }
    expect(killedCount).toBeGreaterThan(1);
    await requireSound(world.shop, world.airline);
  }, 300_000);
});
