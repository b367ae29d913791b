// Keys: which are taken, which are refused, and why.
import { describe, expect, it } from "vitest";
import { generateSigningKey, type PublicJwk, thumbprintOf, toPublicKey, toSigningKey } from "./keys.ts";

const { privateJwk, publicJwk, keyId } = generateSigningKey();

function withX(bytes: Buffer): PublicJwk {
  return { kty: "OKP", crv: "Ed25519", x: bytes.toString("base64url") };
}

describe("generateSigningKey", () => {
  it("makes a key whose halves and id fit (Y1)", () => {
    expect(toSigningKey(privateJwk).keyId).toBe(keyId);
    expect(thumbprintOf(publicJwk)).toBe(keyId);
    expect(publicJwk.kid).toBe(keyId);
    expect(Object.keys(publicJwk).toSorted()).toEqual(["crv", "kid", "kty", "x"]);
    expect(toPublicKey(publicJwk).asymmetricKeyType).toBe("ed25519");
  });

  it("makes another one each time", () => {
    expect(generateSigningKey().keyId).not.toBe(keyId);
  });
});

describe("a key that is given", () => {
  it("has the id that is computed, whatever its kid says (Y1)", () => {
    expect(thumbprintOf({ ...publicJwk, kid: "another" })).toBe(keyId);
  });

  it.each([
    ["another kind", { ...publicJwk, kty: "RSA" }, '"kty":"OKP"'],
    ["another curve", { ...publicJwk, crv: "X25519" }, '"crv":"Ed25519"'],
    ["no x", { kty: "OKP", crv: "Ed25519" }, '"x"'],
    ["a short x", { ...publicJwk, x: publicJwk.x.slice(1) }, "32 bytes"],
    ["padding", { ...publicJwk, x: `${publicJwk.x}=` }, "without padding"],
    ["spare bits that are set", { ...publicJwk, x: `${"A".repeat(42)}B` }, "32 bytes"],
    ["another use", { ...publicJwk, use: "enc" }, '"use"'],
    ["other operations", { ...publicJwk, key_ops: ["sign"] }, '"key_ops"'],
    ["another algorithm", { ...publicJwk, alg: "ES256" }, '"alg"'],
    ["its private half", privateJwk, "private half"],
  ])("is refused with %s", (_, jwk, reason) => {
    expect(() => toPublicKey(jwk as PublicJwk)).toThrow(TypeError);
    expect(() => toPublicKey(jwk as PublicJwk)).toThrow(reason);
  });

  it("may name the purpose that it has", () => {
    const jwk = { ...publicJwk, use: "sig", key_ops: ["verify"], alg: "EdDSA" };
    expect(toPublicKey(jwk).equals(toPublicKey(publicJwk))).toBe(true);
  });

  it("signs only when its halves are one key", () => {
    const other = generateSigningKey().publicJwk;
    expect(() => toSigningKey({ ...privateJwk, x: other.x })).toThrow("does not belong");
    expect(() => toSigningKey({ ...privateJwk, d: "short" })).toThrow('"d"');
  });
});

describe("a key of small order (Y2)", () => {
  const field = 2n ** 255n - 19n;
  const orderEight = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
  const heights = [0n, 1n, field - 1n, field, field + 1n, orderEight, field - orderEight];
  const encoded = heights.flatMap((height) => {
    const bytes = Buffer.from(height.toString(16).padStart(64, "0"), "hex").reverse();
    const negative = Buffer.from(bytes);
    negative.writeUInt8(bytes.readUInt8(31) | 0x80, 31);
    return [bytes, negative];
  });

  it.each(encoded.map((bytes) => ({ hex: bytes.toString("hex"), bytes })))("$hex is refused", ({ bytes }) => {
    expect(() => toPublicKey(withX(bytes))).toThrow("small order");
    expect(() => thumbprintOf(withX(bytes))).toThrow("small order");
  });

  it("is one that is the neutral point when it is doubled three times", () => {
    const mod = (value: bigint): bigint => ((value % field) + field) % field;
    const power = (base: bigint, exponent: bigint): bigint => {
      if (exponent === 0n) return 1n;
      const half = power(mod(base * base), exponent / 2n);
      return exponent % 2n === 0n ? half : mod(half * base);
    };
    const inverse = (value: bigint): bigint => power(mod(value), field - 2n);
    const curve = mod(-121665n * inverse(121666n));
    // RFC 8032, 5.1.4, with x squared taken from the curve's equation.
    const double = (y: bigint): bigint => {
      const ySquare = mod(y * y);
      const xSquare = mod((ySquare - 1n) * inverse(curve * ySquare + 1n));
      return mod((ySquare + xSquare) * inverse(1n - curve * xSquare * ySquare));
    };
    const basePoint = mod(4n * inverse(5n));
    for (const height of heights) expect(double(double(double(height)))).toBe(1n);
    expect(double(double(double(basePoint)))).not.toBe(1n);
  });
});
