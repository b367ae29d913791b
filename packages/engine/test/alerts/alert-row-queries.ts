// What the tests of alerts look up beside the API.
import { type Statement, statement } from "../../src/database/index.ts";

export const readAlertRows: Statement = statement(
  "read-alert-rows",
  `select state, severity, count, data, is_untold from alerts where key = $1 order by alert_id`,
);

/** Times that keep a channel from being told, moved into the past. */
export const forgetTimes: readonly Statement[] = [
  statement(
    "forget-alert-rests",
    `update alert_channels set not_before = clock_timestamp() - interval '1 hour'`,
  ),
  statement("forget-alert-throttles", `update alert_throttles set told_at = told_at - interval '1 day'`),
];

/** A node that died while it was telling: its hold is over. */
export const endLeases: Statement = statement(
  "end-alert-leases",
  `update alert_channels set lease_until = clock_timestamp() - interval '1 second' where lease_id is not null`,
);

export const readSecrets: Statement = statement(
  "read-alert-channel-secrets",
  `select secrets, settings::text as settings from alert_channels where channel_id = $1`,
);

export const ageDeliveries: Statement = statement(
  "age-alert-deliveries",
  `update alert_deliveries set created_at = created_at - interval '4 days' where channel_id = $1`,
);

export const readRest: Statement = statement(
  "read-alert-channel-rest",
  `select (extract(epoch from not_before - clock_timestamp()) * 1000)::integer as rest_ms
     from alert_channels
    where channel_id = $1`,
);

/** No alert, no channel. */
export const emptyAlerts: readonly Statement[] = [
  "alert_deliveries",
  "alert_throttles",
  "alert_channels",
  "alerts",
].map((table) => statement(`empty-${table}`, `delete from ${table}`));

export const ageAlerts: Statement = statement(
  "age-alerts",
  `update alerts
      set first_seen_at = first_seen_at - interval '100 days', cleared_at = cleared_at - interval '100 days'`,
);
