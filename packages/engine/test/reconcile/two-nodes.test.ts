// Reconciliation between two nodes: what agrees, what differs and how, what is stuck and what is only late.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  plantAge,
  plantAmount,
  plantForgotten,
  plantLoss,
  plantRate,
  plantStatus,
  plantUnheard,
  plantUser,
} from "../support/plant-queries.ts";
import { exchangeOf, ReconcileWorld } from "../support/reconcile-world.ts";

/** What other tests have planted is older than this. */
function since(): string {
  return new Date(Date.now() - 2 * 3_600_000).toISOString();
}

describe("reconciliation between two nodes", () => {
  let world: ReconcileWorld;

  beforeAll(async () => {
    world = await ReconcileWorld.open();
  });
  afterAll(async () => {
    await world.close();
  });

  it("finds that both sides agree, wherever the source and the target are kept", async () => {
    const { shop } = world;
    await world.exchange(shop, exchangeOf("agree-1", "shop", "100"));
    await world.exchange(shop, exchangeOf("agree-2", "shop", "200"));
    await world.exchange(shop, exchangeOf("agree-3", "airline", "40"));
    await world.exchange(shop, exchangeOf("agree-4", "shop", "100000000"));
    const outward = await world.reconcile(shop, "shop", "airline");
    expect(outward).toMatchObject({
      status: "completed",
      source_operations_count: 2,
      target_operations_count: 2,
      mismatches_count: 0,
      totals: [{ leg: "target_credits", credit_type_id: "mile", ours: "87", theirs: "87" }],
    });
    const digest = outward.digests.find(({ leg }) => leg === "target_credits");
    expect(digest?.ours).toBe(digest?.theirs);
    expect(digest?.ours).not.toBe("0".repeat(32));
    const back = await world.reconcile(shop, "airline", "shop");
    const counts = { source_operations_count: 1, target_operations_count: 1, mismatches_count: 0 };
    expect(back).toMatchObject({ status: "completed", ...counts });
  });

  it("tells every kind of difference from the others (M1, M3)", async () => {
    const { shop, airline } = world;
    for (const id of ["lost", "more", "whose", "undone", "forgotten", "rate", "fine"]) {
      await world.exchange(shop, exchangeOf(`kind-${id}`, "shop", "1000"));
    }
    await world.plant(airline, plantLoss, "kind-lost");
    await world.plant(airline, plantAmount, "kind-more", 7n);
    await world.plant(airline, plantUser, "kind-whose", "u2");
    await world.plant(airline, plantStatus, "kind-undone", "rolled_back");
    await world.plant(airline, plantRate, "kind-rate", "0.30");
    await world.plant(shop, plantForgotten, "kind-forgotten");
    const run = await world.reconcile(shop, "shop", "airline");
    const found = await world.mismatches(shop, run);
    expect(found.map(({ operation_id: id, type }) => [id, type])).toEqual([
      ["kind-forgotten", "missing_in_source"],
      ["kind-lost", "missing_in_target"],
      ["kind-more", "amount_mismatch"],
      ["kind-rate", "rate_mismatch"],
      ["kind-undone", "status_mismatch"],
      ["kind-whose", "wrong_account"],
    ]);
    expect(run.mismatches_count).toBe(6);
    const digest = run.digests.find(({ leg }) => leg === "target_credits");
    expect(digest?.ours).not.toBe(digest?.theirs);
  });

  it("tells a stuck exchange from one that is in flight (M1)", async () => {
    const { shop, airline } = world;
    await world.exchange(shop, exchangeOf("slow-1", "shop", "50"));
    await world.exchange(shop, exchangeOf("slow-2", "shop", "50"));
    // The target has both; the hub has not heard of it.
    for (const id of ["slow-1", "slow-2"]) await world.plant(shop, plantUnheard, id);
    await world.plant(shop, plantAge, "slow-2", 60);
    await world.plant(airline, plantAge, "slow-2", 60);
    const run = await world.reconcile(shop, "shop", "airline", { start_time: since() });
    expect(run).toMatchObject({ in_flight_count: 1 });
    const found = await world.mismatches(shop, run);
    expect(found.some((one) => one.operation_id === "slow-1")).toBe(false);
    const stuck = found.find((one) => one.operation_id === "slow-2");
    expect(stuck).toMatchObject({
      operation_id: "slow-2",
      type: "status_mismatch",
      is_stuck: true,
      repair: { action: "ask_again", status: null },
    });
  });

  it("fails, and says why, where the partner can't be read (N2)", async () => {
    const { shop } = world;
    await world.moveAirline("http://127.0.0.1:9");
    const run = await world.reconcile(shop, "shop", "airline");
    expect(run).toMatchObject({ status: "failed", mismatches_count: 0 });
    expect(run["failure"]).toContain("partner_silent");
  });
});
