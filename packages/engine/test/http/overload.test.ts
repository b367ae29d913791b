// A node that has all under way that it takes: what is new is turned away before the database is asked, and what is
// under way goes on. Nothing here waits for a time: requests are held in the ledger until the test lets go.
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { isCreating } from "../../src/domain/index.ts";
import { buildApp, defaultLoadSettings, type Services } from "../../src/http/index.ts";
import { declaredBytes, kindOfRoute, LoadGate } from "../../src/http/load-gate.ts";
import { routes } from "../../src/http/routes.ts";
import { defaultPostingSettings, Posting } from "../../src/posting/index.ts";
import { createLog } from "../../src/system/index.ts";
import { apiKey, callApp, openTestNode, seedNode, type TestNode } from "./test-node.ts";
import { TestPartner } from "./test-partner.ts";

const settings = { requestsMax: 4, bytesMax: 100 };

function gateOf(isFull = false): LoadGate {
  return new LoadGate(settings, () => isFull);
}

describe("the gate", () => {
  it("turns away what is new first, and what is under way when there is four times as much (O1, O2)", () => {
    const gate = gateOf();
    const fill = (kind: "new" | "mixed" | "going", count: number) => {
      for (let place = 0; place < count; place += 1) gate.enter(kind, 0);
      expect(() => gate.enter(kind, 0)).toThrow(expect.objectContaining({ code: "overloaded" }));
    };
    fill("new", 4);
    fill("mixed", 4);
    fill("going", 8);
    expect(gate.underWay).toBe(16);
  });

  it("counts the bytes that bodies say they have, and takes one of any size", () => {
    const gate = gateOf();
    const first = gate.enter("new", 1_000);
    expect(() => gate.enter("new", 1)).toThrow(expect.objectContaining({ code: "overloaded" }));
    first.leave();
    gate.enter("new", 60);
    gate.enter("new", 40);
    expect(() => gate.enter("new", 1)).toThrow("under way");
    gate.enter("going", 100);
    expect(declaredBytes({ headers: { "content-length": "12" } }, 100)).toBe(12);
    expect(declaredBytes({ headers: { "content-length": "1200" } }, 100)).toBe(100);
    expect(declaredBytes({ headers: { "transfer-encoding": "chunked" } }, 100)).toBe(100);
    expect(declaredBytes({ headers: {} }, 100)).toBe(0);
  });

  it("gives no caller all the room, and a place is left once (O3, O4)", () => {
    const gate = gateOf();
    const places = [gate.enter("new", 0), gate.enter("new", 0), gate.enter("new", 0)];
    places[0]?.claim("till");
    places[1]?.claim("till");
    expect(() => places[2]?.claim("till")).toThrow(expect.objectContaining({ code: "too_many_requests" }));
    places[2]?.claim("other");
    places[0]?.leave();
    places[0]?.leave();
    expect(gate.underWay).toBe(2);
    gate.enter("new", 0).claim("till");
    expect(() => gate.enter("new", 0).claim("till")).toThrow("under way");
  });

  it("takes nothing new while the ledger has more waiting than it takes", () => {
    expect(() => gateOf(true).enter("new", 0)).toThrow(expect.objectContaining({ code: "overloaded" }));
    gateOf(true).enter("going", 0);
  });

  it("every call that acts on an operation by its id, and every switch, goes on", () => {
    const going = routes.filter((route) => kindOfRoute(route) === "going").map(({ name }) => name);
    for (const name of [
      "getExchange",
      "rollBackExchange",
      "rollBackCredit",
      "captureHold",
      "releaseHold",
      "putSystem",
      "putLink",
      "revokeApiKey",
      "takeGrant",
      "approveRateChange",
      "resolveInconsistency",
    ]) {
      expect(going).toContain(name);
    }
    const held = [
      "createExchange",
      "createExchanges",
      "createCredit",
      "createHold",
      "importLines",
      "createQuote",
    ];
    for (const name of [...held, "listExchanges", "putMapping", "putUser"]) expect(going).not.toContain(name);
  });
});

