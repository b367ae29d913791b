// The parts that move points: lanes, quotes, partners and exchanges across nodes, and who users are.
import { Crossings, defaultCrossingSettings } from "../exchange/index.ts";
import { LimitSweeper } from "../limits/index.ts";
import { Partners } from "../partner/index.ts";
import { defaultPostingSettings, defaultQuotingSettings, Posting, Quoting } from "../posting/index.ts";
import { DataKeys, LocalKeyProvider } from "../sealing/index.ts";
import { ProfileSealer, Profiles } from "../users/index.ts";
import type { Ground } from "./node-parts.ts";

async function openPartners({ database, parts, metrics, activities }: Ground): Promise<Partners> {
  const settings = parts.lines === undefined ? {} : { lines: parts.lines };
  const partners = await Partners.open(database, parts.partners, parts.log, settings);
  partners.lines.onCall((path, result) => metrics.countCallToPartner(path, result));
  activities.add({ start: () => partners.nonces.startSweeping(), stop: () => partners.close() });
  return partners;
}

async function openProfiles({ database, parts, activities }: Ground) {
  const { shardCount, log } = parts;
  const dataKeys = new DataKeys(database, new LocalKeyProvider(parts.partners.masterKey));
  await dataKeys.prepare(log);
  const profiles = new Profiles(database, shardCount, dataKeys, log);
  const profileSealer = activities.add(new ProfileSealer(database, shardCount, dataKeys, log));
  return { dataKeys, profiles, profileSealer };
}

export async function openExchanging(ground: Ground) {
  const { database, parts, metrics, activities } = ground;
  const { shardCount, log } = parts;
  const partners = await openPartners(ground);
  const users = await openProfiles(ground);
  const postingSettings = { ...defaultPostingSettings, shardCount, ...parts.posting };
  const { ladder } = postingSettings;
  const posting = new Posting(database, postingSettings, metrics, log);
  activities.add({ stop: () => posting.stop() });
  const quoting = new Quoting(
    database,
    { ...defaultQuotingSettings, shardCount, ladder, ...parts.quoting },
    log,
  );
  activities.add({ start: () => quoting.startSweeping(), stop: () => quoting.stop() });
  const crossingSettings = { ...defaultCrossingSettings, shardCount, ladder, ...parts.crossings };
  const { lines } = partners;
  const crossings = activities.add(
    new Crossings(database, posting, lines, crossingSettings, log, users.profiles),
  );
  activities.add(new LimitSweeper(database, shardCount, log));
  return { partners, posting, quoting, crossings, ...users };
}
