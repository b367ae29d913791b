// The statements of webhooks and their keys: reference data, copied to every server.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `webhook_id, url, types, systems, timeout_ms, is_enabled, disabled_reason, disabled_at, cursor,
  rewinds, revision, delivered_count, last_delivered_at, failing_since, last_error, last_error_at, created_at,
  updated_at, updated_by`;

export const findWebhook: Statement = statement(
  "find-webhook",
  `select ${COLUMNS} from webhooks where webhook_id = $1`,
);

export const lockWebhook: Statement = statement(
  "lock-webhook",
  `select ${COLUMNS} from webhooks where webhook_id = $1 for no key update`,
);

export const listWebhooks: Statement = statement(
  "list-webhooks",
  `select ${COLUMNS} from webhooks where webhook_id > $1 order by webhook_id limit $2`,
);

/** Nothing where another one made it meanwhile. */
export const insertWebhook: Statement = statement(
  "insert-webhook",
  `insert into webhooks (webhook_id, url, types, systems, timeout_ms, is_enabled, disabled_reason, disabled_at,
                         cursor, rewinds, revision, delivered_count, created_at, updated_at, updated_by)
   select $1, $2, $3::text::jsonb, $4::text::jsonb, $5, $6,
          case when not $6 then 'switched_off' end, case when not $6 then clock_timestamp() end,
          $7, 0, 1, 0, clock_timestamp(), clock_timestamp(), $8
   on conflict (webhook_id) do nothing
   returning ${COLUMNS}`,
);

/** Switched on anew, nothing counts as failing any more. */
export const updateWebhook: Statement = statement(
  "update-webhook",
  `update webhooks
      set url = $2, types = $3::text::jsonb, systems = $4::text::jsonb, timeout_ms = $5, is_enabled = $6,
          disabled_reason = case when $6 then null else coalesce(disabled_reason, 'switched_off') end,
          disabled_at = case when $6 then null else coalesce(disabled_at, clock_timestamp()) end,
          failing_since = case when $6 and not is_enabled then null else failing_since end,
          revision = revision + 1, updated_at = clock_timestamp(), updated_by = $7
    where webhook_id = $1
   returning ${COLUMNS}`,
);

export const deleteWebhook: Statement = statement(
  "delete-webhook",
  "delete from webhooks where webhook_id = $1",
);

/** Whoever delivers reads the webhook anew. */
export const touchWebhook: Statement = statement(
  "touch-webhook",
  "update webhooks set revision = revision + 1 where webhook_id = $1",
);

export const rewindWebhook: Statement = statement(
  "rewind-webhook",
  `update webhooks set cursor = $2, rewinds = rewinds + 1, revision = revision + 1
    where webhook_id = $1`,
);

/** Takes up to $3 webhooks that nobody holds, for $2 milliseconds. */
export const takeWebhooks: Statement = statement(
  "take-webhooks",
  `with free as (
     select webhook_id
       from webhooks
      where is_enabled and (lease_until is null or lease_until < clock_timestamp())
      order by webhook_id
      limit $3
        for no key update skip locked
   )
   update webhooks
      set lease_id = $1, lease_until = clock_timestamp() + $2::bigint * interval '1 millisecond'
     from free
    where webhooks.webhook_id = free.webhook_id
   returning ${COLUMNS.replaceAll("webhook_id", "webhooks.webhook_id")}`,
);

export const listHeld: Statement = statement(
  "list-held-webhooks",
  "select webhook_id, lease_id, revision from webhooks where webhook_id = any ($1::text[])",
);

export const releaseWebhook: Statement = statement(
  "release-webhook",
  "update webhooks set lease_id = null, lease_until = null where webhook_id = $1 and lease_id = $2",
);

/**
 * What came of deliveries, told by whoever holds the webhook; nothing is stored where that is another one by now.
 * The cursor moves only where nobody has moved it meanwhile. $9: milliseconds of patience.
 */
export const progressWebhook: Statement = statement(
  "progress-webhook",
  `update webhooks
      set lease_until = clock_timestamp() + $3::bigint * interval '1 millisecond',
          cursor = case when rewinds = $5 then coalesce($4, cursor) else cursor end,
          delivered_count = delivered_count + $6,
          last_delivered_at = case when $6 > 0 then clock_timestamp() else last_delivered_at end,
          failing_since = case when $7 then null
                               when $8::text is not null then coalesce(failing_since, clock_timestamp())
                               else failing_since end,
          last_error = coalesce($8, last_error),
          last_error_at = case when $8::text is not null then clock_timestamp() else last_error_at end
    where webhook_id = $1 and lease_id = $2
   returning revision,
             coalesce(failing_since <= clock_timestamp() - $9::bigint * interval '1 millisecond', false) as is_exhausted`,
);

/** Only by whoever holds it, and only while it is on. */
export const disableWebhook: Statement = statement(
  "disable-webhook",
  `update webhooks
      set is_enabled = false, disabled_reason = $3, disabled_at = clock_timestamp(), revision = revision + 1
    where webhook_id = $1 and lease_id = $2 and is_enabled
   returning ${COLUMNS}`,
);

export const listKeys: Statement = statement(
  "list-webhook-keys",
  `select webhook_id, key_number, public_key, secrets, is_wrapped, expires_at
     from webhook_keys
    where webhook_id = $1 and (expires_at is null or expires_at > clock_timestamp())
    order by key_number desc`,
);

export const lockAllKeys: Statement = statement(
  "lock-webhook-keys",
  `select webhook_id, key_number, public_key, secrets, is_wrapped, expires_at
     from webhook_keys
    order by webhook_id, key_number
      for update`,
);

/** Ends those in force after $2 milliseconds at the latest, and answers the greatest number. */
export const expireKeys: Statement = statement(
  "expire-webhook-keys",
  `with expiring as (
     update webhook_keys
        set expires_at = least(expires_at, clock_timestamp() + $2::bigint * interval '1 millisecond')
      where webhook_id = $1
     returning key_number
   )
   select max(key_number) as key_number from expiring`,
);

export const insertKey: Statement = statement(
  "insert-webhook-key",
  `insert into webhook_keys (webhook_id, key_number, public_key, secrets, is_wrapped, created_at)
   values ($1, $2, $3, $4, $5, clock_timestamp())`,
);

export const wrapKey: Statement = statement(
  "wrap-webhook-key",
  "update webhook_keys set secrets = $3, is_wrapped = true where webhook_id = $1 and key_number = $2",
);
