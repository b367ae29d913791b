// Everything in a database that the master key wraps, as somebody with the database's password sees it.
import { type Statement, statement } from "../../src/database/index.ts";

/** `secret` is empty where there is none any more. */
export const readWrapped: Statement = statement(
  "",
  `select 'signing-key ' || key_id as name, private_key as secret, is_wrapped from node_keys
   union all select 'data-key ' || system_id || ' ' || key_version, secret, is_wrapped from data_keys
   union all select 'webhook ' || webhook_id || ' ' || key_number, secrets, is_wrapped from webhook_keys
   union all select 'channel ' || channel_id, coalesce(secrets, ''), is_wrapped from alert_channels
   union all select 'reconciliation-secret ' || leg_no, secret, is_wrapped from summary_legs
   order by 1`,
);
