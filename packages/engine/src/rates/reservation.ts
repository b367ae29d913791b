// A pair's place that is taken: by a version that is set for later, or by one that was promised to a partner.
//
// P1  While a place is taken, the pair's rate is not changed otherwise, so that what was set or agreed on comes
//     into force as it was judged.
// P2  What this node alone has set for later can be taken back until then. A promise can't; an hour after the
//     change expired it no longer holds, and whoever changes the rate otherwise ends it (agreement.ts T2).
import type { Transaction } from "../database/index.ts";
import { AppError } from "../system/index.ts";
import * as agreementQueries from "./agreement-queries.ts";
import { type AgreementRow, moveAgreement } from "./agreement-store.ts";
import * as queries from "./queries.ts";
import type { RateChangeRow } from "./rate-change.ts";
import { keyParameters, type RateKey } from "./rate-key.ts";
import { lockRateChange, moveRateChange } from "./rate-log.ts";

export async function readTime(transaction: Transaction): Promise<Date> {
  const [row] = await transaction.query<{ now: Date }>(queries.readTime);
  if (row === undefined) throw new Error("the database did not tell the time");
  return row.now;
}

/** P1 */
export function placeTaken(key: RateKey, reservedBy: string): AppError {
  const { sourceSystem, targetSystem } = key;
  const detail = `the change ${reservedBy} of the rate from ${sourceSystem} to ${targetSystem} is set for later or promised to the partner; it comes first, unless it is rejected`;
  return new AppError("rate_change_under_way", detail, { rate_change_id: reservedBy });
}

/** @throws AppError rate_change_under_way (P1) */
export function requireFreePlace(key: RateKey, reservedBy: string | undefined): void {
  if (reservedBy !== undefined) throw placeTaken(key, reservedBy);
}

/** P2 */
export async function endOverduePromise(
  transaction: Transaction,
  shardCount: number,
  key: RateKey,
): Promise<void> {
  const [row] = await transaction.query<AgreementRow>(
    agreementQueries.findOverduePromise,
    keyParameters(key),
  );
  if (row === undefined) return;
  const code = "rate_change_expired";
  await moveAgreement(transaction, row, { state: "ended", code, isSettled: true });
  await transaction.query(queries.bumpCatalogVersion);
  const change = await lockRateChange(transaction, shardCount, row.operation_id);
  if (change?.status !== "processing") return;
  const { data } = change;
  const now = await readTime(transaction);
  const ending = { status: "failed", rateVersion: null, failureCode: code, data, now } as const;
  await moveRateChange(transaction, shardCount, change, ending);
}

/** Takes back what is set for later (P2); false where it is in force already. */
export async function dropScheduled(transaction: Transaction, row: RateChangeRow): Promise<boolean> {
  const key = [row.source_system, row.target_system, row.source_credit_type, row.target_credit_type];
  const dropped = await transaction.query(queries.dropScheduledRate, [...key, row.rate_version]);
  if (dropped.length === 0) return false;
  await transaction.query(queries.keepRate, [...key, row.rate_version]);
  await transaction.query(queries.bumpCatalogVersion);
  return true;
}
