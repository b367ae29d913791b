// What a partner or the network between may do to a call, and that nothing but a signed answer counts.
import { gzipSync } from "node:zlib";
import { generateSigningKey, toSigningKey } from "@pointbridge/protocol/pxp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { putSystem } from "../../src/catalog/index.ts";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import {
  type CallResult,
  defaultLineSettings,
  type LineSettings,
  Partners,
  type PartnersOptions,
  registerKeys,
} from "../../src/partner/index.ts";
import { createLog } from "../../src/system/index.ts";
import { type Script, ScriptedServer } from "../support/scripted-server.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

const call = Buffer.from('{"operation_id":"o-1"}');
const path = "/pxp/v1/credits";
const log = createLog("silent");

let place: TestDatabase;
let database: Database;
let server: ScriptedServer;
let opened: Partners[] = [];

beforeAll(async () => {
  place = await createTestDatabase();
  database = await openDatabase({ url: place.url });
  await migrate(database);
});

afterAll(async () => {
  await database.close();
  await place.drop();
});

let count = 0;
let systemId = "";

function put(baseUrl: string, more: object = {}): Promise<unknown> {
  const keys = { keys: [server.publicJwk] };
  const input = { systemId, name: systemId, kind: "remote" as const, baseUrl, keys, ...more };
  return putSystem(database, input, "default", registerKeys);
}

beforeEach(async () => {
  server = await ScriptedServer.open();
  systemId = `partner-${(count += 1)}`;
  await put(server.url, { timeoutMs: 2_000 });
});

afterEach(async () => {
  for (const partners of opened) await partners.close();
  opened = [];
  await server.close();
});

/** An instance with lines of its own, so that no test waits for another's breaker. */
async function open(
  lines: Partial<LineSettings> = {},
  more: Omit<PartnersOptions, "lines"> & { readonly allowLoopback?: boolean } = {},
): Promise<Partners> {
  const { allowLoopback = true, ...options } = more;
  const setup = { publicUrl: undefined, allowLoopback, masterKey: undefined };
  const settings = { ...defaultLineSettings, ...lines };
  const partners = await Partners.open(database, setup, log, { ...options, lines: settings });
  opened.push(partners);
  return partners;
}

async function callOnce(script?: Script, timeoutMs?: number): Promise<CallResult> {
  if (script !== undefined) server.script = script;
  const partners = await open();
  return partners.lines.callThrough(systemId, path, call, { timeoutMs });
}

function unknownOf(result: CallResult): string {
  return "unknown" in result ? result.unknown : `${result.status} ${JSON.stringify(result.body)}`;
}

