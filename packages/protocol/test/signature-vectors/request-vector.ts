// Builds one vector of a request: drafts it, signs it, alters it, and writes down what a verifier must say.
import type { SignatureRefusal } from "../../src/pxp/index.ts";
import { type Draft, type Headers, quote, sha256Digest, signDraft } from "./free-signer.ts";
import { vectorKeys } from "./vector-keys.ts";

export interface RequestMessage {
  method: string;
  target_uri: string;
  headers: Headers;
  body: string;
}

type Verdict =
  | { ok: true; key_id: string; nonce: string; created: number; expires: number }
  | { ok: false; code: SignatureRefusal; nonce: string | null };

export interface RequestVector {
  readonly name: string;
  readonly now: string;
  readonly request: RequestMessage;
  readonly signature_base: string;
  readonly signed_plainly: boolean;
  readonly verdict: Verdict;
}

export const created = 1_795_435_200;
export const expires = created + 60;
export const nonce = "q83vEjRWeJCrze8SNFZ4kA";
export const body = '{"operation_id":"op-1","source_system":"airline","target_system":"shop","amount":"80"}';
export const address = "https://shop.example.com/pxp/v1/credits";

export const parameters: Draft["parameters"] = [
  ["created", String(created)],
  ["expires", String(expires)],
  ["nonce", quote(nonce)],
  ["keyid", quote(vectorKeys.caller.keyId)],
  ["alg", quote("ed25519")],
  ["tag", quote("pxp-1")],
];

export function set(...changes: ReadonlyArray<readonly [string, string]>): Draft["parameters"] {
  return parameters.map(([name, written]) => [
    name,
    changes.find(([changed]) => changed === name)?.[1] ?? written,
  ]);
}

export function without(absent: string): Draft["parameters"] {
  return parameters.filter(([name]) => name !== absent);
}

export function signedBy(name: keyof typeof vectorKeys): Partial<Draft> {
  return { key: name, parameters: set(["keyid", quote(vectorKeys[name].keyId)]) };
}

export interface RequestCase {
  readonly name: string;
  /** Absent: the request is good. */
  readonly code?: SignatureRefusal;
  /** Signature-Input can't be read, so that no nonce comes out of it. */
  readonly unreadable?: true;
  readonly body?: string;
  readonly address?: string;
  readonly contentType?: string;
  readonly contentDigest?: string;
  /** Seconds after `created` at which it is judged. */
  readonly after?: number;
  readonly draft?: Partial<Draft>;
  /** Which of the four are covered, in which order; absent: all, in the contract's order. */
  readonly covers?: readonly string[];
  /** Added to what is covered. */
  readonly coversToo?: Draft["components"];
  /** What happens to the message after it was signed. */
  readonly alter?: (message: RequestMessage) => void;
}

export function buildRequestVector(item: RequestCase): RequestVector {
  const text = item.body ?? body;
  const request: RequestMessage = {
    method: "POST",
    target_uri: item.address ?? address,
    headers: {
      "content-type": item.contentType ?? "application/json",
      "content-digest": item.contentDigest ?? sha256Digest(text),
    },
    body: text,
  };
  const known: Record<string, string> = {
    "@method": request.method,
    "@target-uri": request.target_uri,
    "content-type": String(request.headers["content-type"]).trim(),
    "content-digest": String(request.headers["content-digest"]),
  };
  const covers = item.covers ?? Object.keys(known);
  const components: Draft["components"] = [
    ...covers.map((name): readonly [string, string] => [quote(name), known[name] ?? ""]),
    ...(item.coversToo ?? []),
  ];
  const draft: Draft = { key: "caller", label: "sig1", components, parameters, ...item.draft };
  const signed = signDraft(draft);
  request.headers["signature-input"] = signed.signatureInput;
  request.headers["signature"] = signed.signature;
  item.alter?.(request);
  const plain =
    item.covers === undefined &&
    item.alter === undefined &&
    item.contentType === undefined &&
    draft.parameters.map(([name]) => name).join() === parameters.map(([name]) => name).join();
  const written = new Map(draft.parameters);
  const readNonce = /nonce="([^"]*)"/.exec(String(request.headers["signature-input"]))?.[1] ?? null;
  const verdict: Verdict =
    item.code === undefined
      ? {
          ok: true,
          key_id: vectorKeys[draft.key].keyId,
          nonce: readNonce ?? "",
          created: Number(written.get("created")),
          expires: Number(written.get("expires")),
        }
      : { ok: false, code: item.code, nonce: item.unreadable ? null : readNonce };
  return {
    name: item.name,
    now: new Date((created + (item.after ?? 1)) * 1000).toISOString(),
    request,
    signature_base: signed.base,
    signed_plainly: verdict.ok && plain && item.contentDigest === undefined,
    verdict,
  };
}

export function replaceIn(
  header: string,
  from: string | RegExp,
  to: string,
): (message: RequestMessage) => void {
  return ({ headers }) => {
    const before = String(headers[header]);
    const after = before.replace(from, to);
    if (after === before) throw new Error(`${header} has no ${String(from)} to be replaced`);
    headers[header] = after;
  };
}

export function drop(header: string): (message: RequestMessage) => void {
  return ({ headers }) => {
    delete headers[header];
  };
}
