// What an answer proves to the caller. The signature has been verified before, with the request's nonce.
//
// J1  Only status and outcome as the callee's table pairs them count; anything else leaves the outcome unknown.
// J2  The answer is about the operation that was asked for and, where points moved, about its amount.
// J3  operation_conflict decides nothing, whatever stands beside it.
// J4  A late `completed` says nothing to a rollback, nor `held` to a release: only its own calls' answers count.
// J5  Results of a batch are matched by id; a missing or doubled one leaves its calls unknown, a foreign one or
//     another status than 200 all of them.
import { amountPattern, userIdPattern } from "../v1/index.ts";
import { pxpCodePattern } from "./call-fields.ts";
import type { CallName } from "./calls.ts";

export type Verdict =
  | { readonly kind: "credited" }
  | { readonly kind: "credit_refused"; readonly code: string }
  | { readonly kind: "rolled_back" }
  | { readonly kind: "rollback_refused" }
  | { readonly kind: "held" }
  | { readonly kind: "hold_refused"; readonly code: string }
  | { readonly kind: "captured" }
  | { readonly kind: "hold_gone" }
  | { readonly kind: "released" }
  | { readonly kind: "provisioned"; readonly userId: string }
  | { readonly kind: "provision_refused"; readonly code: string }
  | { readonly kind: "unknown"; readonly reason: string; readonly retryAfterMs?: number };

/** What of a request its answer is compared with: a call's body has it. */
export interface JudgedRequest {
  readonly operation_id?: string;
  /** A capture's body has none: whoever adds the hold's has it compared where the answer names one. */
  readonly amount?: string;
  /** Of a call for a user, which has no operation. */
  readonly source_user_id?: string;
}

export interface JudgedAnswer {
  readonly status: number;
  /** As parsed; undefined for what is no JSON. */
  readonly body: unknown;
  /** What the answer asks to be left alone for; handed on with an unknown outcome. */
  readonly retryAfterMs?: number;
}

type Fields = Readonly<Record<string, unknown>>;

interface TableRow {
  readonly verdict: (body: Fields) => Verdict;
  /** Points moved: the amount has to be the one asked for; `told`: where request and answer both name one. */
  readonly amount?: "needed" | "told";
}

const code = new RegExp(pxpCodePattern);
const userId = new RegExp(userIdPattern, "u");
const points = new RegExp(amountPattern);

/** A refusal counts without a code that can be read; then its outcome stands for it. */
function codeOf(body: Fields, otherwise: string): string {
  const given = body["code"];
  return typeof given === "string" && code.test(given) ? given : otherwise;
}

function plain(kind: "rolled_back" | "captured" | "hold_gone" | "released"): TableRow {
  return { verdict: () => ({ kind }) };
}

// By "status outcome". What is not here proves nothing.
const tables: Readonly<Record<CallName, ReadonlyMap<string, TableRow>>> = {
  credits: new Map<string, TableRow>([
    ["200 completed", { verdict: () => ({ kind: "credited" }), amount: "needed" }],
    ["422 refused", { verdict: (body) => ({ kind: "credit_refused", code: codeOf(body, "refused") }) }],
    ["422 rolled_back", { verdict: () => ({ kind: "credit_refused", code: "rolled_back" }) }],
  ]),
  "credits/rollback": new Map<string, TableRow>([
    ["200 rolled_back", plain("rolled_back")],
    ["200 refused", plain("rolled_back")],
    // What the target keeps has to be what was asked for, where it says how much that is.
    ["409 completed", { verdict: judgeSealed, amount: "told" }],
  ]),
  holds: new Map<string, TableRow>([
    ["200 held", { verdict: () => ({ kind: "held" }), amount: "needed" }],
    ["200 captured", { verdict: () => ({ kind: "captured" }), amount: "needed" }],
    ["422 refused", { verdict: (body) => ({ kind: "hold_refused", code: codeOf(body, "refused") }) }],
    ["422 released", { verdict: () => ({ kind: "hold_refused", code: "released" }) }],
  ]),
  "holds/capture": new Map<string, TableRow>([
    ["200 captured", { verdict: () => ({ kind: "captured" }), amount: "told" }],
    ["409 refused", plain("hold_gone")],
    ["409 released", plain("hold_gone")],
  ]),
  "holds/release": new Map<string, TableRow>([
    ["200 released", plain("released")],
    ["200 refused", plain("released")],
    ["409 captured", plain("captured")],
  ]),
};

function judgeSealed(body: Fields): Verdict {
  if (body["code"] === "rollback_refused") return { kind: "rollback_refused" };
  return { kind: "unknown", reason: "409 completed without the code rollback_refused" };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A word of a partner's as it may stand in a log. */
function quote(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value.slice(0, 64)) : `a ${typeof value}`;
}

