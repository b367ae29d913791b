// A partner of pxp/1 that does what a test's script says: a server on loopback with a ledger of its own, both
// roles, which goes wrong call by call and is right again afterwards.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import {
  type BatchLine,
  type CallName,
  type CreditCall,
  callNames,
  callPaths,
  findCallFaults,
  generateSigningKey,
  type HoldCall,
  type PublicJwk,
  type PxpCallName,
  type SigningKey,
  targetUriOf,
  thumbprintOf,
  toPublicKey,
  toSigningKey,
  type UsersCall,
  verifyRequest,
} from "@pointbridge/protocol/pxp";
import { applyFault, type Fault, type FaultKind, type FaultyCall, sendAnswer } from "./partner-faults.ts";
import { type EndingCall, type LedgerAnswer, PartnerLedger } from "./partner-ledger.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A request as a script sees it. */
export interface SeenCall {
  readonly call: PxpCallName;
  /** Of a movement or its batch; of a call for a user the source's user. */
  readonly ids: readonly string[];
  /** 1 for the first time that this call arrives for the first of its ids. */
  readonly attempt: number;
  /** Of the batch's lines, in their order. */
  readonly lines: readonly CallName[];
  readonly atMs: number;
}

export type Script = (seen: SeenCall) => Fault | undefined;

export interface PartnerOptions {
  readonly systemId: string;
  readonly batchMax?: number;
}

const nameOfPath = new Map<string, PxpCallName>(
  Object.entries(callPaths).map(([name, path]) => [path, name as PxpCallName]),
);
/** How long what waits to be overtaken waits at most. */
const OVERTAKEN_MS = 60;

