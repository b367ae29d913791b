// Signs requests and answers by the profile pxp-1 (signature-profile.ts).
import { randomBytes, sign } from "node:crypto";
import { contentDigestOf } from "./content-digest.ts";
import type { SigningKey } from "./keys.ts";
import { type SignatureParameters, serializeInput } from "./signature-fields.ts";
import {
  answerComponents,
  isPlainLine,
  noncePattern,
  requestComponents,
  signatureAlgorithm,
  signatureBase,
  signatureLabel,
  signatureLifetimeMaxSeconds,
  signatureTag,
} from "./signature-profile.ts";

export type SignatureHeaders = Readonly<Record<"content-digest" | "signature-input" | "signature", string>>;

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
    alg: signatureAlgorithm,
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
    alg: signatureAlgorithm,
    tag: signatureTag,
  });
  return { "content-digest": contentDigest, ...signed };
}
