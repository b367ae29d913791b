// The two ways to mount a partner: node:http and Fastify, each behind a proxy that leaves or strips a prefix.
import { connect } from "node:net";
import Fastify from "fastify";
import { afterEach, expect, it } from "vitest";
import { fastifyPartner } from "../src/partner/index.ts";
import { type Caller, creditOf, newId, openWorld, type World } from "./partner-caller.ts";
import { MemoryStore } from "./partner-store.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(): Promise<{ world: World; store: MemoryStore; airline: Caller }> {
  const store = new MemoryStore();
  const world = await openWorld(store, { bodyBytesMax: 10_000 });
  closing.push(() => world.close());
  return { world, store, airline: world.airline };
}

/** The same partner under Fastify, beside a route that parses JSON as usual. */
async function openFastify(prefix = ""): Promise<Awaited<ReturnType<typeof open>> & { origin: string }> {
  const opened = await open();
  const app = Fastify();
  app.post("/own", async ({ body }) => ({ got: body }));
  await app.register(fastifyPartner(opened.world.partner), { prefix });
  const origin = await app.listen({ host: "127.0.0.1", port: 0 });
  closing.push(() => app.close());
  opened.airline.url = `${origin}${prefix}`;
  return { ...opened, origin };
}

it("Fastify: a signed call is answered over its raw bytes, and other routes stay as they are", async () => {
  const { airline, store, origin } = await openFastify();
  const id = newId();
  const answer = await airline.call("credits", creditOf(id));
  expect(answer).toMatchObject({ status: 200, body: { outcome: "completed", amount: "80" }, isSigned: true });
  const tampered = await airline.call("credits", creditOf(newId()), { bytes: Buffer.from("{}") });
  expect(tampered).toMatchObject({ status: 401, body: { code: "bad_digest" }, isSigned: true });
  expect(store.rows.size).toBe(1);
  const headers = { "content-type": "application/json" };
  const own = await fetch(`${origin}/own`, { method: "POST", headers, body: `{"a":1}` });
  expect(await own.json()).toEqual({ got: { a: 1 } });
});

it("Fastify: below a prefix that is part of the agreed address, and for what is no JSON", async () => {
  const { airline } = await openFastify("/partner");
  expect(await airline.call("node", {})).toMatchObject({ status: 200, isSigned: true });
  const headers = { "content-type": "text/plain" };
  const other = await airline.call("node", {}, { headers });
  expect(other).toMatchObject({ status: 401, body: { code: "bad_signature" }, isSigned: true });
  const empty = await airline.call("node", {}, { bytes: new Uint8Array(0) });
  expect(empty).toMatchObject({ status: 401, body: { code: "bad_digest" } });
});

it("node:http: the signature holds wherever a proxy has put the address", async () => {
  const { airline, store } = await open();
  const origin = airline.url;
  for (const prefix of ["", "/partner", "/internal/route"]) {
    airline.url = origin + prefix;
    expect(await airline.call("credits", creditOf(newId()))).toMatchObject({ status: 200, isSigned: true });
  }
  expect(store.rows.size).toBe(3);
});

it("node:http: a body above the limit is refused, and the connection closed", async () => {
  const { airline, store } = await open();
  const answer = await airline.call("credits", { note: "x".repeat(200_000) });
  expect(answer).toMatchObject({ status: 413, body: { code: "request_too_large" }, isSigned: true });
  expect(store.rows.size).toBe(0);
});

it("node:http: a caller that goes away in the middle of its request leaves nothing", async () => {
  const { world, airline, store } = await open();
  const { port } = new URL(airline.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write("POST /pxp/v1/credits HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{");
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.resetAndDestroy();
  expect(await airline.call("node", {})).toMatchObject({ status: 200 });
  expect([store.rows.size, world.errors]).toEqual([0, []]);
});
