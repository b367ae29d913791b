// The shell of /pxp/v1: who is heard, what is refused before anything is decided, and that two instances on one
// database refuse the same.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AssembledNode, assembleNode } from "../../src/node.ts";
import { findEvidence } from "../../src/partner/index.ts";
import { openTestNode, seedNode, type TestNode, testPartnerSetup } from "./test-node.ts";
import { type CallChanges, TestPartner } from "./test-partner.ts";

const publicUrl = "https://points.example/partners";
const proxied = { ...testPartnerSetup, publicUrl };

/** Replaces a part of what was signed. */
function replace(header: string, from: string | RegExp, to: string): Pick<CallChanges, "spoil"> {
  return {
    spoil: ({ headers }) => {
      headers[header] = (headers[header] ?? "").replace(from, to);
    },
  };
}

describe.each(["embedded", "postgres"] as const)("calls of partners (%s)", (engine) => {
  let node: TestNode;
  /** Another instance on the same database. */
  let other: AssembledNode;
  const airline = new TestPartner();
  const stranger = new TestPartner();

  const putSystem = (systemId: string, fields: object) =>
    node.call("PUT", `/v1/systems/${systemId}`, {
      body: { name: systemId, kind: "remote", base_url: "http://127.0.0.1:9", ...fields },
    });

  const user = (sourceUserId: string, more: object = {}) => ({
    source_system: "airline",
    source_user_id: sourceUserId,
    target_system: "shop",
    profile: { username: "Li Wei", email: "li@members.example" },
    ...more,
  });

  beforeAll(async () => {
    node = await openTestNode(engine, proxied);
    await seedNode(node);
    const { database, shardCount, log, acceptedKeys } = node.services;
    const parts = { shardCount, log, acceptedKeys, partners: proxied, posting: { sweepIntervalMs: 0 } };
    other = await assembleNode(database, parts);
    await putSystem("airline", { keys: airline.keys, speaks_for: ["lounge"] });
  });

  afterAll(async () => {
    await other.close();
    await node.close();
  });

  it("are heard at the address that was agreed on, whatever a proxy made of it (V1)", async () => {
    const forwarded: CallChanges = {
      spoil: ({ headers }) => {
        Object.assign(headers, {
          host: "inner:4100",
          forwarded: "host=evil.example;proto=http",
          "x-forwarded-host": "evil.example",
          "x-forwarded-prefix": "/other",
        });
      },
    };
    const answer = await airline.call(node, "node", {}, forwarded);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        protocol: "pxp/1",
        roles: ["target", "source"],
        systems: ["club", "shop"],
        provisioning: true,
        reconciliation_level: 3,
      },
    });
    expect((answer.body["keys"] as { keys: unknown[] }).keys).toHaveLength(1);
    for (const baseUrl of [
      "https://points.example",
      "https://inner:4100/partners",
      "http://points.example/partners",
    ]) {
      const refused = await airline.call(node, "node", {}, { ...forwarded, baseUrl });
      expect(refused).toMatchObject({ status: 401, body: { code: "bad_signature" } });
    }
    const withQuery = await airline.call(node, "node", {}, { path: "/pxp/v1/node?a=%2F&b" });
    expect(withQuery.status).toBe(200);
  });

  const minutes = (count: number) => new Date(Date.now() + count * 60_000);
  const refusals: readonly (readonly [code: string, what: string, changes: () => CallChanges])[] = [
    ["missing_component", "no signature", () => ({ spoil: ({ headers }) => delete headers["signature"] })],
    ["missing_component", "no digest", () => ({ spoil: ({ headers }) => delete headers["content-digest"] })],
    ["missing_component", "a component less", () => replace("signature-input", '"content-type" ', "")],
    ["missing_component", "no nonce", () => replace("signature-input", /;nonce="[^"]*"/, "")],
    ["bad_signature", "a signature that is none", () => replace("signature", /:./, ":_")],
    ["bad_signature", "another nonce", () => replace("signature-input", /nonce="..../, 'nonce="AAAA')],
    ["bad_signature", "another tag", () => replace("signature-input", "pxp-1", "pxp-2")],
    [
      "bad_digest",
      "another body",
      () => ({
        spoil: (sent) => {
          sent.body = Buffer.from('{"a":1}');
        },
      }),
    ],
    ["expired", "a request of an hour ago", () => ({ now: minutes(-60) })],
    ["clock_skew", "a request of tomorrow", () => ({ now: minutes(1_440) })],
  ];

  it.each(refusals)("are refused with %s for %s, signed and with the time", async (code, _what, changes) => {
    const refused = await airline.call(node, "node", {}, changes());
    expect(refused).toMatchObject({ status: 401, body: { code } });
    expect(Date.parse(String(refused.body["time"]))).toBeGreaterThan(Date.now() - 60_000);
  });

  it("are refused with unknown_key of whom nobody registered", async () => {
    const refused = await stranger.call(node, "node", {});
    expect(refused).toMatchObject({ status: 401, body: { code: "unknown_key" } });
  });

  it("that were sent before are refused by every instance, and a refused one takes no nonce (V2)", async () => {
    const nonce = randomBytes(16).toString("base64url");
    const spoilt = await airline.call(node, "node", {}, { nonce, baseUrl: "https://elsewhere.example" });
    expect(spoilt.status).toBe(401);
    const statuses = await Promise.all(
      [node, other, node, other].map((instance) => airline.call(instance, "node", {}, { nonce })),
    );
    const codes = statuses.map(({ status, body }) => (status === 200 ? "done" : String(body["code"])));
    expect(codes.sort()).toEqual(["done", "nonce_replayed", "nonce_replayed", "nonce_replayed"]);
  });

  it("are refused at once by every instance when their key is revoked, taken at once when it is put (R1)", async () => {
    const inn = new TestPartner();
    expect((await inn.call(other, "node", {})).body["code"]).toBe("unknown_key");
    await putSystem("inn", { keys: inn.keys });
    expect((await inn.call(other, "node", {})).status).toBe(200);
    expect((await other.partners.registry.current()).findKey(inn.keyId)?.nodeId).toBe("inn");
    await putSystem("inn", { keys: stranger.keys });
    expect((await inn.call(other, "node", {})).body["code"]).toBe("revoked_key");
    expect((await stranger.call(other, "node", {})).status).toBe(200);
    await putSystem("inn", { keys: { keys: [] } });
    expect((await stranger.call(other, "node", {})).body["code"]).toBe("revoked_key");
  });

  it("prove their key by the first one that verifies (R3)", async () => {
    const cafe = new TestPartner();
    await putSystem("cafe", { keys: cafe.keys });
    const stateOf = async () => {
      await putSystem("cafe", { keys: cafe.keys, timeout_ms: 1_000 + Math.floor(Math.random() * 10_000) });
      return (await other.partners.registry.current()).findKey(cafe.keyId)?.state;
    };
    await cafe.call(node, "node", {}, { baseUrl: "https://elsewhere.example" });
    expect(await stateOf()).toBe("pending");
    await cafe.call(node, "node", {});
    expect(await stateOf()).toBe("active");
  });

  it("are malformed with the place of each fault, and have no outcome (F1)", async () => {
    const faulty = await airline.call(node, "users", { ...user("u\u0007"), target_system: 5, extra: true });
    expect(faulty).toMatchObject({
      status: 400,
      body: {
        code: "invalid_request",
        errors: [{ path: "/source_user_id" }, { path: "/target_system" }],
      },
    });
    for (const bytes of [Buffer.from("{"), Buffer.from([0xff]), Buffer.from("[]"), new Uint8Array()]) {
      const refused = await airline.call(node, "users", {}, { bytes });
      expect(refused).toMatchObject({ status: 400, body: { code: "invalid_request" } });
      expect(refused.body).not.toHaveProperty("outcome");
    }
    const listing = {
      kind: "credits",
      source_system: "airline",
      target_system: "shop",
      start_time: "2026-02-30T00:00:00.000Z",
      end_time: "2026-03-01T00:00:00.000Z",
      limit: 10,
    };
    const untimely = await airline.call(node, "operations", listing);
    expect(untimely).toMatchObject({ status: 400, body: { errors: [{ path: "/start_time" }] } });
  });

  it("may speak for their own systems only, of systems that are hosted here (F2)", async () => {
    for (const [source, target] of [
      ["club", "shop"],
      ["airline", "airline"],
      ["airline", "nowhere"],
      ["nowhere", "shop"],
    ]) {
      const refused = await airline.call(node, "users", {
        ...user("u1"),
        source_system: source,
        target_system: target,
      });
      expect(refused).toMatchObject({ status: 403, body: { code: "forbidden" } });
      expect(refused.body).not.toHaveProperty("outcome");
    }
  });

  it("to what does not exist, of another type or too large decide nothing", async () => {
    const unknown = await airline.call(node, "node", {}, { path: "/pxp/v1/nothing" });
    expect(unknown).toMatchObject({ status: 404, body: { code: "not_found" } });
    const encoded = await airline.call(
      node,
      "node",
      {},
      { spoil: ({ headers }) => void (headers["content-encoding"] = "gzip") },
    );
    expect(encoded).toMatchObject({ status: 415, body: { code: "unsupported_media_type" } });
    const large = await airline.call(
      node,
      "node",
      {},
      {
        bytes: Buffer.alloc(4 * 1024 * 1024 + 1, 32),
        // Whoever sends that much is answered before the signature is read.
        spoil: ({ headers }) => delete headers["signature-input"],
      },
    );
    expect(large).toMatchObject({ status: 413, body: { code: "request_too_large" } });
  });

  it("are kept as evidence exactly as they were signed (X3)", async () => {
    const credit = {
      operation_id: "evidence-1",
      source_system: "airline",
      target_system: "shop",
      user_id: "u1",
      credit_type_id: "coin",
      amount: "5",
      source_credit_type: "mile",
      source_amount: "5",
      exchange_rate: "1",
      initiated_at: "2026-11-23T09:30:00.000Z",
      metadata: { note: "é\u2028" },
    };
    const text = JSON.stringify(credit, null, 1);
    const refused = await airline.call(node, "credits", {}, { bytes: Buffer.from(text) });
    expect(refused).toMatchObject({ status: 422, body: { outcome: "refused" } });
    const found = await node.database.transaction(async (transaction) => {
      const name = "test-evidence";
      const rows = await transaction.query<{ evidence_id: string }>({
        name,
        text: "select evidence_id from evidence",
      });
      return findEvidence(transaction, rows[0]?.evidence_id ?? "");
    });
    expect(found).toMatchObject({
      nodeId: "airline",
      keyId: airline.keyId,
      path: "/pxp/v1/credits",
      body: text,
    });
    expect(found?.targetUri).toBe(`${publicUrl}/pxp/v1/credits`);
    expect(found?.signatureInput).toContain('tag="pxp-1"');
  });

  it("list their own rows of every outcome page by page, also while rows are added", async () => {
    const agree = { source_system: "airline", target_system: "shop" };
    await node.call("PUT", "/v1/systems/airline/credit-types/mile", { body: { name: "mile" } });
    await node.call("PUT", "/v1/links", { body: { ...agree, user_mapping: "same_id" } });
    await node.call("PUT", "/v1/rates", {
      body: { ...agree, source_credit_type: "mile", target_credit_type: "coin", rate: "1" },
    });
    const credit = async (id: string, second: number, amount = "5") => {
      const answer = await airline.call(node, "credits", {
        ...agree,
        operation_id: id,
        user_id: "u1",
        credit_type_id: "coin",
        amount,
        source_credit_type: "mile",
        source_amount: "5",
        exchange_rate: "1",
        initiated_at: `2026-01-01T00:00:0${second}.123Z`,
      });
      return answer.body["outcome"];
    };
    const undo = (id: string, second: number) =>
      airline.call(node, "credits/rollback", {
        ...agree,
        operation_id: id,
        initiated_at: `2026-01-01T00:00:0${second}.123Z`,
        reason: "test",
      });
    expect(await credit("b", 1)).toBe("completed");
    expect(await credit("B", 1)).toBe("completed");
    expect(await credit("late", 9)).toBe("completed");
    expect(await credit("too-much", 2, "6")).toBe("refused");
    await undo("B", 1);
    await undo("never-came", 3);
    const list = (cursor?: unknown) =>
      airline.call(node, "operations", {
        ...agree,
        kind: "credits",
        start_time: "2026-01-01T00:00:01.123Z",
        end_time: "2026-01-01T00:00:09.123Z",
        limit: 2,
        ...(typeof cursor === "string" ? { cursor } : {}),
      });
    const first = await list();
    // What comes later in the list is seen, what comes before the page that was read is not looked for again.
    await credit("c", 4);
    const second = await list(first.body["next_cursor"]);
    const third = await list(second.body["next_cursor"]);
    expect(third.body["next_cursor"]).toBeNull();
    const items = [first, second, third].flatMap(({ body }) => body["items"] as Record<string, unknown>[]);
    expect(items.map((item) => [item["operation_id"], item["outcome"], item["amount"]])).toEqual([
      ["B", "rolled_back", "5"],
      ["b", "completed", "5"],
      ["too-much", "refused", "6"],
      ["never-came", "rolled_back", null],
      ["c", "completed", "5"],
    ]);
    expect(items[1]).toMatchObject({
      user_id: "u1",
      credit_type_id: "coin",
      initiated_at: "2026-01-01T00:00:01.123Z",
    });
    expect(Date.parse(String(first.body["complete_until"]))).toBeGreaterThan(Date.now() - 60_000);
    // A row that was added behind the first page is in none: only what was there before it is promised.
    expect(second.body["complete_until"]).toBe(first.body["complete_until"]);
    expect(third.body["complete_until"]).toBe(first.body["complete_until"]);
    const spoilt = await list("bm8");
    expect(spoilt).toMatchObject({ status: 400, body: { errors: [{ path: "/cursor" }] } });
  });

  it("create a user once for a source user, whoever asks at the same time (I2)", async () => {
    const answers = await Promise.all(
      [node, other, node, other].map((instance) => airline.call(instance, "users", user("flyer-1"))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body["user_id"])).size).toBe(1);
    expect(answers.filter(({ body }) => body["created"] === true)).toHaveLength(1);
    const again = await airline.call(
      node,
      "users",
      user("flyer-1", { profile: { email: "new@members.example" } }),
    );
    expect(again.body).toEqual({ user_id: answers[0]?.body["user_id"], created: false });
    const mapping = await node.call(
      "GET",
      "/v1/mappings?source_system=airline&source_user_id=flyer-1&target_system=shop",
    );
    expect(mapping.body).toMatchObject({ target_user_id: again.body["user_id"] });
  });

  it("never find a user by a profile (I1)", async () => {
    const [one, two] = await Promise.all([
      airline.call(node, "users", user("flyer-2")),
      airline.call(node, "users", user("flyer-3")),
    ]);
    expect(one.body["created"]).toBe(true);
    expect(two.body["created"]).toBe(true);
    expect(one.body["user_id"]).not.toBe(two.body["user_id"]);
    // A system that the caller speaks for, which nobody has put here, has no users that could be mapped.
    const lounge = await airline.call(node, "users", user("flyer-2", { source_system: "lounge" }));
    expect(lounge).toMatchObject({ status: 403, body: { code: "forbidden" } });
  });

  it("create nobody where nothing is agreed, and know whom they created before", async () => {
    const link = { source_system: "airline", target_system: "shop", user_mapping: "same_id" };
    await node.call("PUT", "/v1/links", { body: { ...link, enabled: false } });
    const stranger = await airline.call(node, "users", user("flyer-4"));
    expect(stranger).toMatchObject({ status: 422, body: { outcome: "refused", code: "link_disabled" } });
    const known = await airline.call(node, "users", user("flyer-1"));
    expect(known).toMatchObject({ status: 200, body: { created: false } });
    await node.call("PUT", "/v1/links", { body: link });
    expect((await airline.call(node, "users", user("flyer-4"))).body["created"]).toBe(true);
  });

  it("are counted by call, status and code", async () => {
    const metrics = (await node.call("GET", "/metrics", { key: null })).text;
    expect(metrics).toMatch(/pointbridge_partner_calls_total\{call="node",status="200",code=""\} [1-9]/);
    expect(metrics).toMatch(/partner_calls_total\{call="node",status="401",code="nonce_replayed"\} [1-9]/);
    expect(metrics).toMatch(/partner_calls_total\{call="users",status="403",code="forbidden"\} [1-9]/);
  });
});
