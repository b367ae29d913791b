// Proves where a call may go: every notation of an address, every address that a name resolves to.
import { describe, expect, it } from "vitest";
import { findAddressFault, guardedLookup, reachOf } from "./address-rule.ts";

const loopbackUrls = [
  "https://127.0.0.1",
  "https://127.1",
  "https://127.255.255.254",
  "https://2130706433",
  "https://0x7f000001",
  "https://0177.0.0.1",
  "https://[::1]",
  "https://[::ffff:127.0.0.1]",
  "https://[::ffff:7f00:1]",
  "https://localhost",
  "https://localhost.",
  "https://points.localhost",
];

const innerUrls = [
  "https://0.0.0.0",
  "https://0",
  "https://10.0.0.1",
  "https://172.16.0.1",
  "https://192.168.1.1",
  "https://100.64.0.1",
  "https://169.254.169.254",
  "https://0xa9fea9fe",
  "https://224.0.0.1",
  "https://255.255.255.255",
  "https://192.0.2.1",
  "https://[::]",
  "https://[fe80::1]",
  "https://[fc00::1]",
  "https://[fec0::1]",
  "https://[ff02::1]",
  "https://[::ffff:10.0.0.1]",
  "https://[64:ff9b::a00:1]",
  "https://[2002:7f00:1::]",
  "https://[2001::1]",
  "https://[4000::1]",
];

function lookUp(
  addresses: readonly string[],
  origin: string,
  allowLoopback: boolean,
): Promise<{ readonly error: Error | null; readonly found: unknown }> {
  const resolve = async () =>
    addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const lookup = guardedLookup(new URL(origin), allowLoopback, resolve);
  return new Promise((done) => {
    lookup("points.example", { all: true }, (error, found) => done({ error, found }));
  });
}

describe("an address that is called", () => {
  it.each(loopbackUrls)("is not %s, however this machine is written (E2)", (url) => {
    expect(findAddressFault(url, false)).toContain("POINTBRIDGE_ALLOW_LOOPBACK");
    expect(findAddressFault(url, true)).toBeUndefined();
  });

  it.each(innerUrls)("is not %s, whatever is permitted (E1)", (url) => {
    expect(findAddressFault(url, false)).toContain("not a public address");
    expect(findAddressFault(url, true)).toContain("not a public address");
  });

  it("is https on the standard port, except on this machine where that is permitted (E1)", () => {
    expect(findAddressFault("https://points.example/a", false)).toBeUndefined();
    expect(findAddressFault("https://93.184.215.14", false)).toBeUndefined();
    expect(findAddressFault("https://[2606:2800:21f:cb07::1]", false)).toBeUndefined();
    expect(findAddressFault("http://points.example", false)).toContain("https");
    expect(findAddressFault("ftp://127.0.0.1", true)).toContain("https");
    expect(findAddressFault("https://name:word@points.example", false)).toContain("password");
    expect(findAddressFault("https://points.example:8443", false)).toContain("port");
    expect(findAddressFault("http://93.184.215.14", true)).toContain("https");
    expect(findAddressFault("https://93.184.215.14:22", true)).toContain("port");
    expect(findAddressFault("http://127.0.0.1:4101", true)).toBeUndefined();
  });

  it("is judged by every address that its name resolves to, at the connection (E2, E3)", async () => {
    const isPublic = await lookUp(["93.184.215.14", "2606:2800:21f:cb07::1"], "https://a.example", false);
    expect(isPublic).toEqual({
      error: null,
      found: [
        { address: "93.184.215.14", family: 4 },
        { address: "2606:2800:21f:cb07::1", family: 6 },
      ],
    });
    for (const addresses of [["127.0.0.1"], ["::1"], ["93.184.215.14", "127.0.0.1"], ["::ffff:127.0.0.1"]]) {
      const { error } = await lookUp(addresses, "https://a.example", false);
      expect(error?.message).toContain("is not public");
    }
    for (const addresses of [["169.254.169.254"], ["10.0.0.1"], ["fe80::1"], []]) {
      expect((await lookUp(addresses, "https://a.example", true)).error).toBeInstanceOf(Error);
    }
  });

  it("that may be http may only resolve to this machine (E1)", async () => {
    expect((await lookUp(["127.0.0.1"], "http://a.example:4101", true)).error).toBeNull();
    expect((await lookUp(["93.184.215.14"], "http://a.example", true)).error?.message).toContain("https");
    expect((await lookUp(["93.184.215.14"], "https://a.example:22", true)).error?.message).toContain("https");
  });
});

describe("reach", () => {
  it("of an address of IPv4 is the same in the clothes of IPv6", () => {
    for (const address of ["127.0.0.1", "10.1.2.3", "93.184.215.14", "169.254.1.1"]) {
      expect(reachOf(`::ffff:${address}`)).toBe(reachOf(address));
    }
  });
});
