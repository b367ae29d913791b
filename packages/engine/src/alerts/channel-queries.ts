// The statements of channels. They are copied to every server, so they have no shard_id.
import { type Statement, statement } from "../database/index.ts";

export const CHANNEL_COLUMNS = `channel_id, kind, settings, secrets, is_wrapped, min_severity, types, language,
  is_enabled, interval_ms, created_at, updated_at, updated_by, failures, failing_since, last_error,
  last_attempt_at, last_delivered_at, message_count, dropped_count`;

export const putChannel: Statement = statement(
  "put-alert-channel",
  `insert into alert_channels as c
          (channel_id, kind, settings, secrets, is_wrapped, min_severity, types, language, is_enabled, interval_ms,
           created_at, updated_at, updated_by, failures, message_count, dropped_count, not_before)
   values ($1, $2, $3::text::jsonb, $4, $5, $6, $7::text::jsonb, $8, $9, $10,
           clock_timestamp(), clock_timestamp(), $11, 0, 0, 0, clock_timestamp())
   on conflict (channel_id) do update
     set kind = excluded.kind, settings = excluded.settings, secrets = excluded.secrets,
         is_wrapped = excluded.is_wrapped, min_severity = excluded.min_severity, types = excluded.types,
         language = excluded.language, is_enabled = excluded.is_enabled, interval_ms = excluded.interval_ms,
         updated_at = excluded.updated_at, updated_by = excluded.updated_by, not_before = excluded.not_before
   returning ${CHANNEL_COLUMNS}`,
);

export const findChannel: Statement = statement(
  "find-alert-channel",
  `select ${CHANNEL_COLUMNS} from alert_channels where channel_id = $1`,
);

export const lockChannel: Statement = statement(
  "lock-alert-channel",
  `select ${CHANNEL_COLUMNS} from alert_channels where channel_id = $1 for no key update`,
);

export const listChannels: Statement = statement(
  "list-alert-channels",
  `select ${CHANNEL_COLUMNS}
     from alert_channels
    where $1::text is null or channel_id > $1
    order by channel_id
    limit $2`,
);

export const deleteChannel: Statement = statement(
  "delete-alert-channel",
  `delete from alert_channels where channel_id = $1`,
);

export const deleteDeliveries: Statement = statement(
  "delete-alert-deliveries",
  `delete from alert_deliveries where channel_id = $1`,
);

export const deleteThrottles: Statement = statement(
  "delete-alert-throttles",
  `delete from alert_throttles where channel_id = $1`,
);

export const lockKeptChannels: Statement = statement(
  "lock-kept-alert-channels",
  `select ${CHANNEL_COLUMNS}
     from alert_channels
    where secrets is not null
    order by channel_id
      for no key update`,
);

export const setSecrets: Statement = statement(
  "set-alert-channel-secrets",
  `update alert_channels set secrets = $2, is_wrapped = true where channel_id = $1`,
);
