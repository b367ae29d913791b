// Sums of what was there before anybody asked for them: rows are added from the latest back, in bulk, and the
// frontier goes back with them.
//
// F4  A leg begins with a frontier above every row there is, so the fold takes care of what comes, and each step adds
//     whole milliseconds below the frontier as the fold's position has them (F2). Whoever is killed has moved the
//     frontier and the sums together, or neither.
import type { Transaction } from "../database/index.ts";
import { addToHours, takeFoldTurn } from "./fold-changes.ts";
import { hourCells, hourMs, hourOf } from "./hour-sums.ts";
import {
  addRecords,
  cutBackwards,
  cutEvenly,
  type HourBook,
  sumsOf,
  type TimeRange,
} from "./read-records.ts";
import { hashOf, type LegSecrets, type SummaryLeg } from "./summary-legs.ts";
import * as queries from "./summary-queries.ts";

/** Chunks of rows that are added in one transaction. */
const CHUNKS_MAX = 5;

/** Where everything is in the sums. */
export const beginningOfTime = new Date(0);

async function readLastTime(transaction: Transaction, leg: SummaryLeg, shardCount: number): Promise<number> {
  let latestMs = 0;
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const { sourceSystem, targetSystem } = leg.leg;
    const parameters = [shardId, sourceSystem, targetSystem];
    const [row] = await transaction.query<{ at: Date | null }>(leg.statements.last, parameters);
    latestMs = Math.max(latestMs, row?.at?.getTime() ?? 0);
  }
  return latestMs;
}

async function countRows(
  transaction: Transaction,
  leg: SummaryLeg,
  shardCount: number,
  range: TimeRange,
): Promise<number> {
  let count = 0;
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const { sourceSystem, targetSystem } = leg.leg;
    const parameters = [shardId, sourceSystem, targetSystem, range.from, range.to, leg.idPrefix];
    const rows = await transaction.query<{ count: bigint }>(leg.statements.sum, parameters);
    count += rows.reduce((sum, row) => sum + Number(row.count), 0);
  }
  return count;
}

/** Begins to keep sums of a leg, unless they are kept. */
export async function beginSums(
  transaction: Transaction,
  shardCount: number,
  secrets: LegSecrets,
  legNo: number,
  now: Date,
): Promise<void> {
  await takeFoldTurn(transaction);
  const leg = await secrets.lock(transaction, legNo);
  if (leg === undefined || leg.frontier !== undefined) return;
  const lastMs = Math.max(await readLastTime(transaction, leg, shardCount), now.getTime());
  await transaction.query(queries.setFrontier, [legNo, new Date(hourOf(lastMs) + hourMs)]); // F4
}

/** Adds the rows before the frontier, some of them; answers the leg's frontier afterwards. */
export async function sealSome(
  transaction: Transaction,
  shardCount: number,
  secrets: LegSecrets,
  legNo: number,
): Promise<Date> {
  const position = await takeFoldTurn(transaction);
  const leg = await secrets.lock(transaction, legNo);
  const frontier = leg?.frontier;
  if (leg === undefined || frontier === undefined) throw new Error(`no sums are kept of leg ${legNo}`);
  if (frontier.getTime() === beginningOfTime.getTime()) return frontier;
  const { ranges, isWhole } = await cutBackwards(transaction, leg, shardCount, frontier, CHUNKS_MAX);
  const book: HourBook = new Map();
  const reading = { leg, shardCount, position, cells: hourCells };
  await addRecords(transaction, reading, ranges, hashOf(leg), book);
  await addToHours(transaction, leg, book);
  const next = isWhole ? beginningOfTime : (ranges.at(-1)?.from ?? beginningOfTime);
  await transaction.query(queries.setFrontier, [legNo, next]);
  return next;
}

/** Adds an hour up anew from its rows, as the fold's position has them. */
export async function recountHour(
  transaction: Transaction,
  shardCount: number,
  secrets: LegSecrets,
  legNo: number,
  hour: Date,
): Promise<void> {
  const position = await takeFoldTurn(transaction);
  const leg = await secrets.lock(transaction, legNo);
  if (leg?.frontier === undefined) return;
  const from = new Date(Math.max(hour.getTime(), leg.frontier.getTime()));
  const range = { from, to: new Date(hour.getTime() + hourMs) };
  const ranges = cutEvenly(range, await countRows(transaction, leg, shardCount, range));
  const book: HourBook = new Map();
  sumsOf(book, hour.getTime(), hourCells);
  await addRecords(transaction, { leg, shardCount, position, cells: hourCells }, ranges, hashOf(leg), book);
  // Its row stays though it has no records: that it was added up is worth knowing.
  await transaction.query(queries.emptyHour, [legNo, hour]);
  await addToHours(transaction, leg, book);
}
