// Receipts of exchanges (R5-R7): signed by each side that keeps books, verified by somebody who has only the keys.
import type { Receipt, ReceiptKeys } from "@pointbridge/protocol/receipts";
import { decodeReceipt, verifyReceipt } from "@pointbridge/protocol/receipts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/database/index.ts";
import { shardOf } from "../../src/domain/index.ts";
import { changeAmount } from "../support/audit-row-queries.ts";
import {
  joinNodes,
  keysOf,
  nodeApiKey,
  openPartnerNode,
  type PartnerNode,
  putHosted,
  putTestRoute,
  quickLadder,
} from "../support/partner-node.ts";
import { createTestDatabase } from "../support/test-database.ts";

/** Here every partner answers in the end, however busy the machine is. */
const patient = { ...quickLadder, undoAfterMs: 120_000, alarmAfterMs: 240_000, leaseMs: 30_000 };

type Answer = Receipt & {
  readonly missing: readonly { readonly system_id: string; readonly reason: string }[];
  readonly code?: string;
};

const sides = { shop: "coin", club: "star", airline: "mile" } as const;
type System = keyof typeof sides;

describe("receipts", () => {
  const cleanUps: (() => Promise<void>)[] = [];

  async function openNode(): Promise<PartnerNode> {
    const place = await createTestDatabase();
    const database = await openDatabase({ url: place.url });
    const node = await openPartnerNode(database, { ladder: patient, timeoutMs: 20_000 });
    cleanUps.push(
      () => node.close(),
      () => database.close(),
      () => place.drop(),
    );
    return node;
  }

  let shop: PartnerNode;
  let airline: PartnerNode;
  let keys: ReceiptKeys;

  beforeAll(async () => {
    shop = await openNode();
    airline = await openNode();
    await joinNodes(shop, airline);
    await putHosted(shop, "club", "star");
    await putTestRoute(shop, { source: ["shop", "coin"], target: ["club", "star"], rate: "0.5" });
    for (const [node, system_id, credit_type_id] of [
      [shop, "shop", "coin"],
      [airline, "airline", "mile"],
    ] as const) {
      await node.client.credits.create({ system_id, credit_type_id, user_id: "u1", amount: 1_000n });
    }
    const [own, partners] = (await Promise.all([keysOf(shop), keysOf(airline)])) as [
      ReceiptKeys[""],
      ReceiptKeys[""],
    ];
    if (own === undefined || partners === undefined) throw new Error("a node has no keys");
    keys = { shop: own, club: own, airline: partners };
  });

  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });

  const exchange = async (operation_id: string, source: System, target: System) =>
    shop.client.exchanges.create({
      operation_id,
      user_id: "u1",
      source_system: source,
      target_system: target,
      source_credit_type: sides[source],
      target_credit_type: sides[target],
      amount: 10n,
    });
  const read = async (operationId: string, node = shop) => {
    const answer = await node.app.inject({
      url: `/v1/exchanges/${operationId}/receipt`,
      headers: { authorization: `Bearer ${nodeApiKey}` },
    });
    return { status: answer.statusCode, body: answer.json<Answer>() };
  };

  it.each([
    ["hosted", "shop", "club", 1],
    ["out", "shop", "airline", 2],
    ["in", "airline", "shop", 2],
  ] as const)(
    "%s are signed by every node that keeps a side, the same each time",
    async (id, source, target, count) => {
      await exchange(id, source, target);
      const { status, body } = await read(id);
      expect(status).toBe(200);
      expect(body.missing).toEqual([]);
      expect(body.signatures).toHaveLength(count);
      const verdict = await verifyReceipt(body, keys);
      expect(verdict).toMatchObject({
        ok: true,
        content: {
          operation_id: id,
          source_system: source,
          target_system: target,
          source_amount: "10",
          rate_version: 1,
        },
      });
      expect((await read(id)).body.signatures[1]).toEqual(body.signatures[1]);
      // Another's keys verify nothing.
      const swapped = { [source]: keys[target] ?? { keys: [] }, [target]: keys[source] ?? { keys: [] } };
      expect((await verifyReceipt(body, swapped)).ok).toBe(source === "shop" && target === "club");
    },
  );

  it("R7 are refused by a partner whose books say otherwise, and what it signed before fits no other content", async () => {
    await exchange("changed", "shop", "airline");
    const before = (await read("changed")).body;
    const place = [shardOf("changed", shop.services.shardCount), "changed"];
    await shop.database.transaction((tx) => tx.query(changeAmount, [...place, 5n]));
    const { body } = await read("changed");
    expect(body.missing).toEqual([{ system_id: "airline", reason: "it answered 409 receipt_refused" }]);
    const verdict = await verifyReceipt(body, keys);
    expect(verdict.sides.map(({ verified }) => verified)).toEqual([true, false]);
    const mixed = { ...body, signatures: [...body.signatures, ...before.signatures.slice(1)] };
    expect((await verifyReceipt(mixed, keys)).ok).toBe(false);
    await shop.database.transaction((tx) => tx.query(changeAmount, [...place, -5n]));
    expect((await verifyReceipt((await read("changed")).body, keys)).ok).toBe(true);
  });

  it("R5 say which side is missing while a partner is away, and are whole when it is back", async () => {
    await exchange("away", "shop", "airline");
    const systems = shop.client.systems;
    const { keys: partnerKeys, ...standing } = await systems.get("airline");
    const put = (base_url: string) =>
      systems.put("airline", {
        name: standing.name,
        kind: "remote",
        base_url,
        ...(partnerKeys === null || partnerKeys === undefined ? {} : { keys: partnerKeys }),
      });
    await put("http://127.0.0.1:9");
    const { body } = await read("away");
    expect(body.missing).toMatchObject([{ system_id: "airline" }]);
    expect((await verifyReceipt(body, keys)).ok).toBe(false);
    await put(airline.url);
    await expect
      .poll(async () => (await verifyReceipt((await read("away")).body, keys)).ok, { timeout: 10_000 })
      .toBe(true);
  });

  it("are there of completed exchanges only, and from the hub", async () => {
    await expect(
      shop.client.exchanges.create({
        operation_id: "refused",
        user_id: "nobody",
        source_system: "shop",
        target_system: "airline",
        source_credit_type: "coin",
        target_credit_type: "mile",
        amount: 10n,
      }),
    ).rejects.toThrow("refused");
    expect(await read("refused")).toMatchObject({ status: 409, body: { code: "receipt_refused" } });
    expect((await read("unknown")).status).toBe(404);
    expect((await read("out", airline)).status).toBe(404);
    expect(decodeReceipt((await read("out")).body.payload)).toMatchObject({ target_user_id: "u1" });
  });
});
