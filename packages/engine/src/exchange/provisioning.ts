// Creating a user's counterpart at a target, once per source user.
//
// V1  The same source user of a pair always gets the same target user: the mapping is what makes it so, never
//     an e-mail or a name.
// V2  Two that provision the same user at once end with one user: whoever is second finds the mapping.
import { type Database, DatabaseError } from "../database/index.ts";
import { findMapping, type MappingDone, putMapping } from "../mappings/index.ts";
import { AppError, newOperationId } from "../system/index.ts";
import { findProfiled, type ProfileInput, type Profiles, profileKeyOf } from "../users/index.ts";

/** Where users are created: mappings and profiles. */
export interface ProvisioningPlace {
  readonly database: Database;
  readonly shardCount: number;
  readonly profiles: Pick<Profiles, "get" | "put">;
}

export interface ProvisionPair {
  readonly sourceSystem: string;
  readonly sourceUserId: string;
  readonly targetSystem: string;
}

export interface ProvisionedUser {
  readonly userId: string;
  /** False where it was there before. */
  readonly created: boolean;
}

export type ProvisionedProfile = Pick<ProfileInput, "username" | "email" | "phone" | "attributes">;

/** The target's user that a source's user has, if there is one. */
export async function findProvisioned(
  database: Database,
  shardCount: number,
  pair: ProvisionPair,
): Promise<string | undefined> {
  const mapping = await database.transaction((transaction) => findMapping(transaction, shardCount, pair));
  return mapping?.targetUserId;
}

/** Maps the source's user to this target user, unless it is mapped; answers who it is mapped to. */
export async function settleMapping(
  database: Database,
  shardCount: number,
  pair: ProvisionPair,
  targetUserId: string,
  principal: string,
): Promise<MappingDone | "taken"> {
  try {
    return await putMapping(database, shardCount, { ...pair, targetUserId, principal });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === "mapping_taken") return "taken";
    if (error.code !== "mapping_exists") throw error;
    const standing = await findProvisioned(database, shardCount, pair);
    if (standing === undefined) throw new DatabaseError("conflict", "the mapping has just been changed", {});
    return settleMapping(database, shardCount, pair, standing, principal);
  }
}

/** Written once, by whoever finds it missing: a call that was cut off is completed by its repeat. */
async function keepProfile(
  { database, shardCount, profiles }: ProvisioningPlace,
  { sourceSystem, sourceUserId, targetSystem: systemId }: ProvisionPair,
  userId: string,
  profile: ProvisionedProfile,
  principal: string,
): Promise<void> {
  const key = { systemId, userId };
  const by = { origin: { principal }, shardCount, provisionedFor: { sourceSystem, sourceUserId } };
  const standing = await database.transaction((transaction) => findProfiled(transaction, shardCount, [key]));
  if (!standing.has(profileKeyOf(key))) await profiles.put([{ ...key, ...profile }], by);
}

async function findOrCreateUser(
  database: Database,
  shardCount: number,
  pair: ProvisionPair,
  principal: string,
): Promise<ProvisionedUser> {
  const standing = await findProvisioned(database, shardCount, pair);
  if (standing !== undefined) return { userId: standing, created: false };
  const userId = `user-${newOperationId()}`;
  const settled = await settleMapping(database, shardCount, pair, userId, principal);
  if (settled === "taken") throw new Error(`the new user ${userId} belongs to somebody already`);
  return { userId: settled.mapping.targetUserId, created: settled.mapping.targetUserId === userId };
}

/**
 * Creates the user of a hosted target for a source's user, or finds the one that was created before.
 * @throws AppError system_not_found
 */
export async function provisionUser(
  place: ProvisioningPlace,
  pair: ProvisionPair,
  profile: ProvisionedProfile,
  principal: string,
): Promise<ProvisionedUser> {
  const user = await findOrCreateUser(place.database, place.shardCount, pair, principal);
  await keepProfile(place, pair, user.userId, profile, principal);
  return user;
}

/**
 * A user's profile as it is sent to a target; undefined where there is none.
 * @throws AppError sealed_value_unreadable
 */
export async function readProfile(
  { profiles }: ProvisioningPlace,
  systemId: string,
  userId: string,
): Promise<ProvisionedProfile | undefined> {
  const profile = await profiles.get({ systemId, userId });
  if (profile === undefined) return undefined;
  const { username, email, phone, attributes } = profile;
  return {
    ...(username === null ? {} : { username }),
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { phone }),
    ...(attributes === null ? {} : { attributes }),
  };
}
