// Changes of rates that two nodes agree on, from the proposal to exchanges at the new rate.
import { callPaths } from "@pointbridge/protocol/pxp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openDatabase } from "../../src/database/index.ts";
import { joinNodes, openPartnerNode, type PartnerNode, requireSound } from "../support/partner-node.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const outward = {
  source_system: "shop",
  target_system: "airline",
  source_credit_type: "coin",
  target_credit_type: "mile",
};
const first = "partner-node-key";
const second = "second-person-key";

/** Long enough for a machine that is busy: the time decides nothing. */
const eventually = <T>(check: () => Promise<T>): Promise<T> =>
  vi.waitFor(check, { timeout: 30_000, interval: 25 });

describe("rates that two nodes agree on", () => {
  const places: TestDatabase[] = [];
  let shop: PartnerNode;
  let airline: PartnerNode;

  async function open(): Promise<PartnerNode> {
    const place = await createTestDatabase();
    places.push(place);
    return openPartnerNode(await openDatabase({ url: place.url }), {
      rateRules: { leadMs: 50 },
    });
  }

  async function call(
    node: PartnerNode,
    method: "GET" | "PUT" | "POST",
    url: string,
    body?: object,
    key = first,
  ) {
    const answer = await node.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
  }

  const propose = (node: PartnerNode, rate: string, more: object = {}) =>
    call(node, "PUT", "/v1/rates", { ...outward, rate, agree: true, ...more });

  async function rateAt(node: PartnerNode): Promise<unknown> {
    const { body } = await call(node, "GET", "/v1/rates?source_system=shop&target_system=airline");
    return (body["items"] as { rate: string }[])[0]?.rate;
  }

  async function waitingAt(node: PartnerNode): Promise<Record<string, unknown>[]> {
    return (await call(node, "GET", "/v1/rate-changes")).body["items"] as Record<string, unknown>[];
  }

  const decide = (node: PartnerNode, id: unknown, verdict: string, key = first) =>
    call(node, "POST", `/v1/rate-changes/${String(id)}/${verdict}`, undefined, key);

  const changeAt = async (node: PartnerNode, id: unknown) =>
    (await call(node, "GET", `/v1/rate-changes/${String(id)}`)).body;

  async function offeredTo(node: PartnerNode): Promise<string> {
    return eventually(async () => {
      const [change] = await waitingAt(node);
      expect(change).toMatchObject({ status: "pending_approval", agreement: { proposed_by: "partner" } });
      return String(change?.["operation_id"]);
    });
  }

  beforeAll(async () => {
    shop = await open();
    airline = await open();
    await joinNodes(shop, airline);
    const credit = { operation_id: "open", system_id: "shop", credit_type_id: "coin", user_id: "u1" };
    await call(shop, "POST", "/v1/credits", { ...credit, amount: "100000" });
  });

  afterAll(async () => {
    await requireSound(shop, airline);
    for (const node of [shop, airline]) {
      await node.close();
      await node.database.close();
    }
    for (const place of places) await place.drop();
  });

  async function exchange(id: string) {
    const { body } = await call(shop, "POST", "/v1/exchanges", {
      ...outward,
      operation_id: id,
      user_id: "u1",
      amount: "100",
    });
    return body;
  }

  it("puts a change in force on both sides from one time, whichever side proposes it", async () => {
    for (const [proposer, acceptor, rate] of [
      [shop, airline, "0.31"],
      [airline, shop, "0.3"],
    ] as const) {
      const { status, body } = await propose(proposer, rate);
      expect(status).toBe(202);
      expect(body).toMatchObject({ status: "pending_agreement", needs_approval: false, new_rate: rate });
      const asked = await offeredTo(acceptor);
      expect(await rateAt(proposer)).not.toBe(rate);
      expect(await decide(acceptor, asked, "approve")).toMatchObject({
        status: 200,
        body: { agreement: { accepted_by: "tester" } },
      });
      await eventually(async () => expect(await rateAt(proposer)).toBe(rate));
      await eventually(async () => expect(await rateAt(acceptor)).toBe(rate));
      const [here, there] = [await changeAt(proposer, body["operation_id"]), await changeAt(acceptor, asked)];
      expect(here).toMatchObject({ status: "completed", agreement: { proposed_by: "this_node" } });
      expect(there).toMatchObject({ status: "completed", agreement: { proposed_by: "partner" } });
      // The same time, unless the acceptor heard of it later (T6).
      expect(Date.parse(String(there["effective_at"]))).toBeGreaterThanOrEqual(
        Date.parse(String(here["effective_at"])),
      );
      const again = await call(proposer, "PUT", "/v1/rates", {
        ...outward,
        rate,
        agree: true,
        operation_id: body["operation_id"],
      });
      expect(again).toMatchObject({ status: 200, body: { status: "completed", idempotent: true } });
      const made = await exchange(`at-${rate}`);
      expect(made).toMatchObject({ status: "completed", exchange_rate: rate });
    }
  });

  it("asks two persons of each side where a change goes beyond the limit (A6)", async () => {
    const { status, body } = await propose(shop, "0.38");
    expect({ status, body }).toMatchObject({
      status: 202,
      body: { status: "pending_approval", needs_approval: true },
    });
    const id = body["operation_id"];
    expect(await waitingAt(airline)).toEqual([]);
    expect((await decide(shop, id, "approve")).status).toBe(403);
    expect((await decide(shop, id, "approve", second)).body).toMatchObject({ status: "pending_agreement" });
    const asked = await offeredTo(airline);
    const once = await decide(airline, asked, "approve");
    expect(once.body).toMatchObject({ status: "pending_approval", agreement: { accepted_by: "tester" } });
    expect((await decide(airline, asked, "approve")).body["code"]).toBe("four_eyes_required");
    expect(await rateAt(airline)).toBe("0.3");
    expect((await decide(airline, asked, "approve", second)).status).toBe(200);
    await eventually(async () => expect(await rateAt(airline)).toBe("0.38"));
    expect(await exchange("at-0.38")).toMatchObject({ status: "completed", target_amount: "38" });
    const history = await call(airline, "GET", "/v1/rates/history?source_system=shop&target_system=airline");
    const newest = (history.body["items"] as object[]).at(-1);
    expect(newest).toMatchObject({ rate: "0.38", proposed_by: "tester", approved_by: "second" });
  });

  it("ends on both sides what either rejects, and says why", async () => {
    const refused = await propose(shop, "0.39");
    const asked = await offeredTo(airline);
    expect((await decide(airline, asked, "reject")).body).toMatchObject({ status: "failed" });
    await eventually(async () =>
      expect(await changeAt(shop, refused.body["operation_id"])).toMatchObject({
        status: "failed",
        failure: { code: "rate_not_accepted" },
        agreement: { partner_code: "rate_change_rejected" },
      }),
    );
    const taken = await propose(airline, "0.395");
    const offered = await offeredTo(shop);
    expect((await decide(airline, taken.body["operation_id"], "reject")).body).toMatchObject({
      status: "failed",
    });
    await eventually(async () => expect(await changeAt(shop, offered)).toMatchObject({ status: "failed" }));
    expect(await waitingAt(shop)).toEqual([]);
    expect([await rateAt(shop), await rateAt(airline)]).toEqual(["0.38", "0.38"]);
  });

  it("sets a named time on both sides, keeps the place for it, and is seen as set for later", async () => {
    const effective_at = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await propose(shop, "0.4", { effective_at });
    await decide(airline, await offeredTo(airline), "approve");
    for (const node of [shop, airline]) {
      await eventually(async () => {
        const { body: page } = await call(node, "GET", "/v1/rates/scheduled");
        expect(page["items"]).toMatchObject([{ rate: "0.4", effective_at }]);
      });
      expect(await rateAt(node)).toBe("0.38");
      const other = await call(node, "PUT", "/v1/rates", { ...outward, rate: "0.39" });
      expect(other).toMatchObject({ status: 409, body: { code: "rate_change_under_way" } });
    }
    expect((await decide(shop, body["operation_id"], "reject")).body["code"]).toBe("rate_change_completed");
    const log = await call(shop, "GET", `/v1/operations/${String(body["operation_id"])}`);
    expect(log.body).toMatchObject({
      type: "exchange_rate_update",
      status: "completed",
      data: { effective_at, agreement: { partner_system: "airline" }, from: { address: "127.0.0.1" } },
    });
  });

  it("takes up no offer that would bind it for longer than a month (T2)", async () => {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const offer = (expires_at: string) => {
      const change = { ...outward, exchange_rate: "0.41", min_source_amount: "1", expires_at };
      const body = Buffer.from(JSON.stringify({ agreement_id: "too-long", state: "offered", ...change }));
      return shop.partners.lines.callThrough("airline", callPaths.rates, body);
    };
    for (const expiresAt of [inDays(32), "9999-12-31T23:59:59.999Z"]) {
      expect(await offer(expiresAt)).toMatchObject({ status: 400, body: { code: "invalid_request" } });
    }
    expect(await waitingAt(airline)).toEqual([]);
  });

  it("agrees with nobody about what this node hosts alone, and on nothing that has passed", async () => {
    await call(shop, "PUT", "/v1/systems/club", { name: "club", kind: "hosted" });
    await call(shop, "PUT", "/v1/systems/club/credit-types/star", { name: "star" });
    const own = { ...outward, target_system: "club", target_credit_type: "star", rate: "1", agree: true };
    expect((await call(shop, "PUT", "/v1/rates", own)).body["code"]).toBe("rate_partner_missing");
    const past = await propose(airline, "0.37", { effective_at: "2026-01-01T00:00:00.000Z" });
    expect(past.body["code"]).toBe("effective_time_passed");
  });
});
