// An exchange that nobody answers for: it asks for attention and keeps its hold, and what people may do about it
// neither makes nor loses points.

import { generateSigningKey } from "@pointbridge/protocol/pxp";
import { createClient, PointbridgeError } from "@pointbridge/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  openPartnerNode,
  type PartnerNode,
  putHosted,
  putRemote,
  putTestRoute,
  quickLadder,
  requireSound,
  secondApiKey,
} from "../support/partner-node.ts";

const ladder = { ...quickLadder, undoAfterMs: 3_600_000, alarmAfterMs: 50 };

function exchangeOf(operationId: string) {
  return {
    operation_id: operationId,
    user_id: "u1",
    source_system: "shop",
    target_system: "gone",
    source_credit_type: "coin",
    target_credit_type: "mark",
    amount: 100n,
  };
}

async function codeOf(refused: Promise<unknown>): Promise<string | undefined> {
  return refused.then(
    () => undefined,
    (error: unknown) => (error instanceof PointbridgeError ? error.code : String(error)),
  );
}

describeOnBothEngines("an exchange whose partner is gone", (engine) => {
  let shop: PartnerNode;
  let second: ReturnType<typeof createClient>;

  const accountOf = async () => {
    const { items } = await shop.client.accounts.list({ system_id: "shop", user_id: "u1" }).page();
    return items.map(({ available, frozen }) => `${available}+${frozen}`).join();
  };

  const needsAttention = async (operationId: string) => {
    for (;;) {
      const exchange = await shop.client.exchanges.get(operationId);
      if (exchange.status === "needs_attention") return exchange;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  beforeAll(async () => {
    shop = await openPartnerNode(await engine.open(), { ladder, timeoutMs: 200 });
    second = createClient({ url: shop.url, apiKey: secondApiKey, retries: 0 });
    await putHosted(shop, "shop", "coin");
    const { publicJwk } = generateSigningKey();
    // Nobody listens at port 1.
    await putRemote(shop, {
      systemId: "gone",
      creditTypeId: "mark",
      baseUrl: "http://127.0.0.1:1",
      keys: { keys: [publicJwk] },
    });
    await putTestRoute(shop, { source: ["shop", "coin"], target: ["gone", "mark"], rate: "1" });
    const credit = { system_id: "shop", user_id: "u1", credit_type_id: "coin", amount: 1_000n };
    await shop.client.credits.create({ ...credit, operation_id: "open" });
  });

  afterAll(async () => {
    await shop.close();
  });

  it("needs attention with its hold standing, and an open inconsistency names it", async () => {
    const made = await shop.client.exchanges.create(exchangeOf("x1"), { waitSeconds: 0 });
    expect(made.status).toBe("processing");
    const exchange = await needsAttention("x1");
    expect(exchange.steps).toMatchObject([
      { step: "deduct_source_credits", status: "completed" },
      { step: "add_target_credits", status: "pending" },
    ]);
    expect(await accountOf()).toBe("900+100");
    const { items } = await shop.client.inconsistencies.list({ status: "open" }).page();
    expect(items).toMatchObject([
      { id: "exchange:x1", type: "exchange_needs_attention", operation_id: "x1", target_system: "gone" },
    ]);
  });

  it("can't be resolved by hand as long as it needs attention: its inconsistency stays open (I1)", async () => {
    const resolution = { resolution: "none", note: "nobody wants to see it" };
    expect(await codeOf(shop.client.inconsistencies.resolve("exchange:x1", resolution))).toBe(
      "exchange_under_way",
    );
    const { items } = await shop.client.inconsistencies.list({ status: "open" }).page();
    expect(items).toMatchObject([{ id: "exchange:x1", resolution: null, resolved_by: null }]);
  });

  it("is asked again and undone on demand, which releases nothing before the partner has answered", async () => {
    expect((await shop.client.exchanges.askAgain("x1")).status).toBe("needs_attention");
    const undone = await shop.client.exchanges.rollBack("x1");
    expect(undone.steps.at(-1)).toMatchObject({ step: "rollback_target_addition", status: "pending" });
    expect(undone.idempotent).toBe(false);
    expect(await shop.client.exchanges.rollBack("x1")).toMatchObject({
      status: "needs_attention",
      idempotent: true,
    });
    expect(await accountOf()).toBe("900+100");
  });

  it("is written off by two people only, against the suspense account", async () => {
    expect(await codeOf(shop.client.exchanges.approveWriteOff("x1"))).toBe("not_undoable");
    const proposed = await shop.client.exchanges.proposeWriteOff("x1", "the partner has closed down");
    expect(proposed.write_off).toMatchObject({ proposed_by: "tester", approved_by: null });
    expect(await codeOf(shop.client.exchanges.approveWriteOff("x1"))).toBe("four_eyes_required");
    expect(await accountOf()).toBe("900+100");
    const written = await second.exchanges.approveWriteOff("x1");
    expect(written).toMatchObject({ status: "failed", failure: { code: "target_unknown" } });
    expect(await accountOf()).toBe("1000+0");
    expect(await shop.client.inconsistencies.get("exchange:x1")).toMatchObject({
      status: "resolved",
      note: "the partner has closed down",
    });
    await requireSound(shop);
  });

  it("takes nothing back once it has ended", async () => {
    expect(await codeOf(shop.client.exchanges.rollBack("x1"))).toBe("not_undoable");
    // Whoever approved it may have lost the answer; nobody else is told that it was approved just now.
    expect(await second.exchanges.approveWriteOff("x1")).toMatchObject({
      status: "failed",
      idempotent: true,
    });
    expect(await codeOf(shop.client.exchanges.approveWriteOff("x1"))).toBe("not_undoable");
    expect(await accountOf()).toBe("1000+0");
    expect((await shop.client.exchanges.askAgain("x1")).status).toBe("failed");
  });

  it("can't be written off before it needs attention, and is paid once however often it is approved", async () => {
    await shop.client.exchanges.create(exchangeOf("x2"), { waitSeconds: 0 });
    await needsAttention("x2");
    await shop.client.exchanges.proposeWriteOff("x2", "as before");
    const approvals = await Promise.all([1, 2, 3].map(() => second.exchanges.approveWriteOff("x2")));
    expect(approvals.filter(({ idempotent }) => !idempotent)).toHaveLength(1);
    expect(await accountOf()).toBe("1000+0");
    await requireSound(shop);
  });

  it("does not take the note of a proposal that nobody approved for what ended it", async () => {
    await shop.client.exchanges.create(exchangeOf("x3"), { waitSeconds: 0 });
    await needsAttention("x3");
    await shop.client.exchanges.proposeWriteOff("x3", "it looks lost");
    const verdict = { type: "advance", operationId: "x3", principal: "node", state: null } as const;
    await shop.services.crossings.advance([{ ...verdict, event: { kind: "credited" } }]);
    expect((await shop.client.exchanges.get("x3")).status).toBe("completed");
    const settled = await shop.client.inconsistencies.get("exchange:x3");
    expect(settled).toMatchObject({
      status: "resolved",
      resolution: "completed",
      note: "the exchange has ended",
    });
    // What has ended may be looked at by hand, and what was resolved before stays as it is.
    const late = { resolution: "checked", note: "looked at again" };
    expect(await shop.client.inconsistencies.resolve("exchange:x3", late)).toEqual(settled);
    await requireSound(shop);
  });

  it("is rolled back once however often it is asked for, also while its source's hold is released", async () => {
    await putTestRoute(shop, { source: ["gone", "mark"], target: ["shop", "coin"], rate: "1" });
    const inbound = {
      source_system: "gone",
      target_system: "shop",
      source_credit_type: "mark",
      target_credit_type: "coin",
    };
    await shop.client.exchanges.create({ ...exchangeOf("x4"), ...inbound }, { waitSeconds: 0 });
    const answers = await Promise.all([1, 2, 3].map(() => shop.client.exchanges.rollBack("x4")));
    expect(answers.filter(({ idempotent }) => !idempotent)).toHaveLength(1);
    for (const { steps } of answers) {
      expect(steps.at(-1)).toMatchObject({ step: "rollback_source_freeze", status: "pending" });
    }
  });
});
