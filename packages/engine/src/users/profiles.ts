// Users' profiles: what a user of one system may be created in another from. They lie sealed.
//
// U1  A profile is one sealed text, bound to its row and to the version of its system's data key.
// U2  The same profile again changes nothing: what stands is opened and compared under a lock on its row. Nothing
//     that could be compared without the key is kept beside it, and nothing is looked up by what is in it.
// U3  Keys are fetched before a transaction begins, so that whoever wraps them is never asked within one. A
//     transaction that finds another key in force than it was given writes nothing and is begun again.
// U4  What can't be opened is an error for whoever reads it, never a profile that is empty. Putting the profile anew
//     replaces it.
import { type AdminChange, type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import { type Database, numberArray, runRetried, type Transaction, textArray } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import type { DataKey, DataKeys } from "../sealing/index.ts";
import { AppError, type Log } from "../system/index.ts";
import {
  type Profile,
  type ProfileInput,
  type ProfileKey,
  type ProfileOutcome,
  parseProfileText,
  profileKeyOf,
  toProfileText,
} from "./profile.ts";
import { keyForRow, keyOfRow, openRow, type ProfileRow, sealProfile } from "./profile-rows.ts";
import * as queries from "./queries.ts";

interface WrittenRow {
  readonly system_id: string;
  readonly user_id: string;
  readonly created: boolean;
}

/** Who changes profiles, and for whom of a source they are made where they are. */
export interface ProfilesLoggedBy extends LoggedBy {
  readonly provisionedFor?: { readonly sourceSystem: string; readonly sourceUserId: string };
}

/** A row under a version of its key that this node does not have at hand: it is fetched, and all begun again (U3). */
interface Missing {
  readonly missing: readonly ProfileRow[];
}

const ATTEMPTS_MAX = 8;

async function requireSystems(transaction: Transaction, inputs: Iterable<ProfileInput>): Promise<void> {
  const systemIds = new Set([...inputs].map((input) => input.systemId));
  const rows = await transaction.query<{ system_id: string }>(queries.knownSystems, [textArray(systemIds)]);
  for (const row of rows) systemIds.delete(row.system_id);
  const [unknown] = systemIds;
  if (unknown !== undefined) {
    throw new AppError("system_not_found", `system ${unknown} is not known; create it first`);
  }
}

/** Whose profile it is, and nothing of what is in it. */
function toChange({ system_id, user_id, created }: WrittenRow, by: ProfilesLoggedBy): AdminChange {
  const subject = { system_id, user_id };
  const action = created ? "created" : "changed";
  if (by.provisionedFor === undefined) {
    return { kind: "user_change", action, subject, sourceSystem: system_id, userId: user_id };
  }
  const { sourceSystem, sourceUserId } = by.provisionedFor;
  return {
    kind: "provisioning",
    action,
    subject: { ...subject, source_system: sourceSystem, source_user_id: sourceUserId },
    sourceSystem,
    targetSystem: system_id,
    userId: user_id,
  };
}

export class Profiles {
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #dataKeys: DataKeys;
  readonly #log: Log;

  constructor(database: Database, shardCount: number, dataKeys: DataKeys, log: Log) {
    this.#database = database;
    this.#shardCount = shardCount;
    this.#dataKeys = dataKeys;
    this.#log = log;
  }

  /**
   * Creates or replaces profiles in one transaction; of a user given twice the last counts.
   * @param inputs at most 1000
   * @returns what became of each, in their order
   * @throws AppError system_not_found, and nothing is written
   */
  async put(inputs: readonly ProfileInput[], by?: ProfilesLoggedBy): Promise<ProfileOutcome[]> {
    const distinct = new Map(inputs.map((input) => [profileKeyOf(input), input]));
    const written = await this.#putRepeatedly([...distinct.values()], by);
    const outcomes = new Map<string, ProfileOutcome>();
    for (const row of written) outcomes.set(profileKeyOf(keyOfRow(row)), row.created ? "created" : "changed");
    return inputs.map((input) => outcomes.get(profileKeyOf(input)) ?? "unchanged");
  }

  async #putRepeatedly(
    inputs: readonly ProfileInput[],
    by: ProfilesLoggedBy | undefined,
  ): Promise<WrittenRow[]> {
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      // A system that nobody knows gets no key.
      if (!inputs.every((input) => this.#dataKeys.hasActive(input.systemId))) {
        await this.#database.transaction((transaction) => requireSystems(transaction, inputs));
      }
      const keys = await this.#keysFor(inputs);
      const done = await runRetried(this.#database, (transaction) =>
        this.#putAll(transaction, keys, inputs, by),
      );
      if (Array.isArray(done)) return done;
      for (const row of done.missing) await this.#fetchKey(row);
    }
    throw new AppError("overloaded", "the data keys are being rotated; send the same again");
  }

  async #keysFor(inputs: readonly ProfileInput[]): Promise<ReadonlyMap<string, DataKey>> {
    const keys = new Map<string, DataKey>();
    for (const [systemId, group] of Map.groupBy(inputs, (input) => input.systemId)) {
      keys.set(systemId, await this.#dataKeys.keyFor(systemId, group.length));
    }
    return keys;
  }

  /** What can't be opened any more is going to be replaced (U4). */
  async #fetchKey(row: ProfileRow): Promise<void> {
    try {
      await keyForRow(this.#dataKeys, row);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "sealed_value_unreadable") throw error;
      this.#unreadable.add(`${row.system_id} ${row.key_version}`);
    }
  }

  /** Versions of keys that are gone, as far as this node has met them. */
  readonly #unreadable = new Set<string>();

  async #putAll(
    transaction: Transaction,
    keys: ReadonlyMap<string, DataKey>,
    inputs: readonly ProfileInput[],
    by: ProfilesLoggedBy | undefined,
  ): Promise<WrittenRow[] | Missing> {
    await requireSystems(transaction, inputs);
    if (!(await this.#dataKeys.holdActive(transaction, [...keys.values()]))) return { missing: [] };
    const groups = Map.groupBy(inputs, (input) => shardOf(input.userId, this.#shardCount));
    const shards = [...groups].sort(([left], [right]) => left - right);
    const written: WrittenRow[] = [];
    for (const [shardId, group] of shards) {
      const standing = await this.#lockRows(transaction, shardId, group);
      const missing = standing.filter((row) => !this.#isAtHand(row));
      if (missing.length > 0) return { missing };
      const texts = new Map(standing.map((row) => [profileKeyOf(keyOfRow(row)), this.#textOf(row)]));
      const changed = group.filter((input) => texts.get(profileKeyOf(input)) !== toProfileText(input));
      // Plain ones are left to be sealed by the sealer: nothing of them has changed.
      if (changed.length > 0) written.push(...(await this.#write(transaction, shardId, keys, changed, by)));
    }
    if (by !== undefined && written.length > 0) {
      const changes = written.map((row) => toChange(row, by));
      await logAdminChanges(transaction, by, changes);
    }
    return written;
  }

  async #lockRows(
    transaction: Transaction,
    shardId: number,
    inputs: readonly ProfileInput[],
  ): Promise<ProfileRow[]> {
    return transaction.query<ProfileRow>(queries.lockProfiles, [
      shardId,
      textArray(inputs.map((input) => input.systemId)),
      textArray(inputs.map((input) => input.userId)),
    ]);
  }

  #isAtHand({ system_id: systemId, key_version: version }: ProfileRow): boolean {
    if (version === null || this.#unreadable.has(`${systemId} ${version}`)) return true;
    return this.#dataKeys.findKnown(systemId, version) !== undefined;
  }

  /** Undefined for what can't be opened, which is other than anything (U4). */
  #textOf(row: ProfileRow): string | undefined {
    const { system_id: systemId, key_version: version } = row;
    if (this.#unreadable.has(`${systemId} ${version}`)) return undefined;
    try {
      return openRow(row, version === null ? undefined : this.#dataKeys.findKnown(systemId, version));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== "sealed_value_unreadable") throw error;
      this.#log.error(
        { system_id: systemId, reason: error.message },
        "a profile that can't be read is replaced",
      );
      return undefined;
    }
  }

  async #write(
    transaction: Transaction,
    shardId: number,
    keys: ReadonlyMap<string, DataKey>,
    inputs: readonly ProfileInput[],
    by: ProfilesLoggedBy | undefined,
  ): Promise<WrittenRow[]> {
    const sealed = inputs.map((input) => {
      const key = keys.get(input.systemId);
      if (key === undefined) throw new Error(`there is no data key for ${input.systemId}`);
      return { input, text: sealProfile(key, input, input), version: key.version };
    });
    return transaction.query<WrittenRow>(queries.putProfiles, [
      shardId,
      textArray(inputs.map((input) => input.systemId)),
      textArray(inputs.map((input) => input.userId)),
      textArray(sealed.map(({ text }) => text)),
      numberArray(sealed.map(({ version }) => version)),
      by?.provisionedFor?.sourceSystem ?? null,
      by?.provisionedFor?.sourceUserId ?? null,
    ]);
  }

  /** Creates or replaces a user's profile. @throws AppError system_not_found */
  async putOne(input: ProfileInput, by?: LoggedBy): Promise<{ profile: Profile; outcome: ProfileOutcome }> {
    const [outcome = "unchanged"] = await this.put([input], by);
    const profile = await this.get(input);
    if (profile === undefined)
      throw new Error(`the profile of ${input.userId} of ${input.systemId} was not written`);
    return { profile, outcome };
  }

  /** @throws AppError sealed_value_unreadable (U4) */
  async get(key: ProfileKey): Promise<Profile | undefined> {
    const parameters = [shardOf(key.userId, this.#shardCount), key.systemId, key.userId];
    const [row] = await this.#database.transaction((transaction) =>
      transaction.query<ProfileRow & { created_at: Date; updated_at: Date }>(queries.findProfile, parameters),
    );
    if (row === undefined) return undefined;
    const content = parseProfileText(openRow(row, await keyForRow(this.#dataKeys, row)));
    return { ...keyOfRow(row), ...content, createdAt: row.created_at, updatedAt: row.updated_at };
  }
}

/** Which of these users have a profile, by `profileKeyOf`. */
export async function findProfiled(
  transaction: Transaction,
  shardCount: number,
  keys: readonly ProfileKey[],
): Promise<Set<string>> {
  const shards = [...Map.groupBy(keys, (key) => shardOf(key.userId, shardCount))];
  const pages = await Promise.all(
    shards.map(([shardId, group]) =>
      transaction.query<{ system_id: string; user_id: string }>(queries.findProfiled, [
        shardId,
        textArray(group.map((key) => key.systemId)),
        textArray(group.map((key) => key.userId)),
      ]),
    ),
  );
  return new Set(pages.flat().map((row) => profileKeyOf(keyOfRow(row))));
}
