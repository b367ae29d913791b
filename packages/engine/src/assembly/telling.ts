// The parts that tell what happened: events, webhooks, alerts, and the audit log.
import { AlertDelivery, defaultDeliverySettings } from "../alerts/index.ts";
import { ExpiryWatch } from "../api-keys/index.ts";
import { AuditLog, Auditor, defaultAuditorSettings, defaultAuditSettings } from "../audit/index.ts";
import { ChangeSweeper, defaultEventRetentionDays } from "../changes/index.ts";
import { OutsideCalls } from "../egress/index.ts";
import { defaultFeedSettings, EventFeed } from "../events/index.ts";
import { defaultPartnerAlertMs, type Partners, PartnerWatch } from "../partner/index.ts";
import { feedSource, Webhooks } from "../webhooks/index.ts";
import type { Ground } from "./node-parts.ts";

const DAY_MS = 24 * 60 * 60 * 1_000;

export function openAudit({ database, parts, activities }: Ground, partners: Partners): AuditLog {
  const audit = new AuditLog(database, { ...defaultAuditSettings, shardCount: parts.shardCount }, partners);
  activities.add(new Auditor(audit, { ...defaultAuditorSettings, ...parts.audit }, parts.log));
  return audit;
}

/** The feed ends by itself, before the application does, whose streams it feeds. */
export function openFeed({ database, parts, activities }: Ground): EventFeed {
  const { shardCount, log } = parts;
  const retentionMs = parts.eventRetentionMs ?? defaultEventRetentionDays * DAY_MS;
  activities.add(new ChangeSweeper(database, { shardCount, retentionMs }, log));
  return new EventFeed(database, { ...defaultFeedSettings, shardCount, ...parts.feed }, log);
}

export function openAlerts(
  { database, parts, metrics, activities }: Ground,
  partners: Partners,
): AlertDelivery {
  const { log, partnerAlertMs = defaultPartnerAlertMs } = parts;
  const { allowLoopback, masterKey } = parts.partners;
  const outside = new OutsideCalls({ allowLoopback });
  activities.add({ stop: () => outside.close() });
  activities.add(new ExpiryWatch(database, log), true);
  activities.add(new PartnerWatch(database, partners.lines, partnerAlertMs, log), true);
  const surroundings = {
    outside,
    mailRelays: new Set(parts.mailRelays),
    masterKey,
    log,
    listener: metrics,
    source: () => partners.publicUrl,
  };
  const settings = { ...defaultDeliverySettings, ...parts.alerts };
  // What a single command would write into its own log nobody reads.
  return activities.add(new AlertDelivery(database, settings, surroundings), true);
}

export async function openWebhooks(
  { database, parts, metrics, activities }: Ground,
  events: EventFeed,
): Promise<Webhooks> {
  const { allowLoopback, masterKey } = parts.partners;
  const webhooks = await Webhooks.open(database, {
    source: feedSource(database, parts.shardCount, events),
    allowLoopback,
    masterKey,
    settings: parts.webhooks,
    resolve: parts.resolve,
    log: parts.log,
    listener: metrics,
  });
  return activities.add(webhooks, true);
}
