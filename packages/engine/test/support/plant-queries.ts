// Alters a partner's rows behind its node's back, as a fault or a restored backup would.
import { type Statement, statement } from "../../src/database/index.ts";

const OF_ID = "right(operation_id, length($1) + 1) = '/' || $1";

export const plantAmount: Statement = statement(
  "",
  `update operations set target_amount = target_amount + $2, source_amount = source_amount where ${OF_ID}`,
);

export const plantUser: Statement = statement("", `update operations set user_id = $2 where ${OF_ID}`);

export const plantStatus: Statement = statement("", `update operations set status = $2 where ${OF_ID}`);

export const plantRate: Statement = statement("", `update operations set exchange_rate = $2 where ${OF_ID}`);

export const plantLoss: Statement = statement("", `delete from operations where ${OF_ID}`);

/** The exchange's hub forgets it. */
export const plantForgotten: Statement = statement("", "delete from operations where operation_id = $1");

/** The hub says another amount than it had asked for. */
export const plantHubAmount: Statement = statement(
  "",
  "update operations set target_amount = target_amount + $2 where operation_id = $1",
);

/** As if an exchange had been made long ago. $2 is a number of minutes. */
export const plantAge: Statement = statement(
  "",
  `update operations set created_at = created_at - $2 * interval '1 minute',
          initiated_at = initiated_at - $2 * interval '1 minute'
    where operation_id = $1 or ${OF_ID}`,
);

/** A movement of an exchange between hosted systems is changed, on its own. */
export const plantMovement: Statement = statement(
  "",
  "update transfers set amount = amount + $3 where operation_id = $1 and entry = $2",
);

export const plantLostMovement: Statement = statement(
  "",
  "delete from transfers where operation_id = $1 and entry = $2",
);

export const plantForeignMovement: Statement = statement(
  "",
  `update transfers t set account_no = a.account_no, version = 1000 + t.version
     from accounts a
    where t.operation_id = $1 and t.entry = $2 and a.shard_id = t.shard_id and a.user_id = $3 and a.system_id = $4`,
);

/** The hub waits for an answer, and does not ask for it: a verdict that it never heard. */
export const plantUnheard: Statement = statement(
  "",
  `update operations
      set status = 'processing', due_at = clock_timestamp() + interval '1 hour', waiting_on = target_system,
          data = jsonb_set(data, '{crossing,state}', '"crediting"')
    where operation_id = $1`,
);

/** Whoever worked on a run is gone. */
export const plantEndedLease: Statement = statement(
  "",
  "update reconciliations set lease_until = null where reconciliation_id = $1",
);

/**
 * A partner's credit or a hold that was captured moved $2 points more than it was asked for, in its row, its line and
 * every balance: a ledger that holds, and differs. Only for what moved an account last.
 */
export const plantMovedMore: Statement = statement(
  "",
  `with row as (
     update operations
        set target_amount = target_amount + $2::bigint,
            source_amount = case when target_amount is null then source_amount + $2::bigint else source_amount end
      where ${OF_ID}
     returning operation_id
   ), line as (
     update transfers t
        set amount = amount + $2::bigint,
            available_after = available_after + case entry when 'credit' then $2::bigint else -$2::bigint end,
            frozen_after = frozen_after + case entry when 'hold' then $2::bigint else 0 end
       from row
      where t.operation_id = row.operation_id
     returning t.shard_id, t.account_no, t.clearing_no, t.entry
   ), account as (
     update accounts a
        set available = available + case line.entry when 'credit' then $2::bigint else -$2::bigint end
       from line
      where line.entry in ('credit', 'hold') and a.shard_id = line.shard_id and a.account_no = line.account_no
   )
   update clearing_accounts c
      set balance = balance + case line.entry when 'credit' then -$2::numeric else $2::numeric end
     from line
    where line.entry in ('credit', 'capture') and c.shard_id = line.shard_id and c.clearing_no = line.clearing_no`,
);
