// A hub that keeps neither ledger: the source's node and the target's node know each other through it only.
import { PointbridgeError } from "@pointbridge/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../src/database/index.ts";
import {
  keysOf,
  openPartnerNode,
  type PartnerNode,
  putHosted,
  putRemote,
  putTestRoute,
  requireSound,
} from "../support/partner-node.ts";
import { createTestDatabase } from "../support/test-database.ts";

const shopSide = ["shop", "coin"] as const;
const airlineSide = ["airline", "mile"] as const;
const route = { source: shopSide, target: airlineSide, rate: "0.29" } as const;

describe("a hub between two partners", () => {
  const cleanUps: (() => Promise<void>)[] = [];
  let hub: PartnerNode;
  let shop: PartnerNode;
  let airline: PartnerNode;

  async function openNode(): Promise<PartnerNode> {
    const place = await createTestDatabase();
    const database: Database = await openDatabase({ url: place.url });
    const node = await openPartnerNode(database);
    cleanUps.push(
      () => node.close(),
      () => database.close(),
      () => place.drop(),
    );
    return node;
  }

  /** The hub's node speaks for the other side's system, which this node knows nothing else of. */
  async function trustHub(node: PartnerNode, other: readonly [string, string]): Promise<void> {
    const [systemId, creditTypeId] = other;
    await node.client.systems.put(systemId, { name: systemId, kind: "remote" });
    await node.client.creditTypes.put(systemId, creditTypeId, { name: creditTypeId });
    const keys = (await keysOf(hub)) as NonNullable<Parameters<typeof node.client.systems.put>[1]["keys"]>;
    const address = { base_url: hub.url, keys, speaks_for: [systemId] };
    await node.client.systems.put("hub", { name: "hub", kind: "remote", ...address });
    await putTestRoute(node, route);
  }

  const exchangeOf = (operationId: string, amount: bigint) => ({
    operation_id: operationId,
    user_id: "u1",
    source_system: "shop",
    target_system: "airline",
    source_credit_type: "coin",
    target_credit_type: "mile",
    amount,
  });

  const pointsOf = async (node: PartnerNode) => {
    const { items } = await node.client.accounts.list({ user_id: "u1" }).page();
    return items.map(({ available, frozen }) => `${available}+${frozen}`).join();
  };

  beforeAll(async () => {
    [hub, shop, airline] = [await openNode(), await openNode(), await openNode()];
    await putHosted(shop, ...shopSide);
    await putHosted(airline, ...airlineSide);
    for (const [node, [systemId, creditTypeId]] of [
      [shop, shopSide],
      [airline, airlineSide],
    ] as const) {
      await putRemote(hub, { systemId, creditTypeId, baseUrl: node.url, keys: await keysOf(node) });
    }
    await putTestRoute(hub, route);
    await trustHub(shop, airlineSide);
    await trustHub(airline, shopSide);
    const account = { system_id: "shop", user_id: "u1", credit_type_id: "coin" };
    await shop.client.credits.create({ ...account, operation_id: "open", amount: 1_000n });
  });

  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });

  it("moves points between two ledgers that it keeps neither of", async () => {
    const made = await hub.client.exchanges.create(exchangeOf("e1", 100n));
    expect(made).toMatchObject({ status: "completed", target_amount: 29n });
    expect([await pointsOf(shop), await pointsOf(airline)]).toEqual(["900+0", "29+0"]);
  });

  it("gives the source back what the target refuses", async () => {
    // The airline agreed on less, and no partner has asked it for more within a day.
    await hub.client.rates.put({
      source_system: "shop",
      target_system: "airline",
      source_credit_type: "coin",
      target_credit_type: "mile",
      rate: "0.3",
    });
    const refused = hub.client.exchanges.create(exchangeOf("e2", 100n));
    await expect(refused).rejects.toMatchObject({ code: "target_refused" });
    await expect(refused).rejects.toBeInstanceOf(PointbridgeError);
    const exchange = await hub.client.exchanges.get("e2");
    expect(exchange.failure).toMatchObject({ code: "target_refused", partner_code: "rate_not_agreed" });
    expect(exchange.steps.at(-1)).toMatchObject({ step: "rollback_source_freeze", status: "completed" });
    expect([await pointsOf(shop), await pointsOf(airline)]).toEqual(["900+0", "29+0"]);
  });

  it("says what the source refuses", async () => {
    const refused = hub.client.exchanges.create(exchangeOf("e3", 5_000n));
    await expect(refused).rejects.toMatchObject({ code: "source_refused" });
  });

  it("is told by a node that it does not speak for its own system", async () => {
    // The shop's node holds no key that speaks for the hub's exchanges, and the other way round.
    await airline.client.systems.put("hub", {
      name: "hub",
      kind: "remote",
      base_url: hub.url,
      speaks_for: [],
    });
    await hub.client.exchanges.create(exchangeOf("e4", 10n), { waitSeconds: 1 });
    const waiting = await hub.client.exchanges.get("e4");
    // A 403 says nothing of the operation: it is asked again, and the hold stands or is undone, never lost.
    expect(["processing", "needs_attention"]).toContain(waiting.status);
    expect(await pointsOf(shop)).toBe("890+10");
    await airline.client.systems.put("hub", {
      name: "hub",
      kind: "remote",
      base_url: hub.url,
      speaks_for: ["shop"],
    });
    for (;;) {
      const { status } = await hub.client.exchanges.get("e4");
      if (status === "completed" || status === "failed") break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const total = [await pointsOf(shop), await pointsOf(airline)].join(" ");
    expect(["890+0 31+0", "900+0 29+0"]).toContain(total);
  });

  it("leaves all ledgers sound", async () => {
    await requireSound(hub, shop, airline);
  });
});
