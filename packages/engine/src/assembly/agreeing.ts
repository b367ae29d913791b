// The parts by which two sides agree: rates that both have to know, and what both did.
import type { Crossings } from "../exchange/index.ts";
import type { Partners } from "../partner/index.ts";
import type { Posting } from "../posting/index.ts";
import {
  defaultAgreementSettings,
  defaultRateRules,
  RateAgreements,
  RateChangeSweeper,
} from "../rates/index.ts";
import { Reconciler } from "../reconcile/index.ts";
import { defaultSummarySettings, Summaries } from "../summaries/index.ts";
import type { Ground } from "./node-parts.ts";

export function openRates({ database, parts, activities }: Ground, partners: Partners) {
  const { shardCount, log } = parts;
  const rateRules = { ...defaultRateRules, ...parts.rateRules };
  const settings = { ...defaultAgreementSettings, shardCount, rules: rateRules, ...parts.rateAgreements };
  const rateAgreements = activities.add(new RateAgreements(database, partners.lines, settings, log));
  activities.add(new RateChangeSweeper(database, shardCount, log));
  return { rateRules, rateAgreements };
}

export function openComparing(
  { database, parts, activities }: Ground,
  { partners, crossings, posting }: { partners: Partners; crossings: Crossings; posting: Posting },
) {
  const { shardCount, log } = parts;
  const settings = { ...defaultSummarySettings, ...parts.summaries };
  const summaries = activities.add(
    new Summaries(database, shardCount, parts.partners.masterKey, log, settings),
  );
  const reconciler = new Reconciler({
    database,
    shardCount,
    lines: partners.lines,
    summaries,
    registry: partners.registry,
    advance: (commands) => crossings.advance(commands),
    post: (commands) => posting.submit(commands),
    log,
  });
  return { summaries, reconciler: activities.add(reconciler, true) };
}
