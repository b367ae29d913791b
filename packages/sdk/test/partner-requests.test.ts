// What a partner makes of a request before it decides: signatures, nonces, callers, forms and limits; and the calls
// beside the tables: node, batch, users, operations.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPartner, generateSigningKey, registerNodes, toSigningKey } from "../src/partner/index.ts";
import {
  type Answer,
  baseUrl,
  type CallBody,
  type CallChanges,
  creditOf,
  endingOf,
  holdOf,
  newId,
  openWorld,
  rollbackOf,
  type World,
} from "./partner-caller.ts";
import { MemoryStore } from "./partner-store.ts";

let store: MemoryStore;
let world: World;
beforeEach(async () => {
  store = new MemoryStore();
  store.available.set("shop u1 coin", 500n);
  world = await openWorld(store, { batchMax: 5, bodyBytesMax: 20_000 });
});
afterEach(async () => {
  await world.close();
});

function expectNoEffect(): void {
  expect([store.rows.size, store.moves, world.errors]).toEqual([0, [], []]);
}

const later = (seconds: number) => new Date(Date.now() + seconds * 1000);

describe("K1: without effect, and signed", () => {
  it.each<[string, string, CallChanges, boolean]>([
    ["bad_digest", "another body than was signed", { bytes: Buffer.from(`{"operation_id":"x"}`) }, true],
    ["clock_skew", "a time ahead", { at: later(90) }, true],
    ["expired", "a time past", { at: later(-150) }, true],
    ["bad_signature", "another type than was signed", { headers: { "content-type": "text/plain" } }, true],
    ["missing_component", "no digest", { headers: { "content-digest": "" } }, true],
    // What can't be read has no nonce to bind the answer to.
    ["missing_component", "no signature", { headers: { "signature-input": "" } }, false],
  ])("401 %s: %s", async (code, _, changes, isBound) => {
    const { status, body, isSigned } = await world.airline.call("credits", creditOf(newId()), changes);
    expect([status, body["code"], isSigned]).toEqual([401, code, isBound]);
    expect(Math.abs(Date.parse(String(body["time"])) - Date.now())).toBeLessThan(10_000);
    expectNoEffect();
    expect(store.nonces.size).toBe(0);
  });

  it("401 for a key that is not registered, and for one that is revoked", async () => {
    const unknown = await world.unknown.call("credits", creditOf(newId()));
    expect([unknown.status, unknown.body["code"], unknown.isSigned]).toEqual([401, "unknown_key", true]);
    const revoked = await world.revoked.call("credits", creditOf(newId()));
    expect([revoked.status, revoked.body["code"], revoked.isSigned]).toEqual([401, "revoked_key", true]);
    expectNoEffect();
  });

  it("401 for a nonce that was taken, by the same node; another node may have it too", async () => {
    const nonce = "AAAAAAAAAAAAAAAAAAAAAA";
    const id = newId();
    expect((await world.airline.call("credits", creditOf(id), { nonce })).status).toBe(200);
    const replayed = await world.airline.call("credits", creditOf(newId()), { nonce });
    expect([replayed.status, replayed.body["code"], replayed.isSigned]).toEqual([
      401,
      "nonce_replayed",
      true,
    ]);
    expect(store.rows.size).toBe(1);
    expect((await world.hotel.call("node", {}, { nonce })).status).toBe(200);
    // A retry has a nonce of its own.
    expect((await world.airline.call("credits", creditOf(id))).body["idempotent"]).toBe(true);
  });

  it("a nonce is taken once, however many replays arrive together", async () => {
    const nonce = "BBBBBBBBBBBBBBBBBBBBBB";
    const calls = Array.from({ length: 8 }, () => world.airline.call("credits", creditOf("once"), { nonce }));
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    expect(statuses.toSorted((left, right) => left - right)).toEqual([
      200, 401, 401, 401, 401, 401, 401, 401,
    ]);
  });

  it.each<[string, string, CallBody]>([
    ["a credit for another source", "credits", creditOf("f-1", { source_system: "hotel" })],
    ["a credit to a system that is not kept here", "credits", creditOf("f-2", { target_system: "airline" })],
    ["a rollback for another source", "credits/rollback", rollbackOf("f-3", { source_system: "hotel" })],
    ["a hold for another target", "holds", holdOf("f-4", { target_system: "hotel" })],
    ["a hold at a system that is not kept here", "holds", holdOf("f-5", { source_system: "airline" })],
    ["a capture for another target", "holds/capture", endingOf("f-6", { target_system: "hotel" })],
    ["a release for another target", "holds/release", endingOf("f-7", { target_system: "hotel" })],
  ])("403: %s", async (_, path, body) => {
    const { status, body: answered, isSigned } = await world.airline.call(path, body);
    expect([status, answered["code"], answered["outcome"], isSigned]).toEqual([
      403,
      "forbidden",
      undefined,
      true,
    ]);
    expectNoEffect();
  });

  it.each<[string, string, CallBody, string]>([
    ["an amount with a leading zero", "credits", creditOf("m-1", { amount: "080" }), "/amount"],
    ["an amount that is a number", "credits", creditOf("m-2", { amount: 80 }), "/amount"],
    ["an amount above the largest", "credits", creditOf("m-3", { amount: "9223372036854775808" }), "/amount"],
    [
      "a day that does not exist",
      "credits",
      creditOf("m-4", { initiated_at: "2026-02-30T00:00:00.000Z" }),
      "/initiated_at",
    ],
    ["a rate of 0", "credits", creditOf("m-5", { exchange_rate: "0.0" }), "/exchange_rate"],
    ["an id with a space", "credits", creditOf("m 6"), "/operation_id"],
    ["no reason", "credits/rollback", rollbackOf("m-7", { reason: undefined }), ""],
    ["metadata above 16 KiB", "holds", holdOf("m-8", { metadata: { a: "x".repeat(16_384) } }), "/metadata"],
    ["a cursor of somebody else", "operations", operationsOf({ cursor: "e30" }), "/cursor"],
    ["no limit", "operations", operationsOf({ limit: undefined }), ""],
  ])("400: %s", async (_, path, body, at) => {
    const { status, body: answered, isSigned } = await world.airline.call(path, body);
    expect([status, answered["code"], isSigned]).toEqual([400, "invalid_request", true]);
    expect(answered["errors"]).toMatchObject([{ path: at }]);
    expectNoEffect();
  });

  it("400 for what is no JSON object, 413 for too large a body, 404 and 405 for other addresses and methods", async () => {
    for (const body of [[], "text", 5, null])
      expect((await world.airline.call("credits", body)).status).toBe(400);
    const large = await world.airline.call("credits", { ...creditOf("l-1"), note: "x".repeat(30_000) });
    expect(large).toMatchObject({ status: 413, body: { code: "request_too_large" }, isSigned: true });
    expect((await world.airline.call("nothing", {})).status).toBe(404);
    expect((await world.airline.call("node?a=1", {})).status).toBe(404);
    const got = await world.airline.call("node", {}, { method: "GET" });
    expect([got.status, got.isSigned]).toEqual([405, true]);
    expectNoEffect();
  });
});

