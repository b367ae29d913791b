// What tests do to sealed rows and look at in them, as somebody with the database's password could.
import { type Statement, statement } from "../../src/database/index.ts";

export const insertPlain: Statement = statement(
  "",
  `insert into user_profiles (shard_id, system_id, user_id, username, email, phone, attributes, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7::text::jsonb, clock_timestamp(), clock_timestamp())`,
);

export const readRow: Statement = statement(
  "",
  "select *, p::text as whole from user_profiles p where shard_id = $1 and system_id = $2 and user_id = $3",
);

export const readRows: Statement = statement(
  "",
  "select p::text as whole, sealed, key_version from user_profiles p",
);

export const setSealed: Statement = statement(
  "",
  "update user_profiles set sealed = $4, key_version = $5 where shard_id = $1 and system_id = $2 and user_id = $3",
);

export const readKeys: Statement = statement(
  "",
  "select system_id, key_version, state, secret, is_wrapped, messages from data_keys order by system_id, key_version",
);

export const countErasures: Statement = statement(
  "",
  `select count(*)::integer as count from operations
    where shard_id = $1 and kind = 'user_change' and data->'change'->>'action' = 'removed'`,
);
