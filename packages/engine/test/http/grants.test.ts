// Grants: given and taken over HTTP, in force at once on every node, for principals and for partners.
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { wholeNodeActions } from "../../src/grants/index.ts";
import { routes } from "../../src/http/routes.ts";
import { assembleNode } from "../../src/node.ts";
import { createLog } from "../../src/system/index.ts";
import { apiKey, callApp, openTestNode, seedNode, type TestNode, testPartnerSetup } from "./test-node.ts";
import { TestPartner } from "./test-partner.ts";

let node: TestNode;
/** Another node on the same database. */
let other: { readonly app: FastifyInstance; readonly close: () => Promise<void> };
const airline = new TestPartner();

async function makeKey(body: object): Promise<string> {
  const made = await node.call("POST", "/v1/api-keys", { body: { name: "a key", ...body } });
  expect(made.status).toBe(201);
  return String(made.body["api_key"]);
}

async function give(id: string, body: object): Promise<number> {
  return (await node.call("PUT", `/v1/grants/${id}`, { body })).status;
}

async function take(id: string): Promise<void> {
  expect((await node.call("DELETE", `/v1/grants/${id}`)).status).toBe(200);
}

function exchangeOf(id: string, fields: object = {}): object {
  return {
    operation_id: id,
    user_id: "u1",
    source_system: "shop",
    target_system: "club",
    source_credit_type: "coin",
    target_credit_type: "star",
    amount: "10",
    ...fields,
  };
}

beforeAll(async () => {
  node = await openTestNode("postgres");
  await seedNode(node);
  other = await assembleNode(node.database, {
    shardCount: node.services.shardCount,
    log: createLog("silent"),
    acceptedKeys: node.services.acceptedKeys,
    partners: testPartnerSetup,
    posting: { sweepIntervalMs: 0 },
  });
  const put = (url: string, body: object) => node.call("PUT", url, { body });
  await put("/v1/systems/airline", {
    name: "Airline",
    kind: "remote",
    base_url: "http://127.0.0.1:9",
    keys: airline.keys,
    access: "granted",
  });
  await put("/v1/systems/airline/credit-types/mile", { name: "mile" });
  await put("/v1/links", { source_system: "airline", target_system: "shop", user_mapping: "same_id" });
  await put("/v1/rates", {
    source_system: "airline",
    target_system: "shop",
    source_credit_type: "mile",
    target_credit_type: "coin",
    rate: "1",
  });
});

afterAll(async () => {
  await other.close();
  await node.close();
});

describe("a principal whose role says nothing", () => {
  let key: string;
  beforeAll(async () => {
    key = await makeKey({ principal: "till", role: "none" });
  });
  const exchange = (id: string, fields: object = {}) =>
    node.call("POST", "/v1/exchanges", { key, body: exchangeOf(id, fields) });

  it("may do nothing but ask who it is not (H1)", async () => {
    expect((await exchange("g-1")).status).toBe(403);
    expect((await node.call("GET", "/v1/session", { key })).status).toBe(403);
  });

  it("may do what it is granted, in that direction, up to that amount, and nothing else", async () => {
    const link = { source_system: "shop", target_system: "club" };
    const held = { applies_to: "principal", subject: "till", action: "exchange", ...link, max_amount: "10" };
    expect(await give("till-1", held)).toBe(201);
    expect(await give("till-1", held)).toBe(200);
    expect((await exchange("g-1")).status).toBe(201);
    expect((await exchange("g-2", { amount: "11" })).status).toBe(403);
    expect((await exchange("g-2", { source_system: "club", target_system: "shop" })).status).toBe(403);
    const batch = { exchanges: [exchangeOf("g-2"), exchangeOf("g-3", { amount: "11" })] };
    expect((await node.call("POST", "/v1/exchanges/batch", { key, body: batch })).status).toBe(403);
    expect((await node.call("GET", "/v1/exchanges/g-1", { key })).status).toBe(403);
    // What was refused used no id up.
    expect((await node.call("GET", "/v1/operations/g-2")).status).toBe(404);
  });

  it("a system that is and one that is not are refused alike", async () => {
    const refused = async (target: string) => {
      const { status, body } = await exchange("g-2", { target_system: target });
      return { status, code: body["code"], detail: body["detail"] };
    };
    expect(await refused("nowhere")).toEqual(await refused("airline"));
  });

  it("what is taken is gone at once, on every node, and so is what has expired", async () => {
    const onOther = (id: string) =>
      callApp(other.app, "POST", "/v1/exchanges", { key, body: exchangeOf(id) });
    expect((await onOther("g-4")).status).toBe(201);
    await take("till-1");
    expect((await onOther("g-5")).status).toBe(403);
    expect((await exchange("g-5")).status).toBe(403);
    const past = {
      applies_to: "principal",
      subject: "till",
      action: "exchange",
      expires_at: "2020-01-01T00:00:00Z",
    };
    expect(await give("till-2", past)).toBe(201);
    expect((await exchange("g-5")).status).toBe(403);
  });

  it("reads what a grant over a link is for, and the rest is not there", async () => {
    await give("till-3", {
      applies_to: "principal",
      subject: "till",
      action: "read",
      source_system: "shop",
      target_system: "club",
    });
    const read = (url: string) => node.call("GET", url, { key });
    expect((await read("/v1/exchanges/g-1")).status).toBe(200);
    const foreign = await read("/v1/credits/seed");
    const absent = await read("/v1/credits/none");
    expect([foreign.status, foreign.body["code"]]).toEqual([absent.status, absent.body["code"]]);
    expect(foreign.status).toBe(404);
    expect((await read("/v1/exchanges?source_system=shop&target_system=club")).status).toBe(200);
    expect((await read("/v1/exchanges?source_system=shop")).status).toBe(403);
    expect((await read("/v1/grants")).status).toBe(403);
    await take("till-3");
    expect((await read("/v1/exchanges/g-1")).status).toBe(403);
  });
});