function judgeUsers(status: number, body: Fields): Verdict {
  const id = body["user_id"];
  if (status === 200 && typeof id === "string" && userId.test(id)) return { kind: "provisioned", userId: id };
  if (status === 422 && body["outcome"] === "refused") {
    return { kind: "provision_refused", code: codeOf(body, "refused") };
  }
  return { kind: "unknown", reason: `status ${status} without a user or a refusal` };
}

function judgeMovement(call: CallName, request: JudgedRequest, status: number, body: Fields): Verdict {
  const outcome = body["outcome"];
  if (typeof outcome !== "string") return { kind: "unknown", reason: `status ${status} without an outcome` };
  if (request.operation_id === undefined || body["operation_id"] !== request.operation_id) {
    return { kind: "unknown", reason: `operation_id is ${quote(body["operation_id"])}` }; // J2
  }
  const row = tables[call].get(`${status} ${outcome}`);
  if (row === undefined) {
    return { kind: "unknown", reason: `status ${status} with the outcome ${quote(outcome)}` }; // J1, J4
  }
  const given = body["amount"];
  const isTold = given !== undefined && given !== null && request.amount !== undefined;
  if (row.amount === "needed" || (row.amount === "told" && isTold)) {
    const fits = typeof given === "string" && points.test(given) && given === request.amount;
    if (!fits) return { kind: "unknown", reason: `${outcome} with the amount ${quote(given)}` }; // J2
  }
  return row.verdict(body);
}

/** Judges the answer to one call. Never throws, whatever the partner answered. */
export function judgeAnswer(call: CallName | "users", request: JudgedRequest, answer: JudgedAnswer): Verdict {
  const { status, body, retryAfterMs } = answer;
  const verdict = judge(call, request, status, body);
  return verdict.kind === "unknown" && retryAfterMs !== undefined ? { ...verdict, retryAfterMs } : verdict;
}

function judge(call: CallName | "users", request: JudgedRequest, status: number, body: unknown): Verdict {
  if (!isFields(body)) return { kind: "unknown", reason: `status ${status} without a JSON object` };
  if (body["code"] === "operation_conflict") return { kind: "unknown", reason: "operation_conflict" }; // J3
  return call === "users" ? judgeUsers(status, body) : judgeMovement(call, request, status, body);
}

function unknownFor(reason: string, retryAfterMs: number | undefined): Verdict {
  return retryAfterMs === undefined ? { kind: "unknown", reason } : { kind: "unknown", reason, retryAfterMs };
}

/** The batch's results by id; a reason where the answer as a whole can't be matched. */
function matchResults(
  ids: ReadonlyMap<string, number>,
  answer: JudgedAnswer,
): Map<string, Fields[]> | string {
  const { status, body } = answer;
  if (status !== 200) return `the batch was answered with status ${status}`;
  const results = isFields(body) ? body["results"] : undefined;
  if (!Array.isArray(results)) return "the batch was answered without results";
  const matched = new Map<string, Fields[]>();
  for (const result of results as readonly unknown[]) {
    const id = isFields(result) ? result["operation_id"] : undefined;
    if (!isFields(result) || typeof id !== "string" || !ids.has(id)) return "the batch has a foreign result";
    matched.set(id, [...(matched.get(id) ?? []), result]);
  }
  return matched;
}

/** Judges a batch's answer: one verdict a call, in the calls' order (J5). Never throws. */
export function judgeBatch(
  calls: readonly (JudgedRequest & { readonly call: CallName })[],
  answer: JudgedAnswer,
): Verdict[] {
  const askedCount = new Map<string, number>();
  for (const { operation_id: id = "" } of calls) askedCount.set(id, (askedCount.get(id) ?? 0) + 1);
  const matched = matchResults(askedCount, answer);
  return calls.map((call) => {
    if (typeof matched === "string") return unknownFor(matched, answer.retryAfterMs);
    const id = call.operation_id ?? "";
    const results = matched.get(id) ?? [];
    if ((askedCount.get(id) ?? 0) > 1)
      return { kind: "unknown", reason: "the batch asks twice under its id" };
    const [result] = results;
    if (result === undefined) return { kind: "unknown", reason: "the batch has no result for it" };
    if (results.length > 1) return { kind: "unknown", reason: "the batch has more than one result for it" };
    const status = result["status"];
    if (typeof status !== "number") return { kind: "unknown", reason: "its result has no status" };
    return judgeAnswer(call.call, call, { status, body: result });
  });
}