function operationsOf(changes: CallBody = {}): CallBody {
  return {
    kind: "credits",
    source_system: "airline",
    target_system: "shop",
    start_time: "2026-11-23T00:00:00.000Z",
    end_time: "2026-11-24T00:00:00.000Z",
    limit: 2,
    ...changes,
  };
}

describe("K3: what fails inside", () => {
  it("is a signed 500 without outcome, told to onError, and nothing of it is kept; the same again is done", async () => {
    const id = newId();
    store.failure = new Error("the disk is full");
    const failed = await world.airline.call("credits", creditOf(id));
    expect(failed).toMatchObject({ status: 500, isSigned: true, body: { code: "internal_error" } });
    expect(failed.body["outcome"]).toBeUndefined();
    expect(world.errors).toEqual([new Error("the disk is full")]);
    expect([store.rows.size, store.available.get("shop u1 coin")]).toEqual([0, 500n]);
    expect((await world.airline.call("credits", creditOf(id))).body).toMatchObject({
      outcome: "completed",
      idempotent: false,
    });
  });

  it("above its limit a partner asks to come again, and decides nothing", async () => {
    const crowded = await openWorld(store, { concurrentCallsMax: 2 });
    const calls = Array.from({ length: 6 }, () => crowded.airline.call("credits", creditOf(newId())));
    const answers = await Promise.all(calls);
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    for (const { body, isSigned } of refused) expect([body["outcome"], isSigned]).toEqual([undefined, true]);
    expect(store.rows.size).toBe(6 - refused.length);
    await crowded.close();
  });
});

