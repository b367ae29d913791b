// Verifying: which reason is named when several hold, that no message makes it throw, and what it asks the store for.
// The rules one by one are in packages/protocol/vectors.
import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateSigningKey, toPublicKey, toSigningKey } from "./keys.ts";
import { signAnswer, signRequest } from "./signing.ts";
import { type KeyLookup, type MessageHeaders, verifyAnswer, verifyRequest } from "./verification.ts";

const generated = generateSigningKey();
const key = toSigningKey(generated.privateJwk);
const publicKey = toPublicKey(generated.publicJwk);
const findKey: KeyLookup = async (keyId) => {
  return keyId === key.keyId ? { publicKey, isRevoked: false } : undefined;
};
const nobody: KeyLookup = async () => undefined;

const targetUri = "https://shop.example.com/pxp/v1/credits";
const body = Buffer.from('{"operation_id":"op-1"}');
const now = new Date("2026-11-23T12:00:00.500Z");

function makeRequest(): { method: string; targetUri: string; headers: Record<string, string>; body: Buffer } {
  return {
    method: "POST",
    targetUri,
    headers: { ...signRequest(key, { targetUri, body, now }).headers },
    body,
  };
}

function later(seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000);
}

describe("the reason that is named", () => {
  // Each step breaks one more rule that is judged before those broken already.
  const request = makeRequest();
  const broken: Array<readonly [string, () => Promise<unknown>]> = [];
  const check = (code: string, at: Date, lookup: KeyLookup) => {
    const message = { ...request, headers: { ...request.headers } };
    broken.push([code, () => verifyRequest(message, at, lookup)]);
  };
  request.headers["signature"] = `sig1=:${"A".repeat(86)}==:`;
  check("bad_signature", now, findKey);
  request.body = Buffer.from("{}");
  check("bad_digest", now, findKey);
  check("expired", later(3600), findKey);
  check("clock_skew", later(-3600), findKey);
  check("revoked_key", later(-3600), async () => ({ publicKey, isRevoked: true }));
  check("unknown_key", later(-3600), nobody);
  request.headers["signature-input"] = request.headers["signature-input"]?.replace("pxp-1", "pxp-9") ?? "";
  check("bad_signature", later(-3600), nobody);
  delete request.headers["content-digest"];
  check("missing_component", later(-3600), nobody);

  it.each(broken)("is %s", async (code, judge) => {
    expect(await judge()).toMatchObject({ ok: false, code });
  });

  it("says what is wrong to the person who reads it", async () => {
    const verdict = await verifyRequest(makeRequest(), later(600), findKey);
    expect(verdict).toMatchObject({ detail: expect.stringContaining("2026-11-23T12:10:00.500Z") as unknown });
  });
});

describe("the window (Z2)", () => {
  const created = Math.floor(now.getTime() / 1000) * 1000;

  it.each([
    [created - 60_000, "ok"],
    [created - 60_001, "clock_skew"],
    [created + 120_000, "ok"],
    [created + 120_001, "expired"],
  ])("is exact to the millisecond: %d is %s", async (at, expected) => {
    const verdict = await verifyRequest(makeRequest(), new Date(at), findKey);
    expect(verdict.ok ? "ok" : verdict.code).toBe(expected);
  });
});

describe("signRequest", () => {
  it("takes a new nonce of 128 bits every time", () => {
    const nonces = Array.from({ length: 50 }, () => signRequest(key, { targetUri, body, now }).nonce);
    expect(new Set(nonces).size).toBe(50);
    for (const nonce of nonces) expect(Buffer.from(nonce, "base64url")).toHaveLength(16);
  });

  it.each([0, 301, 1.5, Number.NaN])("refuses a lifetime of %d s", (lifetimeSeconds) => {
    expect(() => signRequest(key, { targetUri, body, now, lifetimeSeconds })).toThrow(RangeError);
  });

  it("refuses an address or a nonce that no verifier takes", () => {
    expect(() => signRequest(key, { targetUri: "https://a.example/\nx", body, now })).toThrow(TypeError);
    expect(() => signRequest(key, { targetUri, body, now, nonce: "short" })).toThrow(TypeError);
  });
});

