// The statements of user mappings. Those that write, and the one that a batch reads with, name one shard_id
// by equality, as $1: the shard of the source's user for mappings and their history, that of the target's
// user for their twins, and that of the id for operations.
import { advisoryLocks, type Statement, statement } from "../database/index.ts";

/** One row per stripe, in the order of the list: callers sort it, so that no two ever wait for each other. */
export const lockStripes: Statement = statement(
  "lock-mapping-stripes",
  `select pg_advisory_xact_lock(${advisoryLocks.mappings}, stripe) from unnest($1::integer[]) as stripe`,
);

export const readClock: Statement = statement(
  "read-clock-for-mappings",
  "select clock_timestamp()::timestamptz(3) as now",
);

export const knownSystems: Statement = statement(
  "known-systems-for-mappings",
  "select system_id from systems where system_id = any ($1::text[])",
);

/**
 * One look-up by key per user, whatever the planner believes of the table: a plain join is planned as a scan
 * of all mappings where statistics are missing, as they always are on the embedded engine.
 */
export const loadMappings: Statement = statement(
  "load-mappings",
  `select m.source_system, m.target_system, m.source_user_id, m.target_user_id, m.updated_at
     from unnest($2::text[], $3::text[], $4::text[]) as u (source_system, target_system, source_user_id)
    cross join lateral (
      select * from user_mappings
       where shard_id = $1 and source_system = u.source_system and target_system = u.target_system
         and source_user_id = u.source_user_id
       limit 1
    ) as m`,
);

export const loadTargets: Statement = statement(
  "load-mapping-targets",
  `select m.source_system, m.target_system, m.target_user_id, m.source_user_id
     from unnest($2::text[], $3::text[], $4::text[]) as u (source_system, target_system, target_user_id)
    cross join lateral (
      select * from user_mapping_targets
       where shard_id = $1 and source_system = u.source_system and target_system = u.target_system
         and target_user_id = u.target_user_id
       limit 1
    ) as m`,
);

export const loadMappingChanges: Statement = statement(
  "load-mapping-changes",
  `select o.operation_id, o.kind, o.user_id, o.target_user_id, o.source_system, o.target_system,
          o.failure_code, o.data, o.created_at
     from unnest($2::text[]) as u (operation_id)
    cross join lateral (
      select * from operations where shard_id = $1 and operation_id = u.operation_id limit 1
    ) as o`,
);

export const insertMappings: Statement = statement(
  "insert-mappings",
  `insert into user_mappings (shard_id, source_system, target_system, source_user_id, target_user_id, updated_at)
   select $1, u.source_system, u.target_system, u.source_user_id, u.target_user_id, $6
     from unnest($2::text[], $3::text[], $4::text[], $5::text[])
       as u (source_system, target_system, source_user_id, target_user_id)
   returning 1 as written`,
);

/** Compares and sets: a row whose target is not the one that was read is not written. */
export const updateMappings: Statement = statement(
  "update-mappings",
  `update user_mappings as m
      set target_user_id = u.target_user_id, updated_at = $7
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       as u (source_system, target_system, source_user_id, old_target_user_id, target_user_id)
    where m.shard_id = $1 and m.source_system = u.source_system and m.target_system = u.target_system
      and m.source_user_id = u.source_user_id and m.target_user_id = u.old_target_user_id
   returning 1 as written`,
);

export const insertTargets: Statement = statement(
  "insert-mapping-targets",
  `insert into user_mapping_targets (shard_id, source_system, target_system, target_user_id, source_user_id)
   select $1, u.source_system, u.target_system, u.target_user_id, u.source_user_id
     from unnest($2::text[], $3::text[], $4::text[], $5::text[])
       as u (source_system, target_system, target_user_id, source_user_id)
   returning 1 as written`,
);

/** Compares and deletes: a target that belongs to another source user than was read stays. */
export const deleteTargets: Statement = statement(
  "delete-mapping-targets",
  `delete from user_mapping_targets as m
    using unnest($2::text[], $3::text[], $4::text[], $5::text[])
       as u (source_system, target_system, target_user_id, source_user_id)
    where m.shard_id = $1 and m.source_system = u.source_system and m.target_system = u.target_system
      and m.target_user_id = u.target_user_id and m.source_user_id = u.source_user_id
   returning 1 as written`,
);

export const insertHistory: Statement = statement(
  "insert-mapping-history",
  `insert into user_mapping_history (shard_id, source_system, target_system, source_user_id, changed_at,
                                     operation_id, old_target_user_id, new_target_user_id, changed_by)
   select $1, u.source_system, u.target_system, u.source_user_id, $8, u.operation_id, u.old_target_user_id,
          u.new_target_user_id, u.changed_by
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $9::text[])
       as u (source_system, target_system, source_user_id, operation_id, old_target_user_id,
             new_target_user_id, changed_by)`,
);

export const insertOperations: Statement = statement(
  "insert-mapping-changes",
  `insert into operations (shard_id, operation_id, kind, status, user_id, target_user_id, source_system,
                           target_system, failure_code, data, principal, created_at, updated_at)
   select $1, u.operation_id, 'mapping_change', case when u.failure_code is null then 'completed' else 'failed' end,
          u.user_id, u.target_user_id, u.source_system, u.target_system, u.failure_code, u.data::jsonb,
          u.principal, $10, $10
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
       as u (operation_id, user_id, target_user_id, source_system, target_system, failure_code, data, principal)`,
);

export const findMapping: Statement = statement(
  "find-mapping",
  `select source_system, target_system, source_user_id, target_user_id, updated_at
     from user_mappings
    where shard_id = $1 and source_system = $2 and target_system = $3 and source_user_id = $4`,
);

/** The oldest change first; $5 and $6 are the last one of the page before. */
export const listHistory: Statement = statement(
  "list-mapping-history",
  `select source_system, target_system, source_user_id, changed_at, operation_id, old_target_user_id,
          new_target_user_id, changed_by
     from user_mapping_history
    where shard_id = $1 and source_system = $2 and target_system = $3 and source_user_id = $4
      and ($5::timestamptz is null or (changed_at, operation_id) > ($5, $6))
    order by changed_at, operation_id
    limit $7`,
);
