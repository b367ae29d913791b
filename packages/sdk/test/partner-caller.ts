// A signing caller and a partner that listens on loopback: what the partner kit's tests speak to each other with.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { signRequest, targetUriOf, toPublicKey, verifyAnswer } from "@pointbridge/protocol/pxp";
import {
  createPartner,
  generateSigningKey,
  mountOnNodeHttp,
  type Partner,
  type PartnerSettings,
  type PartnerStore,
  type PublicJwk,
  registerNodes,
  thumbprintOf,
  toSigningKey,
} from "../src/partner/index.ts";

export const baseUrl = "https://points.shop.example/partner";
const shopKey = generateSigningKey();

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly isSigned: boolean;
}

export interface CallChanges {
  readonly nonce?: string;
  readonly at?: Date;
  readonly lifetimeSeconds?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly bytes?: Uint8Array;
  readonly method?: string;
}

/** A node that calls: with a key of its own, verifying what it is answered. */
export class Caller {
  readonly key = generateSigningKey();
  readonly #signingKey = toSigningKey(this.key.privateJwk);
  readonly #called: { readonly baseUrl: string; readonly publicJwk: PublicJwk };
  url = "";

  /** `called` is the partner: the address agreed with it, and the key that it signs with. */
  constructor(called: { readonly baseUrl: string; readonly publicJwk: PublicJwk }) {
    this.#called = called;
  }

  /** `path` is below /pxp/v1/; `body` is sent as JSON unless `bytes` are given. */
  async call(path: string, body: unknown, changes: CallChanges = {}): Promise<Answer> {
    const bytes = changes.bytes ?? new TextEncoder().encode(JSON.stringify(body));
    const { headers, nonce } = signRequest(this.#signingKey, {
      targetUri: targetUriOf(this.#called.baseUrl, `/pxp/v1/${path}`),
      body: new TextEncoder().encode(JSON.stringify(body)),
      now: changes.at ?? new Date(),
      ...(changes.nonce === undefined ? {} : { nonce: changes.nonce }),
      ...(changes.lifetimeSeconds === undefined ? {} : { lifetimeSeconds: changes.lifetimeSeconds }),
    });
    const method = changes.method ?? "POST";
    const response = await fetch(`${this.url}/pxp/v1/${path}`, {
      method,
      headers: { ...headers, ...changes.headers },
      ...(method === "GET" ? {} : { body: Buffer.from(bytes) }),
    });
    const answered = new Uint8Array(await response.arrayBuffer());
    const signature = await verifyAnswer(
      { status: response.status, headers: Object.fromEntries(response.headers), body: answered },
      nonce,
      async (keyId) =>
        keyId === thumbprintOf(this.#called.publicJwk)
          ? { publicKey: toPublicKey(this.#called.publicJwk), isRevoked: false }
          : undefined,
    );
    const text = new TextDecoder().decode(answered);
    return {
      status: response.status,
      body: JSON.parse(text) as Readonly<Record<string, unknown>>,
      isSigned: signature.ok,
    };
  }
}

export interface World {
  readonly partner: Partner;
  readonly airline: Caller;
  /** Registered, but speaks for the system `hotel` only. */
  readonly hotel: Caller;
  /** Registered once, revoked since. */
  readonly revoked: Caller;
  readonly unknown: Caller;
  readonly errors: unknown[];
  /** Throws the first of the errors, if any. */
  throwErrors(): void;
  close(): Promise<void>;
}

/** Listens on loopback, and tells the callers where. */
export async function listen(server: Server, callers: readonly Caller[]): Promise<void> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  for (const caller of callers) caller.url = `http://127.0.0.1:${port}`;
}

export async function openWorld<Tx>(
  store: PartnerStore<Tx>,
  settings: Partial<PartnerSettings<Tx>> = {},
): Promise<World> {
  const newCaller = () => new Caller({ baseUrl, publicJwk: shopKey.publicJwk });
  const [airline, hotel, revoked, unknown] = [newCaller(), newCaller(), newCaller(), newCaller()] as const;
  const errors: unknown[] = [];
  const partner = createPartner({
    baseUrl,
    systems: ["shop"],
    signingKey: toSigningKey(shopKey.privateJwk),
    findKey: registerNodes([
      {
        nodeId: "airline-node",
        speaksFor: ["airline", "alliance"],
        keys: [airline.key.publicJwk],
        revokedKeys: [revoked.key.publicJwk],
      },
      { nodeId: "hotel-node", speaksFor: ["hotel"], keys: [hotel.key.publicJwk] },
    ]),
    store,
    onError: (error) => errors.push(error),
    ...settings,
  });
  const server = createServer(mountOnNodeHttp(partner));
  await listen(server, [airline, hotel, revoked, unknown]);
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const throwErrors = () => {
    for (const error of errors) throw error;
  };
  return { partner, airline, hotel, revoked, unknown, errors, throwErrors, close };
}

export type CallBody = Record<string, unknown>;
let lastId = 0;

export function newId(): string {
  lastId += 1;
  return `op-${lastId}`;
}

const route = { source_system: "airline", target_system: "shop", initiated_at: "2026-11-23T09:30:00.000Z" };

export function creditOf(operationId: string, changes: CallBody = {}): CallBody {
  return {
    operation_id: operationId,
    ...route,
    user_id: "u1",
    credit_type_id: "coin",
    amount: "80",
    source_credit_type: "mile",
    source_amount: "100",
    exchange_rate: "0.8",
    ...changes,
  };
}

/** For the shop as a source: the airline's node holds points at the shop for the airline. */
export function holdOf(operationId: string, changes: CallBody = {}): CallBody {
  return {
    operation_id: operationId,
    ...route,
    source_system: "shop",
    target_system: "airline",
    user_id: "u1",
    credit_type_id: "coin",
    amount: "80",
    ...changes,
  };
}

export function rollbackOf(operationId: string, changes: CallBody = {}): CallBody {
  return { operation_id: operationId, ...route, reason: "target_unknown", ...changes };
}

export function endingOf(operationId: string, changes: CallBody = {}): CallBody {
  return { operation_id: operationId, ...route, source_system: "shop", target_system: "airline", ...changes };
}
