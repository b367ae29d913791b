// Signatures of requests and answers: HTTP Message Signatures (RFC 9421) by the profile pxp-1.
//
// SIG-1: a request's signature covers exactly "@method" "@target-uri" "content-type" "content-digest", an answer's
//   exactly "@status" "content-digest", in any order; there is one signature, its label is sig1.
// SIG-2: created <= now + 60 s, now <= expires + 60 s, 0 < expires - created <= 300 s; an answer's time is not judged.
// SIG-3: the body's own bytes are hashed, before anything parses them.
// SIG-4: an answer is bound to its request by the request's nonce.
// SIG-5: whatever a message holds, verifying ends in a verdict and throws nothing; only `findKey` may throw, and that
//   comes through, because it says nothing about the message.
//
// The first of these that applies is the refusal's code:
//   1. missing_component   a header or parameter is absent, or Signature-Input is not what SIG-1 wants; so is a label
//                          that is repeated, a second signature, a header that came twice
//   2. bad_signature       alg or tag is another one; an answer's nonce is another request's
//   3. unknown_key, revoked_key
//   4. clock_skew          created lies too far ahead
//   5. expired             the lifetime is not within 1 to 300 s, or is over
//   6. bad_digest          the digest can't be read or is not the body's
//   7. bad_signature       the signature can't be read or does not fit
// A request's nonce is not taken here: that is one write, after this, and answers nonce_replayed.
//
// Own code instead of the library http-message-sig: its time for copying and re-parsing is above that of Ed25519
// itself, it names one reason where this needs seven, and it gives no nonce once a header is bad. Tests hold this
// to it and to a second implementation, both ways (docs/decisions/0016-signatures.md).
import { type KeyObject, randomBytes, sign, verify } from "node:crypto";
import { contentDigestOf, findDigestFault } from "./content-digest.ts";
import type { SigningKey } from "./keys.ts";
import {
  decodeSignature,
  readSignature,
  readSignatureInput,
  type SignatureInput,
  type SignatureParameters,
  serializeInput,
} from "./signature-fields.ts";

export type SignatureRefusal =
  | "missing_component"
  | "bad_signature"
  | "bad_digest"
  | "unknown_key"
  | "revoked_key"
  | "expired"
  | "clock_skew"
  | "nonce_replayed";

export type KeyLookup = (
  keyId: string,
) => Promise<{ readonly publicKey: KeyObject; readonly isRevoked: boolean } | undefined>;

/** Lower-case names, as node:http and undici give them. */
export type MessageHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface SignedRequest {
  readonly method: string;
  /** From the node's own address and the raw path (`targetUriOf`), never from Host or forwarded headers. */
  readonly targetUri: string;
  readonly headers: MessageHeaders;
  readonly body: Uint8Array;
}

export interface SignedAnswer {
  readonly status: number;
  readonly headers: MessageHeaders;
  readonly body: Uint8Array;
}

export interface Refusal {
  readonly ok: false;
  readonly code: SignatureRefusal;
  readonly detail: string;
}

export type RequestVerdict =
  | {
      readonly ok: true;
      readonly keyId: string;
      readonly nonce: string;
      readonly created: Date;
      readonly expires: Date;
    }
  /** `nonce` is given whenever Signature-Input could be read and had one: the refusal is signed with it. */
  | (Refusal & { readonly nonce: string | undefined });

export type AnswerVerdict = { readonly ok: true; readonly keyId: string } | Refusal;

export type SignatureHeaders = Readonly<Record<"content-digest" | "signature-input" | "signature", string>>;

export const signatureTag = "pxp-1";
export const signatureSkewSeconds = 60;
export const signatureLifetimeMaxSeconds = 300;

const algorithm = "ed25519";
const requestComponents = ["@method", "@target-uri", "content-type", "content-digest"] as const;
const answerComponents = ["@status", "content-digest"] as const;
// At least 128 bits in base64url; padding, a uuid and more bits do no harm.
const noncePattern = /^[A-Za-z0-9_-]{22,128}={0,2}$/;
const signatureLabel = "sig1";

