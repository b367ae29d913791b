// The statements of inconsistencies. Those of the write path name one shard_id by equality, as $1.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `inconsistency_id, type, status, operation_id, source_system, target_system, data, resolution,
  note, resolved_by, opened_at, resolved_at`;

/** Opens, or opens again what had been resolved. */
export const openInconsistencies: Statement = statement(
  "open-inconsistencies",
  `insert into inconsistencies as i (shard_id, inconsistency_id, type, status, operation_id, source_system,
                                     target_system, data, opened_at)
   select $1, u.inconsistency_id, u.type, 'open', u.operation_id, u.source_system, u.target_system,
          u.data::jsonb, $8
     from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       as u (inconsistency_id, type, operation_id, source_system, target_system, data)
    order by u.inconsistency_id collate "C"
   on conflict (shard_id, inconsistency_id) do update
     set status = 'open', data = excluded.data, opened_at = excluded.opened_at, resolution = null, note = null,
         resolved_by = null, resolved_at = null
     where i.status = 'resolved'
   returning i.inconsistency_id`,
);

export const resolveInconsistencies: Statement = statement(
  "resolve-inconsistencies",
  `update inconsistencies as i
      set status = 'resolved', resolution = u.resolution, note = u.note, resolved_by = $5, resolved_at = $6
     from unnest($2::text[], $3::text[], $4::text[]) as u (inconsistency_id, resolution, note)
    where i.shard_id = $1 and i.inconsistency_id = u.inconsistency_id and i.status = 'open'
   returning i.inconsistency_id, i.type`,
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
    order by opened_at desc, inconsistency_id desc
    limit $7`,
);
