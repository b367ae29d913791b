// The floor: the rows of an exchange written by set-based SQL with nothing decided around it. What a node
// reaches of it is what its HTTP, its decisions and its checks leave.
import type { Database } from "../packages/engine/src/database/index.ts";
import { type FloorAccount, type FloorBatch, type FloorPart, prepareBatch } from "./floor-batch.ts";
import * as queries from "./floor-queries.ts";
import type { BenchClient } from "./measure.ts";
import { batchSize, source, target } from "./workload.ts";

/** Stripes from here on are the floor's; the node's lanes use the first ones. */
const FIRST_STRIPE = 32;

interface SideRow {
  readonly account_id: string;
  readonly account_no: bigint;
  readonly available: bigint;
  readonly version: bigint;
}

async function readSide(database: Database, systemId: string): Promise<FloorAccount[]> {
  const rows = await database.transaction((transaction) =>
    transaction.query<SideRow>(queries.readSide, [systemId]),
  );
  return rows.map((row) => ({
    accountId: row.account_id,
    accountNo: Number(row.account_no),
    available: Number(row.available),
    version: Number(row.version),
  }));
}

async function openPart(database: Database, part: number, parts: number): Promise<FloorPart> {
  const open = async (side: typeof source | typeof target, counterparty: string): Promise<number> => {
    const identity = [side.systemId, side.creditTypeId, counterparty, FIRST_STRIPE + part];
    const [row] = await database.transaction((transaction) =>
      transaction.query<{ clearing_no: bigint }>(queries.openClearing, identity),
    );
    return Number(row?.clearing_no);
  };
  const sourceClearingNo = await open(source, target.systemId);
  const targetClearingNo = await open(target, source.systemId);
  return { part, parts, sourceClearingNo, targetClearingNo };
}

function storeBatch(database: Database, batch: FloorBatch): Promise<unknown> {
  return database.transaction((transaction) =>
    Promise.all([
      transaction.query(queries.lockAccounts, batch.lock),
      transaction.query(queries.insertOperations, batch.operations),
      transaction.query(queries.insertTransfers, batch.transfers),
      transaction.query(queries.updateAccounts, batch.accounts),
      transaction.query(queries.updateClearing, batch.clearing),
    ]),
  );
}

/** Clients with enough prepared batches for `exchangeCount` exchanges in all; nobody else may move points meanwhile. */
export async function prepareFloorClients(
  database: Database,
  connectionCount: number,
  exchangeCount: number,
): Promise<BenchClient[]> {
  const sources = await readSide(database, source.systemId);
  const targets = await readSide(database, target.systemId);
  const clients: BenchClient[] = [];
  for (let part = 0; part < connectionCount; part += 1) {
    const place = await openPart(database, part, connectionCount);
    const batches = Array.from({ length: Math.ceil(exchangeCount / connectionCount / batchSize) }, () =>
      prepareBatch(sources, targets, place),
    );
    // In the order in which they were drawn: each builds on the balances after the one before.
    batches.reverse();
    clients.push(async () => {
      const batch = batches.pop();
      if (batch === undefined) return 0;
      await storeBatch(database, batch);
      return batchSize;
    });
  }
  return clients;
}