describe("node", () => {
  it("tells what the partner is, to whoever has a key", async () => {
    const { status, body, isSigned } = await world.hotel.call("node", {});
    expect([status, isSigned]).toEqual([200, true]);
    expect(body).toMatchObject({
      protocol: "pxp/1",
      roles: ["target", "source"],
      systems: ["shop"],
      batch_max: 5,
      provisioning: true,
      reconciliation_level: 1,
    });
    expect(body["keys"]).toMatchObject({ keys: [{ kty: "OKP", crv: "Ed25519" }] });
  });

  it("a target without a source's part answers 404 to holds, on a line of a batch too", async () => {
    const target = await openWorld(store, { roles: ["target"] });
    expect((await target.airline.call("holds", holdOf("t-1"))).status).toBe(404);
    const { body } = await target.airline.call("batch", { calls: [{ call: "holds", ...holdOf("t-2") }] });
    expect(body["results"]).toMatchObject([{ operation_id: "t-2", status: 404 }]);
    expect((await target.airline.call("node", {})).body["roles"]).toEqual(["target"]);
    await target.close();
    expectNoEffect();
  });
});

describe("batch", () => {
  const line = (call: string, body: CallBody): CallBody => ({ call, ...body });
  const resultsOf = ({ body }: Answer) => body["results"] as Answer["body"][];

  it("decides each line as if sent alone, in order; a bad one refuses no other", async () => {
    const answer = await world.airline.call("batch", {
      calls: [
        line("credits", creditOf("b-1")),
        line("credits", creditOf("b-2", { amount: "080" })),
        line("credits", creditOf("b-3", { user_id: "nobody" })),
        line("holds", holdOf("b-4", { amount: "580" })),
        line("holds", holdOf("b-5", { amount: "1" })),
      ],
    });
    expect([answer.status, answer.isSigned]).toEqual([200, true]);
    expect(resultsOf(answer)).toMatchObject([
      { operation_id: "b-1", status: 200, outcome: "completed", amount: "80" },
      { operation_id: "b-2", status: 400, code: "invalid_request" },
      { operation_id: "b-3", status: 422, outcome: "refused", code: "user_not_found" },
      // Only with the points that the first line brought.
      { operation_id: "b-4", status: 200, outcome: "held", amount: "580" },
      { operation_id: "b-5", status: 422, outcome: "refused", code: "insufficient_balance" },
    ]);
    expect(resultsOf(answer)[1]?.["outcome"]).toBeUndefined();
    expect(store.rows.size).toBe(4);
    expect((await world.airline.call("credits", creditOf("b-3"))).status).toBe(409);
  });

  it("a line without a call, without an id, for another system, or that is no object", async () => {
    const calls = [
      line("users", { operation_id: "b-1" }),
      { call: "credits" },
      null,
      line("credits", creditOf("b-2", { source_system: "hotel" })),
    ];
    expect(resultsOf(await world.airline.call("batch", { calls }))).toMatchObject([
      { operation_id: "b-1", status: 400 },
      { operation_id: null, status: 400 },
      { operation_id: null, status: 400 },
      { operation_id: "b-2", status: 403 },
    ]);
    expectNoEffect();
  });

  it("a line that fails inside leaves its own outcome unknown", async () => {
    store.failure = new Error("lost");
    const calls = [line("credits", creditOf("b-1")), line("credits", creditOf("b-2"))];
    const results = resultsOf(await world.airline.call("batch", { calls }));
    expect(results).toMatchObject([
      { operation_id: "b-1", status: 500 },
      { operation_id: "b-2", outcome: "completed" },
    ]);
    expect(results[0]?.["outcome"]).toBeUndefined();
    expect(world.errors).toHaveLength(1);
  });

  it("more lines than batch_max are a 400, and with a batch_max of 1 there are no batches", async () => {
    const calls = Array.from({ length: 6 }, (_, at) => line("credits", creditOf(`b-${at}`)));
    expect((await world.airline.call("batch", { calls })).status).toBe(400);
    const single = await openWorld(store, { batchMax: 1 });
    expect((await single.airline.call("batch", { calls: calls.slice(0, 1) })).status).toBe(400);
    await single.close();
    expectNoEffect();
  });
});

describe("users", () => {
  const call = {
    source_system: "airline",
    source_user_id: "m1",
    target_system: "shop",
    profile: { username: "mina" },
  };

  it("the same source user gets the same user, whatever the profile says later", async () => {
    const first = await world.airline.call("users", call);
    expect(first).toMatchObject({ status: 200, body: { user_id: "user-1", created: true }, isSigned: true });
    const again = await world.airline.call("users", { ...call, profile: { username: "other" } });
    expect(again.body).toEqual({ user_id: "user-1", created: false });
  });

  it("a refusal has an outcome and a code; another's user is a 403; without the function there is no such call", async () => {
    const refused = await world.airline.call("users", { ...call, profile: {} });
    expect(refused).toMatchObject({ status: 422, body: { outcome: "refused", code: "username_needed" } });
    expect((await world.hotel.call("users", call)).status).toBe(403);
    const bare: MemoryStore = Object.assign(new MemoryStore(), { provisionUser: undefined });
    const without = await openWorld(bare);
    expect((await without.airline.call("users", call)).status).toBe(404);
    expect((await without.airline.call("node", {})).body["provisioning"]).toBe(false);
    await without.close();
  });
});

