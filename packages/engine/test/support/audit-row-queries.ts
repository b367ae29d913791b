// What somebody with the database's password could do to the audit log and to what it tells of.
import { type Statement, statement } from "../../src/database/index.ts";

export const changeEntry: Statement = statement(
  "",
  "update audit_entries set body = replace(body, 'completed', 'failed') where entry_index = $1",
);
export const removeEntry: Statement = statement("", "delete from audit_entries where entry_index = $1");
/** Makes an exchange say that more was taken than was. */
export const changeAmount: Statement = statement(
  "",
  "update operations set source_amount = source_amount + $3 where shard_id = $1 and operation_id = $2",
);
export const removeOperation: Statement = statement(
  "",
  "delete from operations where shard_id = $1 and operation_id = $2",
);
export const countAudit: Statement = statement(
  "",
  `select (select count(*)::integer from audit_entries) as entries, (select count(*)::integer from audit_nodes) as nodes,
          (select count(*)::integer from audit_checkpoints) as checkpoints`,
);