function isMovement(call: string): call is CallName {
  return (callNames as readonly string[]).includes(call);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export class ScriptablePartner {
  readonly systemId: string;
  readonly ledger = new PartnerLedger();
  /** Target users by source user. */
  readonly users = new Map<string, string>();
  readonly publicJwk: PublicJwk;
  /** How far this partner's clock is off. */
  clockOffsetMs = 0;
  batchMax: number;
  script: Script = () => undefined;
  /** Every request that was let in, in order. */
  readonly seen: SeenCall[] = [];
  readonly injected = new Map<FaultKind, number>();
  /** Attempts of one call whose bodies were not the same bytes. */
  readonly changedBodies: string[] = [];
  readonly refusedSignatures: string[] = [];
  readonly #key: SigningKey;
  readonly #hubKeys = new Map<string, ReturnType<typeof toPublicKey>>();
  readonly #attempts = new Map<string, number>();
  readonly #bodies = new Map<string, string>();
  readonly #sockets = new Set<Socket>();
  readonly #late = new Map<() => void, NodeJS.Timeout>();
  #overtaken: (() => void)[] = [];
  #server: Server;
  #port = 0;

  private constructor({ systemId, batchMax = 1 }: PartnerOptions) {
    this.systemId = systemId;
    this.batchMax = batchMax;
    const { privateJwk, publicJwk } = generateSigningKey();
    this.#key = toSigningKey(privateJwk);
    this.publicJwk = publicJwk;
    this.#server = this.#makeServer();
  }

  static async open(options: PartnerOptions): Promise<ScriptablePartner> {
    const partner = new ScriptablePartner(options);
    await partner.acceptConnections();
    return partner;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get keys(): { keys: PublicJwk[] } {
    return { keys: [this.publicJwk] };
  }

  trust(jwks: unknown): void {
    for (const jwk of (jwks as { keys: PublicJwk[] }).keys) {
      this.#hubKeys.set(thumbprintOf(jwk), toPublicKey(jwk));
    }
  }

  #makeServer(): Server {
    const server = createServer((request, response) => {
      // A hub that gave up has closed its end; that is no fault of the test.
      response.on("error", () => undefined);
      this.#answer(request, response).catch((error: unknown) => {
        if (!request.destroyed) response.destroy(error instanceof Error ? error : undefined);
      });
    });
    server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    return server;
  }

  /** Listens, at the same port as before. */
  async acceptConnections(): Promise<void> {
    if (this.#server.listening) return;
    this.#server = this.#makeServer();
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** From now on connections are refused; those that stand are reset. */
  async refuseConnections(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.resetAndDestroy();
    await closed;
  }

  /** Lets happen at once whatever was to come late. */
  deliverLate(): void {
    const late = new Map(this.#late);
    this.#late.clear();
    for (const [work, timer] of late) {
      clearTimeout(timer);
      work();
    }
    this.#letOvertakenGo();
  }

  async close(): Promise<void> {
    this.deliverLate();
    await this.refuseConnections();
  }

  #later(lateMs: number, work: () => void): void {
    const run = (): void => {
      this.#late.delete(run);
      work();
    };
    this.#late.set(run, setTimeout(run, lateMs));
  }

  #letOvertakenGo(): void {
    const waiting = this.#overtaken;
    this.#overtaken = [];
    for (const work of waiting) work();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const path = request.url ?? "";
    const call = nameOfPath.get(path);
    const verdict = await verifyRequest(
      {
        method: request.method ?? "",
        targetUri: targetUriOf(this.baseUrl, path),
        headers: request.headers,
        body,
      },
      new Date(Date.now() + this.clockOffsetMs),
      async (keyId) => {
        const publicKey = this.#hubKeys.get(keyId);
        return publicKey === undefined ? undefined : { publicKey, isRevoked: false };
      },
    );
    const faulty = (name: PxpCallName, asked: Fields): FaultyCall => ({
      call: name,
      nonce: verdict.nonce,
      response,
      key: this.#key,
      decide: () => this.#decide(name, asked),
      later: (lateMs, work) => this.#later(lateMs, work),
      afterNext: (work) => {
        this.#overtaken.push(work);
        this.#later(OVERTAKEN_MS, () => this.#letOvertakenGo());
      },
    });
    if (!verdict.ok || call === undefined) {
      const code = verdict.ok ? "not_found" : verdict.code;
      this.refusedSignatures.push(code);
      const refusal = { code, time: new Date().toISOString() };
      sendAnswer(faulty("node", {}), { status: verdict.ok ? 404 : 401, body: refusal });
      return;
    }
    const asked = JSON.parse(body.toString()) as Fields;
    this.#serve(faulty(call, asked), call, asked);
  }

  #serve(faulty: FaultyCall, call: PxpCallName, asked: Fields): void {
    const seen = this.#note(call, asked);
    const fault = this.script(seen);
    const overtaken = this.#overtaken;
    if (fault === undefined) {
      sendAnswer(faulty, faulty.decide());
    } else {
      this.injected.set(fault.kind, (this.injected.get(fault.kind) ?? 0) + 1);
      applyFault(faulty, fault);
    }
    if (overtaken.length > 0 && fault?.kind !== "reordered") this.#letOvertakenGo();
  }

  #note(call: PxpCallName, asked: Fields): SeenCall {
    const lines = call === "batch" ? (asked["calls"] as BatchLine[]) : [];
    const isUsers = call === "users";
    const own = isUsers ? asked["source_user_id"] : asked["operation_id"];
    const ids =
      call === "batch" ? lines.map((line) => line.operation_id) : typeof own === "string" ? [own] : [];
    for (const line of lines) {
      const { call: name, ...body } = line;
      this.#compare(name, body);
    }
    if (isMovement(call)) this.#compare(call, asked);
    const key = `${call} ${ids[0] ?? ""}`;
    const attempt = (this.#attempts.get(key) ?? 0) + 1;
    this.#attempts.set(key, attempt);
    const seen = { call, ids, attempt, lines: lines.map((line) => line.call), atMs: Date.now() };
    this.seen.push(seen);
    return seen;
  }

  /** A retry keeps its body byte for byte. */
  #compare(call: CallName, body: Fields): void {
    const key = `${call} ${String(body["operation_id"])}`;
    const text = JSON.stringify(body);
    const before = this.#bodies.get(key);
    if (before === undefined) this.#bodies.set(key, text);
    else if (before !== text) this.changedBodies.push(`${key}: ${before} then ${text}`);
  }

  #decide(call: PxpCallName, asked: Fields): LedgerAnswer {
    switch (call) {
      case "node":
        return { status: 200, body: this.#describe() };
      case "users":
        return this.#createUser(asked as unknown as UsersCall);
      case "batch":
        return this.#decideBatch(asked["calls"] as BatchLine[]);
      case "credits":
      case "credits/rollback":
      case "holds":
      case "holds/capture":
      case "holds/release":
        return this.#decideMovement(call, asked);
      default:
        return { status: 404, body: { code: "not_found" } };
    }
  }

  #describe(): Record<string, unknown> {
    return {
      protocol: "pxp/1",
      roles: ["target", "source"],
      systems: [this.systemId],
      keys: this.keys,
      batch_max: this.batchMax,
      provisioning: true,
      reconciliation_level: 0,
      time: new Date(Date.now() + this.clockOffsetMs).toISOString(),
    };
  }

  #createUser({ source_system: system, source_user_id: sourceUser }: UsersCall): LedgerAnswer {
    const key = `${system}/${sourceUser}`;
    const standing = this.users.get(key);
    const userId = standing ?? `${sourceUser}-at-${this.systemId}`;
    this.users.set(key, userId);
    return { status: 200, body: { user_id: userId, created: standing === undefined } };
  }

  #decideBatch(lines: readonly BatchLine[]): LedgerAnswer {
    if (lines.length > this.batchMax) return { status: 400, body: { code: "too_many_lines" } };
    const results = lines.map(({ call, ...body }) => {
      const answer = this.#decideMovement(call, body);
      return { ...answer.body, status: answer.status };
    });
    return { status: 200, body: { results } };
  }

  #decideMovement(call: CallName, body: Fields): LedgerAnswer {
    const [fault] = findCallFaults(call, body);
    if (fault !== undefined) return { status: 400, body: { code: "invalid", ...fault } };
    const hosted = call.startsWith("credits") ? body["target_system"] : body["source_system"];
    if (hosted !== this.systemId) return { status: 403, body: { code: "system_not_hosted" } };
    switch (call) {
      case "credits":
        return this.ledger.credit(body as unknown as CreditCall);
      case "credits/rollback":
        return this.ledger.rollBack(body as unknown as EndingCall);
      case "holds":
        return this.ledger.hold(body as unknown as HoldCall);
      case "holds/capture":
        return this.ledger.end(body as unknown as EndingCall, "capture");
      case "holds/release":
        return this.ledger.end(body as unknown as EndingCall, "release");
    }
  }
}
