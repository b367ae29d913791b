// Everything that a database holds, as one text, to prove that something is not in it.
import { type Database, statement } from "../../src/database/index.ts";

const listTables = statement(
  "test-list-tables-of-schema",
  "select table_name as name from information_schema.tables where table_schema = 'pointbridge' order by 1",
);

export async function listEverything(database: Database): Promise<string> {
  return database.transaction(async (transaction) => {
    const texts: string[] = [];
    for (const { name } of await transaction.query<{ name: string }>(listTables)) {
      const rows = statement("", `select coalesce(string_agg(t::text, e'\\n'), '') as text from ${name} t`);
      const [row] = await transaction.query<{ text: string }>(rows);
      texts.push(row?.text ?? "");
    }
    return texts.join("\n");
  });
}
