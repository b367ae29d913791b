// A partner for these tests: pxp/1 over node:http with a ledger in memory, and a switch for each way of breaking
// a rule on the way between the socket and the ledger.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type batchCall,
  type CallName,
  type CreditCall,
  callPaths,
  callSchemas,
  generateSigningKey,
  type HoldCall,
  type NodeAnswer,
  type OperationsCall,
  type PublicJwk,
  type PxpCallName,
  type RequestVerdict,
  type RollbackCall,
  type SigningKey,
  signAnswer,
  targetUriOf,
  toPublicKey,
  toSigningKey,
  verifyRequest,
} from "@pointbridge/protocol/pxp";
import { MAX_POINTS } from "../../src/domain/index.ts";
import { Check as FormCheck, FormError } from "../../src/form/index.ts";
import type { Fault } from "./faults.ts";
import { listRows, MemoryUsers } from "./memory-directory.ts";
import { type Caller, type LedgerSettings, MemoryLedger, type Reply } from "./memory-ledger.ts";
import { signRow } from "./memory-receipts.ts";
import { MemorySums } from "./memory-sums.ts";
import { dropFields, sayYes, undone } from "./odd-answers.ts";

/** A node that the partner knows. */
export interface KnownNode {
  readonly nodeId: string;
  readonly systems: readonly string[];
  readonly keys: readonly PublicJwk[];
  readonly revokedKeys?: readonly PublicJwk[];
}

export interface PartnerSettings extends LedgerSettings {
  readonly nodes: readonly KnownNode[];
  readonly roles?: NodeAnswer["roles"];
  readonly batchMax?: number;
}

type Fields = Readonly<Record<string, unknown>>;

const forms = Object.fromEntries(
  Object.entries(callSchemas).map(([name, schema]) => [name, new FormCheck(schema)]),
) as Readonly<Record<PxpCallName, FormCheck<typeof batchCall>>>;

const callOfPath = new Map<string, PxpCallName>(
  Object.entries(callPaths).map(([name, path]) => [path, name as PxpCallName]),
);

