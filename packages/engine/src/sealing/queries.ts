// The statements of data keys. The keys are copied to every server, so they have no shard_id.
import { type Statement, statement } from "../database/index.ts";

export const loadDataKeys: Statement = statement(
  "load-data-keys",
  `select system_id, key_version, state, secret, is_wrapped, created_at, retired_at
     from data_keys
    where $1::text is null or system_id = $1
    order by system_id, key_version desc`,
);

/** Of two that make the first key of a system one is late and finds the other's. */
export const insertDataKey: Statement = statement(
  "insert-data-key",
  `insert into data_keys (system_id, key_version, state, secret, is_wrapped, messages, created_at)
   values ($1, $2, 'active', $3, $4, 0, clock_timestamp())
   on conflict do nothing
   returning key_version`,
);

/** Waits for everybody who seals with it; from then on nobody does. */
export const retireActive: Statement = statement(
  "retire-active-data-key",
  `update data_keys set state = 'retiring', retired_at = clock_timestamp()
    where system_id = $1 and key_version = $2 and state = 'active'
   returning key_version`,
);

export const reserveMessages: Statement = statement(
  "reserve-messages-of-data-key",
  `update data_keys set messages = messages + $3
    where system_id = $1 and key_version = $2 and state = 'active'
   returning messages`,
);

/** Held until the transaction ends: none of these keys stops sealing before. */
export const holdActive: Statement = statement(
  "hold-active-data-keys",
  `select system_id, key_version
     from data_keys
    where system_id = any ($1::text[]) and state = 'active'
    order by system_id collate "C"
      for share`,
);

export const setSecret: Statement = statement(
  "set-secret-of-data-key",
  "update data_keys set secret = $3, is_wrapped = $4 where system_id = $1 and key_version = $2 and state <> 'retired'",
);

export const lockRetiring: Statement = statement(
  "lock-retiring-data-key",
  `select key_version from data_keys
    where system_id = $1 and key_version = $2 and state = 'retiring'
      for update`,
);

export const forgetSecret: Statement = statement(
  "forget-secret-of-data-key",
  `update data_keys set state = 'retired', secret = '', is_wrapped = false
    where system_id = $1 and key_version = $2 and state = 'retiring'`,
);