function refuse(code: SignatureRefusal, detail: string): Refusal {
  return { ok: false, code, detail };
}

/** RFC 9421, 2.5. Values hold no line break: every one was checked to be printable ASCII. */
function signatureBase(
  components: readonly string[],
  valueOf: (name: string) => string,
  canonicalInput: string,
): Buffer {
  const lines = components.map((name) => `"${name}": ${valueOf(name)}\n`);
  return Buffer.from(`${lines.join("")}"@signature-params": ${canonicalInput}`, "latin1");
}

function signMessage(
  key: SigningKey,
  components: readonly string[],
  values: Readonly<Record<string, string>>,
  parameters: SignatureParameters,
): { "signature-input": string; signature: string } {
  const input = serializeInput(components, parameters);
  const base = signatureBase(components, (name) => values[name] ?? "", input);
  const bytes = sign(null, base, key.privateKey);
  return {
    "signature-input": `${signatureLabel}=${input}`,
    signature: `${signatureLabel}=:${bytes.toString("base64")}:`,
  };
}

/** Signs a POST with a JSON body. Every attempt is signed anew: a retry keeps its body and takes a new nonce. */
export function signRequest(
  key: SigningKey,
  request: {
    readonly targetUri: string;
    readonly body: Uint8Array;
    readonly now: Date;
    readonly lifetimeSeconds?: number;
    readonly nonce?: string;
  },
): { readonly headers: SignatureHeaders & { readonly "content-type": string }; readonly nonce: string } {
  const { targetUri, body, now, lifetimeSeconds = 60 } = request;
  if (
    !Number.isInteger(lifetimeSeconds) ||
    lifetimeSeconds < 1 ||
    lifetimeSeconds > signatureLifetimeMaxSeconds
  ) {
    throw new RangeError(`lifetimeSeconds must be an integer from 1 to ${signatureLifetimeMaxSeconds}`);
  }
  if (!isPlainLine(targetUri)) throw new TypeError("targetUri must be printable ASCII; escape the rest");
  const nonce = request.nonce ?? randomBytes(16).toString("base64url");
  if (!noncePattern.test(nonce)) throw new TypeError("nonce must be at least 128 bits in base64url");
  const created = Math.floor(now.getTime() / 1000);
  const values = {
    "@method": "POST",
    "@target-uri": targetUri,
    "content-type": "application/json",
    "content-digest": contentDigestOf(body),
  };
  const signed = signMessage(key, requestComponents, values, {
    created,
    expires: created + lifetimeSeconds,
    nonce,
    keyid: key.keyId,
    alg: algorithm,
    tag: signatureTag,
  });
  return {
    headers: {
      "content-type": values["content-type"],
      "content-digest": values["content-digest"],
      ...signed,
    },
    nonce,
  };
}

/** Signs an answer, errors too. `nonce` is the request's, undefined only where its Signature-Input could not be read. */
export function signAnswer(
  key: SigningKey,
  answer: {
    readonly status: number;
    readonly body: Uint8Array;
    readonly now: Date;
    readonly nonce: string | undefined;
  },
): SignatureHeaders {
  const contentDigest = contentDigestOf(answer.body);
  const values = { "@status": String(answer.status), "content-digest": contentDigest };
  const signed = signMessage(key, answerComponents, values, {
    created: Math.floor(answer.now.getTime() / 1000),
    ...(answer.nonce === undefined ? {} : { nonce: answer.nonce }),
    keyid: key.keyId,
    alg: algorithm,
    tag: signatureTag,
  });
  return { "content-digest": contentDigest, ...signed };
}