describe("a node that has all under way that it takes", () => {
  const airline = new TestPartner();
  const pair = { source_system: "airline", target_system: "shop" };
  const initiatedAt = "2026-11-23T09:30:00.000Z";
  let node: TestNode;
  let services: Services;
  let app: TestNode["app"];
  let asked = 0;
  let round = 0;
  let letGo = (): void => undefined;
  let held: Promise<unknown>[] = [];
  let tillKey = "";

  const creditOf = (id: string) => ({
    operation_id: id,
    system_id: "shop",
    user_id: "u1",
    credit_type_id: "coin",
    amount: "5",
  });
  const call = (method: string, url: string, body?: object) => callApp(app, method, url, { body });
  const partnerCredit = (id: string) =>
    airline.call({ app, services }, "credits", {
      operation_id: id,
      ...pair,
      user_id: "u1",
      credit_type_id: "coin",
      amount: "5",
      source_credit_type: "mile",
      source_amount: "5",
      exchange_rate: "1",
      initiated_at: initiatedAt,
    });

  beforeAll(async () => {
    node = await openTestNode("postgres");
    await seedNode(node);
    const put = (url: string, body: object) => node.call("PUT", url, { body });
    const remote = { name: "Airline", kind: "remote", base_url: "http://127.0.0.1:9", keys: airline.keys };
    await put("/v1/systems/airline", remote);
    await put("/v1/systems/airline/credit-types/mile", { name: "mile" });
    await put("/v1/links", { ...pair, user_mapping: "same_id" });
    await put("/v1/rates", { ...pair, source_credit_type: "mile", target_credit_type: "coin", rate: "1" });
    const hold = { ...creditOf("hold-1"), amount: "7" };
    await node.call("POST", "/v1/holds", { body: hold });
  });
  afterAll(() => node.close());

  beforeEach(async () => {
    round += 1;
    const released = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const transaction: Services["database"]["transaction"] = (work) => {
      asked += 1;
      return node.database.transaction(work);
    };
    services = {
      ...node.services,
      database: {
        ...node.database,
        engine: node.database.engine,
        transaction,
        close: () => node.database.close(),
      },
      posting: {
        submit: async (commands) => {
          if (commands.some(isCreating)) await released;
          return node.services.posting.submit(commands);
        },
      },
      apiKeys: {
        find: (key) => {
          asked += 1;
          return node.services.apiKeys.find(key);
        },
      },
      load: { ...defaultLoadSettings, requestsMax: 2 },
    };
    app = buildApp(services);
    // Two callers, as each has half of the room.
    const made = await node.call("POST", "/v1/api-keys", {
      body: { name: "till", principal: `till-${round}`, role: "service", systems: ["shop"] },
    });
    tillKey = String(made.body["api_key"]);
    const id = `c-${round}`;
    held = [
      callApp(app, "POST", "/v1/credits", { body: creditOf(`${id}-a`) }),
      callApp(app, "POST", "/v1/credits", { key: tillKey, body: creditOf(`${id}-b`) }),
    ];
    while ((await call("POST", "/v1/credits", creditOf("probe"))).status !== 503) continue;
    asked = 0;
  });

  it("turns what is new away before the database is asked, with when to come again", async () => {
    for (const url of ["/v1/credits", "/v1/exchanges", "/v1/exchanges/batch"]) {
      const refused = await callApp(app, "POST", url, { key: tillKey, body: creditOf("new-1") });
      expect(refused).toMatchObject({ status: 503, body: { code: "overloaded", retryable: true } });
      expect(refused.headers["retry-after"]).toBe("1");
    }
    expect((await call("GET", "/v1/exchanges")).status).toBe(503);
    expect(asked).toBe(0);
    letGo();
    expect(await Promise.all(held)).toMatchObject([{ status: 201 }, { status: 201 }]);
    expect((await call("POST", "/v1/credits", creditOf("new-1"))).status).toBe(201);
    expect((await call("GET", "/v1/operations/new-1")).status).toBe(200);
  });

  it("tells a partner so without an outcome, signed, and takes what ends or asks after what is under way", async () => {
    const refused = await partnerCredit("p-1");
    expect(refused).toMatchObject({ status: 503, body: { code: "overloaded" } });
    expect(refused.body["outcome"]).toBeUndefined();
    const undone = { operation_id: "p-1", ...pair, initiated_at: initiatedAt, reason: "a test" };
    expect(await airline.call({ app, services }, "credits/rollback", undone)).toMatchObject({
      status: 200,
      body: { outcome: "rolled_back" },
    });
    const window = { start_time: "2026-11-23T00:00:00.000Z", end_time: "2026-11-24T00:00:00.000Z" };
    const list = { kind: "credits", ...pair, ...window, limit: 10 };
    expect((await airline.call({ app, services }, "operations", list)).status).toBe(200);
    letGo();
    await Promise.all(held);
    // It was fenced meanwhile.
    expect(await partnerCredit("p-1")).toMatchObject({ status: 422, body: { outcome: "rolled_back" } });
  });

  it("answers what became of an id, ends holds, and lets people switch a system off", async () => {
    expect((await call("GET", "/v1/credits/seed")).status).toBe(200);
    expect((await call("POST", "/v1/holds/hold-1/release", {})).status).toBe(200);
    const suspended = { name: "Club", kind: "hosted", status: "suspended" };
    expect((await call("PUT", "/v1/systems/club", suspended)).status).toBe(200);
    expect((await call("GET", "/healthz")).status).toBe(200);
    letGo();
    expect(await Promise.all(held)).toMatchObject([{ status: 201 }, { status: 201 }]);
  });

  it("keeps no place for whoever has hung up, once what was asked is done (O4)", async () => {
    letGo();
    await Promise.all(held);
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const submit: Services["posting"]["submit"] = async (commands) => {
      await finished;
      return node.services.posting.submit(commands);
    };
    let letInCount = 0;
    const pass: Services["requestGate"]["pass"] = (subject) => {
      letInCount += 1;
      return node.services.requestGate.pass(subject);
    };
    app = buildApp({
      ...services,
      posting: { submit },
      requestGate: { pass, refresh: async () => undefined },
    });
    await app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = app.server.address() as AddressInfo;
    const requestOf = (key: string, id: string, isWhole: boolean) => {
      const body = JSON.stringify(creditOf(id));
      const head = ["POST /v1/credits HTTP/1.1", "host: node", `authorization: Bearer ${key}`];
      head.push("content-type: application/json", `content-length: ${body.length}`);
      return `${head.join("\r\n")}\r\n\r\n${isWhole ? body : body.slice(0, 5)}`;
    };
    const isFull = async () => (await call("GET", "/v1/exchanges")).status === 503;
    const keys = [apiKey, tillKey];
    const patience = { timeout: 10_000 };
    const send = (texts: readonly string[]) =>
      texts.map((text) => {
        const socket = connect(port, "127.0.0.1");
        socket.write(text);
        return socket;
      });

    const cut = send(keys.map((key) => requestOf(key, "cut", false)));
    await expect.poll(() => letInCount, patience).toBe(2);
    expect(await isFull()).toBe(true);
    for (const socket of cut) socket.destroy();
    await expect.poll(isFull, patience).toBe(false);

    // One behind the other on one connection.
    const goneCount = letInCount;
    const [both] = send([keys.map((key, index) => requestOf(key, `gone-${index}`, true)).join("")]);
    await expect.poll(() => letInCount, patience).toBe(goneCount + 2);
    expect(await isFull()).toBe(true);
    await new Promise((resolve) => both?.once("close", resolve).destroy());
    expect(await isFull()).toBe(true);
    finish();
    await expect.poll(isFull, patience).toBe(false);
    for (const id of ["gone-0", "gone-1"]) expect((await call("GET", `/v1/credits/${id}`)).status).toBe(200);
    await app.close();
  });
});

