// Data keys: one in force for each system, in versions.
//
// S4  A system has one active version. Whoever seals holds it until its transaction ends, and a rotation waits for
//     them; so from the moment that a rotation is stored nothing is sealed with the version before, on any node.
// S5  A version seals at most `messagesMax` messages, counted before they are sealed; then it is rotated by itself.
// S6  A retiring version opens what it sealed. When nothing of it is left its secret is destroyed: a row that is put
//     back from before then can't be opened any more, and its version says why.
// S7  Secrets are wrapped by the provider. What lies plain is wrapped at the first start that can, and is rotated
//     then, since who has an older copy of the database has the key.
import { randomBytes } from "node:crypto";
import { type Database, runRetried, type Transaction, textArray } from "../database/index.ts";
import type { KeptSecret, Log } from "../system/index.ts";
import { type DataKey, deriveDataKey, type Place, unreadable } from "./envelope.ts";
import type { KeyProvider } from "./key-provider.ts";
import * as queries from "./queries.ts";

export interface DataKeySettings {
  /** Well below the 2^32 messages that one key may seal under random initialisation vectors. */
  readonly messagesMax: number;
  /** How many a node counts at once. */
  readonly reservedAtOnce: number;
}

export const defaultDataKeySettings: DataKeySettings = { messagesMax: 2 ** 31, reservedAtOnce: 4_096 };

export interface DataKeyState {
  readonly systemId: string;
  readonly version: number;
  readonly state: "active" | "retiring" | "retired";
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

interface DataKeyRow {
  readonly system_id: string;
  readonly key_version: number;
  readonly state: DataKeyState["state"];
  readonly secret: string;
  readonly is_wrapped: boolean;
  readonly created_at: Date;
  readonly retired_at: Date | null;
}

function labelOf(systemId: string, version: number): string {
  return `the data key of ${systemId}, version ${version}`;
}

function keptOf(row: DataKeyRow): KeptSecret {
  return { text: row.secret, isWrapped: row.is_wrapped };
}

function toState(row: DataKeyRow): DataKeyState {
  const {
    system_id: systemId,
    key_version: version,
    state,
    created_at: createdAt,
    retired_at: retiredAt,
  } = row;
  return { systemId, version, state, createdAt, retiredAt };
}

function nameOf(systemId: string, version: number): string {
  return `${systemId} ${version}`;
}

export class DataKeys {
  readonly #database: Database;
  readonly #provider: KeyProvider;
  readonly #settings: DataKeySettings;
  readonly #known = new Map<string, DataKey>();
  readonly #active = new Map<string, DataKey>();
  /** Messages that this node may still seal with the active version. */
  readonly #reserved = new Map<string, number>();
  readonly #reserving = new Map<string, Promise<void>>();

  constructor(database: Database, provider: KeyProvider, settings: DataKeySettings = defaultDataKeySettings) {
    this.#database = database;
    this.#provider = provider;
    this.#settings = settings;
  }

  /**
   * Brings what is stored under the provider's present key (S7).
   * @throws AppError invalid_setting where a key can't be unwrapped
   */
  async prepare(log: Log): Promise<void> {
    const rows = await this.#load(undefined);
    const wasPlain = new Set<string>();
    let count = 0;
    for (const row of rows.filter((found) => found.state !== "retired")) {
      const { system_id: systemId, key_version: version } = row;
      const rewrapped = await this.#provider.rewrapKey(labelOf(systemId, version), keptOf(row));
      if (rewrapped === undefined) continue;
      await runRetried(this.#database, (transaction) =>
        transaction.query(queries.setSecret, [systemId, version, rewrapped.text, rewrapped.isWrapped]),
      );
      count += 1;
      if (!row.is_wrapped && row.state === "active") wasPlain.add(systemId);
    }
    for (const systemId of wasPlain) await this.rotate(systemId);
    if (count > 0) log.info({ data_keys: count }, "data keys were wrapped with the present master key");
  }

  async #load(systemId: string | undefined): Promise<DataKeyRow[]> {
    return runRetried(this.#database, (transaction) =>
      transaction.query<DataKeyRow>(queries.loadDataKeys, [systemId ?? null]),
    );
  }

  /** All versions, the newest of each system first. */
  async list(systemId?: string): Promise<DataKeyState[]> {
    return (await this.#load(systemId)).map(toState);
  }

  async #toKey(row: DataKeyRow): Promise<DataKey> {
    const { system_id: systemId, key_version: version } = row;
    const known = this.#known.get(nameOf(systemId, version));
    if (known !== undefined) return known;
    const secret = await this.#provider.unwrapKey(labelOf(systemId, version), keptOf(row));
    const key = deriveDataKey(systemId, version, secret);
    this.#known.set(nameOf(systemId, version), key);
    return key;
  }

