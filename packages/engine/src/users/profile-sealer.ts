// Seals profiles anew behind everybody's back: those that are older than sealing, and those of a key version that was
// rotated away.
//
// U7  A batch is one transaction that holds its rows and the key that it seals with. Cut off anywhere, it leaves each
//     row sealed as before or anew, and the next turn goes on; any number of nodes may do it at once.
// U8  A version of a key is retired when nothing is sealed with it any more, never before (`sealing` S6). A row that
//     can't be opened is left as it is, and keeps its key from being retired: somebody has to look at it.
import { type Database, runRetried, type Transaction, textArray } from "../database/index.ts";
import type { DataKey, DataKeys } from "../sealing/index.ts";
import { AppError, type Log } from "../system/index.ts";
import { parseProfileText } from "./profile.ts";
import { keyOfRow, openRow, type ProfileRow, sealProfile } from "./profile-rows.ts";
import * as queries from "./queries.ts";

const SEAL_INTERVAL_MS = 60_000;
const BATCH_SIZE = 200;

interface Turn {
  readonly sealed: number;
  /** Rows that could not be opened. */
  readonly unreadable: number;
  /** Where the next batch begins; undefined at the end. */
  readonly after: string | undefined;
}

export class ProfileSealer {
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #dataKeys: DataKeys;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #sealing: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(database: Database, shardCount: number, dataKeys: DataKeys, log: Log) {
    this.#database = database;
    this.#shardCount = shardCount;
    this.#dataKeys = dataKeys;
    this.#log = log;
  }

  /** Systems with something to seal anew. */
  async #findSystems(): Promise<string[]> {
    const systems = new Set<string>();
    for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
      const rows = await this.#database.transaction((transaction) =>
        transaction.query<{ system_id: string }>(queries.systemsWithPlainProfiles, [shardId]),
      );
      for (const row of rows) systems.add(row.system_id);
    }
    for (const { systemId, state } of await this.#dataKeys.list())
      if (state === "retiring") systems.add(systemId);
    return [...systems].sort();
  }

  /** Seals all that has to be, and retires keys that nothing is sealed with any more. @returns rows sealed */
  async run(): Promise<number> {
    let total = 0;
    for (const systemId of await this.#findSystems()) {
      let [sealed, unreadable] = [0, 0];
      for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
        let after: string | undefined = "";
        while (after !== undefined && !this.#isStopped) {
          const turn = await this.#runTurn(shardId, systemId, after);
          sealed += turn.sealed;
          unreadable += turn.unreadable;
          after = turn.after;
        }
      }
      if (unreadable > 0) {
        this.#log.error(
          { system_id: systemId, profiles: unreadable },
          "profiles can't be read, and were left as they are",
        );
      }
      if (!this.#isStopped) await this.#retireVersions(systemId);
      total += sealed;
    }
    if (total > 0) this.#log.info({ profiles: total }, "profiles were sealed anew");
    return total;
  }

  async #runTurn(shardId: number, systemId: string, after: string): Promise<Turn> {
    const key = await this.#dataKeys.keyFor(systemId, BATCH_SIZE);
    // All that a row may be sealed with is fetched before the transaction begins.
    await this.#dataKeys.fetchRetiring(systemId);
    const turn = await runRetried(this.#database, (transaction) =>
      this.#sealBatch(transaction, shardId, key, after),
    );
    return turn ?? { sealed: 0, unreadable: 0, after };
  }

  /** Undefined where another key is in force by now. */
  async #sealBatch(
    transaction: Transaction,
    shardId: number,
    key: DataKey,
    after: string,
  ): Promise<Turn | undefined> {
    if (!(await this.#dataKeys.holdActive(transaction, [key]))) return undefined;
    const rows = await transaction.query<ProfileRow>(queries.lockStaleProfiles, [
      shardId,
      key.scope,
      after,
      key.version,
      BATCH_SIZE,
    ]);
    const sealed: { userId: string; text: string }[] = [];
    for (const row of rows) {
      const text = this.#open(row);
      if (text === undefined) continue;
      sealed.push({ userId: row.user_id, text: sealProfile(key, keyOfRow(row), parseProfileText(text)) });
    }
    if (sealed.length > 0) {
      await transaction.query(queries.resealProfiles, [
        shardId,
        key.scope,
        key.version,
        textArray(sealed.map(({ userId }) => userId)),
        textArray(sealed.map(({ text }) => text)),
      ]);
    }
    const last = rows.length === BATCH_SIZE ? rows.at(-1)?.user_id : undefined;
    return { sealed: sealed.length, unreadable: rows.length - sealed.length, after: last };
  }

  #open(row: ProfileRow): string | undefined {
    const { system_id: systemId, key_version: version } = row;
    const key = version === null ? undefined : this.#dataKeys.findKnown(systemId, version);
    if (version !== null && key === undefined) return undefined;
    try {
      return openRow(row, key);
    } catch (error) {
      if (error instanceof AppError && error.code === "sealed_value_unreadable") return undefined;
      throw error;
    }
  }

  /** U8 */
  async #retireVersions(systemId: string): Promise<void> {
    for (const { version, state } of await this.#dataKeys.list(systemId)) {
      if (state !== "retiring") continue;
      await this.#dataKeys.retire(systemId, version, async (transaction) => {
        for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
          const parameters = [shardId, systemId, version];
          const [row] = await transaction.query<{ used: boolean }>(queries.isVersionUsed, parameters);
          if (row?.used !== false) return true;
        }
        return false;
      });
    }
  }

  async #runLogged(): Promise<void> {
    try {
      await this.run();
    } catch (error) {
      this.#log.warn({ err: error }, "profiles could not be sealed anew; the next turn goes on");
    }
  }

  /** Seals now, in the background. */
  wake(): void {
    this.#sealing = this.#sealing.then(() => this.#runLogged());
  }

  start(): void {
    this.wake();
    this.#timer = setInterval(() => this.wake(), SEAL_INTERVAL_MS);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#sealing;
  }
}
