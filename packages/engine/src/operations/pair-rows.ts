// A pair's exchanges in the order of their making, as they are reconciled with a partner's listing.
import type { Transaction } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";
import * as queries from "./pair-queries.ts";
import { type OperationRow, toOperation } from "./rows.ts";

export interface PairPlace {
  readonly createdAt: Date;
  readonly operationId: string;
}

export interface PairFilter {
  readonly sourceSystem: string;
  readonly targetSystem: string;
  /** A half-open window of `createdAt`. */
  readonly startTime: Date;
  readonly endTime: Date;
  /** The last one of the page before. */
  readonly after?: PairPlace | undefined;
  /** None after this one. */
  readonly until?: PairPlace | undefined;
  readonly limit: number;
}

function byTimeThenId(left: Operation, right: Operation): number {
  const order = left.createdAt.getTime() - right.createdAt.getTime();
  // Ids are ASCII, so their order as text is that of their bytes.
  return order || (left.operationId < right.operationId ? -1 : 1);
}

/** Exchanges by (created_at, id as bytes). */
export async function listPairExchanges(
  transaction: Transaction,
  shardCount: number,
  filter: PairFilter,
): Promise<Operation[]> {
  const { sourceSystem, targetSystem, startTime, endTime, after, until, limit } = filter;
  const pages: Promise<OperationRow[]>[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const page = transaction.query<OperationRow>(queries.listPairExchanges, [
      shardId,
      sourceSystem,
      targetSystem,
      startTime,
      endTime,
      after?.createdAt ?? null,
      after?.operationId ?? null,
      until?.createdAt ?? null,
      until?.operationId ?? null,
      limit,
    ]);
    pages.push(page);
  }
  const found = (await Promise.all(pages)).flat().map(toOperation);
  return found.sort(byTimeThenId).slice(0, limit);
}
