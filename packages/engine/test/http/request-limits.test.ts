// Limits on requests: shared by nodes, told in headers, and harmless to what they turn away.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import { putRequestLimit, RequestGate } from "../../src/request-limits/index.ts";
import { createLog } from "../../src/system/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { joinNodes, openPartnerNode, type PartnerNode, requireSound } from "../support/partner-node.ts";
import { createTestDatabase } from "../support/test-database.ts";
import { openTestNode, seedNode, type TestNode } from "./test-node.ts";

const DAY_MS = 86_400_000;
const by = { origin: { principal: "tester" }, shardCount: 1 };

describeOnBothEngines("the gate of requests", (engine) => {
  let database: Database;
  const log = createLog("silent");

  beforeAll(async () => {
    database = await engine.open();
  });

  it("lets through as many as are set, whichever node they come to (Q5)", async () => {
    const subject = { appliesTo: "principal", subject: "till" } as const;
    await putRequestLimit(
      database,
      { requestLimitId: "tills", ...subject, requests: 10, windowMs: DAY_MS },
      by,
    );
    const gates = [new RequestGate(database, log), new RequestGate(database, log)];
    for (const gate of gates) await gate.refresh();
    const passed = await Promise.all(
      Array.from({ length: 200 }, async (_, index) =>
        gates[index % 2]?.pass({ appliesTo: "principal", names: ["till"] }),
      ),
    );
    expect(passed.filter((allowance) => allowance?.isGranted)).toHaveLength(10);
    const refused = passed.find((allowance) => allowance?.isGranted === false);
    expect(refused).toMatchObject({ requests: 10, windowSeconds: 86_400, remaining: 0 });
    // The next one is there when a tenth of the window is over.
    expect(refused?.retryAfterSeconds).toBeGreaterThan(8_600);
    expect(refused?.retryAfterSeconds).toBeLessThanOrEqual(8_640);
    expect(await gates[0]?.pass({ appliesTo: "principal", names: ["other"] })).toBeUndefined();
    expect(await gates[0]?.pass({ appliesTo: "partner", names: ["till"] })).toBeUndefined();
  });

  it("lets through as many as are set where a window can't be divided by them", async () => {
    const limit = { appliesTo: "partner", subject: "airline", requests: 7, windowMs: DAY_MS } as const;
    await putRequestLimit(database, { requestLimitId: "sevens", ...limit }, by);
    const gate = new RequestGate(database, log);
    await gate.refresh();
    const passed = [];
    for (let place = 0; place < 9; place += 1) {
      passed.push(await gate.pass({ appliesTo: "partner", names: ["railway", "airline"] }));
    }
    expect(passed.map((allowance) => allowance?.isGranted)).toEqual(passed.map((_, place) => place < 7));
    expect(passed.map((allowance) => allowance?.remaining)).toEqual([6, 5, 4, 3, 2, 1, 0, 0, 0]);
  });

  it("one subject has one limit", async () => {
    const subject = { appliesTo: "principal", subject: "till" } as const;
    const second = { requestLimitId: "again", ...subject, requests: 1, windowMs: 1_000 };
    await expect(putRequestLimit(database, second, by)).rejects.toMatchObject({ code: "limit_fixed" });
  });
});

describe("requests above their limit", () => {
  let node: TestNode;
  let key: string;

  beforeAll(async () => {
    node = await openTestNode("postgres");
    await seedNode(node);
    const made = await node.call("POST", "/v1/api-keys", {
      body: { name: "till", principal: "till", role: "service", systems: ["shop"] },
    });
    key = String(made.body["api_key"]);
    await node.call("PUT", "/v1/request-limits/tills", {
      body: { applies_to: "principal", subject: "till", requests: 3, window_ms: DAY_MS },
    });
  });

  afterAll(() => node.close());

  const credit = (operationId: string) =>
    node.call("POST", "/v1/credits", {
      key,
      body: {
        operation_id: operationId,
        system_id: "shop",
        user_id: "u9",
        credit_type_id: "coin",
        amount: "5",
      },
    });

  it("are answered 429 with when to come again, do nothing and use no id up", async () => {
    const first = await credit("c-1");
    expect(first).toMatchObject({ status: 201, headers: { "ratelimit-policy": '"tills";q=3;w=86400' } });
    expect(first.headers["ratelimit"]).toMatch(/^"tills";r=2;t=28[78]\d\d$/);
    await credit("c-2");
    await credit("c-3");
    const refused = await credit("c-4");
    expect(refused).toMatchObject({ status: 429, body: { code: "too_many_requests", retryable: true } });
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(28_000);
    expect((await node.call("GET", "/v1/operations/c-4")).status).toBe(404);
  });

  it("whoever has no limit is not held up, and who may not call learns that first", async () => {
    expect((await node.call("GET", "/v1/request-limits")).body["items"]).toHaveLength(1);
    expect(
      (await node.call("PUT", "/v1/systems/x", { key, body: { name: "x", kind: "hosted" } })).status,
    ).toBe(403);
  });

  it("a limit that is removed holds no longer", async () => {
    expect((await node.call("DELETE", "/v1/request-limits/tills")).status).toBe(200);
    expect((await credit("c-4")).status).toBe(201);
    expect((await node.call("DELETE", "/v1/request-limits/tills")).status).toBe(404);
  });
});

describe("a partner above its limit", () => {
  const closing: (() => Promise<void>)[] = [];
  let shop: PartnerNode;
  let airline: PartnerNode;

  beforeAll(async () => {
    const open = async (): Promise<PartnerNode> => {
      const place = await createTestDatabase();
      const database = await openDatabase({ url: place.url });
      await migrate(database);
      const node = await openPartnerNode(database);
      closing.unshift(async () => {
        await node.close();
        await database.close();
        await place.drop();
      });
      return node;
    };
    [shop, airline] = [await open(), await open()];
    await joinNodes(shop, airline);
  });

  afterAll(async () => {
    for (const close of closing) await close();
  });

  it("is asked to come again, and every exchange ends as it would have", async () => {
    await shop.client.credits.create({
      operation_id: "open",
      system_id: "shop",
      user_id: "u1",
      credit_type_id: "coin",
      amount: 1_000n,
    });
    const limit = { applies_to: "partner", subject: "shop", requests: 4, window_ms: 1_000 } as const;
    await airline.client.requestLimits.put("shops", limit);
    const ends = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const exchange = {
          operation_id: `x-${index}`,
          user_id: "u1",
          source_system: "shop",
          target_system: "airline",
          source_credit_type: "coin",
          target_credit_type: "mile",
          amount: 50n,
        };
        return (await shop.client.exchanges.create(exchange, { waitSeconds: 30 }).catch(() => undefined))
          ?.status;
      }),
    );
    // Undone at the latest when it was asked for too long; never anything else, and never half.
    const states = await Promise.all(ends.map((_, index) => shop.client.exchanges.get(`x-${index}`)));
    const done = states.filter(({ status }) => status === "completed").length;
    expect(states.every(({ status }) => status === "completed" || status === "failed")).toBe(true);
    expect(done).toBeGreaterThan(0);
    const { items } = await airline.client.accounts.list({ system_id: "airline", user_id: "u1" }).page();
    expect(items.map(({ available }) => available)).toEqual([BigInt(done * 14)]);
    await requireSound(shop, airline);
  });
});
