// The statements of inconsistencies. Those of the write path name one shard_id by equality, as $1.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `inconsistency_id, type, severity, status, operation_id, source_system, target_system, data,
  assigned_to, assigned_at, resolution, note, resolved_by, opened_at, resolved_at`;

/** The number of the next entry of its history. Whoever adds one holds the inconsistency's row. */
const nextEntry = `1 + coalesce((select max(h.entry_number)
                                   from inconsistency_history h
                                  where h.shard_id = $1 and h.inconsistency_id = done.inconsistency_id), 0)`;

/** Opens, or opens again what had been resolved, which is nobody's then; with its entry in the history (I3). */
export const openInconsistencies: Statement = statement(
  "open-inconsistencies",
  `with done as (
     insert into inconsistencies as i (shard_id, inconsistency_id, type, severity, status, operation_id,
                                       source_system, target_system, data, opened_at)
     select $1, u.inconsistency_id, u.type, u.severity, 'open', u.operation_id, u.source_system, u.target_system,
            u.data::jsonb, $8
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $9::text[])
         as u (inconsistency_id, type, operation_id, source_system, target_system, data, severity)
      order by u.inconsistency_id collate "C"
     on conflict (shard_id, inconsistency_id) do update
       set status = 'open', severity = excluded.severity, data = excluded.data, opened_at = excluded.opened_at,
           assigned_to = null, assigned_at = null, resolution = null, note = null, resolved_by = null,
           resolved_at = null
       where i.status = 'resolved'
     returning i.inconsistency_id, i.data),
   noted as (
     insert into inconsistency_history (shard_id, inconsistency_id, entry_number, action, at, principal, data)
     select $1, done.inconsistency_id, ${nextEntry}, 'opened', $8, 'node', done.data from done)
   select inconsistency_id from done`,
);

export const resolveInconsistencies: Statement = statement(
  "resolve-inconsistencies",
  `with done as (
     update inconsistencies as i
        set status = 'resolved', resolution = u.resolution, note = u.note, resolved_by = $5, resolved_at = $6
       from unnest($2::text[], $3::text[], $4::text[]) as u (inconsistency_id, resolution, note)
      where i.shard_id = $1 and i.inconsistency_id = u.inconsistency_id and i.status = 'open'
     returning i.inconsistency_id, i.type, i.resolution, i.note),
   noted as (
     insert into inconsistency_history (shard_id, inconsistency_id, entry_number, action, at, principal, resolution,
                                        note)
     select $1, done.inconsistency_id, ${nextEntry}, 'resolved', $6, $5, done.resolution, done.note from done)
   select inconsistency_id, type from done`,
);

/** $3 null for nobody. Changes nothing where it is resolved, or theirs already. */
export const assignInconsistency: Statement = statement(
  "assign-inconsistency",
  `with done as (
     update inconsistencies
        set assigned_to = $3, assigned_at = case when $3::text is null then null::timestamptz else $5 end
      where shard_id = $1 and inconsistency_id = $2 and status = 'open' and assigned_to is distinct from $3
     returning inconsistency_id)
   insert into inconsistency_history (shard_id, inconsistency_id, entry_number, action, at, principal, assigned_to,
                                      note)
   select $1, done.inconsistency_id, ${nextEntry},
          case when $3::text is null then 'unassigned' else 'assigned' end, $5, $4, $3, $6
     from done`,
);

/** The row is held, so that the operation can't begin or cease to need attention meanwhile. */
export const lockOperationStatus: Statement = statement(
  "lock-operation-status",
  `select status from operations where shard_id = $1 and operation_id = $2 for no key update`,
);

export const findInconsistency: Statement = statement(
  "find-inconsistency",
  `select ${COLUMNS} from inconsistencies where shard_id = $1 and inconsistency_id = $2`,
);

/** One shard's, newest first, from the one before ($5, $6). */
export const listInconsistencies: Statement = statement(
  "list-inconsistencies",
  `select ${COLUMNS}
     from inconsistencies
    where shard_id = $1
      and ($2::text is null or status = $2)
      and ($3::text is null or type = $3)
      and ($4::text is null or operation_id = $4)
      and ($5::timestamptz is null or (opened_at, inconsistency_id) < ($5, $6::text))
      and ($8::text is null
           or (case when status = 'open' and assigned_to is not null then 'assigned' else status end) = $8)
      and ($9::text is null or severity = $9)
      and ($10::text is null or source_system = $10)
      and ($11::text is null or target_system = $11)
      and ($12::text is null or assigned_to = $12)
      and ($13::timestamptz is null or opened_at >= $13)
      and ($14::timestamptz is null or opened_at < $14)
    order by opened_at desc, inconsistency_id desc
    limit $7`,
);

/** From the entry after $3. */
export const listHistory: Statement = statement(
  "list-inconsistency-history",
  `select entry_number, action, at, principal, assigned_to, resolution, note, data
     from inconsistency_history
    where shard_id = $1 and inconsistency_id = $2 and entry_number > $3
    order by entry_number
    limit $4`,
);
