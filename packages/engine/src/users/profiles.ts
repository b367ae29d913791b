// Users' profiles: what a user of one system may be created in another from.
import { type AdminChange, type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import { type Database, runRetried, type Transaction, textArray } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { AppError } from "../system/index.ts";
import * as queries from "./queries.ts";

export interface ProfileKey {
  readonly systemId: string;
  readonly userId: string;
}

export interface ProfileInput extends ProfileKey {
  readonly username?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  /** Free data, as parsed from JSON. */
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}

export interface Profile extends ProfileKey {
  readonly username: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly attributes: Readonly<Record<string, unknown>> | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type ProfileOutcome = "created" | "changed" | "unchanged";

interface ProfileRow {
  readonly system_id: string;
  readonly user_id: string;
  readonly username: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly attributes: Readonly<Record<string, unknown>> | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

interface WrittenRow {
  readonly system_id: string;
  readonly user_id: string;
  readonly created: boolean;
}

// A user id may contain anything printable, so it comes last.
export function profileKeyOf(key: ProfileKey): string {
  return `${key.systemId} ${key.userId}`;
}

async function requireSystems(transaction: Transaction, inputs: Iterable<ProfileInput>): Promise<void> {
  const systemIds = new Set([...inputs].map((input) => input.systemId));
  const rows = await transaction.query<{ system_id: string }>(queries.knownSystems, [textArray(systemIds)]);
  for (const row of rows) systemIds.delete(row.system_id);
  const [unknown] = systemIds;
  if (unknown !== undefined) {
    throw new AppError("system_not_found", `system ${unknown} is not known; create it first`);
  }
}

async function putShard(
  transaction: Transaction,
  shardId: number,
  inputs: readonly ProfileInput[],
): Promise<WrittenRow[]> {
  return transaction.query<WrittenRow>(queries.putProfiles, [
    shardId,
    textArray(inputs.map((input) => input.systemId)),
    textArray(inputs.map((input) => input.userId)),
    textArray(inputs.map((input) => input.username ?? null)),
    textArray(inputs.map((input) => input.email ?? null)),
    textArray(inputs.map((input) => input.phone ?? null)),
    textArray(
      inputs.map((input) => (input.attributes === undefined ? null : JSON.stringify(input.attributes))),
    ),
  ]);
}

/** Who changes profiles, and for whom of a source they are made where they are. */
export interface ProfilesLoggedBy extends LoggedBy {
  readonly provisionedFor?: { readonly sourceSystem: string; readonly sourceUserId: string };
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

/**
 * Creates or replaces profiles in one transaction; of a user given twice the last counts.
 * @param inputs at most 1000
 * @returns what became of each, in their order
 * @throws AppError system_not_found, and nothing is written
 */
export async function putProfiles(
  database: Database,
  shardCount: number,
  inputs: readonly ProfileInput[],
  by?: ProfilesLoggedBy,
): Promise<ProfileOutcome[]> {
  const distinct = new Map(inputs.map((input) => [profileKeyOf(input), input]));
  const groups = Map.groupBy(distinct.values(), (input) => shardOf(input.userId, shardCount));
  const shards = [...groups].sort(([left], [right]) => left - right);
  const written = await runRetried(database, async (transaction) => {
    await requireSystems(transaction, distinct.values());
    const rows = await Promise.all(shards.map(([shardId, group]) => putShard(transaction, shardId, group)));
    if (by !== undefined) {
      const changes = rows.flat().map((row) => toChange(row, by));
      await logAdminChanges(transaction, by, changes);
    }
    return rows;
  });
  const outcomes = new Map<string, ProfileOutcome>();
  for (const row of written.flat()) {
    outcomes.set(
      profileKeyOf({ systemId: row.system_id, userId: row.user_id }),
      row.created ? "created" : "changed",
    );
  }
  return inputs.map((input) => outcomes.get(profileKeyOf(input)) ?? "unchanged");
}

/** Creates or replaces a user's profile. @throws AppError system_not_found */
export async function putUser(
  database: Database,
  shardCount: number,
  input: ProfileInput,
  by?: LoggedBy,
): Promise<{ profile: Profile; outcome: ProfileOutcome }> {
  const [outcome = "unchanged"] = await putProfiles(database, shardCount, [input], by);
  const profile = await database.transaction((transaction) => getUser(transaction, shardCount, input));
  if (profile === undefined)
    throw new Error(`the profile of ${input.userId} of ${input.systemId} was not written`);
  return { profile, outcome };
}

export async function getUser(
  transaction: Transaction,
  shardCount: number,
  key: ProfileKey,
): Promise<Profile | undefined> {
  const parameters = [shardOf(key.userId, shardCount), key.systemId, key.userId];
  const [row] = await transaction.query<ProfileRow>(queries.findProfile, parameters);
  if (row === undefined) return undefined;
  return {
    systemId: row.system_id,
    userId: row.user_id,
    username: row.username,
    email: row.email,
    phone: row.phone,
    attributes: row.attributes,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
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
  const found = pages.flat().map((row) => profileKeyOf({ systemId: row.system_id, userId: row.user_id }));
  return new Set(found);
}
