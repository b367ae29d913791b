// The keys that the vectors are signed with. Made from fixed texts, so that the vectors never change by themselves;
// they are public and sign nothing else.
import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

export type KeyName = "caller" | "other" | "revoked" | "stranger" | "callee";

export interface VectorKey {
  readonly name: KeyName;
  /** What the verifier knows of it. */
  readonly state: "active" | "revoked" | "unregistered";
  readonly keyId: string;
  readonly jwk: { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string; readonly d: string };
  readonly privateKey: KeyObject;
}

// RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS#8.
const pkcs8Start = Buffer.from("302e020100300506032b657004220420", "hex");

function makeKey(name: KeyName, state: VectorKey["state"]): VectorKey {
  const seed = createHash("sha256").update(`pxp-1 vector key ${name}`).digest();
  const key = Buffer.concat([pkcs8Start, seed]);
  const privateKey = createPrivateKey({ key, format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  const canonical = JSON.stringify({ crv: "Ed25519", kty: "OKP", x });
  const keyId = createHash("sha256").update(canonical).digest("base64url");
  return {
    name,
    state,
    keyId,
    privateKey,
    jwk: { kty: "OKP", crv: "Ed25519", x, d: seed.toString("base64url") },
  };
}

export const vectorKeys: Readonly<Record<KeyName, VectorKey>> = {
  caller: makeKey("caller", "active"),
  other: makeKey("other", "active"),
  revoked: makeKey("revoked", "revoked"),
  stranger: makeKey("stranger", "unregistered"),
  callee: makeKey("callee", "active"),
};
