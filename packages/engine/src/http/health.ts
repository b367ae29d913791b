// Whether the node can do its work: its database answers and holds this version's schema.

import { readCatalogState } from "../catalog/index.ts";
import { runRetried } from "../database/index.ts";
import type { Services } from "./services.ts";

/** @throws DatabaseError where the database does not answer, or lacks the schema */
export async function checkReadiness(services: Services): Promise<void> {
  await runRetried(services.database, async (transaction) => {
    await readCatalogState(transaction);
  });
}
