// A partner of pxp/1 on a team's own store: signatures, nonces, forms, permissions and limits of every call, around
// the decisions. Framework-free: a request as it came in, an answer as it goes out.
//
// K1  Nothing of the store changes before the signature is verified, the nonce taken and the caller permitted.
// K2  Every answer is signed, errors too, with the request's nonce where it could be read.
// K3  What fails inside is answered as an error without an outcome: the caller sends the same again.
import { createPublicKey } from "node:crypto";
import {
  type CallBodies,
  type CallName,
  callNames,
  callPaths,
  canonicalBaseUrl,
  findCallFaults,
  type KeyCall,
  type MessageHeaders,
  messageBytesMax,
  type NodeAnswer,
  type OperationsCall,
  type PublicJwk,
  type PxpCallName,
  pxpBatchLinesMax,
  pxpProtocol,
  type SignatureRefusal,
  type SigningKey,
  type SummaryCall,
  signAnswer,
  signatureSkewSeconds,
  targetUriOf,
  toPublicKey,
  type UsersCall,
  verifyRequest,
} from "@pointbridge/protocol/pxp";
import { type CallAnswer, calledSystemOf, callersSystemOf, Decisions } from "./decisions.ts";
import { fail, malformed, readJson } from "./failures.ts";
import { listOperations } from "./listing.ts";
import type { FindPartnerKey, PartnerKey } from "./partner-keys.ts";
import { keepSecret, levelOf, summarise } from "./reconciliation.ts";
import type { PartnerRow, PartnerStore, RowKey } from "./store.ts";

export interface PartnerRequest {
  readonly method: string;
  /** As it was received, not decoded; what stands before /pxp/v1/ is the proxy's and ignored. */
  readonly path: string;
  /** Lower-case names, as node:http gives them. */
  readonly headers: MessageHeaders;
  /** The bytes as they came: the signature is over them. */
  readonly body: Uint8Array;
}

export interface PartnerResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface PartnerSettings<Tx> {
  /** The address that your partners have of you: what comes before /pxp/v1. They sign it. */
  readonly baseUrl: string;
  /** The systems whose accounts your store keeps. */
  readonly systems: readonly string[];
  readonly signingKey: SigningKey;
  /** Keys of yours that are not signed with yet, or not any more: told beside the active one. */
  readonly otherKeys?: readonly PublicJwk[];
  readonly findKey: FindPartnerKey;
  readonly store: PartnerStore<Tx>;
  /** Absent: `target`, and `source` where the store can hold points. */
  readonly roles?: ReadonlyArray<"target" | "source">;
  /** Lines of a batch at most; 1: no batches. Default 100. */
  readonly batchMax?: number;
  /** Bytes of a call at most. Default 4 MiB, which is what a node sends at most. */
  readonly bodyBytesMax?: number;
  /** Calls under way at most; what comes above is asked to come again. Default 64. */
  readonly concurrentCallsMax?: number;
  /** Told of whatever was answered with 500. Default: a process warning. */
  readonly onError?: (error: unknown, path: string) => void;
  readonly now?: () => Date;
}

export interface Partner {
  /** Answers one request. Never throws: what fails inside is a signed 500, told to `onError`. */
  handle(request: PartnerRequest): Promise<PartnerResponse>;
  /**
   * Ends a credit that `judge` left pending: completed, with its points given, or refused with a code. Undefined, and
   * nothing done, where it is not pending (any more): a rollback may have come first.
   */
  finishPending(key: RowKey, refusalCode?: string): Promise<PartnerRow | undefined>;
  readonly bodyBytesMax: number;
}

interface Caller {
  readonly nodeId: string;
  readonly speaksFor: readonly string[];
}

const callByPath = new Map<string, PxpCallName>(
  (Object.entries(callPaths) as [PxpCallName, string][]).map(([name, path]) => [path, name]),
);
const movementCalls = new Set<string>(callNames);
const encoder = new TextEncoder();

function isMovementCall(call: unknown): call is CallName {
  return typeof call === "string" && movementCalls.has(call);
}

function warn(error: unknown, path: string): void {
  const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.emitWarning(`${path} was answered with 500: ${reason}`, "PartnerWarning");
}

function isWholeNumber(value: number, from: number, to: number): boolean {
  return Number.isInteger(value) && value >= from && value <= to;
}