describe("operations", () => {
  const at = (minute: number) => `2026-11-23T09:${String(minute).padStart(2, "0")}:00.000Z`;

  async function readAll(
    changes: CallBody = {},
    between?: () => Promise<unknown>,
  ): Promise<Answer["body"][]> {
    const items: Answer["body"][] = [];
    let cursor: unknown;
    for (;;) {
      const { status, body } = await world.airline.call("operations", operationsOf({ ...changes, cursor }));
      expect(status).toBe(200);
      items.push(...(body["items"] as Answer["body"][]));
      cursor = body["next_cursor"] ?? undefined;
      if (cursor === undefined) return items;
      await between?.();
    }
  }

  it("lists rows of every outcome by initiated_at, then id, and only those of the window, the pair and the caller", async () => {
    await world.airline.call("credits", creditOf("o-3", { initiated_at: at(2) }));
    await world.airline.call("credits", creditOf("o-2", { initiated_at: at(2), user_id: "nobody" }));
    await world.airline.call("credits/rollback", rollbackOf("o-9", { initiated_at: at(1) }));
    await world.airline.call("credits", creditOf("O-5", { initiated_at: at(3) }));
    await world.airline.call("credits", creditOf("o-6", { initiated_at: "2026-11-24T00:00:00.000Z" }));
    await world.airline.call("credits", creditOf("o-7", { source_system: "alliance" }));
    await world.hotel.call("credits", creditOf("o-8", { source_system: "hotel" }));
    await world.airline.call("holds", holdOf("o-10"));
    const items = await readAll();
    expect(
      items.map((item) => [item["operation_id"], item["outcome"], item["initiated_at"], item["amount"]]),
    ).toEqual([
      ["o-9", "rolled_back", at(1), null],
      ["o-2", "refused", at(2), "80"],
      ["o-3", "completed", at(2), "80"],
      ["O-5", "completed", at(3), "80"],
    ]);
    const holds = await readAll({ kind: "holds", source_system: "shop", target_system: "airline" });
    expect(holds.map((item) => [item["operation_id"], item["outcome"]])).toEqual([["o-10", "held"]]);
    expect((await world.hotel.call("operations", operationsOf())).status).toBe(403);
  });

  it("no row that was there at the first page is missed while others are added, and every page names that time", async () => {
    for (let minute = 0; minute < 10; minute += 2) {
      await world.airline.call("credits", creditOf(`p-${minute}`, { initiated_at: at(minute) }));
    }
    let minute = 1;
    const items = await readAll({}, async () => {
      await world.airline.call("credits", creditOf(`q-${minute}`, { initiated_at: at(minute) }));
      minute += 6;
    });
    const ids = items.map((item) => item["operation_id"]);
    expect(ids).toEqual(["p-0", "p-2", "p-4", "p-6", "q-7", "p-8"]);
    const first = await world.airline.call("operations", operationsOf());
    const second = await world.airline.call(
      "operations",
      operationsOf({ cursor: first.body["next_cursor"] }),
    );
    expect(second.body["complete_until"]).toBe(first.body["complete_until"]);
  });
});

describe("settings", () => {
  const signingKey = toSigningKey(generateSigningKey().privateJwk);
  const given = {
    baseUrl,
    systems: ["shop"],
    signingKey,
    findKey: registerNodes([]),
    store: new MemoryStore(),
  };

  it("a wrong one is told when the partner is made", () => {
    expect(() => createPartner({ ...given, baseUrl: "points.shop.example" })).toThrow(/base_url/);
    expect(() => createPartner({ ...given, systems: [] })).toThrow(/systems/);
    expect(() => createPartner({ ...given, batchMax: 1001 })).toThrow(/batchMax/);
    const bare: MemoryStore = Object.assign(new MemoryStore(), { holdPoints: undefined });
    expect(() => createPartner({ ...given, store: bare, roles: ["source"] })).toThrow(/holdPoints/);
  });

  it("a key is registered to one node only", () => {
    const { publicJwk } = generateSigningKey();
    const nodes = ["a", "b"].map((nodeId) => ({ nodeId, speaksFor: [nodeId], keys: [publicJwk] }));
    expect(() => registerNodes(nodes)).toThrow(/registered twice: a, b/);
  });
});