function malformed(detail: string): Reply {
  return { status: 400, body: { code: "malformed", detail } };
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export class MemoryPartner {
  readonly ledger: MemoryLedger;
  readonly publicJwk: PublicJwk;
  url = "";
  readonly #settings: PartnerSettings;
  readonly #faults: ReadonlySet<Fault>;
  readonly #key: SigningKey;
  readonly #otherKey = toSigningKey(generateSigningKey().privateJwk);
  readonly #nonces = new Set<string>();
  readonly #users: MemoryUsers;
  readonly #sums: MemorySums;
  readonly #server: Server;

  private constructor(settings: PartnerSettings, faults: ReadonlySet<Fault>) {
    const generated = generateSigningKey();
    this.publicJwk = generated.publicJwk;
    this.#key = toSigningKey(generated.privateJwk);
    this.#settings = settings;
    this.#faults = faults;
    this.ledger = new MemoryLedger(settings, faults);
    this.#users = new MemoryUsers(faults);
    this.#sums = new MemorySums(this.ledger, faults);
    this.#server = createServer((request, response) => {
      void this.#serve(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  static async start(settings: PartnerSettings, faults: Iterable<Fault> = []): Promise<MemoryPartner> {
    const partner = new MemoryPartner(settings, new Set(faults));
    await new Promise<void>((resolve) => partner.#server.listen(0, "127.0.0.1", resolve));
    partner.url = `http://127.0.0.1:${(partner.#server.address() as AddressInfo).port}`;
    return partner;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readBytes(request);
    const path = request.url ?? "";
    const verdict = await this.#verify(request, path, bytes);
    if (!verdict.ok) {
      const { code, nonce } = verdict;
      const time = this.#faults.has("refusal-without-time") ? {} : { time: new Date().toISOString() };
      this.#send(response, { status: 401, body: { code, ...time } }, nonce, request);
      return;
    }
    const call = callOfPath.get(path);
    if (call === "batch" && this.#faults.has("node-silent-to-batches")) return;
    if (call === "operations" && this.#faults.has("operations-redirected")) {
      response.writeHead(307, { location: "/elsewhere" }).end();
      return;
    }
    if (this.#faults.has("slow-answers")) await new Promise((resolve) => setTimeout(resolve, 10));
    const caller = this.#callerOf(verdict.keyId, readJson(bytes));
    this.#send(response, await this.#handle(call, caller, bytes), verdict.nonce, request);
  }

  #targetUri(request: IncomingMessage, path: string): string {
    const { host } = request.headers;
    const forwarded = request.headers["x-forwarded-host"];
    if (this.#faults.has("target-uri-from-host")) return `http://${host}${path}`;
    if (this.#faults.has("target-uri-from-forwarded") && forwarded !== undefined)
      return `http://${String(forwarded)}${path}`;
    return path.startsWith("/pxp/v1/") ? targetUriOf(this.url, path) : `${this.url}${path}`;
  }

  async #verify(request: IncomingMessage, path: string, body: Buffer): Promise<RequestVerdict> {
    const headers = request.headersDistinct;
    const input = String(request.headers["signature-input"]);
    const part = (name: string) => new RegExp(`;${name}="?([^";]*)"?`).exec(input)?.[1] ?? "";
    if (this.#faults.has("nonce-taken-first") && !this.#takeNonce(part("nonce"))) {
      return { ok: false, code: "nonce_replayed", detail: "", nonce: part("nonce") };
    }
    const targetUri = this.#targetUri(request, path);
    const message = { method: request.method ?? "", targetUri, headers, body };
    const verdict = await verifyRequest(message, new Date(), async (keyId) => this.#findKey(keyId));
    const created = Number(part("created"));
    if (verdict.ok && this.#faults.has("no-tolerance") && created * 1000 > Date.now()) {
      return { ok: false, code: "clock_skew", detail: "", nonce: verdict.nonce };
    }
    const isNode = path === callPaths.node;
    if (verdict.ok && this.#faults.has("takes-no-signature") && !isNode) {
      return { ok: false, code: "bad_signature", detail: "", nonce: verdict.nonce };
    }
    const takesAny = this.#faults.has("takes-any-signature");
    if (
      !verdict.ok &&
      (takesAny || this.#faults.has(`takes-${verdict.code.replaceAll("_", "-")}` as Fault))
    ) {
      const [nonce, time] = [part("nonce"), new Date()];
      return { ok: true, keyId: part("keyid"), nonce, created: time, expires: time };
    }
    if (!verdict.ok || this.#faults.has("nonces-not-kept") || this.#faults.has("nonce-taken-first"))
      return verdict;
    const scope = this.#faults.has("nonces-kept-per-call") ? String(headers["content-digest"]) : "";
    if (this.#takeNonce(verdict.keyId + verdict.nonce + scope)) return verdict;
    return { ok: false, code: "nonce_replayed", detail: "", nonce: verdict.nonce };
  }

  #takeNonce(nonce: string): boolean {
    const isNew = !this.#nonces.has(nonce);
    this.#nonces.add(nonce);
    return isNew;
  }

  #findKey(keyId: string): { publicKey: ReturnType<typeof toPublicKey>; isRevoked: boolean } | undefined {
    for (const { keys, revokedKeys = [] } of this.#settings.nodes) {
      const own = keys.find(({ kid }) => kid === keyId);
      const revoked = revokedKeys.find(({ kid }) => kid === keyId);
      const found = own ?? revoked;
      if (found !== undefined) return { publicKey: toPublicKey(found), isRevoked: own === undefined };
    }
    return undefined;
  }

  #callerOf(keyId: string, body: unknown): Caller {
    const holds = ({ keys, revokedKeys = [] }: KnownNode) =>
      [...keys, ...revokedKeys].some(({ kid }) => kid === keyId);
    const named = isObject(body) ? String(body["source_system"]) : "";
    const byBody = this.#settings.nodes.find(({ systems }) => systems.includes(named));
    // A key that a fault lets in stands for the first node.
    const byKey = this.#settings.nodes.find(holds) ?? this.#settings.nodes[0];
    const node = this.#faults.has("key-not-judged") ? (byBody ?? byKey) : byKey;
    return {
      nodeId: node?.nodeId ?? "",
      speaksFor: (systemId) =>
        this.#faults.has("speaker-not-judged") || (node?.systems.includes(systemId) ?? false),
    };
  }

  async #handle(call: PxpCallName | undefined, caller: Caller, bytes: Buffer): Promise<Reply> {
    if (call === undefined && !this.#faults.has("takes-any-form"))
      return { status: 404, body: { code: "not_found" } };
    if (bytes.length > 4 * 1024 * 1024 && !this.#faults.has("takes-any-form"))
      return { status: 413, body: { code: "body_too_large" } };
    const read = readJson(bytes);
    const body = this.#faults.has("takes-any-form") && !isObject(read) ? {} : read;
    if (!isObject(body)) return malformed("the body must be a JSON object");
    if (call === "batch") return this.#batch(caller, body);
    return this.#single(call ?? "node", caller, body);
  }

  #findFault(call: PxpCallName, body: Fields): string | undefined {
    try {
      forms[call].accept(body, "");
    } catch (error) {
      if (error instanceof FormError) return error.message;
      throw error;
    }
    const amounts = [body["amount"], body["source_amount"]];
    const isTooLarge = amounts.some((amount) => typeof amount === "string" && BigInt(amount) > MAX_POINTS);
    if (isTooLarge && !this.#faults.has("amount-bound-missing")) return "an amount is above 2^63-1";
    const isKnown = Object.keys(body).every((name) => !name.startsWith("a_field"));
    return isKnown || !this.#faults.has("unknown-fields-refused") ? undefined : "a field is unknown";
  }

  async #single(call: Exclude<PxpCallName, "batch">, caller: Caller, body: Fields): Promise<Reply> {
    const fault = this.#faults.has("takes-any-form") ? undefined : this.#findFault(call, body);
    const id = String(body["operation_id"]);
    if (fault !== undefined) {
      if (!this.#faults.has("malformed-refused-for-good")) return malformed(fault);
      this.#storeRefusal(caller, body);
      return { status: 422, body: { operation_id: id, outcome: "refused", code: "malformed" } };
    }
    if (call === "node") return this.#node(Object.keys(body).length > 0);
    if (this.#faults.has("answers-500")) return { status: 500, body: { code: "internal_error" } };
    if (this.#faults.has("says-yes")) return { status: 200, body: sayYes(call, body) };
    const isForCredits = body["kind"] === "credits" || call.startsWith("credits") || call === "users";
    const [speaker, host] = isForCredits
      ? [body["source_system"], body["target_system"]]
      : [body["target_system"], body["source_system"]];
    const isMissing = host === undefined && this.#faults.has("takes-any-form");
    const isOther = !isMissing && host !== this.#settings.systemId && !this.#faults.has("host-not-judged");
    const isListing =
      (call === "operations" && this.#faults.has("rows-shown-to-all")) ||
      (call === "reconciliation/summary" && this.#faults.has("sums-shown-to-all"));
    if (isOther || (!caller.speaksFor(String(speaker)) && !isListing)) {
      if (this.#faults.has("forbidden-uses-id")) this.#storeRefusal(caller, body);
      return { status: 403, body: { code: "forbidden" } };
    }
    return this.#dispatch(call, caller, body);
  }

  #storeRefusal(caller: Caller, body: Fields): void {
    const place = this.ledger.placeOf(caller, String(body["operation_id"]));
    const row = body as unknown as CreditCall;
    this.ledger.credits.set(place, { ...row, state: "refused", code: "refused", completed_at: null });
  }

  #dispatch(call: Exclude<PxpCallName, "batch" | "node">, caller: Caller, body: Fields): Promise<Reply> {
    switch (call) {
      case "credits":
        return this.ledger.credit(caller, body as CreditCall);
      case "credits/rollback":
        return this.ledger.rollback(caller, body as RollbackCall);
      case "holds":
        return this.ledger.hold(caller, body as HoldCall);
      case "holds/capture":
        return this.ledger.capture(caller, body as RollbackCall);
      case "holds/release":
        return this.ledger.release(caller, body as RollbackCall);
      case "users":
        return this.#users.provision(body as unknown as Parameters<MemoryUsers["provision"]>[0]);
      case "operations":
        return Promise.resolve(listRows(this.ledger, caller, body as OperationsCall, this.#faults));
      case "receipts":
        return Promise.resolve(
          signRow(this.ledger, caller, body, { own: this.#key, other: this.#otherKey }, this.#faults),
        );
      default:
        return Promise.resolve(this.#sums.answer(call, caller, body));
    }
  }

  async #line(caller: Caller, line: unknown): Promise<Reply> {
    if (!isObject(line)) return malformed("a line must be an object");
    const { call, ...body } = line;
    const isCall = typeof call === "string" && ["credits", "holds"].some((kind) => call.startsWith(kind));
    if (!isCall || !Object.hasOwn(callPaths, call)) return malformed("the call is unknown");
    const lenient: Caller = this.#faults.has("batch-without-authority")
      ? { ...caller, speaksFor: () => true }
      : caller;
    return this.#single(call as CallName, lenient, body);
  }

  async #batch(caller: Caller, body: Fields): Promise<Reply> {
    const { calls } = body;
    const most = this.#settings.batchMax ?? 100;
    if (
      !Array.isArray(calls) ||
      calls.length < 1 ||
      (calls.length > most && !this.#faults.has("batch-bound-missing"))
    )
      return malformed("calls");
    const lines = this.#faults.has("batch-backwards") ? calls.toReversed() : (calls as unknown[]);
    const before = new Map(this.ledger.credits);
    const results: Fields[] = [];
    for (const line of lines) {
      const reply = await this.#line(caller, line);
      const id = isObject(line) ? line["operation_id"] : undefined;
      results.push({ operation_id: id, ...reply.body, status: reply.status });
    }
    const isRefused = results.some(({ status }) => status === 422);
    if (this.#faults.has("batch-spoiled-by-bad-line") && results.some(({ status }) => status === 400)) {
      return malformed("a line");
    }
    if (this.#faults.has("batch-all-or-nothing") && isRefused) {
      for (const place of this.ledger.credits.keys())
        if (!before.has(place)) this.ledger.credits.delete(place);
      return { status: 200, body: { results: results.map((result) => ({ ...result, ...undone })) } };
    }
    const told = this.#faults.has("batch-loses-refusals")
      ? results.filter(({ status }) => status !== 422)
      : results;
    return { status: 200, body: { results: told } };
  }

  #node(hasUnknownFields: boolean): Reply {
    if (hasUnknownFields && this.#faults.has("node-refuses-unknown-fields"))
      return malformed("a field is unknown");
    const { provisioning, ...rest } = this.#nodeAnswer();
    const isVaried = hasUnknownFields && this.#faults.has("node-answer-varies");
    return { status: 200, body: isVaried ? rest : { ...rest, provisioning } };
  }

  #nodeAnswer(): Fields {
    const { systemId, batchMax = 100, roles = ["target", "source"] } = this.#settings;
    const offMs = this.#faults.has("clock-wrong") ? 45_000 : 0;
    return {
      protocol: "pxp/1",
      roles: this.#faults.has("other-role") ? ["source"] : roles,
      systems: [systemId],
      keys: { keys: [this.#faults.has("other-kid") ? { ...this.publicJwk, kid: "main" } : this.publicJwk] },
      batch_max: batchMax,
      provisioning: true,
      reconciliation_level: 3,
      time: new Date(Date.now() + offMs).toISOString(),
    };
  }

  #send(response: ServerResponse, reply: Reply, nonce: string | undefined, request: IncomingMessage): void {
    const shown = this.#faults.has("drops-fields") ? dropFields(reply.body) : reply.body;
    const body = Buffer.from(JSON.stringify(shown), "utf8");
    const { status } = reply;
    const isBad = this.#faults.has("signed-by-other-key") && status === 422;
    const bound = this.#faults.has("answers-not-bound") ? "A".repeat(22) : nonce;
    const key = isBad ? this.#otherKey : this.#key;
    const headers = signAnswer(key, { status, body, now: new Date(), nonce: bound });
    const isUnsigned = this.#faults.has("errors-unsigned") && status >= 400 && status !== 422;
    const isEncoded = this.#faults.has("answers-encoded") && request.headers["accept-encoding"] !== undefined;
    response.writeHead(status, {
      "content-type": "application/json",
      ...(isUnsigned ? {} : headers),
      ...(isEncoded ? { "content-encoding": "gzip" } : {}),
    });
    response.end(body);
  }
}