function isPlainLine(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** The one value of a header, without the space around it; a fault where it is absent, came twice or is not plain. */
function readHeader(headers: MessageHeaders, name: string): string | Refusal {
  const given = headers[name];
  const value = typeof given === "string" || given === undefined ? given : given.length > 1 ? null : given[0];
  if (value === null)
    return refuse("missing_component", `the header ${name} came more than once; send it once`);
  const text = value?.replaceAll(/^[ \t]+|[ \t]+$/g, "");
  if (text === undefined || text === "") {
    return refuse(
      "missing_component",
      `the header ${name} is missing; every message is signed (RFC 9421, pxp-1)`,
    );
  }
  if (isPlainLine(text)) return text;
  return refuse("missing_component", `the header ${name} holds other characters than printable ASCII`);
}

interface SignedParts {
  readonly input: SignatureInput;
  readonly values: Readonly<Record<string, string>>;
  readonly signature: string;
  readonly keyId: string;
}

function findComponentFault(input: SignatureInput, wanted: readonly string[]): string | undefined {
  const list = wanted.map((name) => `"${name}"`).join(" ");
  const absent = wanted.find((name) => !input.components.includes(name));
  if (absent !== undefined) return `signature-input does not cover "${absent}"; pxp-1 covers (${list})`;
  const extra = input.components.find((name) => !wanted.includes(name));
  return extra === undefined ? undefined : `signature-input covers "${extra}" too; pxp-1 covers (${list})`;
}

/** Steps 1 and 2: everything that needs neither a key nor the clock. */
function readParts(
  message: { readonly headers: MessageHeaders },
  input: SignatureInput,
  derived: Readonly<Record<string, string>>,
  components: readonly string[],
  parameterNames: ReadonlyArray<keyof SignatureParameters>,
): SignedParts | Refusal {
  const fault = findComponentFault(input, components);
  if (fault !== undefined) return refuse("missing_component", fault);
  const absent = parameterNames.find((name) => input.parameters[name] === undefined);
  if (absent !== undefined) return refuse("missing_component", `signature-input has no ${absent}`);
  const values: Record<string, string> = { ...derived };
  for (const name of components) {
    if (name.startsWith("@")) continue;
    const value = readHeader(message.headers, name);
    if (typeof value !== "string") return value;
    values[name] = value;
  }
  const header = readHeader(message.headers, "signature");
  if (typeof header !== "string") return header;
  const signature = readSignature(header);
  if (signature === undefined) {
    return refuse(
      "missing_component",
      "signature must read sig1=:BASE64:, one signature with the label sig1",
    );
  }
  const { alg, tag, keyid = "" } = input.parameters;
  if (alg !== algorithm) return refuse("bad_signature", `signature-input's alg must be "${algorithm}"`);
  if (tag !== signatureTag) return refuse("bad_signature", `signature-input's tag must be "${signatureTag}"`);
  return { input, values, signature, keyId: keyid };
}

async function findPublicKey(keyId: string, findKey: KeyLookup): Promise<KeyObject | Refusal> {
  const found = await findKey(keyId);
  if (found === undefined) return refuse("unknown_key", `no key ${JSON.stringify(keyId)} is registered here`);
  if (found.isRevoked) return refuse("revoked_key", `the key ${JSON.stringify(keyId)} is revoked`);
  return found.publicKey;
}

/** Steps 6 and 7. */
function checkBytes(parts: SignedParts, body: Uint8Array, publicKey: KeyObject): Refusal | undefined {
  const digestFault = findDigestFault(parts.values["content-digest"] ?? "", body);
  if (digestFault !== undefined) return refuse("bad_digest", digestFault);
  const bytes = decodeSignature(parts.signature);
  if (bytes === undefined) {
    return refuse("bad_signature", "signature is not 64 bytes in padded base64 (not base64url)");
  }
  if (publicKey.asymmetricKeyType !== algorithm) {
    return refuse("bad_signature", `the key ${JSON.stringify(parts.keyId)} is no ${algorithm} key`);
  }
  const base = signatureBase(
    parts.input.components,
    (name) => parts.values[name] ?? "",
    parts.input.canonical,
  );
  if (verify(null, base, publicKey, bytes)) return undefined;
  return refuse("bad_signature", "the signature does not fit what was received; compare the signature bases");
}

/** SIG-2, for a request. */
function findTimeFault(created: number, expires: number, now: Date): Refusal | undefined {
  const skewMs = signatureSkewSeconds * 1000;
  const clock = `the clock here reads ${now.toISOString()}`;
  if (created * 1000 > now.getTime() + skewMs) {
    return refuse("clock_skew", `created lies more than ${signatureSkewSeconds} s ahead; ${clock}`);
  }
  const lifetime = expires - created;
  if (lifetime <= 0 || lifetime > signatureLifetimeMaxSeconds) {
    return refuse("expired", `expires must be 1 to ${signatureLifetimeMaxSeconds} s after created`);
  }
  if (now.getTime() <= expires * 1000 + skewMs) return undefined;
  return refuse("expired", `expires passed more than ${signatureSkewSeconds} s ago; ${clock}`);
}

async function judgeRequest(
  request: SignedRequest,
  input: SignatureInput,
  now: Date,
  findKey: KeyLookup,
): Promise<RequestVerdict | Refusal> {
  const derived = { "@method": request.method, "@target-uri": request.targetUri };
  const parts = readParts(request, input, derived, requestComponents, [
    "created",
    "expires",
    "nonce",
    "keyid",
    "alg",
    "tag",
  ]);
  if ("ok" in parts) return parts;
  const { created = Number.NaN, expires = Number.NaN, nonce = "" } = input.parameters;
  if (!noncePattern.test(nonce)) {
    return refuse("missing_component", "signature-input's nonce must be 128 random bits in base64url");
  }
  const publicKey = await findPublicKey(parts.keyId, findKey);
  if ("ok" in publicKey) return publicKey;
  const fault = findTimeFault(created, expires, now) ?? checkBytes(parts, request.body, publicKey);
  if (fault !== undefined) return fault;
  // A line break in what the address gave would let one signature stand for another message.
  if (!isPlainLine(request.method) || !isPlainLine(request.targetUri)) {
    return refuse("bad_signature", "the method or the address holds other characters than printable ASCII");
  }
  return {
    ok: true,
    keyId: parts.keyId,
    nonce,
    created: new Date(created * 1000),
    expires: new Date(expires * 1000),
  };
}

export async function verifyRequest(
  request: SignedRequest,
  now: Date,
  findKey: KeyLookup,
): Promise<RequestVerdict> {
  const header = readHeader(request.headers, "signature-input");
  if (typeof header !== "string") return { ...header, nonce: undefined };
  const input = readSignatureInput(header);
  if ("fault" in input) return { ...refuse("missing_component", input.fault), nonce: undefined };
  const verdict = await judgeRequest(request, input, now, findKey);
  return verdict.ok ? verdict : { ...verdict, nonce: input.parameters.nonce };
}

/** `nonce` is the one that the request was sent with (SIG-4). */
export async function verifyAnswer(
  answer: SignedAnswer,
  nonce: string | undefined,
  findKey: KeyLookup,
): Promise<AnswerVerdict> {
  const header = readHeader(answer.headers, "signature-input");
  if (typeof header !== "string") return header;
  const input = readSignatureInput(header);
  if ("fault" in input) return refuse("missing_component", input.fault);
  const names: Array<keyof SignatureParameters> = ["created", "keyid", "alg", "tag"];
  if (nonce !== undefined) names.push("nonce");
  const parts = readParts(answer, input, { "@status": String(answer.status) }, answerComponents, names);
  if ("ok" in parts) return parts;
  if (input.parameters.nonce !== nonce) {
    return refuse(
      "bad_signature",
      "the answer is signed with another request's nonce; it is no answer to this one",
    );
  }
  const publicKey = await findPublicKey(parts.keyId, findKey);
  if ("ok" in publicKey) return publicKey;
  return checkBytes(parts, answer.body, publicKey) ?? { ok: true, keyId: parts.keyId };
}
