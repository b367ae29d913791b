// Counts every row of every table, to prove that nothing was written.
import { type Database, statement } from "../../src/database/index.ts";

const listTables = statement(
  "test-list-tables",
  `select table_schema || '.' || table_name as name
     from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1`,
);

export async function countRows(database: Database): Promise<Record<string, string>> {
  return database.transaction(async (transaction) => {
    const counts: Record<string, string> = {};
    for (const { name } of await transaction.query<{ name: string }>(listTables)) {
      const count = statement("", `select count(*)::text as rows from ${name}`);
      const [row] = await transaction.query<{ rows: string }>(count);
      counts[name] = row?.rows ?? "none";
    }
    return counts;
  });
}
