// Fills the database for the workload: the catalog through the API, members and mappings by set-based SQL.
import { Client } from "pg";
import type { Database } from "../packages/engine/src/database/index.ts";
import type { BenchNode } from "./bench-node.ts";
import { putCatalog } from "./http-ways.ts";
import * as sagaQueries from "./saga-queries.ts";
import * as queries from "./seed-queries.ts";
import { accountsPerSide, exchangeRate, hub, source, target } from "./workload.ts";

export const openingBalance = 1_000_000_000_000;

function catalogSteps(): (readonly [path: string, body: object])[] {
  const sides = [source, target, hub];
  const systems = sides.flatMap(({ systemId, creditTypeId }) => [
    [`/v1/systems/${systemId}`, { name: systemId, kind: "hosted" }] as const,
    [`/v1/systems/${systemId}/credit-types/${creditTypeId}`, { name: creditTypeId }] as const,
  ]);
  const pairs = [target, hub].flatMap((side) => {
    const pair = { source_system: source.systemId, target_system: side.systemId };
    const types = { source_credit_type: source.creditTypeId, target_credit_type: side.creditTypeId };
    return [
      ["/v1/links", { ...pair, user_mapping: side === hub ? "mapped" : "same_id" }] as const,
      ["/v1/rates", { ...pair, ...types, rate: exchangeRate }] as const,
    ];
  });
  return [...systems, ...pairs];
}

/** Gives every member of a system an account with a large balance. */
export async function seedMembers(
  database: Database,
  side: { readonly systemId: string; readonly creditTypeId: string },
): Promise<void> {
  const { systemId, creditTypeId } = side;
  await database.transaction(async (transaction) => {
    await transaction.query(queries.seedAccounts, [systemId, creditTypeId, accountsPerSide, openingBalance]);
    for (const query of [queries.seedOpenings, queries.seedIssuing, queries.seedLines]) {
      await transaction.query(query, [systemId]);
    }
  });
}

export async function seed(node: BenchNode, database: Database, url: string): Promise<void> {
  await putCatalog(node, catalogSteps());
  for (const side of [source, target]) await seedMembers(database, side);
  await database.transaction((transaction) =>
    transaction.query(queries.seedHotMappings, [source.systemId, hub.systemId, hub.userId]),
  );
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const text of sagaQueries.createTables) await client.query(text);
  await client.query(sagaQueries.seedAccounts, [accountsPerSide, openingBalance]);
  for (const text of queries.settle) await client.query(text);
  await client.end();
}
