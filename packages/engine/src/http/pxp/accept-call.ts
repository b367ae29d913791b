// Whether a call may be decided at all: its form, and whether the caller speaks for what it names.
//
// F1  What is malformed is a 400 and what the caller may not say a 403; neither has an outcome nor uses an id up.
// F2  Credits, their rollback and provisioning: the caller speaks for the source, the target is hosted here.
//     Holds, capture and release: the caller speaks for the target, the source is hosted here.
// F3  What is only read may also be read the other way round: whoever keeps the accounts of a leg reads the exchanges
//     of this node that the leg is of.
// F4  A partner whose access is granted begins what grants say and nothing else. A credit or hold that is known answers
//     what is stored, and what ends one is always taken: what is under way goes on when a grant is taken.
import {
  type BatchCall,
  type CallBodies,
  type CallName,
  callNames,
  callSchemas,
  type KeyCall,
  type NodeCall,
  type OperationsCall,
  type PxpCallName,
  type RatesCall,
  type ReceiptsCall,
  type RowsCall,
  type SketchCall,
  type SummaryCall,
  type UsersCall,
} from "@pointbridge/protocol/pxp";
import { Check, Form, FormError, malformed } from "../../form/index.ts";
import type { PartnerAction } from "../../grants/index.ts";
import type { PartnerBook, PartnerCaller } from "../../partner/index.ts";
import { HttpError } from "../problem.ts";

export interface Bodies extends CallBodies {
  readonly node: NodeCall;
  readonly batch: BatchCall;
  readonly users: UsersCall;
  readonly operations: OperationsCall;
  readonly rates: RatesCall;
  readonly receipts: ReceiptsCall;
  readonly "reconciliation/key": KeyCall;
  readonly "reconciliation/summary": SummaryCall;
  readonly "reconciliation/sketch": SketchCall;
  readonly "reconciliation/rows": RowsCall;
}

type Fields = Readonly<Record<string, unknown>>;

const checks = Object.fromEntries(
  Object.entries(callSchemas).map(([name, schema]) => [name, new Check(schema)]),
) as unknown as Readonly<Record<PxpCallName, { accept(value: unknown, path: string): Fields }>>;

const amountFields = ["amount", "source_amount", "min_source_amount"];
const timeFields = [
  "initiated_at",
  "start_time",
  "end_time",
  "counted_since",
  "wanted_at",
  "expires_at",
  "effective_at",
];

/** What the schemas can't say: bounds of amounts and rates, times that exist. */
function judgeMeaning(body: Fields): void {
  // Amounts are strings here, so no text is needed to see how a number was written.
  const form = new Form("");
  for (const field of amountFields) {
    const value = body[field];
    if (typeof value === "string") form.amount(value, `/${field}`);
  }
  const { exchange_rate: rate, metadata } = body;
  if (typeof rate === "string") form.rate(rate, "/exchange_rate");
  if (typeof metadata === "object" && metadata !== null) form.metadata({ ...metadata }, "/metadata");
  for (const field of timeFields) {
    const value = body[field];
    const time = typeof value === "string" ? form.time(value, `/${field}`) : undefined;
    // The 30th of February is read as the 2nd of March, and would not be listed as it was received.
    if (time !== undefined && time.toISOString() !== value)
      form.fault(`/${field}`, "is not a time that exists");
  }
  form.finish();
}

/** @throws FormError */
export function acceptForm<N extends PxpCallName>(name: N, value: unknown): Bodies[N] {
  const body = checks[name].accept(value, "");
  judgeMeaning(body);
  return body as unknown as Bodies[N];
}

/** Calls that read a leg of either kind. */
function isAboutLeg(name: PxpCallName): boolean {
  return name === "operations" || name.startsWith("reconciliation/");
}

function speaksForSource(name: PxpCallName, body: Fields): boolean {
  return isAboutLeg(name) || name === "receipts"
    ? body["kind"] === "credits"
    : name.startsWith("credits") || name === "users";
}

/** Whose rows of a leg a caller may read: what it asked for itself, or our exchanges whose leg it keeps (F3). */
export function readableRole(
  called: string,
  other: string,
  caller: PartnerCaller,
  book: PartnerBook,
): "callee" | "hub" | undefined {
  if (book.hosts(called)) return caller.speaksFor(other) ? "callee" : undefined;
  return book.targetOf(called)?.nodeId === caller.nodeId ? "hub" : undefined;
}

