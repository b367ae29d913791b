// Two implementations of RFC 9421 that are not ours read what we sign, and we read what they sign.
import { createPublicKey, sign, verify } from "node:crypto";
import { createSignatureSync, type FieldOccurrence, verifySignature } from "http-message-sig";
import { httpbis } from "http-message-signatures";
import { calculateJwkThumbprint } from "jose";
import { describe, expect, it } from "vitest";
import {
  contentDigestOf,
  generateSigningKey,
  type KeyLookup,
  signAnswer,
  signRequest,
  thumbprintOf,
  toPublicKey,
  toSigningKey,
  verifyAnswer,
  verifyRequest,
} from "../src/pxp/index.ts";

const generated = generateSigningKey();
const key = toSigningKey(generated.privateJwk);
const publicKey = toPublicKey(generated.publicJwk);
const findKey: KeyLookup = async (keyId) => {
  return keyId === key.keyId ? { publicKey, isRevoked: false } : undefined;
};

const targetUri = "https://shop.example.com:8443/partner/pxp/v1/credits";
const body = Buffer.from('{"operation_id":"op-1","reason":"積分"}');
const nonce = "q83vEjRWeJCrze8SNFZ4kA";
const requestFields = ["@method", "@target-uri", "content-type", "content-digest"];
const answerFields = ["@status", "content-digest"];
const now = new Date();
const created = Math.floor(now.getTime() / 1000);
const unsigned = { "content-type": "application/json", "content-digest": contentDigestOf(body) };

function signBytes(data: Uint8Array): Buffer {
  return sign(null, data, key.privateKey);
}

function verifyBytes(data: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, data, publicKey, signature);
}

function changeFirst(text: string, from: string, to: string): string {
  expect(text).toContain(from);
  return text.replace(from, to);
}

describe("http-message-signatures", () => {
  const config = {
    keyLookup: async () => ({
      id: key.keyId,
      algs: ["ed25519"],
      verify: async (data: Buffer, signature: Buffer) => verifyBytes(data, signature),
    }),
    requiredParams: ["created", "keyid", "alg", "tag", "nonce"],
  };
  const signer = { id: key.keyId, alg: "ed25519", sign: async (data: Buffer) => signBytes(data) };
  const paramValues = { created: now, nonce, tag: "pxp-1" };

  it("takes our request, and not an altered one", async () => {
    const { headers } = signRequest(key, { targetUri, body, now });
    const request = { method: "POST", url: targetUri, headers: { ...headers } };
    const strict = { ...config, requiredFields: requestFields };
    expect(await httpbis.verifyMessage(strict, request)).toBe(true);
    const elsewhere = { ...request, url: changeFirst(targetUri, "credits", "holds") };
    expect(await httpbis.verifyMessage(strict, elsewhere)).toBe(false);
  });

  it("takes our answer, and not an altered one", async () => {
    const headers = { ...signAnswer(key, { status: 422, body, now, nonce }) };
    const strict = { ...config, requiredFields: answerFields };
    expect(await httpbis.verifyMessage(strict, { status: 422, headers })).toBe(true);
    expect(await httpbis.verifyMessage(strict, { status: 200, headers })).toBe(false);
  });

  it("signs a request that we take, and not altered", async () => {
    const { headers } = await httpbis.signMessage(
      {
        key: signer,
        name: "sig1",
        fields: requestFields,
        params: ["keyid", "alg", "created", "expires", "nonce", "tag"],
        paramValues: { ...paramValues, expires: new Date(now.getTime() + 60_000) },
      },
      { method: "POST", url: targetUri, headers: { ...unsigned } },
    );
    const lowered = lowerNames(headers);
    const message = { method: "POST", targetUri, headers: lowered, body };
    expect(await verifyRequest(message, now, findKey)).toMatchObject({ ok: true, keyId: key.keyId, nonce });
    expect(await verifyRequest({ ...message, method: "PUT" }, now, findKey)).toMatchObject({
      code: "bad_signature",
    });
  });

  it("signs an answer that we take, and not altered", async () => {
    const { headers } = await httpbis.signMessage(
      {
        key: signer,
        name: "sig1",
        fields: answerFields,
        params: ["created", "keyid", "alg", "nonce", "tag"],
        paramValues,
      },
      { status: 200, headers: { ...unsigned } },
    );
    const answer = { status: 200, headers: lowerNames(headers), body };
    expect(await verifyAnswer(answer, nonce, findKey)).toEqual({ ok: true, keyId: key.keyId });
    expect(await verifyAnswer({ ...answer, status: 409 }, nonce, findKey)).toMatchObject({
      code: "bad_signature",
    });
  });
});