describe("a key for some systems", () => {
  it("is narrowed to them whatever its role and its grants say (H2)", async () => {
    const key = await makeKey({ principal: "kim", role: "operator", systems: ["club"] });
    await give("kim-1", { applies_to: "principal", subject: "kim", action: "exchange" });
    const made = await node.call("POST", "/v1/exchanges", { key, body: exchangeOf("k-1") });
    expect(made.status).toBe(403);
    expect((await node.call("GET", "/v1/systems/club", { key })).status).toBe(200);
    expect((await node.call("GET", "/v1/systems/shop", { key })).status).toBe(403);
    expect((await node.call("GET", "/v1/systems/nowhere", { key })).status).toBe(403);
  });

  it("no call takes an action of the whole node from it", () => {
    const some = routes.filter(({ permission }) => wholeNodeActions.has(permission));
    expect(some.length).toBeGreaterThan(20);
    expect(some.filter(({ reach }) => reach !== undefined).map(({ name }) => name)).toEqual([]);
  });
});

describe("a partner that only grants count for", () => {
  const credit = (id: string, amount = "5") =>
    airline.call(node, "credits", {
      operation_id: id,
      source_system: "airline",
      target_system: "shop",
      user_id: "u1",
      credit_type_id: "coin",
      amount,
      source_credit_type: "mile",
      source_amount: amount,
      exchange_rate: "1",
      initiated_at: "2026-11-23T09:30:00.000Z",
    });
  const rollBack = (id: string) =>
    airline.call(node, "credits/rollback", {
      operation_id: id,
      source_system: "airline",
      target_system: "shop",
      initiated_at: "2026-11-23T09:30:00.000Z",
      reason: "a test",
    });
  const link = { source_system: "airline", target_system: "shop" };
  const held = { applies_to: "partner", subject: "airline", action: "credit", ...link, max_amount: "5" };

  it("begins nothing that it was not granted, and that has no outcome", async () => {
    const refused = await credit("p-1");
    expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(refused.body["outcome"]).toBeUndefined();
    const list = {
      kind: "credits",
      ...link,
      start_time: "2026-11-23T00:00:00.000Z",
      end_time: "2026-11-24T00:00:00.000Z",
      limit: 10,
    };
    expect((await airline.call(node, "operations", list)).status).toBe(403);
    expect((await airline.call(node, "node", {})).status).toBe(200);
  });

  it("begins what it is granted from the answer on, and a batch's lines are judged alone", async () => {
    expect(await give("air-1", held)).toBe(201);
    expect(await credit("p-1")).toMatchObject({ status: 200, body: { outcome: "completed" } });
    expect((await credit("p-2", "6")).status).toBe(403);
  });

  it("when it is taken, what is known answers what is stored and can be undone; nothing new is begun", async () => {
    await take("air-1");
    expect(await credit("p-1")).toMatchObject({
      status: 200,
      body: { outcome: "completed", idempotent: true },
    });
    expect((await credit("p-3")).status).toBe(403);
    expect(await rollBack("p-1")).toMatchObject({ status: 200, body: { outcome: "rolled_back" } });
    expect((await node.call("GET", "/v1/ledger/verification")).body["ok"]).toBe(true);
  });
});

describe("giving a grant", () => {
  it.each([
    [{ applies_to: "principal", subject: "a", action: "credit" }, "/action"],
    [{ applies_to: "partner", subject: "a", action: "administer" }, "/action"],
    [{ applies_to: "principal", subject: "a", action: "read", source_system: "shop" }, "/target_system"],
    [{ applies_to: "principal", subject: "a", action: "approve", system_id: "shop" }, "/action"],
    [{ applies_to: "principal", subject: "a", action: "read", max_amount: "5" }, "/max_amount"],
    [{ applies_to: "partner", subject: "a", action: "read", system_id: "shop" }, "/system_id"],
    [
      {
        applies_to: "principal",
        subject: "a",
        action: "move_points",
        source_system: "shop",
        target_system: "club",
      },
      "/source_system",
    ],
  ])("%j is refused with its field named", async (body, path) => {
    const refused = await node.call("PUT", "/v1/grants/bad", { body });
    expect(refused.status).toBe(400);
    expect(refused.body["errors"]).toContainEqual(expect.objectContaining({ path }));
  });

  it("is in the log, with what was and what is", async () => {
    const { body } = await node.call("GET", "/v1/operations?type=grant_update", { key: apiKey });
    const items = body["items"] as { data: { change: Record<string, unknown> } }[];
    const changes = items.map(({ data }) => data.change);
    expect(changes).toContainEqual(
      expect.objectContaining({ action: "removed", grant_id: "air-1", new: null }),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ action: "created", grant_id: "till-1", old: null }),
    );
  });
});