  /** Reads anew which version is active, and makes the first one where there is none. */
  async #readActive(systemId: string): Promise<DataKey> {
    const rows = await this.#load(systemId);
    const row = rows.find((found) => found.state === "active");
    if (row === undefined) {
      await this.#insert(systemId, (rows[0]?.key_version ?? 0) + 1);
      return this.#readActive(systemId);
    }
    const key = await this.#toKey(row);
    if (this.#active.get(systemId) !== key) {
      this.#active.set(systemId, key);
      this.#reserved.set(systemId, 0);
    }
    return key;
  }

  async #insert(systemId: string, version: number): Promise<void> {
    const { text, isWrapped } = await this.#provider.wrapKey(labelOf(systemId, version), randomBytes(32));
    await runRetried(this.#database, (transaction) =>
      transaction.query(queries.insertDataKey, [systemId, version, text, isWrapped]),
    );
  }

  /**
   * The key to seal a number of a system's values with; counts them (S5). Whoever seals with it calls `holdActive`
   * in the transaction.
   */
  async keyFor(systemId: string, messages: number): Promise<DataKey> {
    for (;;) {
      const key = this.#active.get(systemId);
      const left = (this.#reserved.get(systemId) ?? 0) - messages;
      if (key !== undefined && left >= 0) {
        this.#reserved.set(systemId, left);
        return key;
      }
      // Those who come at once wait for one look-up and one reservation.
      let reserving = this.#reserving.get(systemId);
      if (reserving === undefined) {
        reserving = this.#reserve(systemId, messages).finally(() => this.#reserving.delete(systemId));
        this.#reserving.set(systemId, reserving);
      }
      await reserving;
    }
  }

  /** Whether this node has sealed for a system before. */
  hasActive(systemId: string): boolean {
    return this.#active.has(systemId);
  }

  async #reserve(systemId: string, messages: number): Promise<void> {
    const key = this.#active.get(systemId) ?? (await this.#readActive(systemId));
    const wanted = Math.max(messages, this.#settings.reservedAtOnce);
    const [row] = await runRetried(this.#database, (transaction) =>
      transaction.query<{ messages: bigint }>(queries.reserveMessages, [systemId, key.version, wanted]),
    );
    if (row === undefined) this.#active.delete(systemId);
    else if (row.messages > BigInt(Math.max(this.#settings.messagesMax, wanted))) await this.rotate(systemId);
    else this.#reserved.set(systemId, (this.#reserved.get(systemId) ?? 0) + wanted);
  }

  /**
   * Whether these keys are still the active ones; if so, they stay that until the transaction ends (S4). If not, what
   * this node knew of them is forgotten: ask `keyFor` again in a new transaction.
   */
  async holdActive(transaction: Transaction, keys: readonly DataKey[]): Promise<boolean> {
    const rows = await transaction.query<{ system_id: string; key_version: number }>(queries.holdActive, [
      textArray(keys.map((key) => key.scope)),
    ]);
    const stale = keys.filter(
      (key) => !rows.some((row) => row.system_id === key.scope && row.key_version === key.version),
    );
    for (const { scope } of stale) this.#active.delete(scope);
    return stale.length === 0;
  }

  /** The key that opens what stands at a place. @throws AppError sealed_value_unreadable (S6) */
  async keyOf(systemId: string, version: number, place: Place): Promise<DataKey> {
    const rows = await this.#load(systemId);
    const row = rows.find((found) => found.key_version === version);
    if (row === undefined) {
      throw unreadable(place, `names version ${version} of a data key of ${systemId}, which never was`);
    }
    if (row.state === "retired") {
      throw unreadable(
        place,
        `is sealed with version ${version} of the data key of ${systemId}, which was retired after everything had been sealed anew: an old copy was put back`,
      );
    }
    return this.#toKey(row);
  }

  /**
   * Brings the keys to hand under which something may still be sealed that is to be sealed anew. By one look: another
   * node may retire one between two.
   */
  async fetchRetiring(systemId: string): Promise<void> {
    const rows = await this.#load(systemId);
    for (const row of rows) if (row.state === "retiring") await this.#toKey(row);
  }

  /** The key as far as this node has it at hand; nothing is asked. */
  findKnown(systemId: string, version: number): DataKey | undefined {
    return this.#known.get(nameOf(systemId, version));
  }

  /** Makes a new version active; what the one before has sealed is to be sealed anew. @returns the new version */
  async rotate(systemId: string): Promise<number> {
    const active = await this.#readActive(systemId);
    const version = active.version + 1;
    const { text, isWrapped } = await this.#provider.wrapKey(labelOf(systemId, version), randomBytes(32));
    await runRetried(this.#database, async (transaction) => {
      // Of two that rotate at once the second finds it done.
      const [row] = await transaction.query(queries.retireActive, [systemId, active.version]);
      if (row !== undefined)
        await transaction.query(queries.insertDataKey, [systemId, version, text, isWrapped]);
    });
    this.#active.delete(systemId);
    return (await this.#readActive(systemId)).version;
  }

  /**
   * Destroys a retiring version's secret unless something is still sealed with it (S6).
   * @param isUsed looks, in the transaction that holds the version
   */
  async retire(
    systemId: string,
    version: number,
    isUsed: (transaction: Transaction) => Promise<boolean>,
  ): Promise<boolean> {
    const isRetired = await runRetried(this.#database, async (transaction) => {
      const [row] = await transaction.query(queries.lockRetiring, [systemId, version]);
      if (row === undefined || (await isUsed(transaction))) return false;
      await transaction.query(queries.forgetSecret, [systemId, version]);
      return true;
    });
    if (isRetired) this.#known.delete(nameOf(systemId, version));
    return isRetired;
  }
}
