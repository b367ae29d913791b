// Rows of profiles, sealed and, where they are older than that, plain.
import { type DataKey, type DataKeys, openSealed, type Place, seal } from "../sealing/index.ts";
import { type GivenContent, type ProfileContent, type ProfileKey, toProfileText } from "./profile.ts";

export interface ProfileRow extends PlainColumns {
  readonly system_id: string;
  readonly user_id: string;
  readonly sealed: string | null;
  readonly key_version: number | null;
}

interface PlainColumns {
  readonly username: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly attributes: ProfileContent["attributes"];
}

export function keyOfRow(row: Pick<ProfileRow, "system_id" | "user_id">): ProfileKey {
  return { systemId: row.system_id, userId: row.user_id };
}

/** Where a profile stands: its seal opens there and nowhere else. */
export function placeOf({ systemId, userId }: ProfileKey): Place {
  return { table: "user_profiles", column: "sealed", row: [systemId, userId] };
}

/** @param content of a profile, as it is given or as `parseProfileText` read it */
export function sealProfile(key: DataKey, owner: ProfileKey, content: GivenContent): string {
  return seal(key, placeOf(owner), toProfileText(content));
}

/** A row's text. @param key of the row's version @throws AppError sealed_value_unreadable */
export function openRow(row: ProfileRow, key: DataKey | undefined): string {
  if (row.sealed === null) return toProfileText(row);
  if (key === undefined)
    throw new Error(`version ${row.key_version} of the data key of ${row.system_id} is not at hand`);
  return openSealed(key, placeOf(keyOfRow(row)), row.sealed);
}

/**
 * The key that opens a row; undefined for one that is plain.
 * @throws AppError sealed_value_unreadable where the version is gone
 */
export async function keyForRow(dataKeys: DataKeys, row: ProfileRow): Promise<DataKey | undefined> {
  if (row.sealed === null || row.key_version === null) return undefined;
  return dataKeys.keyOf(row.system_id, row.key_version, placeOf(keyOfRow(row)));
}