class StorePartner<Tx> implements Partner {
  readonly bodyBytesMax: number;
  readonly #settings: PartnerSettings<Tx>;
  readonly #baseUrl: string;
  readonly #systems: ReadonlySet<string>;
  readonly #roles: ReadonlyArray<"target" | "source">;
  readonly #batchMax: number;
  readonly #concurrentCallsMax: number;
  readonly #keys: readonly PublicJwk[];
  readonly #decisions: Decisions<Tx>;
  readonly #now: () => Date;
  #callsUnderWay = 0;

  constructor(settings: PartnerSettings<Tx>) {
    const {
      batchMax = 100,
      concurrentCallsMax = 64,
      bodyBytesMax = messageBytesMax,
      store,
      signingKey,
    } = settings;
    if (!isWholeNumber(batchMax, 1, pxpBatchLinesMax)) {
      throw new RangeError(`batchMax must be a whole number from 1 to ${pxpBatchLinesMax}`);
    }
    if (settings.systems.length === 0)
      throw new RangeError("systems must name a system that the store keeps");
    const canHold =
      store.holdPoints !== undefined && store.captureHold !== undefined && store.releaseHold !== undefined;
    this.#roles = settings.roles ?? (canHold ? ["target", "source"] : ["target"]);
    if (this.#roles.includes("source") && !canHold) {
      throw new TypeError("a source's store needs holdPoints, captureHold and releaseHold");
    }
    this.#settings = settings;
    this.#baseUrl = canonicalBaseUrl(settings.baseUrl);
    this.#systems = new Set(settings.systems);
    this.#batchMax = batchMax;
    this.#concurrentCallsMax = concurrentCallsMax;
    this.bodyBytesMax = bodyBytesMax;
    const { x } = createPublicKey(signingKey.privateKey).export({ format: "jwk" });
    if (x === undefined) throw new TypeError("signingKey is no Ed25519 key");
    const own: PublicJwk = { kty: "OKP", crv: "Ed25519", x, kid: signingKey.keyId };
    this.#keys = [own, ...(settings.otherKeys ?? [])];
    this.#decisions = new Decisions(store);
    this.#now = settings.now ?? (() => new Date());
  }

  async handle(request: PartnerRequest): Promise<PartnerResponse> {
    const start = request.path.indexOf("/pxp/v1/");
    const path = start < 0 ? "" : request.path.slice(start);
    if (path === "") return this.#sign(fail(404, "not_found", "calls are POSTs to /pxp/v1/…"), undefined);
    let nonce: string | undefined;
    try {
      const authentic = await this.#authenticate(request, path);
      nonce = authentic.nonce;
      if ("answer" in authentic) return this.#sign(authentic.answer, nonce);
      return this.#sign(await this.#dispatch(authentic.caller, path, request), nonce);
    } catch (error) {
      (this.#settings.onError ?? warn)(error, path); // K3
      return this.#sign(fail(500, "internal_error", "the outcome is not known; send the same again"), nonce);
    }
  }

  async finishPending(key: RowKey, refusalCode?: string): Promise<PartnerRow | undefined> {
    return await this.#settings.store.transaction(
      async (tx) => await this.#decisions.finishPending(tx, key, refusalCode, this.#now()),
    );
  }

  /** K2 */
  #sign({ status, body }: CallAnswer, nonce: string | undefined): PartnerResponse {
    const bytes = encoder.encode(JSON.stringify(body));
    const signed = signAnswer(this.#settings.signingKey, { status, body: bytes, now: this.#now(), nonce });
    const headers: Record<string, string> = {
      "content-type": "application/json",
      "cache-control": "no-store",
      ...signed,
    };
    if (status === 429 || status === 503) headers["retry-after"] = "1";
    return { status, headers, body: bytes };
  }

  #unauthenticated(code: SignatureRefusal, detail: string): CallAnswer {
    return fail(401, code, detail, { time: this.#now().toISOString() });
  }

  /** Why a request is turned away whoever sent it. */
  #refuseRequest({ method, body }: PartnerRequest): CallAnswer | undefined {
    if (method !== "POST") return fail(405, "method_not_allowed", "every call is a POST");
    if (body.length <= this.bodyBytesMax) return undefined;
    return fail(413, "request_too_large", `a call has at most ${this.bodyBytesMax} bytes`);
  }