describe("an answer", () => {
  it("that the called node signed counts, whatever its status is (S1)", async () => {
    const body = { operation_id: "o-1", outcome: "refused" };
    const text = JSON.stringify(body);
    const result = await callOnce((request, response) => server.answer(request, response, 422, text));
    expect(result).toMatchObject({ status: 422, body, keyId: server.key.keyId });
    expect(server.requests).toMatchObject([{ path, body: call.toString() }]);
  });

  it("proves the key that it is signed with (R3)", async () => {
    const partners = await open();
    await partners.lines.callThrough(systemId, path, call);
    await put(server.url, { name: "renamed" });
    expect((await partners.registry.current()).findKey(server.key.keyId)?.state).toBe("active");
  });

  it("that is signed but no JSON says nothing about its body", async () => {
    const result = await callOnce((request, response) => server.answer(request, response, 200, "<html>"));
    expect(result).toMatchObject({ status: 200, body: undefined });
  });

  const stranger = toSigningKey(generateSigningKey().privateJwk);
  const refused = '{"outcome":"refused"}';
  const spoilt: readonly (readonly [what: string, script: Script, reason: string])[] = [
    ["unsigned", (_request, response) => void response.writeHead(200).end("{}"), "missing_component"],
    [
      "an unsigned refusal",
      (_request, response) => void response.writeHead(422).end(refused),
      "answered 422",
    ],
    [
      "signed by a key that nobody registered",
      (request, response) => server.answer(request, response, 422, refused, { key: stranger }),
      "unknown_key",
    ],
    [
      "signed for another request",
      (request, response) => server.answer(request, response, 422, refused, { nonce: "A".repeat(22) }),
      "bad_signature",
    ],
    [
      "of another status than was signed",
      (request, response) =>
        void response.writeHead(422, server.signedHeaders(request, 200, refused)).end(refused),
      "bad_signature",
    ],
    [
      "of another body than was signed",
      (request, response) =>
        void response.writeHead(422, server.signedHeaders(request, 422, "{}")).end(refused),
      "bad_digest",
    ],
    [
      "compressed",
      (request, response) =>
        server.answer(request, response, 200, gzipSync("{}"), { headers: { "content-encoding": "gzip" } }),
      "content encoding",
    ],
    [
      "larger than four megabytes",
      (request, response) => server.answer(request, response, 200, Buffer.alloc(5 * 1024 * 1024, 32)),
      "larger than",
    ],
    [
      "larger than its headers may be",
      (request, response) =>
        server.answer(request, response, 200, "{}", { headers: { "x-large": "x".repeat(20_000) } }),
      "",
    ],
    [
      "cut off",
      (request, response) => {
        const headers = server.signedHeaders(request, 200, "{}", { headers: { "content-length": "9" } });
        response.writeHead(200, headers).write("{}", () => response.destroy());
      },
      "",
    ],
    ["no HTTP", (_request, response) => void response.socket?.end("nonsense\r\n\r\n"), ""],
    ["a connection that breaks", (_request, response) => void response.socket?.destroy(), ""],
  ];

  it("that is a redirect is followed nowhere, and fits no table", async () => {
    const headers = { location: `${server.url}/elsewhere` };
    const result = await callOnce((request, response) =>
      server.answer(request, response, 307, "{}", { headers }),
    );
    expect(result).toMatchObject({ status: 307 });
    expect(server.requests.map((request) => request.path)).toEqual([path]);
  });

  it.each(spoilt)("that is %s leaves the outcome unknown (S1, S2)", async (_what, script, reason) => {
    const result = await callOnce(script);
    expect(result).toHaveProperty("unknown");
    expect(unknownOf(result)).toContain(reason);
  });

  it("that does not come, or comes drop by drop, is waited for no longer than was asked", async () => {
    const startMs = Date.now();
    expect(unknownOf(await callOnce(() => undefined, 150))).toContain("no answer within");
    const dripping = callOnce((request, response) => {
      const headers = server.signedHeaders(request, 200, "{}", { headers: { "content-length": "1000" } });
      response.writeHead(200, headers);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
    }, 150);
    expect(unknownOf(await dripping)).toContain("no answer within");
    expect(Date.now() - startMs).toBeLessThan(2_000);
  });

  it("counts no longer once its key is revoked, and from another node's key never", async () => {
    const partners = await open();
    const answer = () => partners.lines.callThrough(systemId, path, call);
    expect(await answer()).toMatchObject({ status: 200 });
    const other = toSigningKey(generateSigningKey().privateJwk);
    await put(server.url, { keys: { keys: [] } });
    expect(unknownOf(await answer())).toContain("revoked_key");
    server.script = (request, response) => server.answer(request, response, 200, "{}", { key: other });
    expect(unknownOf(await answer())).toContain("unknown_key");
  });

  it("counts no longer when its key was revoked while the call was under way (S1)", async () => {
    const partners = await open();
    expect(await partners.lines.callThrough(systemId, path, call)).toMatchObject({ status: 200 });
    server.script = async (request, response) => {
      await put(server.url, { keys: { keys: [] } });
      server.answer(request, response, 200, "{}");
    };
    const answer = await partners.lines.callThrough(systemId, path, call);
    expect(unknownOf(answer)).toContain("revoked_key");
  });
});

describe("a call", () => {
  it("goes to the address that stands when it leaves", async () => {
    const partners = await open();
    await partners.lines.callThrough(systemId, path, call);
    const moved = await ScriptedServer.open();
    try {
      moved.script = (request, response) => server.answer(request, response, 200, "{}");
      await put(`${moved.url}/points`);
      expect(await partners.lines.callThrough(systemId, path, call)).toMatchObject({ status: 200 });
      expect(moved.requests).toMatchObject([{ path: `/points${path}` }]);
      expect(server.requests).toHaveLength(1);
    } finally {
      await moved.close();
    }
  });

  it("never leaves for a name that resolves to this machine, unless that is permitted (E2, E3)", async () => {
    await put(`http://partner.example:${server.port}`);
    const resolve = async () => [{ address: "127.0.0.1", family: 4 }];
    const guarded = await open({}, { allowLoopback: false, resolve });
    expect(unknownOf(await guarded.lines.callThrough(systemId, path, call))).toContain("https");
    await put("https://partner.example");
    expect(unknownOf(await guarded.lines.callThrough(systemId, path, call))).toContain("127.0.0.1");
    expect(server.requests).toHaveLength(0);
    await put(`http://partner.example:${server.port}`);
    const permitted = await open({}, { resolve });
    expect(await permitted.lines.callThrough(systemId, path, call)).toMatchObject({ status: 200 });
  });

  it("is signed with the old key where the new one is not known, signed or not (S3)", async () => {
    const partners = await open();
    const [old] = (await partners.registry.current()).nodeKeys;
    await partners.rotateKeys();
    for (const isSigned of [true, false]) {
      server.requests.length = 0;
      server.script = (request, response) => {
        const body = '{"code":"unknown_key"}';
        if (request.keyId === old.keyId) server.answer(request, response, 200, "{}");
        else if (isSigned) server.answer(request, response, 401, body);
        else response.writeHead(401).end(body);
      };
      const fresh = await open();
      expect(await fresh.lines.callThrough(systemId, path, call)).toMatchObject({ status: 200 });
      const keys = server.requests.map((request) => request.keyId);
      expect(keys.length).toBeGreaterThan(1);
      expect(keys.at(-1)).toBe(old.keyId);
      expect(new Set(server.requests.map((request) => request.nonce)).size).toBe(keys.length);
      // For a while the old one comes first; and our answers are signed with it from now on.
      expect(await fresh.lines.callThrough(systemId, path, call)).toMatchObject({ status: 200 });
      expect(server.requests).toHaveLength(keys.length + 1);
      const book = await partners.registry.current();
      expect(book.answerKeyFor(systemId, new Date()).keyId).toBe(old.keyId);
    }
  });
});

