// The statements of the audit log. They insert and read; none changes or removes a row.
import { type Statement, statement } from "../database/index.ts";

const ENTRY = "entry_index, position, at, body, salt, commitment";
const CHECKPOINT = "tree_size, root_hash, note, key_id, at";

export const readLogId: Statement = statement("read-audit-log", "select log_id from audit_log");

export const readSize: Statement = statement(
  "read-audit-size",
  "select coalesce(max(entry_index) + 1, 0) as size from audit_entries",
);

export const insertEntries: Statement = statement(
  "insert-audit-entries",
  `insert into audit_entries (${ENTRY})
   select * from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])`,
);

export const insertNodes: Statement = statement(
  "insert-audit-nodes",
  "insert into audit_nodes (level, node_index, hash) select * from unnest($1::smallint[], $2::bigint[], $3::text[])",
);

export const findNodes: Statement = statement(
  "find-audit-nodes",
  `select n.level, n.node_index, n.hash
     from unnest($1::smallint[], $2::bigint[]) as u (level, node_index)
    cross join lateral (
          select level, node_index, hash
            from audit_nodes
           where audit_nodes.level = u.level and audit_nodes.node_index = u.node_index
           limit 1) n`,
);

export const findCommitments: Statement = statement(
  "find-audit-commitments",
  `select e.entry_index, e.commitment
     from unnest($1::bigint[]) as u (entry_index)
    cross join lateral (
          select entry_index, commitment from audit_entries where audit_entries.entry_index = u.entry_index limit 1) e`,
);

export const listEntries: Statement = statement(
  "list-audit-entries",
  `select ${ENTRY} from audit_entries where entry_index >= $1 order by entry_index limit $2`,
);

/** A change has the time of what it did to its operations, so those of one operation lie between its two times. */
export const listEntriesNaming: Statement = statement(
  "list-audit-entries-naming",
  `select ${ENTRY}
     from audit_entries
    where at >= $1 and at <= $2 and strpos(body, $3) > 0
    order by at, entry_index
    limit $4`,
);

export const insertCheckpoint: Statement = statement(
  "insert-audit-checkpoint",
  `insert into audit_checkpoints (${CHECKPOINT})
   values ($1, $2, $3, $4, clock_timestamp())
   on conflict do nothing
   returning ${CHECKPOINT}`,
);

export const latestCheckpoint: Statement = statement(
  "latest-audit-checkpoint",
  `select ${CHECKPOINT} from audit_checkpoints order by tree_size desc limit 1`,
);

export const listCheckpoints: Statement = statement(
  "list-audit-checkpoints",
  `select ${CHECKPOINT} from audit_checkpoints where tree_size > $1 order by tree_size limit $2`,
);
