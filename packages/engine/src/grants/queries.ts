// The statements of grants. A reference table, so none names a shard.
import { type Statement, statement } from "../database/index.ts";

const COLUMNS = `grant_id, applies_to, subject, action, system_id, source_system, target_system, max_amount, expires_at,
  created_by, created_at, updated_at`;

export const putGrant: Statement = statement(
  "put-grant",
  `insert into grants as g (${COLUMNS})
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, clock_timestamp(), clock_timestamp())
   on conflict (grant_id) do update
     set applies_to = excluded.applies_to, subject = excluded.subject, action = excluded.action,
         system_id = excluded.system_id, source_system = excluded.source_system,
         target_system = excluded.target_system, max_amount = excluded.max_amount,
         expires_at = excluded.expires_at, created_by = excluded.created_by, updated_at = excluded.updated_at
   returning ${COLUMNS}`,
);

export const findGrant: Statement = statement(
  "find-grant",
  `select ${COLUMNS} from grants where grant_id = $1`,
);

export const listGrants: Statement = statement(
  "list-grants",
  `select ${COLUMNS}
     from grants
    where ($1::text is null or applies_to = $1)
      and ($2::text is null or subject = $2 collate "C")
      and ($3::text is null or grant_id > $3 collate "C")
    order by grant_id
    limit $4`,
);

export const deleteGrant: Statement = statement(
  "delete-grant",
  `delete from grants where grant_id = $1 returning ${COLUMNS}`,
);

export const loadPartnerGrants: Statement = statement(
  "load-partner-grants",
  `select ${COLUMNS} from grants where applies_to = 'partner'`,
);
