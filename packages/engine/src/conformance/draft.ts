// A request signed by hand, part by part, so that a check may leave out, repeat or falsify any of them. Written
// against RFC 9421 by itself: it also holds the signatures that the node makes to a second reading of it.
import { createHash, randomBytes, sign } from "node:crypto";
import { type SigningKey, signatureTag } from "@pointbridge/protocol/pxp";
import type { WireRequest } from "./wire.ts";

export type ParameterValue = string | number;

/** What will be signed and sent; a check changes it before `finishDraft`. */
export interface Draft {
  method: string;
  /** Where it is sent. */
  url: string;
  /** Sent beside the signature. */
  headers: Record<string, string>;
  body: Buffer;
  label: string;
  components: string[];
  /** What each component is said to be while signing. */
  values: Record<string, string>;
  parameters: Array<[name: string, value: ParameterValue]>;
  key: SigningKey;
}

/** The same once signed; a check may still change what is sent. */
export interface SignedDraft {
  method: string;
  url: string;
  headers: Record<string, string | string[]>;
  body: Buffer;
}

export function digestOf(body: Uint8Array, algorithm: "sha-256" | "sha-512" = "sha-256"): string {
  const name = algorithm === "sha-256" ? "sha256" : "sha512";
  return `${algorithm}=:${createHash(name).update(body).digest("base64")}:`;
}

export interface DraftInput {
  readonly url: string;
  readonly targetUri: string;
  readonly body: Buffer;
  readonly key: SigningKey;
  readonly now: Date;
}

/** A sound request, not yet signed. */
export function startDraft({ url, targetUri, body, key, now }: DraftInput): Draft {
  const created = Math.floor(now.getTime() / 1000);
  const headers = { "content-type": "application/json", "content-digest": digestOf(body) };
  return {
    method: "POST",
    url,
    headers,
    body,
    label: "sig1",
    components: ["@method", "@target-uri", "content-type", "content-digest"],
    values: { "@method": "POST", "@target-uri": targetUri, ...headers },
    parameters: [
      ["created", created],
      ["expires", created + 60],
      ["nonce", randomBytes(16).toString("base64url")],
      ["keyid", key.keyId],
      ["alg", "ed25519"],
      ["tag", signatureTag],
    ],
    key,
  };
}

export function setParameter(draft: Draft, name: string, value: ParameterValue): void {
  draft.parameters = draft.parameters.map((entry) => (entry[0] === name ? [name, value] : entry));
}

export function dropParameter(draft: Draft, name: string): void {
  draft.parameters = draft.parameters.filter((entry) => entry[0] !== name);
}

export function parameterOf(draft: Draft, name: string): ParameterValue | undefined {
  return draft.parameters.find((entry) => entry[0] === name)?.[1];
}

function inputOf(draft: Draft): string {
  const components = draft.components.map((name) => `"${name}"`).join(" ");
  const parameters = draft.parameters.map(([name, value]) =>
    typeof value === "number" ? `;${name}=${value}` : `;${name}="${value}"`,
  );
  return `(${components})${parameters.join("")}`;
}

export function finishDraft(draft: Draft): SignedDraft {
  const input = inputOf(draft);
  const lines = draft.components.map((name) => `"${name}": ${draft.values[name] ?? ""}`);
  const base = [...lines, `"@signature-params": ${input}`].join("\n");
  const signature = sign(null, Buffer.from(base, "utf8"), draft.key.privateKey).toString("base64");
  return {
    method: draft.method,
    url: draft.url,
    headers: {
      ...draft.headers,
      "signature-input": `${draft.label}=${input}`,
      signature: `${draft.label}=:${signature}:`,
    },
    body: draft.body,
  };
}

export function toWireRequest(signed: SignedDraft): WireRequest {
  return signed;
}
