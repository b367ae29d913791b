// Runs the committed vectors of signatures, digests and addresses, and holds the files to what makes them.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findDigestFault } from "../../src/pxp/content-digest.ts";
import {
  canonicalBaseUrl,
  contentDigestOf,
  type KeyLookup,
  signAnswer,
  signRequest,
  targetUriOf,
  thumbprintOf,
  toPublicKey,
  toSigningKey,
  verifyAnswer,
  verifyRequest,
} from "../../src/pxp/index.ts";
import type { AnswerVector } from "./answer-cases.ts";
import type { RequestVector } from "./request-vector.ts";
import { vectorDocuments, vectorFolder } from "./vector-documents.ts";
import type { VectorKey } from "./vector-keys.ts";

const writer = "packages/protocol/test/signature-vectors/write-vectors.ts";

function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, vectorFolder), "utf8"));
}

interface KeyVector {
  readonly name: string;
  readonly state: VectorKey["state"];
  readonly key_id: string;
  readonly private_jwk: VectorKey["jwk"];
}

const { keys } = readVectors("keys.json") as { keys: readonly KeyVector[] };
const requests = (readVectors("requests.json") as { vectors: readonly RequestVector[] }).vectors;
const answers = (readVectors("answers.json") as { vectors: readonly AnswerVector[] }).vectors;

const findKey: KeyLookup = async (keyId) => {
  const key = keys.find(({ key_id, state }) => key_id === keyId && state !== "unregistered");
  if (key === undefined) return undefined;
  const { d: _, ...publicJwk } = key.private_jwk;
  return { publicKey: toPublicKey(publicJwk), isRevoked: key.state === "revoked" };
};

function signingKeyOf(keyId: string | undefined): ReturnType<typeof toSigningKey> {
  const key = keys.find(({ key_id }) => key_id === keyId);
  if (key === undefined) throw new Error(`no key ${keyId} in keys.json`);
  return toSigningKey(key.private_jwk);
}

describe("the vector files", () => {
  it.each(Object.entries(vectorDocuments))("%s is up to date", (name, document) => {
    expect(readVectors(name), `run ${writer}`).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it("have names that say which vector failed", () => {
    for (const vectors of [requests, answers]) {
      const names = vectors.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it("break every rule that a verifier without a store can judge", () => {
    const codes = requests.map(({ verdict }) => (verdict.ok ? "ok" : verdict.code));
    expect([...new Set(codes)].toSorted()).toEqual(
      [
        "bad_digest",
        "bad_signature",
        "clock_skew",
        "expired",
        "missing_component",
        "ok",
        "revoked_key",
        "unknown_key",
      ].toSorted(),
    );
  });
});

describe("keys.json", () => {
  it.each(keys)("the id of $name is its thumbprint (Y1)", ({ key_id, private_jwk }) => {
    expect(thumbprintOf(private_jwk)).toBe(key_id);
    expect(toSigningKey(private_jwk).keyId).toBe(key_id);
  });
});

describe("requests.json", () => {
  function judge({ request, now }: RequestVector): ReturnType<typeof verifyRequest> {
    const { method, target_uri: targetUri, headers } = request;
    return verifyRequest(
      { method, targetUri, headers, body: Buffer.from(request.body) },
      new Date(now),
      findKey,
    );
  }

  it.each(requests)("$name (Z1, Z2, Z3)", async (vector) => {
    const { verdict } = vector;
    const expected = verdict.ok
      ? {
          ok: true,
          keyId: verdict.key_id,
          nonce: verdict.nonce,
          created: new Date(verdict.created * 1000),
          expires: new Date(verdict.expires * 1000),
        }
      : { ok: false, code: verdict.code, nonce: verdict.nonce ?? undefined };
    expect(await judge(vector)).toMatchObject(expected);
  });

  const plain = requests.flatMap(({ verdict, signed_plainly, ...rest }) => {
    return signed_plainly && verdict.ok ? [{ ...rest, verdict }] : [];
  });

  it("has plainly signed ones", () => {
    expect(plain.length).toBeGreaterThan(10);
  });

  it.each(plain)("is signed byte for byte: $name", ({ request, verdict }) => {
    const signed = signRequest(signingKeyOf(verdict.key_id), {
      targetUri: request.target_uri,
      body: Buffer.from(request.body),
      now: new Date(verdict.created * 1000),
      lifetimeSeconds: verdict.expires - verdict.created,
      nonce: verdict.nonce,
    });
    expect(signed).toEqual({ headers: request.headers, nonce: verdict.nonce });
  });
});

describe("answers.json", () => {
  it.each(answers)("$name (Z1, Z4)", async ({ answer, request_nonce, verdict }) => {
    const { status, headers } = answer;
    const message = { status, headers, body: Buffer.from(answer.body) };
    const expected = verdict.ok ? { ok: true, keyId: verdict.key_id } : { ok: false, code: verdict.code };
    expect(await verifyAnswer(message, request_nonce ?? undefined, findKey)).toMatchObject(expected);
  });

  const plain = answers.flatMap(({ verdict, signed_plainly, ...rest }) => {
    return signed_plainly && verdict.ok ? [{ ...rest, verdict }] : [];
  });

  it("has plainly signed ones", () => {
    expect(plain.length).toBeGreaterThan(4);
  });

  it.each(plain)("is signed byte for byte: $name", ({ answer, request_nonce, signature_base, verdict }) => {
    const created = Number(/;created=(\d+)/.exec(signature_base)?.[1]);
    const signed = signAnswer(signingKeyOf(verdict.key_id), {
      status: answer.status,
      body: Buffer.from(answer.body),
      now: new Date(created * 1000),
      nonce: request_nonce ?? undefined,
    });
    expect(signed).toEqual(answer.headers);
  });
});

describe("digests.json", () => {
  const { vectors } = readVectors("digests.json") as {
    vectors: ReadonlyArray<{ name: string; body_base64: string; content_digest: string; fits: boolean }>;
  };

  it.each(vectors)("$name (Z3)", ({ body_base64, content_digest, fits }) => {
    const body = Buffer.from(body_base64, "base64");
    expect(findDigestFault(content_digest, body) === undefined).toBe(fits);
    expect(contentDigestOf(body) === content_digest).toBe(fits);
  });
});

describe("base-urls.json", () => {
  const { vectors } = readVectors("base-urls.json") as {
    vectors: ReadonlyArray<{ base_url: string; canonical: string | null }>;
  };
  const taken = vectors.flatMap(({ base_url, canonical }) =>
    canonical === null ? [] : [{ base_url, canonical }],
  );
  const refused = vectors.filter(({ canonical }) => canonical === null);

  it.each(taken)("$base_url", ({ base_url, canonical }) => {
    expect(canonicalBaseUrl(base_url)).toBe(canonical);
    expect(canonicalBaseUrl(canonical)).toBe(canonical);
    expect(targetUriOf(canonical, "/pxp/v1/credits")).toBe(`${canonical}/pxp/v1/credits`);
  });

  it.each(refused)("refuses $base_url", ({ base_url }) => {
    expect(() => canonicalBaseUrl(base_url)).toThrow(TypeError);
  });
});
