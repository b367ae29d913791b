// Keeps the ledger's rows as they are and puts them back, for tests that alter rows behind the engine's back.
import { type Database, statement } from "../../src/database/index.ts";

const tables = ["accounts", "transfers", "clearing_accounts", "operations"];

/** Every row of the ledger's tables, as JSON by table. */
export async function readTables(database: Database): Promise<Record<string, string>> {
  return database.transaction(async (transaction) => {
    const saved: Record<string, string> = {};
    for (const table of tables) {
      const read = statement("", `select coalesce(json_agg(t), '[]')::text as rows from ${table} t`);
      const [row] = await transaction.query<{ rows: string }>(read);
      saved[table] = row?.rows ?? "[]";
    }
    return saved;
  });
}

export async function restoreTable(database: Database, table: string, rows: string): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.query(statement("", `delete from ${table}`));
    const fill = `insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`;
    await transaction.query(statement("", fill), [rows]);
  });
}
