// What tests do behind a node's back, in its database: let days pass for what a webhook's receiver did not take, and
// let a node forget what it did, as one that is restored from a backup does.
import { Client } from "pg";

async function inDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, options: "-c search_path=pointbridge" });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** What waits for a receiver has waited for days; its next attempt is the last. */
export async function ageDeliveries(databaseUrl: string, webhookId: string): Promise<number> {
  return inDatabase(databaseUrl, async (client) => {
    const { rowCount } = await client.query(
      `update webhook_deliveries
          set first_attempt_at = first_attempt_at - interval '10 days', next_attempt_at = clock_timestamp()
        where webhook_id = $1 and state = 'pending' and attempts > 0`,
      [webhookId],
    );
    return rowCount ?? 0;
  });
}

const tables = ["transfers", "accounts", "clearing_accounts", "operations"] as const;

/** Does the work, and then has the node's ledger as it was before. */
export async function forget(databaseUrl: string, work: () => Promise<void>): Promise<void> {
  await inDatabase(databaseUrl, async (client) => {
    const saved = new Map<string, string>();
    for (const table of tables) {
      const { rows } = await client.query<{ rows: string }>(
        `select coalesce(json_agg(t), '[]')::text as rows from ${table} t`,
      );
      saved.set(table, rows[0]?.rows ?? "[]");
    }
    await work();
    for (const table of tables) {
      await client.query("begin");
      await client.query(`delete from ${table}`);
      await client.query(
        `insert into ${table} select * from json_populate_recordset(null::${table}, $1::json)`,
        [saved.get(table)],
      );
      await client.query("commit");
    }
  });
}
