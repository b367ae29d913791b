// The statements of limits and of their counters. Limits are reference data; those of counters name one shard_id by
// equality, as $1.
import { type Statement, statement } from "../database/index.ts";

const LIMIT_COLUMNS = `limit_id, side, source_system, target_system, credit_type_id, subject, measure, value,
  utc_offset_minutes, created_at, updated_at`;

export const putLimit: Statement = statement(
  "put-limit",
  `insert into limits (${LIMIT_COLUMNS})
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, clock_timestamp(), clock_timestamp())
   on conflict (limit_id) do update set value = excluded.value, updated_at = excluded.updated_at
   returning ${LIMIT_COLUMNS}`,
);

export const findLimit: Statement = statement(
  "find-limit",
  `select ${LIMIT_COLUMNS} from limits where limit_id = $1`,
);

export const listLimits: Statement = statement(
  "list-limits",
  `select ${LIMIT_COLUMNS}
     from limits
    where ($1::text is null or coalesce(source_system, $1) = $1)
      and ($2::text is null or coalesce(target_system, $2) = $2)
      and ($3::text is null or limit_id > $3 collate "C")
    order by limit_id
    limit $4`,
);

export const deleteLimit: Statement = statement(
  "delete-limit",
  `delete from limits where limit_id = $1 returning ${LIMIT_COLUMNS}`,
);

export const knowsCreditType: Statement = statement(
  "limit-knows-credit-type",
  "select 1 as found from credit_types where system_id = $1 and credit_type_id = $2",
);

/** Sent before they are locked: most are there, and then this writes nothing. */
export const openCounters: Statement = statement(
  "open-limit-counters",
  `insert into limit_counters (shard_id, limit_id, subject, period, amount, count)
   select $1, u.limit_id, u.subject, u.period, 0, 0
     from unnest($2::text[], $3::text[], $4::text[]) as u (limit_id, subject, period)
   on conflict (shard_id, limit_id, subject, period) do nothing`,
);

/** Locks in the order of the list, so that two batches never wait for each other. */
export const lockCounters: Statement = statement(
  "lock-limit-counters",
  `select c.*
     from unnest($2::text[], $3::text[], $4::text[]) as u (limit_id, subject, period)
    cross join lateral (
          select limit_id, subject, period, amount, count
            from limit_counters
           where limit_counters.shard_id = $1 and limit_counters.limit_id = u.limit_id
             and limit_counters.subject = u.subject and limit_counters.period = u.period
           limit 1
             for no key update) c`,
);

export const storeCounters: Statement = statement(
  "store-limit-counters",
  `update limit_counters
      set amount = u.amount, count = u.count
     from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[])
       as u (limit_id, subject, period, amount, count)
    where limit_counters.shard_id = $1 and limit_counters.limit_id = u.limit_id
      and limit_counters.subject = u.subject and limit_counters.period = u.period`,
);

export const findCounter: Statement = statement(
  "find-limit-counter",
  `select limit_id, subject, period, amount, count
     from limit_counters
    where shard_id = $1 and limit_id = $2 and subject = $3 and period = $4`,
);

export const deleteCounters: Statement = statement(
  "delete-limit-counters",
  "delete from limit_counters where shard_id = $1 and limit_id = $2",
);

/** Removes counters of days before $2, up to a bound; passes over what is locked. */
export const sweepCounters: Statement = statement(
  "sweep-limit-counters",
  `delete from limit_counters
    where shard_id = $1
      and (limit_id, subject, period) in (
            select limit_id, subject, period
              from limit_counters
             where shard_id = $1 and period <> '' and period < $2 collate "C"
             order by period
             limit $3
               for update skip locked)
   returning 1 as swept`,
);

export const readDatabaseTime: Statement = statement(
  "read-time-for-limits",
  "select clock_timestamp()::timestamptz(3) as now",
);

export const findSettlement: Statement = statement(
  "find-limit-settlement",
  "select kind, data from operations where shard_id = $1 and operation_id = $2",
);
