// An answer as a check looks at it, and what is wrong with it whatever was asked: its signature, its binding to
// the request, its form, redirects and encodings.
import {
  type AnswerVerdict,
  answerSchemas,
  type CallName,
  callNames,
  type KeyLookup,
  type PxpCallName,
  type Verdict,
  verifyAnswer,
} from "@pointbridge/protocol/pxp";
import { Check as FormCheck, FormError } from "../form/index.ts";
import type { Trace } from "./result.ts";
import type { WireAnswer } from "./wire.ts";
import type { Observation, World } from "./world.ts";

export type Fields = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly call: string;
  readonly status: number;
  readonly headers: WireAnswer["headers"];
  /** Empty where the answer is no JSON object. */
  readonly body: Fields;
  readonly text: string;
  /** What it proves to a caller; undefined for what has no outcome by its kind. */
  readonly verdict: Verdict | undefined;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function readFields(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

const forms = new Map<string, { accept(value: unknown, path: string): unknown }>(
  Object.entries(answerSchemas).map(([name, schema]) => [name, new FormCheck(schema)]),
);

/** Fields that an outcome brings with it. */
const neededFields: Readonly<Record<string, readonly string[]>> = {
  "credits 200 completed": ["amount", "transaction_id", "completed_at", "idempotent"],
  "credits 422 refused": ["code"],
  "holds 200 held": ["amount"],
  "holds 200 captured": ["amount"],
  "holds 422 refused": ["code"],
  "credits/rollback 409 completed": ["code"],
};

export function isCallName(name: string): name is CallName {
  return (callNames as readonly string[]).includes(name);
}

/** What departs from the call's form; answers that decide nothing have none to keep to. */
export function findFormFault(call: string, status: number, body: Fields): string | undefined {
  const hasOutcome = typeof body["outcome"] === "string";
  if (isCallName(call) ? !hasOutcome || body["code"] === "operation_conflict" : status !== 200) {
    return status === 200 ? "a 200 without an outcome" : undefined;
  }
  const needed = neededFields[`${call} ${status} ${String(body["outcome"])}`] ?? [];
  const missing = needed.find((name) => body[name] === undefined || body[name] === null);
  if (missing !== undefined) return `/${missing} is missing`;
  try {
    forms.get(call)?.accept(body, "");
    return undefined;
  } catch (error) {
    if (error instanceof FormError) return error.message;
    throw error;
  }
}

function readNonce(answer: WireAnswer): string | undefined {
  const input = answer.headers["signature-input"];
  return typeof input === "string" ? /;\s*nonce="([^"]*)"/.exec(input)?.[1] : undefined;
}

export interface AskedFor {
  readonly call: PxpCallName | "unknown path";
  /** The request's nonce; undefined where the request had none that could be read. */
  readonly nonce: string | undefined;
  /** The request's signature may have been unreadable to the partner: then no nonce is as good as the right one. */
  readonly isNonceOptional?: boolean;
}

interface SignatureFaults {
  readonly signatureFault: string | undefined;
  readonly bindingFault: string | undefined;
}

/** Is it signed at all, and then: for this request? Two rules, told apart. */
async function judgeSignature(world: World, wired: WireAnswer, asked: AskedFor): Promise<SignatureFaults> {
  const findKey: KeyLookup = async (keyId) => {
    const publicKey = world.partnerKeys.get(keyId);
    return publicKey === undefined ? undefined : { publicKey, isRevoked: false };
  };
  const judge = (nonce: string | undefined): Promise<AnswerVerdict> => verifyAnswer(wired, nonce, findKey);
  const verdict = await judge(asked.nonce);
  if (verdict.ok) return { signatureFault: undefined, bindingFault: undefined };
  const nonce = readNonce(wired);
  const asItStands = await judge(nonce);
  if (!asItStands.ok) {
    return { signatureFault: `${asItStands.code}: ${asItStands.detail}`, bindingFault: undefined };
  }
  if (nonce === undefined && asked.isNonceOptional === true) {
    return { signatureFault: undefined, bindingFault: undefined };
  }
  const said = nonce === undefined ? "no nonce" : `the nonce ${nonce}`;
  return {
    signatureFault: undefined,
    bindingFault: `signed with ${said}, asked with ${asked.nonce ?? "none"}`,
  };
}

function findTransportFault({ status, headers }: WireAnswer): string | undefined {
  if (status >= 300 && status < 400) return `answered ${status}, a redirect`;
  const encoding = headers["content-encoding"];
  return encoding === undefined || encoding === "identity"
    ? undefined
    : `content-encoding is ${String(encoding)}`;
}

export async function observe(
  world: World,
  wired: WireAnswer,
  asked: AskedFor,
  trace: Trace | undefined,
): Promise<Observation> {
  return {
    profile: world.profile,
    call: asked.call,
    status: wired.status,
    durationMs: wired.durationMs,
    ...(await judgeSignature(world, wired, asked)),
    formFault: findFormFault(asked.call, wired.status, readFields(wired.body.toString("utf8"))),
    transportFault: findTransportFault(wired),
    trace,
  };
}
