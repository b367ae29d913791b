// What the node tells about itself, and what it does with what is no call of its API.
import { type AddressInfo, connect } from "node:net";
import { type ErrorCode, errors, refusals } from "@pointbridge/protocol";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DatabaseError } from "../../src/database/index.ts";
import { buildApp, buildOpenApi } from "../../src/http/index.ts";
import { AppError, readVersion } from "../../src/system/index.ts";
import { apiKey, callApp, openTestNode, seedNode, type TestNode } from "./test-node.ts";

let node: TestNode;
beforeAll(async () => {
  node = await openTestNode("embedded");
  await seedNode(node);
});
afterAll(() => node.close());

const credit = { system_id: "shop", user_id: "u9", credit_type_id: "coin", amount: "1" };

describe("the OpenAPI document", () => {
  const document = buildOpenApi("1.2.3");

  it("is valid OpenAPI 3.1 and is what the node serves", async () => {
    const validator = new Validator();
    const result = await validator.validate(
      structuredClone(document) as unknown as Parameters<Validator["validate"]>[0],
    );
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(validator.version).toBe("3.1");
    const served = await node.call("GET", "/openapi.json", { key: null });
    expect(served.body).toEqual(JSON.parse(JSON.stringify(buildOpenApi(readVersion()))));
  });

  it("names every operation once", () => {
    const names = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((operation) => operation.operationId),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it("documents every refusal that its calls can come to", () => {
    const codes = new Set(
      Object.values(document.paths)
        .flatMap((methods) => Object.values(methods))
        .flatMap((operation) =>
          Object.values(operation.responses as Record<string, { "x-codes"?: string[] }>),
        )
        .flatMap((response) => response["x-codes"] ?? []),
    );
    for (const code of codes) expect(errors).toHaveProperty(code);
    // What only partners are refused with stands in their own document.
    const partnersOnly = ["rate_not_agreed"];
    const own = Object.keys(refusals).filter((code) => !partnersOnly.includes(code));
    for (const code of own) expect(codes).toContain(code);
  });

  it("reads as a page of its own, which names every call, schema and error", async () => {
    const page = await node.call("GET", "/docs", { key: null });
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    for (const path of Object.keys(document.paths)) expect(page.text).toContain(`<code>${path}</code>`);
    for (const name of Object.keys(document.components.schemas))
      expect(page.text).toContain(`id="schema-${name}"`);
    for (const code of Object.keys(errors)) expect(page.text).toContain(`id="error-${code}"`);
    expect(page.text).not.toMatch(/<script|<link|src=|url\(/);
    const anchors = new Set([...page.text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
    for (const [, target] of page.text.matchAll(/href="#([^"]+)"/g)) expect(anchors).toContain(target);
  });
});

describe("health and metrics", () => {
  it("answers to anybody that it lives and is ready", async () => {
    expect(await node.call("GET", "/healthz", { key: null })).toMatchObject({
      status: 200,
      body: { status: "ok" },
    });
    expect(await node.call("GET", "/readyz", { key: null })).toMatchObject({
      status: 200,
      body: { status: "ready" },
    });
  });

  it("is not ready, but alive, while the database does not answer", async () => {
    const transaction = () => Promise.reject(new DatabaseError("unavailable", "connection refused", {}));
    const app = buildApp({ ...node.services, database: { ...node.database, transaction } });
    const ready = await callApp(app, "GET", "/readyz", { key: null });
    expect(ready).toMatchObject({ status: 503, body: { code: "database_unavailable", retryable: true } });
    expect(ready.headers["retry-after"]).toBe("1");
    expect((await callApp(app, "GET", "/healthz", { key: null })).status).toBe(200);
    const call = await callApp(app, "GET", "/v1/systems");
    expect(call).toMatchObject({ status: 503, body: { code: "database_unavailable" } });
    expect(call.text).not.toContain("refused");
    await app.close();
  });

  it("counts requests by route and status, and what commands came to", async () => {
    await node.call("GET", "/v1/systems/nowhere");
    await node.call("GET", "/v1/guessed/address");
    await node.call("POST", "/v1/credits", { body: { ...credit, operation_id: "counted" } });
    await node.call("POST", "/v1/credits", { body: { ...credit, operation_id: "counted" } });
    const { text } = await node.call("GET", "/metrics", { key: null });
    expect(text).toMatch(
      /pointbridge_http_request_duration_seconds_count\{method="GET",route="\/v1\/systems\/:system_id",status="404"\} 1/,
    );
    expect(text).not.toContain("guessed");
    expect(text).toMatch(/pointbridge_commands_total\{command="credit",status="repeated"\} 1/);
    expect(text).toMatch(/pointbridge_batch_commands_count [1-9]/);
  });
});

describe("requests that are no call", () => {
  it("tells unknown addresses and methods apart, to those who may call", async () => {
    expect(await node.call("GET", "/v1/nothing")).toMatchObject({ status: 404, body: { code: "not_found" } });
    const wrong = await node.call("DELETE", "/v1/exchanges");
    expect(wrong).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
    expect(wrong.headers.allow).toBe("GET, HEAD, POST");
    for (const url of ["/v1/nothing", "/v1/systems/%ff", "/v1"]) {
      expect(await node.call("GET", url, { key: null })).toMatchObject({ status: 401 });
    }
    expect(await node.call("POST", "/healthz", { key: null })).toMatchObject({ status: 405 });
    expect(await node.call("GET", "/nothing", { key: null })).toMatchObject({ status: 404 });
    expect(await node.call("HEAD", "/v1/systems")).toMatchObject({ status: 200, text: "" });
  });

  it("takes the caller's request id if it is well-formed", async () => {
    const given = await node.call("GET", "/v1/systems/nowhere", {
      headers: { "x-request-id": "trace-1:a/b" },
    });
    expect(given.headers["x-request-id"]).toBe("trace-1:a/b");
    expect(given.body.request_id).toBe("trace-1:a/b");
    for (const bad of ["", " ", "a b", 'a"b', "x".repeat(129)]) {
      const answer = await node.call("GET", "/v1/systems", { headers: { "x-request-id": bad } });
      expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
    }
  });

  it("answers what is no HTTP at all with a problem", async () => {
    const app = buildApp(node.services);
    await app.listen({ host: "127.0.0.1", port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const send = (text: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(port, "127.0.0.1", () => socket.write(text));
        let answer = "";
        socket.on("data", (data) => (answer += data.toString()));
        socket.on("end", () => resolve(answer));
        socket.on("error", reject);
      });
    expect(await send("nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"invalid_request"/);
    const long = await send(`GET / HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(20_000)}\r\n\r\n`);
    expect(long).toMatch(/^HTTP\/1\.1 431 [\s\S]*application\/problem\+json/);
    await app.close();
  });
});

describe("failures of the node", () => {
  const failing = (error: Error) => {
    const submit = () => Promise.reject(error);
    return buildApp({ ...node.services, posting: { submit } });
  };

  it("says nothing of what went wrong inside", async () => {
    const app = failing(new Error("secret table of the database"));
    const answer = await callApp(app, "POST", "/v1/credits", { body: credit });
    expect(answer).toMatchObject({ status: 500, body: { code: "internal_error", retryable: false } });
    expect(answer.text).not.toContain("secret");
    await app.close();
  });

  it("tells by line what a batch came to where the outcome is not known", async () => {
    const outcome = (error: unknown) => ({ type: "error", operationId: "a", error }) as const;
    const outcomes = [outcome(new AppError("database_unavailable", "x")), outcome(new Error("secret"))];
    const app = buildApp({ ...node.services, posting: { submit: async () => outcomes } });
    const answer = await callApp(app, "POST", "/v1/credits/batch", { body: { credits: [credit, credit] } });
    expect(answer.body.results).toEqual([
      { operation_id: "a", status: "error", code: "database_unavailable" },
      { operation_id: "a", status: "error", code: "internal_error" },
    ]);
    await app.close();
  });

  it.each(["overloaded", "database_unavailable"] as const)(
    "asks to try again when %s",
    async (code: ErrorCode) => {
      const app = failing(new AppError(code, "later"));
      const answer = await callApp(app, "POST", "/v1/credits", { body: credit });
      expect(answer).toMatchObject({ status: 503, body: { code, retryable: true } });
      expect(answer.headers["retry-after"]).toBe("1");
      await app.close();
    },
  );
});

describe("closing", () => {
  it("finishes what is under way and drops connections that carry nothing", async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let started = () => {};
    const underWay = new Promise<void>((resolve) => (started = resolve));
    const submit: TestNode["services"]["posting"]["submit"] = async (commands) => {
      started();
      await gate;
      return node.services.posting.submit(commands);
    };
    const app = buildApp({ ...node.services, posting: { submit } });
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
    // Leaves a kept-alive connection behind, which must not hold the closing up.
    await (await fetch(`${url}/healthz`)).text();
    const body = JSON.stringify({ ...credit, operation_id: "under-way" });
    const answer = fetch(`${url}/v1/credits`, { method: "POST", headers, body });
    await underWay;
    const closed = app.close();
    release();
    expect((await answer).status).toBe(201);
    await closed;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow("fetch failed");
  });
});
