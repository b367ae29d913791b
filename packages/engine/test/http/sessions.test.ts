// Sessions: what a browser has in the place of a key, and what keeps other sites from using it.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acceptKey, buildApp } from "../../src/http/index.ts";
import type { Answer } from "./documented-answer.ts";
import { ageSessions, readSessions } from "./session-age-queries.ts";
import { apiKey, callApp, openTestNode, seedNode, type TestNode } from "./test-node.ts";

const host = "node.test:4100";
const page = {
  host,
  origin: `http://${host}`,
  "sec-fetch-site": "same-origin",
  "x-pointbridge-console": "1",
};

let node: TestNode;
beforeAll(async () => {
  node = await openTestNode("postgres");
  await seedNode(node);
});
afterAll(() => node.close());

function cookieOf(answer: Answer): string {
  const header = answer.headers["set-cookie"];
  const cookies = Array.isArray(header) ? header.join() : header;
  return typeof cookies === "string" ? (cookies.split(";", 1)[0] ?? "") : "";
}

/** As a page of the node sends it, or with other headers; undefined leaves one out. */
function fromPage(changes: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const headers = Object.entries({ ...page, ...changes });
  return Object.fromEntries(headers.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

async function signIn(key = apiKey): Promise<string> {
  const answer = await node.call("POST", "/v1/session", { key, headers: page });
  expect(answer.status).toBe(201);
  return cookieOf(answer);
}

function call(
  method: string,
  url: string,
  cookie: string,
  changes: Record<string, string | undefined> = {},
  body?: object,
) {
  const options = { key: null, headers: fromPage({ cookie, ...changes }) };
  return node.call(method, url, body === undefined ? options : { ...options, body });
}

async function makeKey(role: string, principal: string, extra: object = {}) {
  const body = { name: `${principal}'s`, principal, role, ...extra };
  const answer = await node.call("POST", "/v1/api-keys", { body });
  expect(answer.status).toBe(201);
  return { key: String(answer.body.api_key), id: String(answer.body.api_key_id) };
}

const credit = { system_id: "shop", user_id: "u1", credit_type_id: "coin", amount: "1" };

describe("a session", () => {
  it("acts with its key's principal and role, and no more (A10)", async () => {
    const { key } = await makeKey("viewer", "vera");
    const cookie = await signIn(key);
    const who = await call("GET", "/v1/session", cookie);
    expect(who.body).toMatchObject({ principal: "vera", role: "viewer", kind: "session", systems: null });
    expect((await call("GET", "/v1/systems", cookie)).status).toBe(200);
    const refused = await call("POST", "/v1/credits", cookie, {}, credit);
    expect(refused.body).toMatchObject({ status: 403, code: "forbidden" });
  });

  it("of an administrator's configured key may do what the key may, in its name", async () => {
    const cookie = await signIn();
    const made = await call("POST", "/v1/credits", cookie, {}, { ...credit, operation_id: "by-session" });
    expect(made.status).toBe(201);
    const logged = await node.call("GET", "/v1/operations/by-session");
    expect(logged.body.principal).toBe("tester");
  });

  it("ends when its key is revoked, at once (A10)", async () => {
    const { key, id } = await makeKey("operator", "otto");
    const cookie = await signIn(key);
    expect((await call("GET", "/v1/session", cookie)).status).toBe(200);
    expect((await node.call("DELETE", `/v1/api-keys/${id}`)).status).toBe(200);
    expect((await call("GET", "/v1/session", cookie)).status).toBe(401);
  });

  it("of a configured key ends where no node is started with that key (A11)", async () => {
    const cookie = await signIn();
    const other = acceptKey("another-key", { name: "tester", role: "administrator" });
    const app = buildApp({ ...node.services, acceptedKeys: [other] });
    const answer = await callApp(app, "GET", "/v1/session", { key: null, headers: fromPage({ cookie }) });
    await app.close();
    expect(answer.status).toBe(401);
  });

  it("ends with signing out, and the cookie goes", async () => {
    const cookie = await signIn();
    const out = await call("DELETE", "/v1/session", cookie);
    expect(out.status).toBe(200);
    expect(String(out.headers["set-cookie"])).toMatch(/^pointbridge_session_4100=; Path=\/; Max-Age=0; /);
    expect((await call("GET", "/v1/session", cookie)).status).toBe(401);
  });

  it("ends by itself when its time is up, by the database's clock (A12)", async () => {
    const cookie = await signIn();
    await node.database.transaction((transaction) => transaction.query(ageSessions, []));
    expect((await call("GET", "/v1/session", cookie)).status).toBe(401);
  });

  it("ends when the same browser signs in again", async () => {
    const before = await signIn();
    const again = await node.call("POST", "/v1/session", { headers: { ...page, cookie: before } });
    expect(again.status).toBe(201);
    expect((await call("GET", "/v1/session", before)).status).toBe(401);
    expect((await call("GET", "/v1/session", cookieOf(again))).status).toBe(200);
  });

  it("is found among the cookies of other nodes on the same host", async () => {
    const cookie = await signIn();
    const other = `pointbridge_session_4101=${"x".repeat(43)}`;
    expect((await call("GET", "/v1/session", `theme=dark; ${other}; ${cookie}`)).status).toBe(200);
    expect((await call("GET", "/v1/session", other)).status).toBe(401);
  });

  it("is kept as a digest: neither token nor key can be read from the database (A9, A11)", async () => {
    const token = (await signIn()).split("=")[1] ?? "";
    const rows = await node.database.transaction((transaction) => transaction.query(readSessions, []));
    const text = JSON.stringify(rows);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(text).not.toContain(token);
    expect(text).not.toContain(
      Buffer.from(acceptKey(apiKey, { name: "t", role: "viewer" }).digest).toString("hex"),
    );
  });

  it("is not opened by keys that are for programs of some systems", async () => {
    const { key } = await makeKey("service", "till", { systems: ["shop"] });
    const answer = await node.call("POST", "/v1/session", { key, headers: page });
    expect(answer.body).toMatchObject({ status: 403 });
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });

  it("does not open another session: that takes a key", async () => {
    const cookie = await signIn();
    expect((await call("POST", "/v1/session", cookie)).status).toBe(401);
  });
});

describe("the cookie", () => {
  it("can't be read by scripts, nor be sent by other sites (A13)", async () => {
    const answer = await node.call("POST", "/v1/session", { headers: page });
    expect(String(answer.headers["set-cookie"])).toMatch(
      /^pointbridge_session_4100=[A-Za-z0-9_-]{43}; Path=\/; Max-Age=4(3200|319[0-9]); HttpOnly; SameSite=Strict$/,
    );
  });

  it("is secure and bound to the host behind https (A13)", async () => {
    const headers = { ...page, origin: "https://node.test", host: "node.test" };
    const answer = await node.call("POST", "/v1/session", { headers });
    expect(String(answer.headers["set-cookie"])).toMatch(/^__Host-pointbridge_session_443=.*; Secure$/);
    const known = await node.call("GET", "/v1/session", {
      key: null,
      headers: { ...headers, cookie: cookieOf(answer) },
    });
    expect(known.status).toBe(200);
  });

  const foreign: readonly (readonly [string, Record<string, string | undefined>])[] = [
    ["without the console's header (A14)", { "x-pointbridge-console": undefined }],
    ["from another site (A15)", { "sec-fetch-site": "cross-site" }],
    ["from another host of the same site (A15)", { "sec-fetch-site": "same-site" }],
    ["with another site's origin (A15)", { origin: "https://elsewhere.test" }],
    ["with the origin of another port (A15)", { origin: "http://node.test:9999" }],
    ["with an origin that is none (A15)", { origin: "null" }],
  ];
  it.each(foreign)("does nothing %s", async (_how, changes) => {
    const cookie = await signIn();
    const body = { ...credit, operation_id: "foreign" };
    const answer = await call("POST", "/v1/credits", cookie, changes, body);
    expect(answer.body).toMatchObject({ status: 403, code: "forbidden" });
    expect((await node.call("GET", "/v1/operations/foreign")).status).toBe(404);
    expect((await call("GET", "/v1/session", cookie, changes)).status).toBe(403);
  });

  it("changes nothing without an origin (A15)", async () => {
    const cookie = await signIn();
    const answer = await call("POST", "/v1/credits", cookie, { origin: undefined }, credit);
    expect(answer.status).toBe(403);
    // Browsers leave it out where they only read.
    expect((await call("GET", "/v1/systems", cookie, { origin: undefined })).status).toBe(200);
  });

  it("may come from the address that partners know, where a proxy changes the host (A15)", async () => {
    const cookie = await signIn();
    const changes = { host: "inside:80", origin: "http://127.0.0.1:4100" };
    expect((await call("GET", "/v1/session", cookie, changes)).status).toBe(200);
  });

  it("counts for nothing beside a key, which is judged alone", async () => {
    const cookie = await signIn();
    const headers = { ...page, cookie };
    expect((await node.call("GET", "/v1/session", { key: "wrong", headers })).status).toBe(401);
    const withKey = await node.call("GET", "/v1/session", { headers: { cookie } });
    expect(withKey.body).toMatchObject({ kind: "api_key", expires_at: null });
  });
});

describe("the console's page", () => {
  it("runs its own scripts and nothing else, and is in nobody's frame (A16)", async () => {
    const [page, again] = [
      await call("GET", "/console/exchanges", ""),
      await call("GET", "/console/exchanges", ""),
    ];
    expect(page.status, "build it: node tools/build-console.ts").toBe(200);
    const policy = String(page.headers["content-security-policy"]);
    const rules = new Map(policy.split("; ").map((rule) => [rule.split(" ", 1)[0], rule]));
    expect(rules.get("default-src")).toBe("default-src 'none'");
    expect(rules.get("script-src")).toBe("script-src 'self'");
    expect(rules.get("connect-src")).toBe("connect-src 'self'");
    for (const name of ["base-uri", "form-action", "frame-ancestors"]) {
      expect(rules.get(name)).toBe(`${name} 'none'`);
    }
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
    for (const [script] of page.text.matchAll(/<script[^>]*>/g)) expect(script).toContain(' src="/console/');
    expect(page.text).not.toMatch(/ on[a-z]+="|javascript:/);
    expect(policy).not.toBe(again.headers["content-security-policy"]);
  });
});
