// The partner side of a node put together: registry, nonces, connections, client and lines.
import { callPaths } from "@pointbridge/protocol/pxp";
import type { LoggedBy } from "../admin-log/index.ts";
import type { Database } from "../database/index.ts";
import { OutsideCalls, type Resolve } from "../egress/index.ts";
import type { Log, MasterKey } from "../system/index.ts";
import { PartnerClient } from "./client.ts";
import { defaultLineSettings, type LineSettings, PartnerLines } from "./lines.ts";
import { prepareNodeKeys, rotateNodeKeys } from "./node-keys.ts";
import { NonceStore } from "./nonces.ts";
import type { PartnerBook } from "./partner-book.ts";
import { PartnerRegistry } from "./registry.ts";

export interface PartnerSetup {
  /** The address that partners sign; undefined until the node listens, where none is set. */
  readonly publicUrl: string | undefined;
  readonly allowLoopback: boolean;
  /** Undefined where none is set. */
  readonly masterKey: MasterKey | undefined;
}

export interface PartnersOptions {
  readonly lines?: LineSettings;
  readonly resolve?: Resolve;
}

/** Between two attempts to learn which of our keys a partner takes. */
const ASK_INTERVAL_MS = 15_000;
const ASK_TIMEOUT_MS = 5_000;
const emptyCall = Buffer.from("{}");

export class Partners {
  readonly registry: PartnerRegistry;
  readonly nonces: NonceStore;
  readonly lines: PartnerLines;
  readonly allowLoopback: boolean;
  readonly #outside: OutsideCalls;
  readonly #database: Database;
  readonly #masterKey: MasterKey | undefined;
  readonly #client: PartnerClient;
  readonly #askedMs = new Map<string, number>();
  readonly #asking = new Set<Promise<unknown>>();
  #publicUrl: string | undefined;

  private constructor(database: Database, setup: PartnerSetup, log: Log, options: PartnersOptions) {
    this.#database = database;
    this.#masterKey = setup.masterKey;
    this.#publicUrl = setup.publicUrl;
    this.allowLoopback = setup.allowLoopback;
    this.registry = new PartnerRegistry(database, setup.masterKey);
    this.nonces = new NonceStore(database, log);
    this.#outside = new OutsideCalls({ allowLoopback: setup.allowLoopback, resolve: options.resolve });
    this.#client = new PartnerClient(this.#outside, this.registry, log);
    this.lines = new PartnerLines(this.#client, this.registry, options.lines ?? defaultLineSettings);
  }

  /**
   * Makes sure that the node has a key to sign with. Nothing runs in the background before `nonces.startSweeping`.
   * @throws AppError invalid_setting where the stored key can't be unwrapped
   */
  static async open(
    database: Database,
    setup: PartnerSetup,
    log: Log,
    options: PartnersOptions = {},
  ): Promise<Partners> {
    await prepareNodeKeys(database, setup.masterKey, log);
    return new Partners(database, setup, log, options);
  }

  /** The address that partners sign; undefined where none is set and the node does not listen. */
  get publicUrl(): string | undefined {
    return this.#publicUrl;
  }

  /** Where no public address is set, the one that the node listens at is. */
  noteListening(url: string): void {
    this.#publicUrl ??= url;
  }

  async rotateKeys(by?: LoggedBy): Promise<void> {
    await rotateNodeKeys(this.#database, this.#masterKey, by);
  }

  /**
   * After a rotation our answers have to be signed with a key that the caller knows, and a partner that only
   * calls never shows which: so it is asked at its address, in the background, while that is open.
   */
  learnAcceptedKey(book: PartnerBook, nodeId: string): void {
    const [active, ...retiring] = book.nodeKeys;
    if (retiring.length === 0 || book.acceptedKeyOf(nodeId) === active.keyId) return;
    const target = book.addressOfNode(nodeId);
    const nowMs = Date.now();
    if (target === undefined || nowMs - (this.#askedMs.get(nodeId) ?? 0) < ASK_INTERVAL_MS) return;
    this.#askedMs.set(nodeId, nowMs);
    const { baseUrl } = target;
    // The client notes what it learns; an outcome that is unknown leaves things as they are.
    const place = { nodeId, baseUrl, timeoutMs: ASK_TIMEOUT_MS, isActiveKeyTried: true };
    const asking = this.#client.call(place, callPaths.node, emptyCall);
    this.#asking.add(asking);
    void asking.finally(() => this.#asking.delete(asking));
  }

  async close(): Promise<void> {
    await Promise.all(this.#asking);
    await this.nonces.stop();
    await this.#outside.close();
  }
}
