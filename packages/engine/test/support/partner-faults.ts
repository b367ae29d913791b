// What can go wrong between a hub and the scriptable partner, call by call: whether the call has its effect, when,
// and what comes back instead of the answer.
import type { ServerResponse } from "node:http";
import { generateSigningKey, type SigningKey, signAnswer, toSigningKey } from "@pointbridge/protocol/pxp";
import type { LedgerAnswer } from "./partner-ledger.ts";

/** With an effect and without: what is lost on the way there, and what is lost on the way back. */
export const wireFaults = [
  "reset_before",
  "reset_after",
  "request_lost",
  "answer_lost",
  "answer_late",
  "truncated",
] as const;
/** The effect comes at another time than the answer, or more than once. */
export const orderFaults = ["delivered_late", "duplicated", "reordered"] as const;
/** Signed by the partner, and no outcome. Each with the effect and without. */
export const statusFaults = [
  "redirect",
  "unauthorized",
  "not_found",
  "unprocessable",
  "too_many",
  "server_error",
] as const;
/** Would make or lose points if they were believed. */
export const lies = [
  "unsigned_lie",
  "foreign_key_lie",
  "other_nonce_lie",
  "other_amount",
  "other_id",
  "wrong_json",
  "oversized",
] as const;
/** Of a batch's results. */
export const batchFaults = ["line_missing", "line_doubled", "line_foreign", "line_misfit"] as const;

export const faultKinds = [...wireFaults, ...orderFaults, ...statusFaults, ...lies, ...batchFaults] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface Fault {
  readonly kind: FaultKind;
  /** Of a status: whether the call has its effect all the same. */
  readonly hasEffect?: boolean;
  /** How long what comes late takes. */
  readonly lateMs?: number;
  /** What Retry-After says. */
  readonly retryAfterSeconds?: number;
}

/** One call, as far as a fault has to know it. */
export interface FaultyCall {
  readonly call: string;
  readonly nonce: string | undefined;
  readonly response: ServerResponse;
  readonly key: SigningKey;
  /** Makes the effect, as often as it is called, and says what it comes to. */
  decide(): LedgerAnswer;
  /** Lets something happen later; the partner waits for it before it is at rest. */
  later(lateMs: number, work: () => void): void;
  /** Runs after the next other call has been answered, or after a while. */
  afterNext(work: () => void): void;
}

const foreignKey = toSigningKey(generateSigningKey().privateJwk);

export interface Sending {
  readonly key?: SigningKey;
  readonly nonce?: string;
  readonly isUnsigned?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export function send(
  call: Pick<FaultyCall, "response" | "key" | "nonce">,
  status: number,
  bytes: Uint8Array,
  { key = call.key, nonce = call.nonce, isUnsigned = false, headers = {} }: Sending = {},
): void {
  const { response } = call;
  if (response.destroyed || response.headersSent) return;
  const signed = isUnsigned ? {} : signAnswer(key, { status, body: bytes, now: new Date(), nonce });
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": bytes.length,
    ...signed,
    ...headers,
  });
  response.end(bytes);
}

export function sendAnswer(call: FaultyCall, { status, body }: LedgerAnswer, sending?: Sending): void {
  send(call, status, Buffer.from(JSON.stringify(body)), sending);
}

function reset(call: FaultyCall): void {
  call.response.socket?.resetAndDestroy();
}

function mapLines(
  answer: LedgerAnswer,
  change: (line: Record<string, unknown>) => Record<string, unknown>,
): LedgerAnswer {
  const { status, body } = answer;
  const results = body["results"];
  if (!Array.isArray(results)) return { status, body: change(body) };
  const lines = results as readonly Record<string, unknown>[];
  return { status, body: { results: lines.map((line) => change(line)) } };
}

// What would do most harm, by call: refused where there was an effect, done where there was none.
const lieOf: Readonly<
  Record<string, { readonly status: number; readonly outcome: string; readonly hasEffect: boolean }>
> = {
  credits: { status: 422, outcome: "refused", hasEffect: true },
  "credits/rollback": { status: 200, outcome: "rolled_back", hasEffect: false },
  holds: { status: 422, outcome: "refused", hasEffect: true },
  "holds/capture": { status: 200, outcome: "captured", hasEffect: false },
  "holds/release": { status: 200, outcome: "released", hasEffect: false },
  users: { status: 422, outcome: "refused", hasEffect: true },
  batch: { status: 422, outcome: "refused", hasEffect: true },
};

function lie(call: FaultyCall): LedgerAnswer {
  const { status, outcome, hasEffect } = lieOf[call.call] ?? {
    status: 200,
    outcome: "refused",
    hasEffect: true,
  };
  // Decided on a copy would be another partner: without an effect the lie is told of the ids alone.
  const answer = hasEffect ? call.decide() : { status, body: {} };
  const told = mapLines(answer, (line) => ({ ...line, status, outcome, code: "lie" }));
  return { status: call.call === "batch" ? 200 : status, body: told.body };
}