  /** K1: the caller, or the answer that there is instead. */
  async #authenticate(
    request: PartnerRequest,
    path: string,
  ): Promise<
    { readonly nonce: string | undefined } & ({ readonly caller: Caller } | { readonly answer: CallAnswer })
  > {
    const { method, headers, body } = request;
    const targetUri = targetUriOf(this.#baseUrl, path);
    const found: PartnerKey[] = [];
    const verdict = await verifyRequest({ method, targetUri, headers, body }, this.#now(), async (keyId) => {
      const key = await this.#settings.findKey(keyId);
      if (key === undefined) return undefined;
      found.push(key);
      return { publicKey: toPublicKey(key.publicJwk), isRevoked: key.isRevoked === true };
    });
    const { nonce } = verdict;
    // Only now, as the answer carries the request's nonce; the body may be cut off by now, and its digest wrong.
    const refusal = this.#refuseRequest(request);
    if (refusal !== undefined) return { nonce, answer: refusal };
    if (!verdict.ok) return { nonce, answer: this.#unauthenticated(verdict.code, verdict.detail) };
    const [caller] = found;
    if (caller === undefined) throw new Error("a request was verified without a key");
    const keepUntil = new Date(verdict.expires.getTime() + signatureSkewSeconds * 1000);
    const isFresh = await this.#settings.store.takeNonce(caller.nodeId, verdict.nonce, keepUntil);
    if (isFresh) return { nonce, caller };
    return {
      nonce,
      answer: this.#unauthenticated("nonce_replayed", "sign every attempt with a nonce of its own"),
    };
  }

  async #dispatch(caller: Caller, path: string, request: PartnerRequest): Promise<CallAnswer> {
    const call = callByPath.get(path);
    if (call === undefined) return fail(404, "not_found", `there is no call ${path}`);
    const { "content-type": type, "content-encoding": encoding } = request.headers;
    if (encoding !== undefined)
      return fail(415, "unsupported_media_type", "send the body without content encoding");
    if (typeof type !== "string" || !/^application\/json\s*(;|$)/i.test(type)) {
      return fail(415, "unsupported_media_type", "the body must be application/json in UTF-8");
    }
    const json = readJson(request.body);
    if (json === undefined) return malformed([{ path: "", message: "is no JSON in UTF-8" }]);
    if (this.#callsUnderWay >= this.#concurrentCallsMax) {
      return fail(503, "overloaded", "too many calls are under way; send the same again");
    }
    this.#callsUnderWay += 1;
    try {
      return await this.#answer(caller, call, json.value);
    } finally {
      this.#callsUnderWay -= 1;
    }
  }

  async #answer(caller: Caller, call: PxpCallName, body: unknown): Promise<CallAnswer> {
    if (isMovementCall(call)) return await this.#move(caller, call, body);
    const faults = findCallFaults(call, body);
    if (faults.length > 0) return malformed(faults);
    switch (call) {
      case "node":
        return { status: 200, body: { ...this.#describe() } };
      case "batch":
        return await this.#moveBatch(caller, body as { readonly calls: readonly unknown[] });
      case "users":
        return await this.#provision(caller, body as UsersCall);
      case "operations":
        return await this.#list(caller, body as OperationsCall);
      case "rates":
        return fail(404, "not_found", "rates are agreed on outside of this node");
      case "receipts":
        return fail(404, "not_found", "this node signs no receipts");
      default:
        return await this.#compare(caller, call, body as KeyCall | SummaryCall);
    }
  }

  #describe(): NodeAnswer {
    return {
      protocol: pxpProtocol,
      roles: [...this.#roles],
      systems: [...this.#systems],
      keys: { keys: [...this.#keys] },
      batch_max: this.#batchMax,
      provisioning: this.#settings.store.provisionUser !== undefined,
      reconciliation_level: levelOf(this.#settings.store),
      time: this.#now().toISOString(),
    };
  }

  /** Why the caller may not make this call; it uses no id up. */
  #refuseCaller(caller: Caller, callersSystem: string, calledSystem: string): CallAnswer | undefined {
    if (!caller.speaksFor.includes(callersSystem)) {
      return fail(403, "forbidden", `this key's node does not speak for ${callersSystem}`);
    }
    if (this.#systems.has(calledSystem)) return undefined;
    return fail(403, "forbidden", `${calledSystem} is not kept here`);
  }

  /** A call that moves points, or a line of a batch. */
  async #move(caller: Caller, call: CallName, body: unknown): Promise<CallAnswer> {
    if (!this.#roles.includes(call.startsWith("holds") ? "source" : "target")) {
      return fail(404, "not_found", "this node does not play that part; /pxp/v1/node tells its roles");
    }
    const faults = findCallFaults(call, body);
    if (faults.length > 0) return malformed(faults);
    const checked = body as CallBodies[CallName];
    const refusal = this.#refuseCaller(caller, callersSystemOf(call, checked), calledSystemOf(call, checked));
    if (refusal !== undefined) return refusal;
    const context = { callingNode: caller.nodeId, now: this.#now() };
    return await this.#settings.store.transaction(
      async (tx) => await this.#decisions.decide(tx, call, checked, context),
    );
  }

  /** One after another, each in a transaction of its own: a line is decided as if it had been sent alone. */
  async #moveBatch(caller: Caller, { calls }: { readonly calls: readonly unknown[] }): Promise<CallAnswer> {
    if (this.#batchMax === 1 || calls.length > this.#batchMax) {
      return malformed([
        { path: "/calls", message: `must have at most ${this.#batchMax} lines; 1 means no batches` },
      ]);
    }
    const results: object[] = [];
    for (const line of calls) results.push(await this.#moveLine(caller, line));
    return { status: 200, body: { results } };
  }

  async #moveLine(caller: Caller, line: unknown): Promise<object> {
    const { call, operation_id: id } = (line ?? {}) as {
      readonly call?: unknown;
      readonly operation_id?: unknown;
    };
    const told = { operation_id: typeof id === "string" ? id : null };
    if (!isMovementCall(call)) {
      const { status, body } = malformed([
        { path: "/call", message: `must be one of ${callNames.join(", ")}` },
      ]);
      return { ...told, status, ...body };
    }
    try {
      const { status, body } = await this.#move(caller, call, line);
      return { ...told, status, ...body };
    } catch (error) {
      // K3: the other lines are decided all the same.
      (this.#settings.onError ?? warn)(error, callPaths.batch);
      return { ...told, status: 500, code: "internal_error" };
    }
  }

  async #provision(caller: Caller, call: UsersCall): Promise<CallAnswer> {
    const { store } = this.#settings;
    if (store.provisionUser === undefined) return fail(404, "not_found", "this node makes no users");
    const refusal = this.#refuseCaller(caller, call.source_system, call.target_system);
    if (refusal !== undefined) return refusal;
    const user = await store.transaction(async (tx) => await store.provisionUser?.(tx, call, caller.nodeId));
    if (user === undefined) throw new Error("provisionUser answered nothing");
    if ("refused" in user) return { status: 422, body: { outcome: "refused", code: user.refused } };
    return { status: 200, body: { user_id: user.userId, created: user.created } };
  }

  async #compare(caller: Caller, name: PxpCallName, call: KeyCall | SummaryCall): Promise<CallAnswer> {
    const kind = call.kind === "credits" ? "credits" : "holds";
    const refusal = this.#refuseCaller(caller, callersSystemOf(kind, call), calledSystemOf(kind, call));
    if (refusal !== undefined) return refusal;
    const { store } = this.#settings;
    if ("secret" in call) return await keepSecret(store, call, caller.nodeId);
    if (name === "reconciliation/summary") return await summarise(store, call, caller.nodeId, this.#now());
    return fail(404, "not_found", "this node does not do that; /pxp/v1/node tells its reconciliation_level");
  }

  async #list(caller: Caller, call: OperationsCall): Promise<CallAnswer> {
    const name = call.kind === "credits" ? "credits" : "holds";
    const refusal = this.#refuseCaller(caller, callersSystemOf(name, call), calledSystemOf(name, call));
    if (refusal !== undefined) return refusal;
    const page = await listOperations(this.#settings.store, call, caller.nodeId, this.#now());
    return page === undefined
      ? malformed([{ path: "/cursor", message: "is no cursor of this list" }])
      : { status: 200, body: page };
  }
}

/** A partner of pxp/1 on your store. Throws a TypeError or RangeError that says which setting is wrong. */
export function createPartner<Tx>(settings: PartnerSettings<Tx>): Partner {
  return new StorePartner(settings);
}
