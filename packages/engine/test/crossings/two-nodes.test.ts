// Exchanges between two nodes that share nothing but the protocol: both legs or neither, whoever is the hub.
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { joinNodes, openPartnerNode, type PartnerNode, requireSound } from "../support/partner-node.ts";

function exchangeOf(operationId: string, from: "shop" | "airline", userId: string, amount: string) {
  const isOutward = from === "shop";
  return {
    operation_id: operationId,
    user_id: userId,
    source_system: isOutward ? "shop" : "airline",
    target_system: isOutward ? "airline" : "shop",
    source_credit_type: isOutward ? "coin" : "mile",
    target_credit_type: isOutward ? "mile" : "coin",
    amount,
  };
}

async function balanceOf(node: PartnerNode, systemId: string, userId: string): Promise<string> {
  const answer = await node.app.inject({
    url: `/v1/accounts?system_id=${systemId}&user_id=${userId}`,
    headers: { authorization: "Bearer partner-node-key" },
  });
  const { items } = answer.json<{ items: { available: string; frozen: string }[] }>();
  return items.map(({ available, frozen }) => `${available}+${frozen}`).join(" ");
}

async function post(node: PartnerNode, path: string, body: object, prefer?: string) {
  const answer = await node.app.inject({
    method: "POST",
    url: path,
    headers: { authorization: "Bearer partner-node-key", ...(prefer === undefined ? {} : { prefer }) },
    payload: body,
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

describeOnBothEngines("two nodes", (engine) => {
  let shop: PartnerNode;
  let airline: PartnerNode;

  beforeAll(async () => {
    shop = await openPartnerNode(await engine.open());
    airline = await openPartnerNode(await engine.open());
    await joinNodes(shop, airline);
    for (const [node, systemId, creditTypeId] of [
      [shop, "shop", "coin"],
      [airline, "airline", "mile"],
    ] as const) {
      const credit = { system_id: systemId, credit_type_id: creditTypeId, amount: "1000" };
      await post(node, "/v1/credits", { ...credit, operation_id: `open-${systemId}`, user_id: "u1" });
    }
  });

  afterAll(async () => {
    await shop.close();
    await airline.close();
  });

  it("moves points from a hosted source to a remote target", async () => {
    const made = await post(shop, "/v1/exchanges", exchangeOf("out-1", "shop", "u1", "100"));
    expect(made).toMatchObject({ status: 201, body: { status: "completed", target_amount: "29" } });
    expect(made.body["steps"]).toMatchObject([
      { step: "deduct_source_credits", status: "completed" },
      { step: "add_target_credits", status: "completed" },
      { step: "confirm_source_deduction", status: "completed" },
    ]);
    expect(await balanceOf(shop, "shop", "u1")).toBe("900+0");
    expect(await balanceOf(airline, "airline", "u1")).toBe("1029+0");
    const again = await post(shop, "/v1/exchanges", exchangeOf("out-1", "shop", "u1", "100"));
    expect(again).toMatchObject({ status: 200, body: { status: "completed", idempotent: true } });
  });

  it("moves points from a remote source to a hosted target", async () => {
    const made = await post(shop, "/v1/exchanges", exchangeOf("in-1", "airline", "u1", "29"));
    expect(made).toMatchObject({ status: 201, body: { status: "completed", target_amount: "72" } });
    expect(await balanceOf(shop, "shop", "u1")).toBe("972+0");
    expect(await balanceOf(airline, "airline", "u1")).toBe("1000+0");
  });

  it("ends as refused, with everything put back, where the partner refuses", async () => {
    const tooMuch = await post(shop, "/v1/exchanges", exchangeOf("in-2", "airline", "u1", "5000"));
    expect(tooMuch).toMatchObject({
      status: 422,
      body: { code: "source_refused", partner_code: "insufficient_balance", operation_id: "in-2" },
    });
    const repeated = await post(shop, "/v1/exchanges", exchangeOf("in-2", "airline", "u1", "5000"));
    expect(repeated).toMatchObject({ status: 422, body: { code: "source_refused", idempotent: true } });
  });

  it("decides a batch of hundreds in a few calls", async () => {
    const lines = Array.from({ length: 300 }, (_, index) => exchangeOf(`batch-${index}`, "shop", "u1", "4"));
    const made = await post(shop, "/v1/exchanges/batch", { exchanges: lines });
    const results = made.body["results"] as { status: string; code?: string }[];
    const completed = results.filter(({ status }) => status === "completed").length;
    const short = results.filter(({ code }) => code === "insufficient_balance").length;
    expect({ completed, short }).toEqual({ completed: 243, short: 57 });
    expect(await balanceOf(shop, "shop", "u1")).toBe("0+0");
    expect(await balanceOf(airline, "airline", "u1")).toBe("1243+0");
  });

  it("answers 202 at once where nobody wants to wait, and finishes all the same", async () => {
    const made = await post(
      shop,
      "/v1/exchanges",
      exchangeOf("in-3", "airline", "u1", "10"),
      "respond-async",
    );
    expect(made).toMatchObject({ status: 202, body: { status: "processing" } });
    const waited = await post(shop, "/v1/exchanges", exchangeOf("in-3", "airline", "u1", "10"), "wait=30");
    expect(waited).toMatchObject({ status: 200, body: { status: "completed", idempotent: true } });
  });

  it("leaves both ledgers sound", async () => {
    await requireSound(shop, airline);
  });
});
