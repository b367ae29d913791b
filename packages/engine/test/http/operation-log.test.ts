// The operation log: what it says of each kind, and that each filter finds what it is asked for and no more.
import { expect, it } from "vitest";
import { describeApi, type TestClient, toClub } from "./test-client.ts";

interface Item {
  readonly operation_id: string;
  readonly type: string;
  readonly status: string;
  readonly state: string;
}

async function search(client: TestClient, query: string): Promise<Item[]> {
  const answer = await client.get(`/v1/operations?${query}`);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.items as Item[];
}

async function idsOf(client: TestClient, query: string): Promise<string[]> {
  return (await search(client, query)).map((item) => item.operation_id);
}

describeApi("operation log", (client) => {
  const place = { system_id: "shop", credit_type_id: "coin" };

  it("tells of each kind its type, status, steps and who", async () => {
    await client.fill("log-1", "100");
    await client.post("/v1/exchanges", { ...toClub, user_id: "log-1", operation_id: "log-x", amount: "10" });
    const refused = { ...toClub, user_id: "log-1", operation_id: "log-refused", amount: "1000" };
    expect((await client.post("/v1/exchanges", refused)).status).toBe(422);
    await client.post("/v1/holds", { ...place, user_id: "log-1", operation_id: "log-h", amount: "5" });
    await client.post("/v1/debits", {
      ...place,
      user_id: "log-1",
      operation_id: "log-d",
      amount: "1",
      business_code: "order",
      business_id: "77",
    });
    const expected = {
      "log-x": ["cross_system_exchange", "completed", "completed"],
      "log-refused": ["cross_system_exchange", "failed", "failed"],
      "log-h": ["hold_credits", "in_progress", "held"],
      "log-d": ["deduct_credits", "completed", "completed"],
    };
    for (const [id, [type, status, state]] of Object.entries(expected)) {
      const answer = await client.get(`/v1/operations/${id}`);
      expect(answer.body).toMatchObject({ operation_id: id, type, status, state, principal: "tester" });
    }
    const exchange = await client.get("/v1/operations/log-x");
    expect(exchange.body["steps"]).toHaveLength(3);
    expect(exchange.body).toMatchObject({ source_amount: "10", target_amount: "2", exchange_rate: "0.29" });
    const failed = await client.get("/v1/operations/log-refused");
    expect(failed.body).toMatchObject({ failure: { code: "insufficient_balance", available: "90" } });
    expect((await client.get("/v1/operations/log-nothing")).body["code"]).toBe("operation_not_found");
  });

  it("finds by each filter, and by several at once", async () => {
    expect((await idsOf(client, "user_id=log-1")).sort()).toEqual(
      expect.arrayContaining(["log-d", "log-h", "log-refused", "log-x"]),
    );
    expect(await idsOf(client, "user_id=log-1&status=failed")).toEqual(["log-refused"]);
    expect(await idsOf(client, "business_code=order&business_id=77")).toEqual(["log-d"]);
    expect(await idsOf(client, "business_code=order&business_id=78")).toEqual([]);
    expect(await idsOf(client, "type=hold_credits")).toEqual(["log-h"]);
    expect(await idsOf(client, "status=in_progress")).toEqual(["log-h"]);
    expect(await idsOf(client, "status=retrying")).toEqual([]);
    expect(await idsOf(client, "status=started")).toEqual([]);
    expect(await idsOf(client, "status=pending_approval")).toEqual([]);
    expect(await idsOf(client, "type=cross_system_reconciliation")).toEqual([]);
    const rates = await search(client, "type=exchange_rate_update");
    expect(rates).toMatchObject([{ type: "exchange_rate_update", status: "completed" }]);
    expect(await idsOf(client, "source_system=shop&target_system=club&type=cross_system_exchange")).toEqual([
      "log-refused",
      "log-x",
    ]);
    expect(await idsOf(client, "source_system=shop&type=deduct_credits")).toEqual(["log-d"]);
    const toClubOnly = await search(client, "target_system=club");
    expect(toClubOnly.map((item) => item.type).sort()).toEqual([
      "cross_system_exchange",
      "cross_system_exchange",
      "exchange_rate_update",
      "link_update",
    ]);
    expect(await idsOf(client, "target_system=nowhere")).toEqual([]);
    expect(await idsOf(client, "created_before=2020-01-01T00:00:00Z")).toEqual([]);
    expect((await client.get("/v1/operations?business_code=order")).status).toBe(400);
  });

  it("finds what names a system that nobody knows", async () => {
    const lost = {
      ...toClub,
      target_system: "lost",
      user_id: "log-2",
      operation_id: "log-lost",
      amount: "1",
    };
    expect((await client.post("/v1/exchanges", lost)).body["code"]).toBe("system_not_found");
    expect(await idsOf(client, "target_system=lost")).toEqual(["log-lost"]);
    expect(await idsOf(client, "source_system=shop&status=failed")).toContain("log-lost");
  });

  it("pages through everything once, the newest first", async () => {
    const credits = Array.from({ length: 25 }, (_, index) => ({
      ...place,
      user_id: `page-${index}`,
      operation_id: `page-${index}`,
      amount: "1",
    }));
    await client.post("/v1/credits/batch", { credits });
    for (const filter of ["", "type=add_credits&", "target_system=shop&", "status=completed&"]) {
      const whole = await idsOf(client, `${filter}limit=1000`);
      const paged: string[] = [];
      let cursor = "";
      for (let page = 0; page < 20; page += 1) {
        const answer = await client.get(`/v1/operations?${filter}limit=7${cursor}`);
        paged.push(...(answer.body.items as Item[]).map((item) => item.operation_id));
        const next = answer.body["next_cursor"] as string | null;
        if (next === null) break;
        cursor = `&cursor=${next}`;
      }
      expect({ filter, ids: paged }).toEqual({ filter, ids: whole });
      expect(new Set(whole).size).toBe(whole.length);
      expect(whole.length).toBeGreaterThanOrEqual(25);
    }
  });
});
