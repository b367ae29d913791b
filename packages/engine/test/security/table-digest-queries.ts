// What every table holds, as a count and a digest, to prove that nothing was written.
import { type Database, statement } from "../../src/database/index.ts";

const listTables = statement(
  "test-list-tables-to-digest",
  `select table_schema || '.' || table_name as name
     from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
    order by 1`,
);

/** By table: rows and what they say. A signed request takes its nonce, whatever it comes to: that table is left out. */
export async function digestTables(database: Database): Promise<Record<string, string>> {
  return database.transaction(async (transaction) => {
    const digests: Record<string, string> = {};
    for (const { name } of await transaction.query<{ name: string }>(listTables)) {
      if (name.endsWith(".nonces")) continue;
      const read = statement(
        "",
        `select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as held from ${name} t`,
      );
      const [row] = await transaction.query<{ held: string }>(read);
      digests[name] = row?.held ?? "none";
    }
    return digests;
  });
}
