// The statements of mismatches. Those of one run name its shard by equality, as $1.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `reconciliation_id, operation_id, leg, source_system, target_system, type, status, initiated_at,
  credit_type_id, value::text as value, data, assigned_to, repair_action, repair_status, repair, found_at, updated_at,
  resolution, resolved_by, resolved_by_run, resolved_at`;

/** One that is there stays: a run records nothing twice. */
export const insertMismatch: Statement = statement(
  "insert-mismatch",
  `insert into reconciliation_mismatches (shard_id, reconciliation_id, operation_id, leg, source_system,
          target_system, type, status, initiated_at, credit_type_id, value, data, repair_action, found_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9, $10, $11::text::jsonb, $12, $13, $13)
   on conflict (shard_id, reconciliation_id, operation_id, leg) do nothing
   returning operation_id`,
);

export const findMismatches: Statement = statement(
  "find-mismatches",
  `select ${COLUMNS}
     from reconciliation_mismatches
    where shard_id = $1 and reconciliation_id = $2 and operation_id = any ($3::text[])
    order by operation_id, leg`,
);

export const lockMismatches: Statement = statement(
  "lock-mismatches",
  `select ${COLUMNS}
     from reconciliation_mismatches
    where shard_id = $1 and reconciliation_id = $2 and operation_id = any ($3::text[])
    order by operation_id, leg
      for no key update`,
);

/** A run's, by operation and leg, from the one before ($6, $7). */
export const listMismatches: Statement = statement(
  "list-mismatches",
  `select ${COLUMNS}
     from reconciliation_mismatches
    where shard_id = $1 and reconciliation_id = $2
      and ($3::text is null or type = $3) and ($4::text is null or status = $4)
      and ($5::text is null or repair_status = $5)
      and ($6::text is null or (operation_id, leg) > ($6 collate "C", $7::text collate "C"))
    order by operation_id, leg
    limit $8`,
);

/** What a run may repair and has not yet, the largest first. */
export const listRepairable: Statement = statement(
  "list-repairable",
  `select ${COLUMNS}
     from reconciliation_mismatches
    where shard_id = $1 and reconciliation_id = $2 and repair_action <> 'present_evidence' and repair_status is null
      and status <> 'resolved'
    order by value desc, operation_id, leg
    limit $3`,
);

/** What was repaired and has not been read again. */
export const listUnproven: Statement = statement(
  "list-unproven",
  `select ${COLUMNS}
     from reconciliation_mismatches
    where shard_id = $1 and reconciliation_id = $2 and status <> 'resolved'
      and repair_status in ('applied', 'approved')
      and ($3::text is null or (operation_id, leg) > ($3 collate "C", $4::text collate "C"))
    order by operation_id, leg
    limit $5`,
);

export const sumRepairs: Statement = statement(
  "sum-repairs",
  `select count(*)::integer as count, coalesce(sum(value), 0)::text as value
     from reconciliation_mismatches
    where shard_id = $1 and reconciliation_id = $2 and repair_status in ('applied', 'approved')`,
);

export const setRepair: Statement = statement(
  "set-mismatch-repair",
  `update reconciliation_mismatches
      set repair_status = $5, repair = $6::text::jsonb, updated_at = $7
    where shard_id = $1 and reconciliation_id = $2 and operation_id = $3 and leg = $4`,
);

export const setRepairAction: Statement = statement(
  "set-mismatch-repair-action",
  `update reconciliation_mismatches
      set repair_action = $5
    where shard_id = $1 and reconciliation_id = $2 and operation_id = $3 and leg = $4`,
);

export const setWork: Statement = statement(
  "set-mismatch-work",
  `update reconciliation_mismatches
      set status = $5, assigned_to = $6, updated_at = $7
    where shard_id = $1 and reconciliation_id = $2 and operation_id = $3 and leg = $4`,
);

export const resolveMismatch: Statement = statement(
  "resolve-mismatch",
  `update reconciliation_mismatches
      set status = 'resolved', resolution = $5, resolved_by = $6, resolved_by_run = $7, resolved_at = $8,
          updated_at = $8
    where shard_id = $1 and reconciliation_id = $2 and operation_id = $3 and leg = $4 and status <> 'resolved'
   returning operation_id`,
);

export const reopenMismatch: Statement = statement(
  "reopen-mismatch",
  `update reconciliation_mismatches
      set status = 'open', resolution = null, resolved_by = null, resolved_by_run = null, resolved_at = null,
          updated_at = $5
    where shard_id = $1 and reconciliation_id = $2 and operation_id = $3 and leg = $4 and status = 'resolved'`,
);

/** Carries on what an earlier run's mismatch had come to. */
export const carryWork: Statement = statement(
  "carry-mismatch",
  `update reconciliation_mismatches
      set found_at = $5, status = $6, assigned_to = $7, updated_at = $8
    where shard_id = $1 and reconciliation_id = $2 and operation_id = $3 and leg = $4 and status = 'open'`,
);

/** What earlier runs of a pair left unresolved in a window; in one shard. */
export const listUnresolved: Statement = statement(
  "list-unresolved-mismatches",
  `select ${COLUMNS}
     from reconciliation_mismatches
    where shard_id = $1 and source_system = $2 and target_system = $3 and status <> 'resolved'
      and initiated_at >= $4 and initiated_at < $5 and reconciliation_id <> $6
    order by initiated_at, operation_id, leg, reconciliation_id
    limit $7`,
);

export const insertHistory: Statement = statement(
  "insert-mismatch-history",
  `insert into reconciliation_mismatch_history (shard_id, reconciliation_id, operation_id, leg, at, principal, action, note)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const listHistory: Statement = statement(
  "list-mismatch-history",
  `select operation_id, leg, at, principal, action, note
     from reconciliation_mismatch_history
    where shard_id = $1 and reconciliation_id = $2 and operation_id = any ($3::text[])
    order by entry_no`,
);

export const sumOpen: Statement = statement(
  "sum-open-mismatches",
  `select count(*)::integer as count, coalesce(max(value), 0)::text as value, min(initiated_at) as oldest
     from reconciliation_mismatches
    where shard_id = $1 and reconciliation_id = $2 and status <> 'resolved'`,
);
