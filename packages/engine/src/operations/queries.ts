// The statements of the operation log. Those of the write path name one shard_id by equality, as $1.
import { type Statement, statement } from "../database/index.ts";
import { COLUMNS } from "./log-queries.ts";

// One look-up per id, because for a list of ids the planner likes to read the whole table.
export const findOperations: Statement = statement(
  "find-operations",
  `select o.*
     from unnest($2::text[]) as u (operation_id)
    cross join lateral (
          select ${COLUMNS}
            from operations
           where operations.shard_id = $1 and operations.operation_id = u.operation_id
           limit 1) o`,
);

/** For what ends an operation: its row is held until the end is stored. Locks in the order of the list. */
export const lockOperations: Statement = statement(
  "lock-operations",
  `select o.*
     from unnest($2::text[]) as u (operation_id)
    cross join lateral (
          select ${COLUMNS}
            from operations
           where operations.shard_id = $1 and operations.operation_id = u.operation_id
           limit 1
             for no key update) o`,
);

/** Plain inserts: an id that another transaction has taken meanwhile fails the batch, which is then run again. */
export const insertOperations: Statement = statement(
  "insert-operations",
  `insert into operations (shard_id, ${COLUMNS})
   select $1, u.operation_id, u.kind, u.status, u.user_id, u.target_user_id, u.source_system, u.target_system,
          u.source_credit_type, u.target_credit_type, u.source_amount, u.target_amount, u.exchange_rate,
          u.rate_version, u.quote_id, u.business_code, u.business_id, u.expires_at, u.failure_code,
          u.data::jsonb, u.metadata::jsonb, u.principal, u.initiated_at, u.due_at, u.waiting_on, $26, $26
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                 $9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::text[], $14::integer[],
                 $15::text[], $16::text[], $17::text[], $18::timestamptz[], $19::text[], $20::text[],
                 $21::text[], $22::text[], $23::timestamptz[], $24::timestamptz[], $25::text[])
       as u (operation_id, kind, status, user_id, target_user_id, source_system, target_system,
             source_credit_type, target_credit_type, source_amount, target_amount, exchange_rate,
             rate_version, quote_id, business_code, business_id, expires_at, failure_code, data,
             metadata, principal, initiated_at, due_at, waiting_on)`,
);

/** The same for operations that leave most columns empty and share the rest; $7 numbers a row's shape in $8 to $17. */
export const insertPlainOperations: Statement = statement(
  "insert-plain-operations",
  `insert into operations (shard_id, operation_id, user_id, target_user_id, source_amount, target_amount, kind,
          status, source_system, target_system, source_credit_type, target_credit_type, exchange_rate,
          rate_version, failure_code, principal, created_at, updated_at)
   select $1, u.operation_id, u.user_id, u.target_user_id, u.source_amount, u.target_amount,
          ($8::text[])[u.shape], ($9::text[])[u.shape], ($10::text[])[u.shape], ($11::text[])[u.shape],
          ($12::text[])[u.shape], ($13::text[])[u.shape], ($14::text[])[u.shape], ($15::integer[])[u.shape],
          ($16::text[])[u.shape], ($17::text[])[u.shape], $18, $18
     from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::integer[])
       as u (operation_id, user_id, target_user_id, source_amount, target_amount, shape)`,
);

export const backdateOperation: Statement = statement(
  "backdate-operation",
  "update operations set created_at = $3 where shard_id = $1 and operation_id = $2",
);

export const updateOperations: Statement = statement(
  "update-operations",
  `update operations
      set status = u.status, data = u.data::jsonb, failure_code = u.failure_code,
          target_user_id = u.target_user_id, due_at = u.due_at, waiting_on = u.waiting_on, updated_at = $9
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[])
       as u (operation_id, status, data, failure_code, target_user_id, due_at, waiting_on)
    where operations.shard_id = $1 and operations.operation_id = u.operation_id`,
);

export const findReferences: Statement = statement(
  "find-references",
  `select r.*
     from unnest($2::text[], $3::text[], $4::text[], $5::text[])
       as u (system_id, kind, business_code, business_id)
    cross join lateral (
          select system_id, kind, business_code, business_id
            from business_references b
           where b.shard_id = $1 and b.system_id = u.system_id and b.kind = u.kind
             and b.business_code = u.business_code and b.business_id = u.business_id
           limit 1) r`,
);

export const insertReferences: Statement = statement(
  "insert-references",
  `insert into business_references (shard_id, system_id, kind, business_code, business_id, operation_id)
   select $1, u.system_id, u.kind, u.business_code, u.business_id, u.operation_id
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       as u (system_id, kind, business_code, business_id, operation_id)`,
);

export const findExpiredHolds: Statement = statement(
  "find-expired-holds",
  `select operation_id
     from operations
    where shard_id = $1 and status = 'held' and expires_at <= clock_timestamp()
    order by expires_at
    limit $2`,
);

/**
 * Takes up what is due and waits on one system, the longest overdue first, for as long as the lease lasts; passes
 * over what another node is taking up.
 */
export const claimDue: Statement = statement(
  "claim-due",
  `update operations
      set due_at = clock_timestamp() + $4 * interval '1 millisecond'
    where shard_id = $1
      and operation_id in (
            select operation_id
              from operations
             where shard_id = $1 and waiting_on = $2 and due_at <= clock_timestamp()
             order by due_at
             limit $3
               for update skip locked)
   returning ${COLUMNS}`,
);

/** Makes due what waits on a partner, up to a bound; answers how many. */
export const wakeWaiting: Statement = statement(
  "wake-waiting",
  `update operations
      set due_at = clock_timestamp()
    where shard_id = $1
      and operation_id in (
            select operation_id
              from operations
             where shard_id = $1 and due_at > clock_timestamp() and waiting_on = $2
             limit $3
               for update skip locked)
   returning 1 as woken`,
);

/** The systems that something waits on: one step in the index for each, however much waits. */
export const listWaitedOn: Statement = statement(
  "list-waited-on",
  `with recursive waited as (
     (select waiting_on
        from operations
       where shard_id = $1 and due_at is not null
       order by waiting_on
       limit 1)
     union all
     select (select o.waiting_on
               from operations o
              where o.shard_id = $1 and o.due_at is not null and o.waiting_on > waited.waiting_on
              order by o.waiting_on
              limit 1)
       from waited
      where waited.waiting_on is not null
   )
   select waiting_on from waited where waiting_on is not null`,
);
