// Profiles of a database without a node around them.
import type { Database } from "../../src/database/index.ts";
import { type DataKeySettings, DataKeys, LocalKeyProvider } from "../../src/sealing/index.ts";
import { createLog, type MasterKey } from "../../src/system/index.ts";
import { ProfileSealer, Profiles } from "../../src/users/index.ts";

export interface TestProfiles {
  readonly profiles: Profiles;
  readonly dataKeys: DataKeys;
  readonly sealer: ProfileSealer;
}

const log = createLog("silent");

/** What one instance has: two of them share the database and nothing else. */
export async function openProfiles(
  database: Database,
  shardCount: number,
  masterKey?: MasterKey,
  settings?: DataKeySettings,
): Promise<TestProfiles> {
  const dataKeys = new DataKeys(database, new LocalKeyProvider(masterKey), settings);
  await dataKeys.prepare(log);
  const profiles = new Profiles(database, shardCount, dataKeys, log);
  return { profiles, dataKeys, sealer: new ProfileSealer(database, shardCount, dataKeys, log) };
}
