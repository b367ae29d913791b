// Limits of exchanges that cross nodes: judged where the points leave and where they arrive, and given back where
// all is put back.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { migrate, openDatabase } from "../../src/database/index.ts";
import { joinNodes, openPartnerNode, type PartnerNode, requireSound } from "../support/partner-node.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const toAirline = {
  user_id: "u1",
  source_system: "shop",
  target_system: "airline",
  source_credit_type: "coin",
  target_credit_type: "mile",
};

describe("limits between nodes", () => {
  const places: TestDatabase[] = [];
  let shop: PartnerNode;
  let airline: PartnerNode;

  const openNode = async (): Promise<PartnerNode> => {
    const place = await createTestDatabase();
    places.push(place);
    const database = await openDatabase({ url: place.url });
    await migrate(database);
    return openPartnerNode(database);
  };

  const exchange = (operationId: string, amount: bigint) =>
    shop.client.exchanges.create({ ...toAirline, operation_id: operationId, amount }).then(
      ({ status }) => status,
      (error: { readonly code?: string }) => error.code,
    );

  const usedOf = async (node: PartnerNode, limitId: string) => {
    const { used_amount: amount, used_count: count } = await node.client.limits.usage(limitId);
    return `${amount} of ${count}`;
  };

  beforeAll(async () => {
    [shop, airline] = [await openNode(), await openNode()];
    await joinNodes(shop, airline);
    const account = { system_id: "shop", user_id: "u1", credit_type_id: "coin" };
    await shop.client.credits.create({ ...account, operation_id: "open", amount: 10_000n });
    const limit = { measure: "day_amount", subject: "everybody" } as const;
    await shop.client.limits.put("leaving", {
      ...limit,
      side: "source",
      source_system: "shop",
      credit_type_id: "coin",
      bound: 1_000n,
    });
    await airline.client.limits.put("arriving", {
      ...limit,
      side: "target",
      target_system: "airline",
      credit_type_id: "mile",
      bound: 200n,
    });
  });

  afterAll(async () => {
    for (const node of [shop, airline]) {
      await node.close();
      await node.database.close();
    }
    for (const place of places) await place.drop();
  });

  afterEach(() => requireSound(shop, airline));

  it("an exchange counts on both sides, each in its own points (F4)", async () => {
    expect(await exchange("x-1", 400n)).toBe("completed");
    expect([await usedOf(shop, "leaving"), await usedOf(airline, "arriving")]).toEqual([
      "400 of 1",
      "116 of 1",
    ]);
  });

  it("what the target's limit refuses is given back at the source (F2)", async () => {
    expect(await exchange("x-2", 500n)).toBe("target_refused");
    const refused = await shop.client.exchanges.get("x-2");
    expect(refused).toMatchObject({ status: "failed", failure: { partner_code: "limit_exceeded" } });
    expect([await usedOf(shop, "leaving"), await usedOf(airline, "arriving")]).toEqual([
      "400 of 1",
      "116 of 1",
    ]);
  });

  it("what the source's limit refuses never leaves, and says which limit it was (F3)", async () => {
    expect(await exchange("x-3", 601n)).toBe("limit_exceeded");
    const { failure, steps } = await shop.client.exchanges.get("x-3");
    expect(failure).toMatchObject({ code: "limit_exceeded", exceeded: { limit_id: "leaving", used: 400n } });
    expect(steps.some(({ step }) => step === "add_target_credits")).toBe(false);
  });

  it("twenty at once end with no more than either limit", async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `many-${index}`);
    const ends = await Promise.all(ids.map((id) => exchange(id, 100n)));
    // 84 miles are left, 29 for each: two arrive.
    expect(ends.filter((end) => end === "completed")).toHaveLength(2);
    expect([await usedOf(shop, "leaving"), await usedOf(airline, "arriving")]).toEqual([
      "600 of 3",
      "174 of 3",
    ]);
  });
});
