// The statements of runs. Those of one run name its shard by equality, as $1.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `reconciliation_id, source_system, target_system, start_time, end_time, origin, repair, policy, status,
  progress, result, failure, principal, created_at, updated_at, ended_at`;

export const readTime: Statement = statement(
  "read-reconciliation-time",
  "select date_trunc('milliseconds', clock_timestamp()) as now",
);

export const insertRun: Statement = statement(
  "insert-reconciliation",
  `insert into reconciliations (shard_id, reconciliation_id, source_system, target_system, start_time, end_time,
                                origin, repair, policy, status, progress, result, principal, created_at, updated_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb, 'running', $10::text::jsonb, $11::text::jsonb, $12,
           $13, $13)
   returning ${COLUMNS}`,
);

export const findRun: Statement = statement(
  "find-reconciliation",
  `select ${COLUMNS} from reconciliations where shard_id = $1 and reconciliation_id = $2`,
);

/** One shard's, newest first, from the one before ($6, $7). */
export const listRuns: Statement = statement(
  "list-reconciliations",
  `select ${COLUMNS}
     from reconciliations
    where shard_id = $1
      and ($2::text is null or source_system = $2) and ($3::text is null or target_system = $3)
      and ($4::text is null or status = $4) and ($5::text is null or origin = $5)
      and ($6::timestamptz is null or (created_at, reconciliation_id) < ($6, $7::text collate "C"))
    order by created_at desc, reconciliation_id desc
    limit $8`,
);

/** Takes a run up, if nobody works on it; a file's run only when its lines are there. */
export const claimRun: Statement = statement(
  "claim-reconciliation",
  `update reconciliations
      set worker = $3, lease_until = clock_timestamp() + $4 * interval '1 millisecond'
    where shard_id = $1 and reconciliation_id = $2 and status = 'running' and progress ->> 'step' <> 'load'
      and (lease_until is null or lease_until <= clock_timestamp())
   returning ${COLUMNS}`,
);

export const findAbandoned: Statement = statement(
  "find-abandoned-reconciliations",
  `select reconciliation_id
     from reconciliations
    where shard_id = $1 and status = 'running' and progress ->> 'step' <> 'load'
      and (lease_until is null or lease_until <= clock_timestamp())
    limit 20`,
);

/** How far the run has come; nothing where somebody else works on it by now. Locks the row for what is stored with it. */
export const advanceRun: Statement = statement(
  "advance-reconciliation",
  `update reconciliations
      set progress = $4::text::jsonb, result = $5::text::jsonb, updated_at = clock_timestamp(),
          lease_until = clock_timestamp() + $6 * interval '1 millisecond'
    where shard_id = $1 and reconciliation_id = $2 and worker = $3 and status = 'running'
   returning reconciliation_id`,
);

/** Only for longer, where a step takes its time. */
export const keepLease: Statement = statement(
  "keep-reconciliation-lease",
  `update reconciliations
      set lease_until = clock_timestamp() + $4 * interval '1 millisecond'
    where shard_id = $1 and reconciliation_id = $2 and worker = $3 and status = 'running'
   returning reconciliation_id`,
);

export const dropLease: Statement = statement(
  "drop-reconciliation-lease",
  `update reconciliations set lease_until = null
    where shard_id = $1 and reconciliation_id = $2 and worker = $3 and status = 'running'`,
);

export const endRun: Statement = statement(
  "end-reconciliation",
  `update reconciliations
      set status = $4, progress = $5::text::jsonb, result = $6::text::jsonb, failure = $7, worker = null,
          lease_until = null, updated_at = $8, ended_at = $8
    where shard_id = $1 and reconciliation_id = $2 and worker = $3 and status = 'running'
   returning reconciliation_id`,
);

/** Nothing where the run's lines have been closed. */
export const lockLoadingRun: Statement = statement(
  "lock-loading-reconciliation",
  `select ${COLUMNS}
     from reconciliations
    where shard_id = $1 and reconciliation_id = $2
      for no key update`,
);

export const closeLoading: Statement = statement(
  "close-loading-reconciliation",
  `update reconciliations set progress = $3::text::jsonb, updated_at = clock_timestamp()
    where shard_id = $1 and reconciliation_id = $2 and status = 'running' and progress ->> 'step' = 'load'
   returning ${COLUMNS}`,
);

export const insertOperation: Statement = statement(
  "insert-reconciliation-operation",
  `insert into operations (shard_id, operation_id, kind, status, source_system, target_system, data, principal,
                           created_at, updated_at)
   values ($1, $2, 'reconciliation', 'processing', $3, $4, $5::text::jsonb, $6, $7, $7)`,
);

export const endOperation: Statement = statement(
  "end-reconciliation-operation",
  `update operations set status = $3, data = data || $4::text::jsonb, updated_at = $5
    where shard_id = $1 and operation_id = $2 and kind = 'reconciliation' and status = 'processing'`,
);

export const insertCandidates: Statement = statement(
  "insert-reconciliation-candidates",
  `insert into reconciliation_candidates as c (shard_id, reconciliation_id, leg, operation_id, initiated_at, other_times)
   select $1, $2, $3, u.operation_id, u.initiated_at, null
     from unnest($4::text[], $5::timestamptz[]) as u (operation_id, initiated_at)
    order by u.operation_id collate "C"
   on conflict (shard_id, reconciliation_id, leg, operation_id) do update
     set other_times = coalesce(c.other_times, '[]'::jsonb) || to_jsonb(excluded.initiated_at)
     where c.initiated_at <> excluded.initiated_at`,
);

export const countCandidates: Statement = statement(
  "count-reconciliation-candidates",
  `select count(*)::integer as count from reconciliation_candidates where shard_id = $1 and reconciliation_id = $2`,
);

export const listCandidates: Statement = statement(
  "list-reconciliation-candidates",
  `select leg, operation_id, initiated_at, other_times
     from reconciliation_candidates
    where shard_id = $1 and reconciliation_id = $2 and leg = $3
    order by initiated_at, operation_id
    limit $4`,
);

export const deleteCandidates: Statement = statement(
  "delete-reconciliation-candidates",
  `delete from reconciliation_candidates
    where shard_id = $1 and reconciliation_id = $2 and leg = $3 and operation_id = any ($4::text[])`,
);

export const clearCandidates: Statement = statement(
  "clear-reconciliation-candidates",
  "delete from reconciliation_candidates where shard_id = $1 and reconciliation_id = $2",
);

export const findPolicy: Statement = statement(
  "find-reconciliation-policy",
  `select source_system, target_system, policy, next_run_at, updated_by, updated_at
     from reconciliation_policies
    where source_system = $1 and target_system = $2`,
);

export const listPolicies: Statement = statement(
  "list-reconciliation-policies",
  `select source_system, target_system, policy, next_run_at, updated_by, updated_at
     from reconciliation_policies
    where ($1::text is null or source_system = $1) and ($2::text is null or target_system = $2)
      and ($3::text is null or (source_system, target_system) > ($3, $4::text))
    order by source_system, target_system
    limit $5`,
);

export const putPolicy: Statement = statement(
  "put-reconciliation-policy",
  `insert into reconciliation_policies (source_system, target_system, policy, next_run_at, updated_by, updated_at)
   values ($1, $2, $3::text::jsonb, $4, $5, $6)
   on conflict (source_system, target_system) do update
     set policy = excluded.policy, next_run_at = excluded.next_run_at, updated_by = excluded.updated_by,
         updated_at = excluded.updated_at
   returning source_system, target_system, policy, next_run_at, updated_by, updated_at`,
);

/** What is due, held until its next time is set; what another node is at is passed over. */
export const lockDuePolicy: Statement = statement(
  "lock-due-reconciliation-policy",
  `select source_system, target_system, policy, next_run_at, updated_by, updated_at
     from reconciliation_policies
    where next_run_at <= clock_timestamp()
    order by next_run_at
    limit 1
      for update skip locked`,
);

export const setNextRun: Statement = statement(
  "set-next-reconciliation",
  `update reconciliation_policies set next_run_at = $3 where source_system = $1 and target_system = $2`,
);

/** The system's kind, for what is compared with what. */
export const findSystemKinds: Statement = statement(
  "find-reconciled-systems",
  "select system_id, kind from systems where system_id = $1 or system_id = $2",
);

export const findLinkMapping: Statement = statement(
  "find-link-mapping",
  "select user_mapping from links where source_system = $1 and target_system = $2",
);

/** Whether it was set otherwise, since a time, who the members of a link's source are at its target. */
export const findMappingChange: Statement = statement(
  "find-link-mapping-change",
  `select 1 as found
     from operations
    where shard_id = $1 and kind = 'link_change' and status = 'completed'
      and source_system = $2 and target_system = $3 and created_at > $4
      and data #> '{change,old}' ? 'user_mapping'
    limit 1`,
);

/** Every rate that the pair has or had. */
export const listPairRates: Statement = statement(
  "list-pair-rates",
  `select distinct rate from rates where source_system = $1 and target_system = $2 limit 1000`,
);

export const insertStatementLines: Statement = statement(
  "insert-statement-lines",
  `insert into reconciliation_statement_lines (shard_id, reconciliation_id, line, operation_id, row)
   select $1, $2, u.line, u.operation_id, u.row::jsonb
     from unnest($3::integer[], $4::text[], $5::text[]) as u (line, operation_id, row)
   on conflict (shard_id, reconciliation_id, line) do nothing`,
);

export const listStatementLines: Statement = statement(
  "list-statement-lines",
  `select line, operation_id, row
     from reconciliation_statement_lines
    where shard_id = $1 and reconciliation_id = $2 and line > $3
    order by line
    limit $4`,
);

export const findStatementLines: Statement = statement(
  "find-statement-lines",
  `select line, operation_id, row
     from reconciliation_statement_lines
    where shard_id = $1 and reconciliation_id = $2 and operation_id = any ($3::text[])
    order by line`,
);

export const lockResult: Statement = statement(
  "lock-reconciliation-result",
  `select result from reconciliations where shard_id = $1 and reconciliation_id = $2 for no key update`,
);

export const setResult: Statement = statement(
  "set-reconciliation-result",
  `update reconciliations set result = $3::text::jsonb, updated_at = clock_timestamp()
    where shard_id = $1 and reconciliation_id = $2`,
);

/** Approved repairs of runs that have ended, which nobody has made for a minute. */
export const findLeftApproved: Statement = statement(
  "find-left-approved",
  `select m.reconciliation_id, m.operation_id
     from reconciliation_mismatches m
     join reconciliations r on r.shard_id = m.shard_id and r.reconciliation_id = m.reconciliation_id
    where m.shard_id = $1 and m.repair_status = 'approved' and m.status <> 'resolved'
      and r.status <> 'running' and m.updated_at < clock_timestamp() - interval '1 minute'
    limit 20`,
);
