// Who the partners are, as of one version of the catalog: their nodes, keys, addresses, and for whom each
// speaks. A book never changes; the registry reads a new one when the catalog has.
import type { KeyObject } from "node:crypto";
import { toPublicKey } from "@pointbridge/protocol/pxp";
import { readCatalogState } from "../catalog/index.ts";
import type { Transaction } from "../database/index.ts";
import {
  type Asked,
  areFor,
  type Grant,
  type Holder,
  loadPartnerGrants,
  type PartnerAction,
  rightsTo,
  standardPartner,
} from "../grants/index.ts";
import type { MasterKey } from "../system/index.ts";
import { loadNodeKeys, type NodeKey, type NodeKeys } from "./node-keys.ts";
import * as queries from "./queries.ts";

/** Within how many days of a rotation a partner that can't be asked has to have the new key. */
const ROTATION_DAYS = 7;

export type PartnerKeyState = "pending" | "active" | "revoked";

export interface PartnerKey {
  readonly keyId: string;
  readonly nodeId: string;
  readonly publicKey: KeyObject;
  readonly state: PartnerKeyState;
}

/** How a remote system's node is reached. */
export interface PartnerTarget {
  readonly nodeId: string;
  readonly baseUrl: string;
  readonly timeoutMs: number | undefined;
  /** Calls a second at most. */
  readonly rateLimit: number | undefined;
}

/** Whoever signed a request. */
export interface PartnerCaller {
  readonly nodeId: string;
  readonly speaksFor: (systemId: string) => boolean;
  /** Whether it may begin this, or read it, beside speaking for whom it is about. */
  readonly may: (action: PartnerAction, asked: Asked) => boolean;
}

interface SystemRow {
  readonly system_id: string;
  readonly kind: "hosted" | "remote";
  readonly status: "active" | "suspended";
  readonly partner: {
    readonly base_url?: string;
    readonly speaks_for?: readonly string[];
    readonly timeout_ms?: number;
    readonly rate_limit?: number;
    readonly access?: "standard" | "granted";
  } | null;
  readonly node_id: string | null;
}

interface NodeRow {
  readonly node_id: string;
  readonly accepted_key_id: string | null;
  readonly created_at: Date;
}

interface KeyRow {
  readonly key_id: string;
  readonly node_id: string;
  readonly x: string;
  readonly state: PartnerKeyState;
}

export class PartnerBook {
  readonly version: bigint;
  readonly nodeKeys: NodeKeys;
  readonly #systems: ReadonlyMap<string, SystemRow>;
  readonly #nodes: ReadonlyMap<string, NodeRow>;
  readonly #keys: ReadonlyMap<string, PartnerKey>;
  readonly #spokenFor: ReadonlyMap<string, ReadonlySet<string>>;
  readonly #grants: readonly Grant[];