function lowerNames(headers: Readonly<Record<string, string | string[]>>): Record<string, string | string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

describe("http-message-sig", () => {
  const resolveVerifier = () => ({ algorithm: "ed25519", verify: verifyBytes });
  const requiredParameters = ["created", "keyid", "alg", "tag", "nonce"];
  const signer = { algorithm: "ed25519", sign: signBytes };
  const parameters = { created, nonce, keyid: key.keyId, alg: "ed25519", tag: "pxp-1" };

  function fieldsOf(headers: Readonly<Record<string, string>>): FieldOccurrence[] {
    return Object.entries(headers).map(([name, value]) => ({ name, value }));
  }

  it("takes our request, and not an altered one", async () => {
    const { headers } = signRequest(key, { targetUri, body, now });
    const message = { kind: "request", method: "POST", targetUri, fields: fieldsOf(headers) } as const;
    const policy = { algorithms: ["ed25519"], requiredComponents: requestFields, requiredParameters };
    const verified = await verifySignature(message, { label: "sig1", policy, resolveVerifier });
    expect(verified.parameters.keyid).toBe(key.keyId);
    const altered = { ...message, method: "PUT" };
    await expect(verifySignature(altered, { label: "sig1", policy, resolveVerifier })).rejects.toThrow(
      "verification failed",
    );
  });

  it("takes our answer, and not an altered one", async () => {
    const message = {
      kind: "response",
      status: 200,
      fields: fieldsOf(signAnswer(key, { status: 200, body, now, nonce })),
    } as const;
    const policy = { algorithms: ["ed25519"], requiredComponents: answerFields, requiredParameters };
    const verified = await verifySignature(message, { label: "sig1", policy, resolveVerifier });
    expect(verified.parameters.nonce).toBe(nonce);
    const altered = { ...message, status: 422 };
    await expect(verifySignature(altered, { label: "sig1", policy, resolveVerifier })).rejects.toThrow(
      "verification failed",
    );
  });

  it("signs a request and an answer that we take", async () => {
    const fields = fieldsOf(unsigned);
    const ofRequest = createSignatureSync(
      { kind: "request", method: "POST", targetUri, fields },
      { components: requestFields, parameters: { ...parameters, expires: created + 60 }, signer },
    );
    const signed = {
      ...unsigned,
      "signature-input": ofRequest.signatureInput,
      signature: ofRequest.signature,
    };
    expect(
      await verifyRequest({ method: "POST", targetUri, headers: signed, body }, now, findKey),
    ).toMatchObject({
      ok: true,
      nonce,
    });
    const ofAnswer = createSignatureSync(
      { kind: "response", status: 200, fields },
      { components: answerFields, parameters, signer },
    );
    const answered = {
      ...unsigned,
      "signature-input": ofAnswer.signatureInput,
      signature: ofAnswer.signature,
    };
    expect(await verifyAnswer({ status: 200, headers: answered, body }, nonce, findKey)).toEqual({
      ok: true,
      keyId: key.keyId,
    });
  });
});

describe("jose", () => {
  it("names our keys as we do (Y1)", async () => {
    const { x } = generated.publicJwk;
    expect(await calculateJwkThumbprint({ kty: "OKP", crv: "Ed25519", x })).toBe(key.keyId);
    expect(thumbprintOf(generated.publicJwk)).toBe(key.keyId);
    expect(createPublicKey(key.privateKey).export({ format: "jwk" }).x).toBe(x);
  });
});
