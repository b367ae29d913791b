// Ed25519 keys as JSON Web Keys, and the name a key has everywhere: its RFC 7638 thumbprint.
// Y1: a key's id is computed from the key; a `kid` that somebody wrote into it is never believed.
// Y2: a public key of small order is refused: to a verifier that takes it, one signature fits many messages, so it
//   proves nothing to a third party. Not every Ed25519 library refuses it by itself.
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type JsonWebKey,
  type KeyObject,
} from "node:crypto";

export interface PublicJwk {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  /** The 32 bytes of the public key, base64url. */
  readonly x: string;
  readonly kid?: string;
}

export interface PrivateJwk extends PublicJwk {
  /** The 32 bytes of the private key, base64url. */
  readonly d: string;
}

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

export interface GeneratedKey {
  readonly keyId: string;
  readonly privateJwk: PrivateJwk;
  readonly publicJwk: PublicJwk;
}

// 43 characters hold 258 bits; the last one's two spare bits are 0, so that a key has one spelling.
const thirtyTwoBytes = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

// The y coordinates of Ed25519's points of order 1, 2, 4 and 8, with their spellings above the field's size; the last
// byte's top bit is the sign of x and not compared.
const smallOrderPoints = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
]);

function hasSmallOrder(x: string): boolean {
  const bytes = Buffer.from(x, "base64url");
  bytes.writeUInt8(bytes.readUInt8(31) & 0x7f, 31);
  return smallOrderPoints.has(bytes.toString("hex"));
}

function checkPublicPart(jwk: PublicJwk): void {
  if (jwk.kty !== "OKP" || jwk.crv !== "Ed25519") {
    throw new TypeError(`the key must have "kty":"OKP" and "crv":"Ed25519"; it is of another kind`);
  }
  if (typeof jwk.x !== "string" || !thirtyTwoBytes.test(jwk.x)) {
    throw new TypeError(`the key's "x" must be 32 bytes in base64url without padding (43 characters)`);
  }
  if (hasSmallOrder(jwk.x)) {
    throw new TypeError(
      `the key's "x" is a point of small order, which can't prove who signed; make a new key`,
    );
  }
}

/** The RFC 7638 thumbprint with SHA-256 (Y1). Throws a TypeError for what is no Ed25519 key. */
export function thumbprintOf(jwk: PublicJwk): string {
  checkPublicPart(jwk);
  return hash("sha256", `{"crv":"Ed25519","kty":"OKP","x":"${jwk.x}"}`, "base64url");
}

/** What a key says about its own purpose, where it says anything (RFC 7517, 4.2 to 4.4). */
function checkPurpose(jwk: object): void {
  const { use, key_ops, alg }: { use?: unknown; key_ops?: unknown; alg?: unknown } = jwk;
  if (use !== undefined && use !== "sig")
    throw new TypeError(`the key's "use" must be "sig" where it is given`);
  if (key_ops !== undefined && !(Array.isArray(key_ops) && key_ops.some((name) => name === "verify"))) {
    throw new TypeError(`the key's "key_ops" must hold "verify" where it is given`);
  }
  if (alg !== undefined && alg !== "EdDSA" && alg !== "Ed25519") {
    throw new TypeError(`the key's "alg" must be "EdDSA" where it is given`);
  }
}

/** A partner's key, for verifying. Throws a TypeError that says what is wrong with it. */
export function toPublicKey(jwk: PublicJwk): KeyObject {
  checkPublicPart(jwk);
  checkPurpose(jwk);
  if ("d" in jwk) {
    throw new TypeError(
      `the key has its private half "d"; it is known to others now: make a new one, send "x" only`,
    );
  }
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: jwk.x }, format: "jwk" });
}

/** A node's own key, for signing. Throws a TypeError when the halves are not one key. */
export function toSigningKey(privateJwk: PrivateJwk): SigningKey {
  checkPublicPart(privateJwk);
  if (typeof privateJwk.d !== "string" || !thirtyTwoBytes.test(privateJwk.d)) {
    throw new TypeError(`the key's "d" must be 32 bytes in base64url without padding (43 characters)`);
  }
  const { x, d } = privateJwk;
  const privateKey = createPrivateKey({ key: { kty: "OKP", crv: "Ed25519", x, d }, format: "jwk" });
  if (createPublicKey(privateKey).export({ format: "jwk" }).x !== x) {
    throw new TypeError(`the key's "x" does not belong to its "d"; take both from the same key`);
  }
  return { keyId: thumbprintOf(privateJwk), privateKey };
}

function requireText(jwk: JsonWebKey, name: "x" | "d"): string {
  const value = jwk[name];
  if (value === undefined) throw new TypeError(`the exported key has no "${name}"`);
  return value;
}

export function generateSigningKey(): GeneratedKey {
  const jwk = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  const bare: PublicJwk = { kty: "OKP", crv: "Ed25519", x: requireText(jwk, "x") };
  const publicJwk: PublicJwk = { ...bare, kid: thumbprintOf(bare) };
  return {
    keyId: thumbprintOf(bare),
    publicJwk,
    privateJwk: { ...publicJwk, d: requireText(jwk, "d") },
  };
}