  constructor(
    version: bigint,
    nodeKeys: NodeKeys,
    rows: {
      readonly systems: readonly SystemRow[];
      readonly nodes: readonly NodeRow[];
      readonly keys: readonly KeyRow[];
      readonly grants?: readonly Grant[];
    },
  ) {
    this.version = version;
    this.nodeKeys = nodeKeys;
    this.#systems = new Map(rows.systems.map((row) => [row.system_id, row]));
    this.#nodes = new Map(rows.nodes.map((row) => [row.node_id, row]));
    this.#keys = new Map(
      rows.keys.map((row) => {
        const publicKey = toPublicKey({ kty: "OKP", crv: "Ed25519", x: row.x });
        return [row.key_id, { keyId: row.key_id, nodeId: row.node_id, publicKey, state: row.state }];
      }),
    );
    const spokenFor = new Map<string, Set<string>>();
    for (const { system_id, node_id, partner } of rows.systems) {
      if (node_id === null) continue;
      const systems = spokenFor.get(node_id) ?? new Set();
      for (const systemId of [system_id, ...(partner?.speaks_for ?? [])]) systems.add(systemId);
      spokenFor.set(node_id, systems);
    }
    this.#spokenFor = spokenFor;
    this.#grants = rows.grants ?? [];
  }

  hosts(systemId: string): boolean {
    return this.#systems.get(systemId)?.kind === "hosted";
  }

  /** The systems whose accounts are kept here, in code-point order. */
  hostedSystems(): string[] {
    const hosted = [...this.#systems.values()].filter((row) => row.kind === "hosted");
    return hosted.map((row) => row.system_id).sort();
  }

  findKey(keyId: string): PartnerKey | undefined {
    return this.#keys.get(keyId);
  }

  callerOf(nodeId: string): PartnerCaller {
    const systems = this.#spokenFor.get(nodeId);
    const holder = this.#holderOf(nodeId, systems ?? new Set());
    return {
      nodeId,
      speaksFor: (systemId) => systems?.has(systemId) ?? false,
      may: (action, asked) => areFor(rightsTo(action, holder), asked),
    };
  }

  /** One system of a node that is judged by grants alone makes the node so: nothing is begun by another name. */
  #holderOf(nodeId: string, systems: ReadonlySet<string>): Holder {
    const own = [...this.#systems.values()].filter((row) => row.node_id === nodeId);
    if (own.every(({ partner }) => partner?.access !== "granted")) {
      return { actions: standardPartner, grants: [] };
    }
    const now = Date.now();
    const isHeld = ({ subject, expiresAt }: Grant) =>
      systems.has(subject) && (expiresAt === null || expiresAt.getTime() > now);
    return { actions: new Set(), grants: this.#grants.filter(isHeld) };
  }

  /** The systems that a node speaks for. */
  systemsOf(nodeId: string): readonly string[] {
    return [...(this.#spokenFor.get(nodeId) ?? [])];
  }

  /** Undefined where the system is unknown, has no address or no key, so that it can't be called. */
  targetOf(systemId: string): PartnerTarget | undefined {
    const row = this.#systems.get(systemId);
    const baseUrl = row?.partner?.base_url;
    if (row === undefined || row.node_id === null || baseUrl === undefined) return undefined;
    const { timeout_ms: timeoutMs, rate_limit: rateLimit } = row.partner ?? {};
    return { nodeId: row.node_id, baseUrl, timeoutMs, rateLimit };
  }

  /** Some address of a node; undefined where none of its systems has one. */
  addressOfNode(nodeId: string): PartnerTarget | undefined {
    for (const row of this.#systems.values()) {
      const target = row.node_id === nodeId ? this.targetOf(row.system_id) : undefined;
      if (target !== undefined) return target;
    }
    return undefined;
  }

  acceptedKeyOf(nodeId: string): string | undefined {
    return this.#nodes.get(nodeId)?.accepted_key_id ?? undefined;
  }

  /**
   * Which of our keys a partner takes our answers with: the one that it last took. Where that is not known, the
   * newest that was there when the partner was registered, since it was handed that one; but no partner is
   * waited for longer than the days that a rotation is given.
   */
  answerKeyFor(nodeId: string, now: Date): NodeKey {
    const node = this.#nodes.get(nodeId);
    const [active, ...retiring] = this.nodeKeys;
    if (node === undefined || retiring.length === 0) return active;
    const accepted = this.nodeKeys.find((key) => key.keyId === node.accepted_key_id);
    if (accepted !== undefined) return accepted;
    if (now.getTime() - active.createdAt.getTime() > ROTATION_DAYS * 86_400_000) return active;
    return this.nodeKeys.find((key) => key.createdAt <= node.created_at) ?? active;
  }
}

/** Reads everything as of one version: the catalog's lock is held shared meanwhile. */
export async function loadPartnerBook(
  transaction: Transaction,
  masterKey: MasterKey | undefined,
): Promise<PartnerBook> {
  const [state, nodeKeys, systems, nodes, keys, grants] = await Promise.all([
    readCatalogState(transaction),
    loadNodeKeys(transaction, masterKey),
    transaction.query<SystemRow>(queries.loadPartnerSystems),
    transaction.query<NodeRow>(queries.loadPartnerNodes),
    transaction.query<KeyRow>(queries.loadPartnerKeys),
    loadPartnerGrants(transaction),
  ]);
  return new PartnerBook(state.version, nodeKeys, { systems, nodes, keys, grants });
}
