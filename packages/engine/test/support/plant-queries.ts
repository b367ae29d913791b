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