describe("a line", () => {
  const quick = { failuresMax: 3, firstBreakMs: 30, longestBreakMs: 60 };

  it("that failed in a row is broken: nothing is sent until one call gets an answer (B2)", async () => {
    const partners = await open(quick);
    const back: string[] = [];
    partners.lines.onBack((nodeId) => back.push(nodeId));
    const told: CallResult[] = [];
    partners.lines.onCall((calledPath, result) => {
      if (calledPath === path) told.push(result);
    });
    server.script = (_request, response) => void response.socket?.destroy();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await partners.lines.callThrough(systemId, path, call)).not.toHaveProperty("isUnsent");
    }
    const sent = server.requests.length;
    const away = await partners.lines.callThrough(systemId, path, call);
    expect(away).toEqual({ unknown: "partner away", isUnsent: true });
    expect(server.requests).toHaveLength(sent);
    expect(told.map((result) => "isUnsent" in result)).toEqual([false, false, false, true]);
    server.script = (request, response) => server.answer(request, response, 200, "{}");
    await expect
      .poll(() => partners.lines.callThrough(systemId, path, call), { interval: 10, timeout: 5_000 })
      .toMatchObject({ status: 200 });
    expect(back).toEqual([systemId]);
    await partners.lines.callThrough(systemId, path, call);
    expect(back).toEqual([systemId]);
  });

  it("leaves a partner alone for as long as it asks, and says so (B3)", async () => {
    const partners = await open();
    const retry = { headers: { "retry-after": "30" } };
    server.script = (request, response) => server.answer(request, response, 429, "{}", retry);
    expect(await partners.lines.callThrough(systemId, path, call)).toMatchObject({
      status: 429,
      retryAfterMs: 30_000,
    });
    const quiet = await partners.lines.callThrough(systemId, path, call);
    expect(quiet).toMatchObject({ unknown: "the partner asked to be left alone", isUnsent: true });
    expect(quiet.retryAfterMs).toBeGreaterThan(20_000);
    expect(server.requests).toHaveLength(1);
    const forever = await callOnce((_request, response) => {
      response.writeHead(503, { "retry-after": "86400" }).end();
    });
    expect(forever.retryAfterMs).toBe(60_000);
  });

  it("has a number of places, so that one that hangs holds up no other partner (B1)", async () => {
    const partners = await open({ placesMax: 2, queueMax: 1 });
    const waiting: (() => void)[] = [];
    server.script = (request, response) => {
      waiting.push(() => server.answer(request, response, 200, "{}"));
    };
    const calls = [1, 2, 3].map(() => partners.lines.callThrough(systemId, path, call));
    await expect.poll(() => waiting.length, { interval: 5 }).toBe(2);
    const full = await partners.lines.callThrough(systemId, path, call);
    expect(full).toMatchObject({ unknown: "too many calls to this partner are under way", isUnsent: true });
    const other = await ScriptedServer.open();
    try {
      const keys = { keys: [other.publicJwk] };
      const input = {
        systemId: `${systemId}-b`,
        name: "b",
        kind: "remote" as const,
        baseUrl: other.url,
        keys,
      };
      await putSystem(database, input, "default", registerKeys);
      expect(await partners.lines.callThrough(`${systemId}-b`, path, call)).toMatchObject({ status: 200 });
    } finally {
      await other.close();
    }
    for (const answer of waiting.splice(0)) answer();
    await expect.poll(() => waiting.length, { interval: 5 }).toBe(1);
    for (const answer of waiting) answer();
    for (const result of await Promise.all(calls)) expect(result).toMatchObject({ status: 200 });
  });

  it("waits for a place no longer than the call may take (B4)", async () => {
    const partners = await open({ placesMax: 1 });
    server.script = () => undefined;
    const hanging = partners.lines.callThrough(systemId, path, call, { timeoutMs: 200 });
    const late = await partners.lines.callThrough(systemId, path, call, { timeoutMs: 50 });
    expect(late).toEqual({ unknown: "no place was free in time", isUnsent: true });
    expect(await hanging).toHaveProperty("unknown");
    expect(server.requests).toHaveLength(1);
  });

  it("sends no more calls a second than the partner's limit", async () => {
    await put(server.url, { rateLimit: 50 });
    const partners = await open();
    const startMs = Date.now();
    const results = await Promise.all(
      Array.from({ length: 6 }, () => partners.lines.callThrough(systemId, path, call)),
    );
    for (const result of results) expect(result).toMatchObject({ status: 200 });
    expect(Date.now() - startMs).toBeGreaterThanOrEqual(95);
  });

  it("to a system without an address or a key is none", async () => {
    const partners = await open();
    expect(await partners.lines.callThrough("nobody", path, call)).toMatchObject({ isUnsent: true });
  });
});
