// After the run: what was counted as made is there, once, and every point is accounted for.
import { Client } from "pg";
import type { Database } from "../packages/engine/src/database/index.ts";
import { verifyLedger } from "../packages/engine/src/ledger/index.ts";
import * as sagaQueries from "./saga-queries.ts";
import * as seedQueries from "./seed-queries.ts";

export interface Made {
  readonly byLedger: number;
  readonly bySaga: number;
}

async function auditSaga(url: string, made: number, openingBalance: number): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ completed: number; entries: number; is_balanced: boolean }>(
    sagaQueries.sumUp,
    [openingBalance],
  );
  await client.end();
  const [found] = rows;
  if (found?.completed !== made || found.entries !== made * 3 || !found.is_balanced) {
    throw new Error(`the sagas don't add up: ${made} were run, found ${JSON.stringify(found)}`);
  }
}

/** @throws Error saying what does not add up */
export async function audit(
  database: Database,
  url: string,
  made: Made,
  openingBalance: number,
): Promise<string> {
  const [counted] = await database.transaction((transaction) =>
    transaction.query<{ completed: bigint; stored: bigint }>(seedQueries.countCompletedExchanges),
  );
  if (Number(counted?.completed) !== made.byLedger || Number(counted?.stored) !== made.byLedger) {
    throw new Error(
      `${made.byLedger} exchanges were sent, ${counted?.completed} of ${counted?.stored} are completed`,
    );
  }
  const report = await verifyLedger(database);
  if (!report.ok)
    throw new Error(`the ledger does not verify: ${JSON.stringify(report.differences, null, 2)}`);
  await auditSaga(url, made.bySaga, openingBalance);
  return `The ledger verifies: ${report.operations} operations, ${report.transfers} lines, ${report.accounts} accounts; all ${made.byLedger} exchanges sent are completed, and so are ${made.bySaga} sagas.`;
}
