// The statement that writes changes into the log. Each names one shard_id by equality, as $1.
import { type Statement, statement } from "../database/index.ts";

export const insertAdminChanges: Statement = statement(
  "insert-admin-changes",
  `insert into operations (shard_id, operation_id, kind, status, user_id, source_system, target_system, data,
                           principal, expires_at, created_at, updated_at)
   select $1, u.operation_id, u.kind, u.status, u.user_id, u.source_system, u.target_system, u.data::jsonb, $9,
          t.now + $10::bigint * interval '1 millisecond', t.now, t.now
     from (select clock_timestamp()::timestamptz(3) as now) t
    cross join unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
       as u (operation_id, kind, status, user_id, source_system, target_system, data)
   returning created_at`,
);
