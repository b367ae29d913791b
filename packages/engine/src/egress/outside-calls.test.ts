// Proves that calls to configured addresses stay within their guard, whatever the other side does.
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { describeOutsideError, EgressRefusal, guardedSocketLookup, OutsideCalls } from "./index.ts";

const open: { close(): Promise<void> | void }[] = [];

afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function listen(listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push({
    close() {
      server.closeAllConnections();
      server.close();
    },
  });
  return (server.address() as AddressInfo).port;
}

function callsWith(allowLoopback: boolean, addresses?: () => readonly string[]): OutsideCalls {
  const resolve =
    addresses === undefined
      ? undefined
      : async () => addresses().map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const outside = new OutsideCalls({ allowLoopback, resolve });
  open.push(outside);
  return outside;
}

const get = { method: "GET", timeoutMs: 5_000, maxBytes: 1_000 } as const;

describe("a call to a configured address", () => {
  it("follows no redirect (E4)", async () => {
    let count = 0;
    const port = await listen((_request, answer) => {
      count += 1;
      answer.writeHead(307, { location: "/elsewhere" }).end();
    });
    const answer = await callsWith(true).callOutside(`http://127.0.0.1:${port}/`, get);
    expect([answer.status, count]).toEqual([307, 1]);
  });

  it.each(["http://127.0.0.1", "https://2130706433", "https://0x7f000001", "https://[::ffff:7f00:1]"])(
    "is not made to %s unless loopback is permitted (E2)",
    async (origin) => {
      await expect(callsWith(false).callOutside(origin, get)).rejects.toThrow(EgressRefusal);
    },
  );

  it("is judged at every connection, so a name that changes its mind gets nowhere (E3)", async () => {
    let count = 0;
    const port = await listen((_request, answer) => {
      count += 1;
      answer.setHeader("connection", "close").end();
    });
    const answers = [["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"]];
    let turn = 0;
    const outside = callsWith(true, () => answers[turn++] ?? []);
    const address = `http://receiver.example:${port}/`;
    expect((await outside.callOutside(address, get)).status).toBe(200);
    await expect(outside.callOutside(address, get)).rejects.toThrow("10.0.0.1, which is not public");
    await expect(outside.callOutside(address, get)).rejects.toThrow("169.254.169.254, which is not public");
    expect([count, turn]).toEqual([1, 3]);
  });

  it("ends in its time, though headers came or bytes drip (E5)", async () => {
    const port = await listen((request, answer) => {
      if (request.url === "/silent") return;
      answer.writeHead(200).write("a");
    });
    const outside = callsWith(true);
    for (const path of ["silent", "dripping"]) {
      const call = outside.callOutside(`http://127.0.0.1:${port}/${path}`, { ...get, timeoutMs: 50 });
      const error: unknown = await call.catch((reason: unknown) => reason);
      expect(describeOutsideError(error, 50)).toBe("no answer within 50 ms");
    }
  });

  it("reads no more than it was told, and cuts what says nothing more (E5)", async () => {
    const port = await listen((_request, answer) => {
      answer.end("x".repeat(1_000_000));
    });
    const outside = callsWith(true);
    const address = `http://127.0.0.1:${port}/`;
    await expect(outside.callOutside(address, get)).rejects.toThrow("larger than 1000 bytes");
    const cut = await outside.callOutside(address, { ...get, isBodyOptional: true });
    expect([cut.status, cut.isCut, cut.body.length <= 1_000]).toEqual([200, true, true]);
    await expect(outside.callOutside(address, { method: "GET", maxBytes: 1 })).rejects.toThrow("E5");
  });
});

describe("a plain socket's look-up", () => {
  it("judges literals and names alike (E2)", async () => {
    for (const host of ["10.0.0.1", "127.0.0.1", "::1", "0x7f000001", "::ffff:10.0.0.1"]) {
      expect(() => guardedSocketLookup(host, false)).toThrow(EgressRefusal);
    }
    const resolve = async () => [{ address: "10.0.0.1", family: 4 }];
    const lookup = guardedSocketLookup("mail.example", true, resolve);
    const error = await new Promise((done) => lookup("mail.example", { all: true }, done));
    expect(String(error)).toContain("10.0.0.1, which is not public");
  });
});
