// What makes a copy of one migrated database as good as a database that was migrated by itself.
import { type Database, type Statement, statement } from "../../src/database/index.ts";

const forgetShardCount: Statement = statement("test-forget-shards", "delete from node_settings");
const renewChangeLog: Statement = statement(
  "test-renew-change-log",
  "update change_log set log_id = gen_random_uuid()::text",
);
const renewAuditLog: Statement = statement(
  "test-renew-audit-log",
  "update audit_log set log_id = gen_random_uuid()::text",
);

/** Of the template: each copy is told its number of shards when it is first opened. */
export async function makeTemplate(database: Database): Promise<void> {
  await database.transaction((transaction) => transaction.query(forgetShardCount));
}

/** Of each copy: what a migration draws by chance is no other database's. */
export async function renewDrawn(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query(renewChangeLog);
    await transaction.query(renewAuditLog);
  });
}
