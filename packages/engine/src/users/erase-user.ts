// Erasing a person: the profile and the copies of it that provisioning made are gone; the ledger, the log and the
// audit keep the user's id, which alone says who it was to whoever still knows.
//
// U5  What is erased and that it was is one transaction: the log says so or the profile stands.
// U6  Erasing again, or somebody who has no profile, is no error and is in the log as well: it was asked.
import { type AdminChange, type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import { type Database, runRetried, type Transaction, textArray } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { AppError, newOperationId } from "../system/index.ts";
import { type ProfileKey, profileKeyOf } from "./profile.ts";
import { keyOfRow } from "./profile-rows.ts";
import * as queries from "./queries.ts";

export interface Erasure {
  /** Of the erasure in the log. */
  readonly operationId: string;
  /** Whose profiles were removed: the user's own, and copies. */
  readonly profiles: readonly ProfileKey[];
  /** Partners' systems in which this user is somebody; they may hold a profile of their own and have to be asked. */
  readonly partners: readonly string[];
}

interface ErasedRow {
  readonly system_id: string;
  readonly user_id: string;
}

/** Removes a user's profile, its copies, and theirs. */
async function eraseProfiles(
  transaction: Transaction,
  shardCount: number,
  key: ProfileKey,
): Promise<ProfileKey[]> {
  const erased = new Map<string, ProfileKey>();
  const own = await transaction.query<ErasedRow>(queries.eraseProfile, [
    shardOf(key.userId, shardCount),
    key.systemId,
    key.userId,
  ]);
  for (const row of own) erased.set(profileKeyOf(key), keyOfRow(row));
  const waiting = [key];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (let shardId = 1; shardId <= shardCount; shardId += 1) {
      const rows = await transaction.query<ErasedRow>(queries.eraseCopies, [
        shardId,
        next.systemId,
        next.userId,
      ]);
      for (const copy of rows.map(keyOfRow)) {
        erased.set(profileKeyOf(copy), copy);
        waiting.push(copy);
      }
    }
  }
  return [...erased.values()];
}

async function findPartners(
  transaction: Transaction,
  shardCount: number,
  key: ProfileKey,
): Promise<string[]> {
  const parameters = [shardOf(key.userId, shardCount), key.systemId, key.userId];
  const rows = await transaction.query<{ target_system: string }>(queries.mappedPartners, parameters);
  return rows.map((row) => row.target_system);
}

/**
 * Erases what is kept of a person here beside the ledger.
 * @throws AppError system_not_found
 */
export async function eraseUser(
  database: Database,
  shardCount: number,
  key: ProfileKey,
  by: LoggedBy,
): Promise<Erasure> {
  const operationId = newOperationId();
  return runRetried(database, async (transaction) => {
    const [system] = await transaction.query(queries.knownSystems, [textArray([key.systemId])]);
    if (system === undefined) throw new AppError("system_not_found", `system ${key.systemId} is not known`);
    const profiles = await eraseProfiles(transaction, shardCount, key);
    const partners = await findPartners(transaction, shardCount, key);
    const { systemId, userId } = key;
    const change: AdminChange = {
      operationId,
      kind: "user_change",
      action: "removed",
      subject: {
        system_id: systemId,
        user_id: userId,
        erased_profiles: profiles.map((profile) => ({
          system_id: profile.systemId,
          user_id: profile.userId,
        })),
        partners,
      },
      sourceSystem: systemId,
      userId,
    };
    await logAdminChanges(transaction, by, [change]);
    return { operationId, profiles, partners };
  });
}
