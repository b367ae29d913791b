// The statements that read this node's own movements between two hosted systems. Each names one shard_id, as $1.
import { type Statement, statement } from "../database/index.ts";

const MOVEMENTS = `
  select t.operation_id, t.amount, t.created_at, a.user_id, a.credit_type_id
    from transfers t
    join clearing_accounts c on c.shard_id = t.shard_id and c.clearing_no = t.clearing_no
    join accounts a on a.shard_id = t.shard_id and a.account_no = t.account_no
   where t.shard_id = $1
     and c.purpose = 'clearing' and c.system_id = $2 and c.counterparty = $3
     and t.entry = any ($4::text[])`;

/** What moved between two systems in a stretch of time, both ends included. */
export const listMovements: Statement = statement(
  "list-pair-movements",
  `${MOVEMENTS} and t.created_at >= $5 and t.created_at <= $6 order by t.operation_id`,
);

/** What moved for some operations, each within its own time. */
export const findMovements: Statement = statement(
  "find-pair-movements",
  `select m.*
     from unnest($5::text[], $6::timestamptz[], $7::timestamptz[]) as u (operation_id, first_at, last_at)
    cross join lateral (${MOVEMENTS}
          and t.operation_id = u.operation_id and t.created_at >= u.first_at and t.created_at <= u.last_at) m
    order by m.operation_id`,
);
