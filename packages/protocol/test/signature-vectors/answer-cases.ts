// Answers that count, and answers that don't: one rule broken in each. An answer's time is not judged.
import type { SignatureRefusal } from "../../src/pxp/index.ts";
import { type Draft, type Headers, quote, sha256Digest, signDraft } from "./free-signer.ts";
import { type KeyName, vectorKeys } from "./vector-keys.ts";

interface AnswerMessage {
  status: number;
  headers: Headers;
  body: string;
}

export interface AnswerVector {
  readonly name: string;
  /** The nonce that the request was sent with; null where its Signature-Input could not be read. */
  readonly request_nonce: string | null;
  readonly answer: AnswerMessage;
  readonly signature_base: string;
  readonly signed_plainly: boolean;
  readonly verdict: { ok: true; key_id: string } | { ok: false; code: SignatureRefusal };
}

const created = 1_795_435_201;
const nonce = "q83vEjRWeJCrze8SNFZ4kA";
const body = '{"operation_id":"op-1","outcome":"completed","transaction_id":"t-1","amount":"80"}';

interface Case {
  readonly name: string;
  readonly code?: SignatureRefusal;
  readonly status?: number;
  readonly body?: string;
  readonly key?: KeyName;
  readonly covers?: readonly string[];
  readonly requestNonce?: null;
  /** Parameters instead of those that the profile wants. */
  readonly parameters?: Draft["parameters"];
  readonly label?: string;
  readonly alter?: (message: AnswerMessage) => void;
}

function parametersOf(key: KeyName, answeredNonce: string | null): Draft["parameters"] {
  return [
    ["created", String(created)],
    ...(answeredNonce === null ? [] : [["nonce", quote(answeredNonce)] as const]),
    ["keyid", quote(vectorKeys[key].keyId)],
    ["alg", quote("ed25519")],
    ["tag", quote("pxp-1")],
  ];
}

const bound = parametersOf("callee", nonce);

function set(changed: string, value: string): Draft["parameters"] {
  return bound.map(([name, written]) => [name, name === changed ? value : written]);
}

function buildVector(item: Case): AnswerVector {
  const { key = "callee", status = 200, requestNonce = nonce } = item;
  const text = item.body ?? body;
  const answer: AnswerMessage = { status, headers: { "content-digest": sha256Digest(text) }, body: text };
  const known: Record<string, string> = {
    "@status": String(status),
    "content-digest": sha256Digest(text),
  };
  const components = (item.covers ?? Object.keys(known)).map((name): readonly [string, string] => {
    return [quote(name), known[name] ?? ""];
  });
  const parameters = item.parameters ?? parametersOf(key, requestNonce);
  const signed = signDraft({ key, label: item.label ?? "sig1", components, parameters });
  answer.headers["signature-input"] = signed.signatureInput;
  answer.headers["signature"] = signed.signature;
  item.alter?.(answer);
  const plain = [item.covers, item.parameters, item.alter].every((change) => change === undefined);
  return {
    name: item.name,
    request_nonce: requestNonce,
    answer,
    signature_base: signed.base,
    signed_plainly: plain && item.code === undefined,
    verdict:
      item.code === undefined ? { ok: true, key_id: vectorKeys[key].keyId } : { ok: false, code: item.code },
  };
}

const cases: readonly Case[] = [
  { name: "a credit was completed" },
  {
    name: "a refusal",
    status: 422,
    body: '{"operation_id":"op-1","outcome":"refused","code":"user_not_found"}',
  },
  {
    name: "an error is signed too",
    status: 401,
    body: '{"code":"expired","time":"2026-11-23T09:30:00.000Z"}',
  },
  {
    name: "an answer to a request whose signature could not be read has no nonce",
    status: 401,
    body: '{"code":"missing_component","time":"2026-11-23T09:30:00.000Z"}',
    requestNonce: null,
  },
  { name: "an empty body", status: 503, body: "" },
  { name: "components in another order", covers: ["content-digest", "@status"] },
  { name: "signed by another registered key", key: "other" },
  {
    name: "expires is not asked for and does no harm",
    parameters: [...bound, ["expires", String(created + 60)]],
  },
  { name: "signed a year ago", parameters: set("created", String(created - 31_536_000)) },
  { name: "another status", code: "bad_signature", alter: (message) => (message.status = 422) },
  {
    name: "another body",
    code: "bad_digest",
    alter: (message) => (message.body = body.replace("completed", "refused")),
  },
  {
    name: "another body with its digest",
    code: "bad_signature",
    alter: (message) => {
      message.body = body.replace("completed", "refused");
      message.headers["content-digest"] = sha256Digest(message.body);
    },
  },
  {
    name: "bound to another request",
    code: "bad_signature",
    parameters: set("nonce", quote("AAAAAAAAAAAAAAAAAAAAAA")),
  },
  { name: "bound to no request", code: "missing_component", parameters: parametersOf("callee", null) },
  { name: "a nonce that nobody asked for", code: "bad_signature", requestNonce: null, parameters: bound },
  { name: "does not sign @status", code: "missing_component", covers: ["content-digest"] },
  { name: "does not sign content-digest", code: "missing_component", covers: ["@status"] },
  ...["created", "keyid", "alg", "tag"].map((absent): Case => {
    return {
      name: `has no ${absent}`,
      code: "missing_component",
      parameters: bound.filter(([name]) => name !== absent),
    };
  }),
  {
    name: "not signed at all",
    code: "missing_component",
    alter: (message) => {
      delete message.headers["signature"];
      delete message.headers["signature-input"];
    },
  },
  { name: "another label", code: "missing_component", label: "sig2" },
  { name: "another tag", code: "bad_signature", parameters: set("tag", quote("other")) },
  { name: "another algorithm", code: "bad_signature", parameters: set("alg", quote("ecdsa-p256-sha256")) },
  { name: "signed by a key that nobody registered", code: "unknown_key", key: "stranger" },
  { name: "signed by a revoked key", code: "revoked_key", key: "revoked" },
];

export const answerVectors: readonly AnswerVector[] = cases.map(buildVector);
