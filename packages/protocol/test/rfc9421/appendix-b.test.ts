// RFC 9421, Appendix B.2: the signature bases are built as the RFC builds them, and its messages, which are signed for
// other uses, are refused by the profile for what they lack.
import { constants, createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type KeyLookup, thumbprintOf, verifyAnswer, verifyRequest } from "../../src/pxp/index.ts";
import { decodeSignature, type SignatureParameters, serializeInput } from "../../src/pxp/signature-fields.ts";
import { signatureBase } from "../../src/pxp/signature-profile.ts";

interface Vector {
  readonly name: string;
  readonly method?: string;
  readonly target_uri?: string;
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly covered: ReadonlyArray<readonly [name: string, value: string]>;
  readonly signature_base: string;
  readonly key: string;
}

interface KeyMaterial {
  readonly alg: string;
  readonly spki?: string;
  readonly secret?: string;
}

const { keys, vectors } = JSON.parse(readFileSync(new URL("appendix-b.json", import.meta.url), "utf8")) as {
  keys: Readonly<Record<string, KeyMaterial>>;
  vectors: readonly Vector[];
};

function materialOf(name: string): KeyMaterial {
  const material = keys[name];
  if (material === undefined) throw new Error(`no key ${name}`);
  return material;
}

function publicKeyOf(name: string): KeyObject {
  const key = Buffer.from(materialOf(name).spki ?? "", "base64");
  return createPublicKey({ key, format: "der", type: "spki" });
}

/** What the RFC's own algorithm says of the bytes. */
function fits(name: string, base: Buffer, signature: Buffer): boolean {
  const { alg, secret = "" } = materialOf(name);
  switch (alg) {
    case "hmac-sha256": {
      return timingSafeEqual(
        createHmac("sha256", Buffer.from(secret, "base64")).update(base).digest(),
        signature,
      );
    }
    case "rsa-pss-sha512": {
      const padding = constants.RSA_PKCS1_PSS_PADDING;
      return verify("sha512", base, { key: publicKeyOf(name), padding, saltLength: 64 }, signature);
    }
    case "ecdsa-p256-sha256": {
      return verify("sha256", base, { key: publicKeyOf(name), dsaEncoding: "ieee-p1363" }, signature);
    }
    default: {
      return verify(null, base, publicKeyOf(name), signature);
    }
  }
}

function readParameters(signatureInput: string): SignatureParameters {
  const found = [...signatureInput.matchAll(/;(created|keyid|nonce|tag)=(?:"([^"]*)"|(\d+))/g)];
  return Object.fromEntries(
    found.map(([, name = "", text, digits]) => [name, text ?? Number(digits)] as const),
  );
}

function signatureOf({ headers }: Vector): string {
  return /:(.*):/.exec(headers["signature"] ?? "")?.[1] ?? "";
}

// A component with a parameter ("@query-param";name="Pet") is none of the profile's.
const plain = vectors.filter(({ name }) => name !== "B.2.2");

describe("signature bases of RFC 9421, B.2", () => {
  it("are all here", () => {
    expect(vectors.map(({ name }) => name)).toEqual(["B.2.1", "B.2.2", "B.2.3", "B.2.4", "B.2.5", "B.2.6"]);
  });

  it.each(plain)("$name", (vector) => {
    const names = vector.covered.map(([name]) => name);
    const values = new Map(vector.covered);
    const input = serializeInput(names, readParameters(vector.headers["signature-input"] ?? ""));
    const base = signatureBase(names, (name) => values.get(name) ?? "", input);
    expect(base.toString()).toBe(vector.signature_base);
    expect(fits(vector.key, base, Buffer.from(signatureOf(vector), "base64"))).toBe(true);
    expect(
      fits(vector.key, Buffer.concat([base, Buffer.from("\n")]), Buffer.from(signatureOf(vector), "base64")),
    ).toBe(false);
  });

  it("an Ed25519 signature is read as RFC 9421 writes it", () => {
    const vector = vectors.find(({ key }) => key === "test-key-ed25519");
    const bytes = vector === undefined ? undefined : decodeSignature(signatureOf(vector));
    expect(bytes?.length).toBe(64);
    expect(bytes?.toString("base64")).toBe(vector === undefined ? undefined : signatureOf(vector));
  });
});

const findKey: KeyLookup = async (keyId) => {
  return keys[keyId]?.spki === undefined ? undefined : { publicKey: publicKeyOf(keyId), isRevoked: false };
};

/** The message under the profile's label, so that the label is not what it is refused for. */
function relabel(headers: Vector["headers"]): Record<string, string> {
  const rename = (value = ""): string => value.replace(/^sig-b2\d=/, "sig1=");
  return {
    ...headers,
    "signature-input": rename(headers["signature-input"]),
    signature: rename(headers["signature"]),
  };
}

async function judge(vector: Vector, headers: Record<string, string>): Promise<unknown> {
  const body = Buffer.from(vector.body);
  if (vector.status !== undefined)
    return verifyAnswer({ status: vector.status, headers, body }, undefined, findKey);
  const { method = "", target_uri: targetUri = "" } = vector;
  return verifyRequest({ method, targetUri, headers, body }, new Date(1_618_884_475_000), findKey);
}

describe("messages of RFC 9421, B.2, which the profile refuses (Z1)", () => {
  it.each(vectors)("$name has another label", async (vector) => {
    expect(await judge(vector, { ...vector.headers })).toMatchObject({
      ok: false,
      code: "missing_component",
      detail: expect.stringContaining("label sig1") as unknown,
    });
  });

  const lacks: Readonly<Record<string, string>> = {
    "B.2.1": 'does not cover "@method"',
    "B.2.2": "plain names without parameters",
    "B.2.3": 'does not cover "@target-uri"',
    "B.2.4": 'covers "content-type" too',
    "B.2.5": 'does not cover "@method"',
    "B.2.6": 'does not cover "@target-uri"',
  };

  it.each(vectors)("$name under that label covers something else", async (vector) => {
    expect(await judge(vector, relabel(vector.headers))).toMatchObject({
      ok: false,
      code: "missing_component",
      detail: expect.stringContaining(lacks[vector.name] ?? "?") as unknown,
    });
  });
});

describe("published thumbprints", () => {
  it("of RFC 8037, A.3 and of RFC 9421's Ed25519 key (Y1)", () => {
    const x = publicKeyOf("test-key-ed25519").export({ format: "jwk" }).x ?? "";
    expect(thumbprintOf({ kty: "OKP", crv: "Ed25519", x })).toBe(
      "poqkLGiymh_W0uP6PZFw-dvez3QJT5SolqXBCW38r0U",
    );
    expect(
      thumbprintOf({ kty: "OKP", crv: "Ed25519", x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo" }),
    ).toBe("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  });
});
