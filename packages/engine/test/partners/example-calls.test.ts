// Proves that the partners under examples/ sign and verify as pxp/1 has it, know who may speak, and answer the calls beside
// the table: node, batch, users, operations. T6 is numbered in the examples.
import { callPaths, judgeBatch } from "@pointbridge/protocol/pxp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type CreditFields,
  ExampleWorld,
  listExamples,
  makeCredit,
  makeRollback,
  route,
} from "./example-world.ts";
import type { Tampering } from "./signed-caller.ts";

type Headers = Record<string, string>;

function without(name: string) {
  return (headers: Headers): Headers =>
    Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

function replace(name: string, from: string | RegExp, to: string) {
  return (headers: Headers): Headers => ({ ...headers, [name]: (headers[name] ?? "").replace(from, to) });
}

function at(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}

type TamperedCase = readonly [code: string, tampering: Tampering, caller?: "stranger" | "revoked"];
const tamperedCases: readonly TamperedCase[] = [
  ["unknown_key", {}, "stranger"],
  ["revoked_key", {}, "revoked"],
  ["clock_skew", { now: at(600) }],
  ["expired", { now: at(-600) }],
  ["expired", { headers: replace("signature-input", /expires=\d+/, "expires=99999999999") }],
  ["bad_digest", { body: (body) => body.replace('"29"', '"28"') }],
  ["bad_signature", { headers: replace("content-type", "json", "jsonx") }],
  ["bad_signature", { headers: replace("signature-input", "pxp-1", "pxp-2") }],
  ["bad_signature", { headers: replace("signature", /^sig1=:.{10}/, "sig1=:AAAAAAAAAA") }],
  ["missing_component", { headers: replace("signature-input", ' "content-type"', "") }],
  ["missing_component", { headers: replace("signature-input", /;expires=\d+/, "") }],
  ["missing_component", { headers: without("signature") }],
  ["missing_component", { headers: without("content-digest") }],
];

describe.each(listExamples())("the example partner in %s", (name, command) => {
  let world: ExampleWorld;
  beforeAll(async () => {
    if (command !== undefined) world = await ExampleWorld.start(name, command);
  });
  afterAll(async () => {
    if (command !== undefined) await world.partner.stop();
  });
  const credit = (fields: CreditFields) => world.credit(fields);

  describe.skipIf(command === undefined)("knows who speaks", () => {
    it("takes a nonce once, and answers refusals signed with it (T6)", async () => {
      const nonce = "n".repeat(22);
      const body = makeCredit({ operation_id: "s-1" });
      expect((await world.node.call(callPaths.credits, body, { nonce })).status).toBe(200);
      const replayed = await world.node.call(callPaths.credits, body, { nonce });
      expect(replayed).toMatchObject({ status: 401, body: { code: "nonce_replayed" } });
      expect(Date.parse(String(replayed.body["time"]))).toBeGreaterThan(Date.now() - 60_000);
      const others = { ...body, source_system: "other" };
      expect((await world.other.call(callPaths.credits, others, { nonce })).status).toBe(200);
    });

    it("refuses what is altered, outside the window, or signed by a key that doesn't count (T6)", async () => {
      const body = makeCredit({ operation_id: "s-2" });
      for (const [index, [code, tampering, caller = "node"]] of tamperedCases.entries()) {
        const answer = await world[caller].call(callPaths.credits, body, tampering);
        expect(answer, `case ${index}`).toMatchObject({ status: 401, body: { code } });
        expect(answer.body["outcome"]).toBeUndefined();
      }
      expect((await credit({ operation_id: "s-2" })).body["idempotent"]).toBe(false);
    });

    it("refuses what has no signature that can be read, signed without a nonce (T6)", async () => {
      const repeated = (headers: Headers): Headers => {
        const { "signature-input": input = "" } = headers;
        return { ...headers, "signature-input": `${input}, ${input}` };
      };
      const unsigned = (): Headers => ({ "content-type": "application/json" });
      for (const headers of [unsigned, repeated, replace("signature-input", "sig1", "sig2")]) {
        const answer = await world.node.call(callPaths.credits, makeCredit({ operation_id: "s-2" }), {
          headers,
          isAnsweredWithoutNonce: true,
        });
        expect(answer).toMatchObject({ status: 401, body: { code: "missing_component" } });
      }
    });

    it("takes the address from its settings, not from Host", async () => {
      const body = makeCredit({ operation_id: "s-6" });
      const elsewhere = { signedFor: "http://localhost:1" };
      const answer = await world.node.call(callPaths.credits, body, elsewhere);
      expect(answer).toMatchObject({ status: 401, body: { code: "bad_signature" } });
    });

    it("lets a node speak for its own systems only, and uses no id up for others", async () => {
      const asOther = await world.other.call(callPaths.credits, makeCredit({ operation_id: "s-3" }));
      expect(asOther).toMatchObject({ status: 403 });
      expect(asOther.body["outcome"]).toBeUndefined();
      const elsewhere = await credit({ operation_id: "s-3", target_system: "airline" });
      expect(elsewhere.status).toBe(403);
      expect((await credit({ operation_id: "s-3" })).body["idempotent"]).toBe(false);
    });

    it("keeps the ids of two nodes apart", async () => {
      const other = { operation_id: "c-1", source_system: "other", user_id: "poor" };
      const answer = await world.other.call(callPaths.credits, makeCredit(other));
      expect(answer).toMatchObject({ status: 200, body: { outcome: "completed", idempotent: false } });
    });

    it("answers what is malformed with 400 and without an outcome, and uses no id up", async () => {
      const malformed: readonly unknown[] = [
        "{",
        "[]",
        "7",
        makeCredit({ operation_id: "s-4", amount: "029" }),
        makeCredit({ operation_id: "s-4", amount: "0" }),
        makeCredit({ operation_id: "s-4", amount: "9223372036854775808" }),
        { ...makeCredit({ operation_id: "s-4" }), amount: 29 },
        makeCredit({ operation_id: "s-4", user_id: "a\u0007" }),
        makeCredit({ operation_id: "s-4", user_id: "" }),
        makeCredit({ operation_id: "s-4", user_id: "é".repeat(129) }),
        makeCredit({ operation_id: "s-4", initiated_at: "2026-11-23T09:30:00Z" }),
        makeCredit({ operation_id: "s-4", initiated_at: "2026-02-30T09:30:00.000Z" }),
        makeCredit({ operation_id: "s-4", initiated_at: "2026-11-23T09:30:60.000Z" }),
        makeCredit({ operation_id: "s-4", exchange_rate: "0" }),
        makeCredit({ operation_id: "-s-4" }),
        makeCredit({ operation_id: "s-4\n" }),
        `{"operation_id":"s-4","user_id":"\\ud800"}`,
      ];
      for (const body of malformed) {
        const answer = await world.node.call(callPaths.credits, body);
        expect({ body, status: answer.status }).toEqual({ body, status: 400 });
        expect(answer.body["outcome"]).toBeUndefined();
      }
      expect((await credit({ operation_id: "s-4" })).body["idempotent"]).toBe(false);
    });

    it("has no holds: 404 without an outcome", async () => {
      const answer = await world.node.call(callPaths.holds, makeCredit({ operation_id: "s-5" }));
      expect(answer.status).toBe(404);
      expect(answer.body["outcome"]).toBeUndefined();
    });
  });

  describe.skipIf(command === undefined)("answers the other calls", () => {
    it("tells what it is, with the keys that setup printed", async () => {
      const { status, body } = await world.node.call(callPaths.node, {});
      expect(status).toBe(200);
      expect(body).toMatchObject({
        protocol: "pxp/1",
        roles: ["target"],
        systems: ["club"],
        keys: { keys: world.partner.keys },
      });
      expect(body["batch_max"]).toBeGreaterThan(1);
    });

    it("decides a batch line by line, in order, bad lines by themselves", async () => {
      const calls = [
        { call: "credits" as const, ...makeCredit({ operation_id: "b-1" }) },
        { call: "credits/rollback" as const, ...makeRollback("b-2") },
        { call: "credits" as const, ...makeCredit({ operation_id: "b-3", user_id: "nobody" }) },
        { call: "credits" as const, ...makeCredit({ operation_id: "b-4", amount: "x" }) },
        { call: "credits" as const, ...makeCredit({ operation_id: "b-5", target_system: "airline" }) },
        { call: "credits/rollback" as const, ...makeRollback("c-1") },
      ];
      const answer = await world.node.call(callPaths.batch, { calls });
      const results = answer.body["results"] as ReadonlyArray<Record<string, unknown>>;
      expect(results.map(({ operation_id: id, status }) => [id, status])).toEqual([
        ["b-1", 200],
        ["b-2", 200],
        ["b-3", 422],
        ["b-4", 400],
        ["b-5", 403],
        ["c-1", 200],
      ]);
      const kinds = judgeBatch(calls, answer).map(({ kind }) => kind);
      expect(kinds).toEqual([
        "credited",
        "rolled_back",
        "credit_refused",
        "unknown",
        "unknown",
        "rolled_back",
      ]);
      const again = await world.node.call(callPaths.batch, { calls });
      expect(judgeBatch(calls, again)[0]).toEqual({ kind: "credited" });
      expect((await world.node.call(callPaths.batch, { calls: Array(101).fill(calls[0]) })).status).toBe(400);
    });

    it("provisions a source user once, also when calls race", async () => {
      const user = { ...route, source_user_id: "buyer-1", profile: { email: "buyer@example.com" } };
      const answers = await Promise.all([1, 2, 3].map(() => world.node.call(callPaths.users, user)));
      const ids = new Set(answers.map(({ body }) => body["user_id"]));
      expect(ids.size).toBe(1);
      expect(answers.filter(({ body }) => body["created"] === true).length).toBe(1);
      const other = await world.node.call(callPaths.users, { ...user, source_user_id: "buyer-2" });
      expect(ids.has(other.body["user_id"])).toBe(false);
      const [id] = ids;
      expect((await credit({ operation_id: "p-1", user_id: String(id) })).status).toBe(200);
    });

    it("lists rows of every outcome in order and in pages, while rows are added", async () => {
      const initiatedAt = "2030-01-01T00:00:00.000Z";
      const ids = ["l-1", "l-2", "l-A", "l-a", "l.x"];
      for (const id of [...ids].reverse()) await credit({ operation_id: id, initiated_at: initiatedAt });
      await world.node.call(callPaths["credits/rollback"], {
        ...makeRollback("l-0"),
        initiated_at: initiatedAt,
      });
      const window = { start_time: initiatedAt, end_time: "2030-01-02T00:00:00.000Z" };
      const seen: string[] = [];
      const vouchedUntil = new Set<unknown>();
      let cursor: unknown;
      do {
        const page = {
          kind: "credits",
          ...route,
          ...window,
          limit: 2,
          ...(cursor === undefined ? {} : { cursor }),
        };
        const { status, body } = await world.node.call(callPaths.operations, page);
        expect(status).toBe(200);
        const items = body["items"] as ReadonlyArray<Record<string, unknown>>;
        seen.push(...items.map((item) => String(item["operation_id"])));
        vouchedUntil.add(body["complete_until"]);
        await credit({ operation_id: `l-${seen.length}x`, initiated_at: "2030-01-01T23:00:00.000Z" });
        cursor = body["next_cursor"];
      } while (typeof cursor === "string");
      expect(seen.slice(0, 6)).toEqual(["l-0", "l-1", "l-2", "l-A", "l-a", "l.x"]);
      expect(new Set(seen).size).toBe(seen.length);
      // Rows may be added behind a page that was read: no page vouches for more than the first one can.
      expect(vouchedUntil.size).toBe(1);
      for (const bad of [
        "",
        "/",
        `${initiatedAt}/l-1`,
        `${initiatedAt}/l-1/soon`,
        `${initiatedAt}/l-1/${initiatedAt}/`,
      ]) {
        const page = { kind: "credits", ...route, ...window, limit: 2, cursor: bad };
        expect([bad, (await world.node.call(callPaths.operations, page)).status]).toEqual([bad, 400]);
      }
      const all = await world.node.call(callPaths.operations, {
        kind: "credits",
        ...route,
        ...window,
        limit: 1000,
      });
      const [fence, first] = all.body["items"] as ReadonlyArray<Record<string, unknown>>;
      expect(fence).toMatchObject({
        outcome: "rolled_back",
        user_id: null,
        amount: null,
        initiated_at: initiatedAt,
      });
      expect(first).toMatchObject({ outcome: "completed", user_id: "u1", amount: "29" });
      const asOther = await world.other.call(callPaths.operations, {
        kind: "credits",
        ...route,
        ...window,
        limit: 9,
      });
      expect(asOther.status).toBe(403);
    });
  });

  it.skipIf(command === undefined)("ends with balances, movements, rows and evidence that agree", () => {
    expect(world.findContradictions()).toEqual([]);
  });
});