function otherAmount(line: Record<string, unknown>): Record<string, unknown> {
  const { amount, user_id: userId } = line;
  if (typeof userId === "string") return { ...line, user_id: "" };
  return typeof amount === "string"
    ? { ...line, amount: String(BigInt(amount) + 1n) }
    : { ...line, amount: "0" };
}

function otherId(line: Record<string, unknown>): Record<string, unknown> {
  return "operation_id" in line ? { ...line, operation_id: `${String(line["operation_id"])}-2` } : {};
}

const statuses = {
  redirect: { status: 301, code: "moved", headers: { location: "http://127.0.0.1:9/pxp/v1/credits" } },
  unauthorized: { status: 401, code: "nonce_replayed" },
  not_found: { status: 404, code: "operation_not_found" },
  unprocessable: { status: 422, code: "not_now" },
  too_many: { status: 429, code: "rate_limited" },
  server_error: { status: 500, code: "internal_error" },
} as const;

function answerStatus(call: FaultyCall, kind: (typeof statusFaults)[number], fault: Fault): void {
  if (fault.hasEffect === true) call.decide();
  const { status, code } = statuses[kind];
  const location = kind === "redirect" ? statuses.redirect.headers : {};
  const retryAfter = kind === "too_many" ? { "retry-after": String(fault.retryAfterSeconds ?? 0) } : {};
  sendAnswer(call, { status, body: { code } }, { headers: { ...location, ...retryAfter } });
}

function answerLie(call: FaultyCall, kind: (typeof lies)[number]): void {
  switch (kind) {
    case "unsigned_lie":
      return sendAnswer(call, lie(call), { isUnsigned: true });
    case "foreign_key_lie":
      return sendAnswer(call, lie(call), { key: foreignKey });
    case "other_nonce_lie":
      return sendAnswer(call, lie(call), { nonce: Buffer.alloc(16, 7).toString("base64url") });
    case "other_amount":
      return sendAnswer(call, mapLines(call.decide(), otherAmount));
    case "other_id":
      return sendAnswer(call, mapLines(call.decide(), otherId));
    case "wrong_json": {
      const { status, body } = call.decide();
      return send(call, status, Buffer.from(`${JSON.stringify(body).slice(0, -1)},`));
    }
    case "oversized": {
      const { status, body } = call.decide();
      const padding = " ".repeat(4 * 1024 * 1024);
      return send(call, status, Buffer.from(JSON.stringify(body) + padding));
    }
  }
}

function answerBatch(call: FaultyCall, kind: (typeof batchFaults)[number]): void {
  const answer = call.decide();
  const results = answer.body["results"];
  // A call that has no lines is answered as it should be.
  if (!Array.isArray(results)) return sendAnswer(call, answer);
  const lines = results as Record<string, unknown>[];
  const [first = {}, ...rest] = lines;
  const changed = {
    line_missing: rest,
    line_doubled: [first, first, ...rest],
    line_foreign: [{ ...first, operation_id: "nobody-asked" }, ...rest],
    line_misfit: [{ ...first, status: 200 + ((Number(first["status"]) + 9) % 300) }, ...rest],
  }[kind];
  return sendAnswer(call, { status: 200, body: { results: changed } });
}

function answerWire(call: FaultyCall, kind: (typeof wireFaults)[number], lateMs: number): void {
  switch (kind) {
    case "reset_before":
      return reset(call);
    case "reset_after":
      call.decide();
      return reset(call);
    case "request_lost":
      return;
    case "answer_lost":
      call.decide();
      return;
    case "answer_late": {
      const answer = call.decide();
      return call.later(lateMs, () => sendAnswer(call, answer));
    }
    case "truncated": {
      const { status, body } = call.decide();
      const bytes = Buffer.from(JSON.stringify(body));
      const signed = signAnswer(call.key, { status, body: bytes, now: new Date(), nonce: call.nonce });
      call.response.writeHead(status, { "content-length": bytes.length, ...signed });
      call.response.write(bytes.subarray(0, bytes.length >> 1), () => call.response.destroy());
      return;
    }
  }
}

function answerOrder(call: FaultyCall, kind: (typeof orderFaults)[number], lateMs: number): void {
  switch (kind) {
    case "delivered_late":
      // The hub has given up by then, and may have decided otherwise.
      return call.later(lateMs, () => call.decide());
    case "duplicated":
      call.decide();
      return sendAnswer(call, call.decide());
    case "reordered":
      return call.afterNext(() => sendAnswer(call, call.decide()));
  }
}

function isOneOf<T extends string>(kinds: readonly T[], kind: string): kind is T {
  return (kinds as readonly string[]).includes(kind);
}

/** Lets a call go wrong. */
export function applyFault(call: FaultyCall, fault: Fault): void {
  const { kind, lateMs = 300 } = fault;
  if (isOneOf(wireFaults, kind)) answerWire(call, kind, lateMs);
  else if (isOneOf(orderFaults, kind)) answerOrder(call, kind, lateMs);
  else if (isOneOf(statusFaults, kind)) answerStatus(call, kind, fault);
  else if (isOneOf(lies, kind)) answerLie(call, kind);
  else answerBatch(call, kind);
}