describe("the key that is looked up", () => {
  it("is asked for once, and not for a message that is refused anyway", async () => {
    const asked: string[] = [];
    const lookup: KeyLookup = async (keyId) => {
      asked.push(keyId);
      return findKey(keyId);
    };
    await verifyRequest(makeRequest(), now, lookup);
    await verifyRequest({ ...makeRequest(), headers: {} }, now, lookup);
    expect(asked).toEqual([key.keyId]);
  });

  it("passes the store's failure on (Z5)", async () => {
    const failing: KeyLookup = async () => {
      throw new Error("the database is away");
    };
    await expect(verifyRequest(makeRequest(), now, failing)).rejects.toThrow("the database is away");
  });

  it("must be an Ed25519 key", async () => {
    const { publicKey: other } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const lookup: KeyLookup = async () => ({ publicKey: other, isRevoked: false });
    expect(await verifyRequest(makeRequest(), now, lookup)).toMatchObject({ code: "bad_signature" });
  });
});

describe("a message that fits by its bytes only", () => {
  it.each([
    ["a line break in the address", { targetUri: `${targetUri}"\n"content-type": x` }],
    ["a character whose low byte is right", { method: "POS\u0154" }],
  ])("is refused with %s", async (_, change) => {
    const verdict = await verifyRequest({ ...makeRequest(), ...change }, now, findKey);
    expect(verdict).toMatchObject({ ok: false, code: "bad_signature" });
  });
});

/** Headers like those that were signed, with bytes dropped, doubled, changed, or replaced as a whole. */
function mutatedHeaders(headers: Readonly<Record<string, string>>): fc.Arbitrary<MessageHeaders> {
  const mutate = (value: string): fc.Arbitrary<string | string[] | undefined> =>
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(value) },
      { weight: 1, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: fc.constant<string[]>([value, value]) },
      { weight: 1, arbitrary: fc.array(fc.string({ unit: "binary" }), { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
      {
        weight: 6,
        arbitrary: fc
          .tuple(
            fc.nat(value.length),
            fc.nat(3),
            fc.string({ unit: fc.constantFrom(...Array.from('sig1=:(";),\\ @A0-é\n')), maxLength: 4 }),
          )
          .map(([at, cut, insert]) => value.slice(0, at) + insert + value.slice(at + cut)),
      },
    );
  return fc.record(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, mutate(value)])));
}

describe("any message whatever (Z5)", () => {
  const request = makeRequest();
  const nonce = /nonce="([^"]*)"/.exec(request.headers["signature-input"] ?? "")?.[1] ?? "";

  it("a request ends in a verdict, and only the one that was signed is taken", async () => {
    let taken = 0;
    const property = fc.asyncProperty(
      mutatedHeaders(request.headers),
      fc.oneof(fc.constant(body), fc.uint8Array({ maxLength: 40 })),
      fc.oneof(fc.constant("POST"), fc.string()),
      fc.oneof(fc.constant(targetUri), fc.webUrl(), fc.string({ unit: "binary" })),
      async (headers, bytes, method, address) => {
        const verdict = await verifyRequest(
          { method, targetUri: address, headers, body: bytes },
          now,
          findKey,
        );
        if (!verdict.ok) return verdict.detail.length > 0;
        taken += 1;
        // Space between the parts of a header is all that may have changed.
        const plain = (value: unknown): string => String(value).replaceAll(/[ \t]/g, "");
        return (
          method === "POST" &&
          address === targetUri &&
          Buffer.from(bytes).equals(body) &&
          verdict.nonce === nonce &&
          plain(headers["signature"]) === plain(request.headers["signature"]) &&
          plain(headers["signature-input"]) === plain(request.headers["signature-input"])
        );
      },
    );
    await fc.assert(property, { numRuns: 3000, seed: 9421 });
    expect(taken).toBeGreaterThan(0);
  });

  it("an answer ends in a verdict", async () => {
    const signed = signAnswer(key, { status: 200, body, now, nonce });
    const property = fc.asyncProperty(
      mutatedHeaders(signed),
      fc.oneof(fc.constant(200), fc.integer(), fc.double()),
      fc.oneof(fc.constant(nonce), fc.string(), fc.constant(undefined)),
      async (headers, status, sent) => {
        const verdict = await verifyAnswer({ status, headers, body }, sent, findKey);
        return !verdict.ok || (status === 200 && sent === nonce);
      },
    );
    await fc.assert(property, { numRuns: 2000, seed: 9530 });
  });

  it("takes no longer for a long header made to be slow", async () => {
    const long = `sig1=("@method"${' "a"'.repeat(2000)});keyid="${String.raw`\"`.repeat(4000)}`;
    const started = performance.now();
    const verdict = await verifyRequest({ ...request, headers: { "signature-input": long } }, now, findKey);
    expect(verdict).toMatchObject({ code: "missing_component", nonce: undefined });
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
