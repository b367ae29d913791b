// What partners asked for, as they list it: by the hub's time, then by id.
import type { Transaction } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";
import * as queries from "./partner-queries.ts";
import { type OperationRow, toOperation } from "./rows.ts";

export interface PartnerRowFilter {
  readonly kind: "partner_credit" | "partner_hold";
  /** What the ids of the calling node's rows begin with. */
  readonly idPrefix: string;
  readonly sourceSystem: string;
  readonly targetSystem: string;
  /** A half-open window of `initiatedAt`. */
  readonly startTime: Date;
  readonly endTime: Date;
  readonly limit: number;
  /** The last row of the page before. */
  readonly after?: { readonly initiatedAt: Date; readonly operationId: string } | undefined;
}

export interface PartnerRows {
  readonly rows: readonly Operation[];
  /** Every row that was committed before this time and belongs here was seen. */
  readonly completeUntil: Date;
}

function byTimeThenId(left: Operation, right: Operation): number {
  const order = (left.initiatedAt?.getTime() ?? 0) - (right.initiatedAt?.getTime() ?? 0);
  // Ids are ASCII, so their order as text is that of their bytes.
  return order || (left.operationId < right.operationId ? -1 : 1);
}

export async function listPartnerRows(
  transaction: Transaction,
  shardCount: number,
  filter: PartnerRowFilter,
): Promise<PartnerRows> {
  const { kind, idPrefix, sourceSystem, targetSystem, startTime, endTime, limit, after } = filter;
  // Asked for first: statements of one transaction run in the order sent, each on what was committed by then.
  const clock = transaction.query<{ now: Date }>(queries.readListingTime);
  const pages: Promise<OperationRow[]>[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const page = transaction.query<OperationRow>(queries.listPartnerRows, [
      shardId,
      kind,
      sourceSystem,
      targetSystem,
      idPrefix,
      startTime,
      endTime,
      after?.initiatedAt ?? null,
      after?.operationId ?? null,
      limit,
    ]);
    pages.push(page);
  }
  const [[time], ...found] = await Promise.all([clock, ...pages]);
  if (time === undefined) throw new Error("the database did not answer its time");
  const rows = found.flat().map(toOperation).sort(byTimeThenId).slice(0, limit);
  return { rows, completeUntil: time.now };
}