/** Of a rate: one of the two is the caller's, and the other is hosted here. */
function findForbiddenPair(
  source: unknown,
  target: unknown,
  caller: PartnerCaller,
  book: PartnerBook,
): string | undefined {
  if (typeof source !== "string" || typeof target !== "string") return "the call names no systems";
  const isBetween =
    (caller.speaksFor(source) && book.hosts(target)) || (caller.speaksFor(target) && book.hosts(source));
  const detail = `of ${source} and ${target} the node of ${caller.nodeId} has to speak for one, and this node to host the other`;
  return isBetween ? undefined : detail;
}

/** What a call begins or reads, as grants have it; credits and holds are judged where their row is (F4). */
const actionOf: Partial<Readonly<Record<PxpCallName, PartnerAction>>> = {
  users: "provision",
  rates: "agree_rates",
  operations: "read",
  receipts: "read",
  "reconciliation/key": "read",
  "reconciliation/summary": "read",
  "reconciliation/sketch": "read",
  "reconciliation/rows": "read",
};

/** Why the caller may not say this, undefined where it may (F2, F4). */
export function findForbidden(
  name: PxpCallName,
  body: Bodies[PxpCallName],
  caller: PartnerCaller,
  book: PartnerBook,
): string | undefined {
  const unspoken = findUnspoken(name, body, caller, book);
  const action = actionOf[name];
  if (unspoken !== undefined || action === undefined) return unspoken;
  const { source_system: source, target_system: target }: Fields = { ...body };
  if (caller.may(action, [String(source), String(target)])) return undefined;
  return `the node of ${caller.nodeId} was not granted ${action} from ${String(source)} to ${String(target)}`;
}

/** Why the caller does not speak for what it names (F2). */
function findUnspoken(
  name: PxpCallName,
  body: Bodies[PxpCallName],
  caller: PartnerCaller,
  book: PartnerBook,
): string | undefined {
  if (name === "node" || name === "batch") return undefined;
  const fields: Fields = { ...body };
  const { source_system: source, target_system: target } = fields;
  if (name === "rates") return findForbiddenPair(source, target, caller, book);
  const [spoken, hosted] = speaksForSource(name, fields) ? [source, target] : [target, source];
  if (typeof spoken !== "string" || typeof hosted !== "string") return "the call names no systems";
  if (isAboutLeg(name) && readableRole(hosted, spoken, caller, book) !== undefined) return undefined;
  if (!caller.speaksFor(spoken))
    return `the node of ${caller.nodeId} does not speak for the system ${spoken}`;
  if (!book.hosts(hosted)) return `the system ${hosted} is not hosted by this node`;
  return undefined;
}

/** @throws FormError, HttpError forbidden */
export function acceptCall<N extends PxpCallName>(
  name: N,
  value: unknown,
  caller: PartnerCaller,
  book: PartnerBook,
): Bodies[N] {
  const body = acceptForm(name, value);
  const forbidden = findForbidden(name, body, caller, book);
  if (forbidden !== undefined) throw new HttpError("forbidden", forbidden);
  return body;
}

export type AcceptedLine = { [N in CallName]: { readonly call: N; readonly body: CallBodies[N] } }[CallName];

export interface RefusedLine {
  readonly status: 400 | 403;
  readonly code: "invalid_request" | "forbidden";
  readonly detail: string;
}

function findCallName(line: unknown): CallName | undefined {
  if (typeof line !== "object" || line === null || !("call" in line)) return undefined;
  return callNames.find((name) => name === line.call);
}

/** One line of a batch, judged as if it had been sent alone (F1). */
export function acceptLine(
  line: unknown,
  caller: PartnerCaller,
  book: PartnerBook,
): AcceptedLine | RefusedLine {
  try {
    const call = findCallName(line);
    if (call === undefined) throw malformed("/call", `must be one of ${callNames.join(", ")}`);
    return { call, body: acceptCall(call, line, caller, book) } as AcceptedLine;
  } catch (error) {
    if (error instanceof FormError) return { status: 400, code: "invalid_request", detail: error.message };
    if (error instanceof HttpError && error.code === "forbidden") {
      return { status: 403, code: "forbidden", detail: error.message };
    }
    throw error;
  }
}
