// Attempts: which failures are tried again, with what, how often, and how the last one is told.
import { describe, expect, it } from "vitest";
import {
  type ClientSettings,
  createClient,
  type FetchRequest,
  newOperationId,
  PointbridgeError,
  UnreachableError,
} from "../src/index.ts";

type Reply = (request: FetchRequest) => Response | Promise<Response>;

const credit = { system_id: "shop", user_id: "u1", credit_type_id: "coin", amount: 5n };

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return () => new Response(text, { status, headers });
}

function problem(status: number, code: string, retryable: boolean, headers?: Record<string, string>): Reply {
  return answer(status, { code, status, detail: "why", retryable, request_id: "r-1" }, headers);
}

function drop(): Response {
  throw new TypeError("connection reset");
}

const done = answer(201, { operation_id: "c", status: "completed", amount: "5", new_balance: "5" });

/** A client whose n-th attempt gets the n-th reply, the last one from then on. */
function clientWith(replies: readonly Reply[], settings: Partial<ClientSettings> = {}) {
  const bodies: (string | undefined)[] = [];
  const client = createClient({
    url: "https://node.invalid/base/",
    apiKey: "key",
    fetch: async (_url, request) => {
      const reply = replies[Math.min(bodies.length, replies.length - 1)];
      bodies.push(request.body);
      if (reply === undefined) throw new Error("no reply is left");
      return reply(request);
    },
    ...settings,
  });
  return { client, bodies };
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => "the call did not fail",
    (error: unknown) => error,
  );
}

describe("tries again, with the same body", () => {
  it.each<[string, Reply]>([
    ["a lost connection", drop],
    ["a 429", answer(429, "slow down", { "retry-after": "0" })],
    ["a transient problem", problem(503, "overloaded", true, { "retry-after": "0" })],
    ["a gateway's own page", answer(502, "<html>")],
  ])("after %s", async (_what, reply) => {
    const { client, bodies } = clientWith([reply, reply, done]);
    expect(await client.credits.create(credit)).toMatchObject({ amount: 5n, new_balance: 5n });
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(bodies[0]).toMatch(/"amount":"5","operation_id":"[0-9a-f-]{36}"/);
  });

  it("as long after as the node asks for", async () => {
    const { client } = clientWith([problem(503, "overloaded", true, { "retry-after": "1" }), done]);
    const startMs = performance.now();
    await client.credits.create(credit);
    expect(performance.now() - startMs).toBeGreaterThan(990);
  });
});

describe("does not try again", () => {
  it.each<[string, Reply]>([
    ["a refusal", problem(422, "insufficient_balance", false)],
    ["a failure of the node", problem(500, "internal_error", false)],
    ["a wait of hours", problem(503, "overloaded", true, { "retry-after": "7200" })],
    ["another's page", answer(404, "<html>")],
    ["an answer that is no node's", answer(200, "<html>")],
  ])("after %s", async (_what, reply) => {
    const { client, bodies } = clientWith([reply, done]);
    expect(await failureOf(client.credits.create(credit))).toBeInstanceOf(Error);
    expect(bodies).toHaveLength(1);
  });

  it("more often than it was told to", async () => {
    const { client, bodies } = clientWith([drop], { retries: 2 });
    expect(await failureOf(client.credits.create(credit))).toBeInstanceOf(UnreachableError);
    expect(bodies).toHaveLength(3);
    await failureOf(client.credits.create(credit, { retries: 0 }));
    expect(bodies).toHaveLength(4);
  });
});

describe("tells the last failure", () => {
  it("of a call without an answer, with the ids that were sent", async () => {
    const { client, bodies } = clientWith([drop], { retries: 0 });
    const single = await failureOf(client.credits.create({ ...credit, operation_id: "c-1" }));
    expect(single).toMatchObject({
      name: "UnreachableError",
      operationId: "c-1",
      cause: { message: "connection reset" },
    });
    expect(String(single)).toContain("POST https://node.invalid/base/v1/credits");
    const batch = await failureOf(client.credits.createBatch([credit, credit]));
    if (!(batch instanceof UnreachableError)) throw new Error("not unreachable", { cause: batch });
    const { credits } = JSON.parse(bodies[1] ?? "") as { credits: { operation_id: string }[] };
    expect(batch.request.operationIds).toEqual(credits.map((line) => line.operation_id));
    expect(new Set(batch.request.operationIds).size).toBe(2);
    expect(batch.operationId).toBeUndefined();
  });

  it("of an answer that is no problem, by its status", async () => {
    const { client } = clientWith([answer(502, { code: "bad" })], { retries: 0 });
    const error = await failureOf(client.ledger.verify());
    expect(error).toBeInstanceOf(PointbridgeError);
    expect(error).toMatchObject({ status: 502, code: "http_502", retryable: true, body: undefined });
  });

  it("of points that are none", async () => {
    const { client } = clientWith([answer(200, { amount: "12.5" })]);
    expect(await failureOf(client.credits.get("c"))).toMatchObject({
      name: "UnreachableError",
      retryable: false,
    });
  });
});

describe("gives up", () => {
  const hang: Reply = ({ signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("aborted", { cause: signal.reason })));
    });

  it("an attempt whose time is up", async () => {
    const { client, bodies } = clientWith([hang, hang, done], { timeoutMs: 20 });
    expect(await client.credits.create(credit)).toMatchObject({ amount: 5n });
    expect(bodies).toHaveLength(3);
    const { client: hanging } = clientWith([hang]);
    const error = await failureOf(hanging.credits.create(credit, { timeoutMs: 10, retries: 0 }));
    expect(String(error)).toContain("gave no answer within 10 ms");
  });

  it("at once when the caller does, also in a pause, with the caller's reason", async () => {
    const pausing = problem(503, "overloaded", true, { "retry-after": "30" });
    for (const reply of [hang, pausing]) {
      const { client, bodies } = clientWith([reply]);
      const caller = new AbortController();
      const reason = new Error("closed by the user");
      setTimeout(() => caller.abort(reason), 20);
      expect(await failureOf(client.credits.create(credit, { signal: caller.signal }))).toBe(reason);
      expect(bodies).toHaveLength(1);
      expect(await failureOf(client.credits.create(credit, { signal: caller.signal }))).toBe(reason);
      expect(bodies).toHaveLength(1);
    }
  });
});

describe("settings", () => {
  it.each<[Partial<ClientSettings>, string]>([
    [{ url: "node:4100" }, "url must be the http or https address"],
    [{ url: "http://user:secret@node" }, "url must have no user"],
    [{ apiKey: "" }, "apiKey must be"],
    [{ apiKey: "a\nb" }, "apiKey must be"],
    [{ timeoutMs: 0 }, "timeoutMs must be a whole number from 1"],
    [{ retries: 0.5 }, "retries must be a whole number from 0"],
  ])("%j is refused", (settings, message) => {
    expect(() => createClient({ url: "http://node", apiKey: "key", ...settings })).toThrow(message);
  });

  it("ids are UUIDv7 and sort by time", () => {
    const ids = [newOperationId(1), newOperationId(2 ** 32), newOperationId()];
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(ids.toSorted()).toEqual(ids);
    expect(ids[1]).toMatch(/^00010000-0000-7/);
  });
});