describe("a ledger with all waiting that it takes", () => {
  it("turns what is new away, and takes what ends what is under way", async () => {
    const node = await openTestNode("postgres");
    const { database } = node;
    const listener = { batchDone: () => undefined, batchRetried: () => undefined };
    const limits = {
      ...defaultPostingSettings,
      shardCount: 1,
      waitingMax: 1,
      laneCount: 1,
      sweepIntervalMs: 0,
    };
    const posting = new Posting(database, limits, listener, createLog("silent"));
    const credit = (operationId: string) => ({
      type: "credit" as const,
      operationId,
      principal: "tester",
      systemId: "shop",
      userId: "u1",
      creditTypeId: "coin",
      amount: 5n,
      businessCode: null,
      businessId: null,
      metadata: null,
      expiresInMs: null,
    });
    const undoing = {
      type: "rollback" as const,
      operationId: "b",
      principal: "tester",
      kind: "credit" as const,
    };
    const first = posting.submit([credit("a")]);
    expect(posting.isFull()).toBe(true);
    await expect(posting.submit([credit("b")])).rejects.toMatchObject({ code: "overloaded" });
    const second = posting.submit([undoing]);
    await expect(posting.submit([undoing])).rejects.toMatchObject({ code: "overloaded" });
    expect((await first)[0]?.type).toBe("operation");
    await second;
    expect(posting.isFull()).toBe(false);
    await posting.stop();
    await node.close();
  });
});
