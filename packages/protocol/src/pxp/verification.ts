// Judges the signatures of requests and answers by the profile pxp-1; signature-profile.ts has the invariants and the
// order of the refusals.
import { type KeyObject, verify } from "node:crypto";
import { findDigestFault } from "./content-digest.ts";
import {
  decodeSignature,
  readSignature,
  readSignatureInput,
  type SignatureInput,
  type SignatureParameters,
} from "./signature-fields.ts";
import {
  answerComponents,
  isPlainLine,
  noncePattern,
  requestComponents,
  signatureAlgorithm,
  signatureBase,
  signatureLifetimeMaxSeconds,
  signatureSkewSeconds,
  signatureTag,
} from "./signature-profile.ts";

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

function refuse(code: SignatureRefusal, detail: string): Refusal {
  return { ok: false, code, detail };
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
  // Repeated fields may arrive joined. A Signature or a Content-Digest so made is found out where it is read.
  if (name === "content-type" && text.includes(",")) {
    return refuse("missing_component", "the header content-type came more than once; send it once");
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
  if (alg !== signatureAlgorithm)
    return refuse("bad_signature", `signature-input's alg must be "${signatureAlgorithm}"`);
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
  if (publicKey.asymmetricKeyType !== signatureAlgorithm) {
    return refuse("bad_signature", `the key ${JSON.stringify(parts.keyId)} is no ${signatureAlgorithm} key`);
  }
  const base = signatureBase(
    parts.input.components,
    (name) => parts.values[name] ?? "",
    parts.input.canonical,
  );
  if (verify(null, base, publicKey, bytes)) return undefined;
  return refuse("bad_signature", "the signature does not fit what was received; compare the signature bases");
}

/** Z2, for a request. */
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

/** `nonce` is the one that the request was sent with (Z4). */
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
