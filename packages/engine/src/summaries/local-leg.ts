// Our own ledger as one side of a comparison: exchanges that this node is the hub of, or what a partner's node
// asked this node for.
import type { Leg, Standing } from "@pointbridge/protocol/pxp";
import { standingOf } from "@pointbridge/protocol/pxp";
import type { Database, Transaction } from "../database/index.ts";
import {
  movedAmountOf,
  type Operation,
  type OperationStatus,
  partnerOperationId,
  partnerOperationPrefix,
  writtenOperationId,
} from "../domain/index.ts";
import { findOperations } from "../operations/index.ts";
import { compareRows, type LegRow, type TimeWindow } from "./leg-row.ts";
import * as queries from "./queries.ts";
import type { RowPlace, Side } from "./sides.ts";

/** `hub`: our exchanges, whose leg is at a partner. `callee`: what the node of `nodeId` asked our ledger for. */
export type LegView = { readonly role: "hub" } | { readonly role: "callee"; readonly nodeId: string };

export interface StoredLeg {
  readonly operation_id: string;
  readonly status: OperationStatus;
  readonly user_id: string | null;
  readonly target_user_id: string | null;
  readonly source_credit_type: string | null;
  readonly target_credit_type: string | null;
  readonly source_amount: bigint | null;
  readonly target_amount: bigint | null;
  readonly exchange_rate: string | null;
  readonly initiated_at: Date;
  readonly created_at: Date;
  readonly updated_at: Date;
  /** What it comes to with its adjustments; null where there are none. */
  readonly adjusted_amount?: bigint | null;
}

/** Where a page begins: behind this row. */
export type RowKeys = Pick<LegRow, "initiatedAt" | "operationId">;

const PAGE_ROWS = 1000;

const calleeOutcomes: Readonly<Partial<Record<OperationStatus, string>>> = {
  failed: "refused",
  expired: "released",
};
const openStatuses: readonly OperationStatus[] = [
  "processing",
  "needs_attention",
  "held",
  "pending_approval",
];

/** What points stand by a row of ours. An exchange has moved nothing for good before it is completed. */
export function standingOfStatus(view: LegView, status: OperationStatus): Standing {
  if (view.role === "hub") return status === "completed" ? "moved" : "none";
  return standingOf(calleeOutcomes[status] ?? status);
}

export function toLegRow(leg: Leg, view: LegView, row: StoredLeg): LegRow {
  const isCredit = leg.kind === "credits";
  const isEnded = !openStatuses.includes(row.status);
  // A credit of ours is told where its user is: a partner's credit names the target's user alone.
  const userId = isCredit && view.role === "hub" ? row.target_user_id : row.user_id;
  const endedAt = row.status === "completed" && view.role === "callee" ? row.created_at : row.updated_at;
  return {
    operationId: writtenOperationId(row.operation_id),
    userId,
    creditTypeId: isCredit ? row.target_credit_type : row.source_credit_type,
    amount: row.adjusted_amount ?? (isCredit ? row.target_amount : row.source_amount),
    outcome: view.role === "hub" ? row.status : (calleeOutcomes[row.status] ?? row.status),
    standing: standingOfStatus(view, row.status),
    isEnded,
    initiatedAt: row.initiated_at,
    completedAt: isEnded ? endedAt : null,
    exchangeRate: isCredit ? row.exchange_rate : null,
  };
}

export function operationRow(leg: Leg, view: LegView, operation: Operation): LegRow {
  return toLegRow(leg, view, {
    operation_id: operation.operationId,
    status: operation.status,
    user_id: operation.userId,
    target_user_id: operation.targetUserId,
    source_credit_type: operation.sourceCreditType,
    target_credit_type: operation.targetCreditType,
    source_amount: operation.sourceAmount,
    target_amount: operation.targetAmount,
    exchange_rate: operation.exchangeRate,
    initiated_at: operation.initiatedAt ?? operation.createdAt,
    created_at: operation.createdAt,
    updated_at: operation.updatedAt,
    adjusted_amount: operation.data?.adjusted === undefined ? null : movedAmountOf(operation),
  });
}

/** The system whose ledger the leg is in. */
export function calledSystemOf(leg: Leg): string {
  return leg.kind === "credits" ? leg.targetSystem : leg.sourceSystem;
}

function calleeKind(leg: Leg): "credit" | "hold" {
  return leg.kind === "credits" ? "credit" : "hold";
}

export class LocalLeg implements Side {
  readonly leg: Leg;
  readonly view: LegView;
  readonly #database: Database;
  readonly #shardCount: number;

  constructor(database: Database, shardCount: number, leg: Leg, view: LegView) {
    this.#database = database;
    this.#shardCount = shardCount;
    this.leg = leg;
    this.view = view;
  }

  #storedId(operationId: string): string {
    if (this.view.role === "hub") return operationId;
    return partnerOperationId(calleeKind(this.leg), this.view.nodeId, calledSystemOf(this.leg), operationId);
  }

  #pageOf(
    transaction: Transaction,
    shardId: number,
    window: TimeWindow,
    after: RowKeys | undefined,
    limit: number,
  ): Promise<StoredLeg[]> {
    const { leg, view } = this;
    const { sourceSystem, targetSystem } = leg;
    const { startTime, endTime } = window;
    const afterId = after === undefined ? null : this.#storedId(after.operationId);
    const bounds = [startTime, endTime, after?.initiatedAt ?? null, afterId, limit] as const;
    if (view.role === "hub") {
      return transaction.query(queries.listExchangeLegs, [shardId, sourceSystem, targetSystem, ...bounds]);
    }
    const prefix = partnerOperationPrefix(calleeKind(leg), view.nodeId, calledSystemOf(leg));
    const kind = leg.kind === "credits" ? "partner_credit" : "partner_hold";
    return transaction.query(queries.listPartnerLegs, [
      shardId,
      sourceSystem,
      targetSystem,
      ...bounds,
      kind,
      prefix,
    ]);
  }

  /** One page after a row, from every shard, in order. */
  async readPage(window: TimeWindow, after: RowKeys | undefined, limit = PAGE_ROWS): Promise<LegRow[]> {
    const found = await this.#database.transaction(async (transaction) => {
      const pages: Promise<StoredLeg[]>[] = [transaction.query(queries.preferLegIndexes).then(() => [])];
      for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
        pages.push(this.#pageOf(transaction, shardId, window, after, limit));
      }
      return (await Promise.all(pages)).flat();
    });
    const rows = found.map((row) => toLegRow(this.leg, this.view, row));
    return this.#shardCount === 1 ? rows : rows.sort(compareRows).slice(0, limit);
  }

  async *list(window: TimeWindow): AsyncGenerator<readonly LegRow[]> {
    let after: LegRow | undefined;
    for (;;) {
      const page = await this.readPage(window, after);
      if (page.length > 0) yield page;
      if (page.length < PAGE_ROWS) return;
      after = page.at(-1);
    }
  }

  async readRows(places: readonly RowPlace[]): Promise<LegRow[]> {
    const ids = [...new Set(places.map(({ operationId }) => this.#storedId(operationId)))];
    const operations = await this.#database.transaction((transaction) =>
      findOperations(transaction, this.#shardCount, ids),
    );
    const { sourceSystem, targetSystem } = this.leg;
    const kind = this.view.role === "hub" ? "exchange" : `partner_${calleeKind(this.leg)}`;
    const ofLeg = operations.filter(
      (row) => row.kind === kind && row.sourceSystem === sourceSystem && row.targetSystem === targetSystem,
    );
    return ofLeg.map((row) => operationRow(this.leg, this.view, row));
  }

  async readCompleteUntil(): Promise<Date> {
    const [row] = await this.#database.transaction((transaction) =>
      transaction.query<{ now: Date }>(queries.readDatabaseTime),
    );
    if (row === undefined) throw new Error("the database did not answer its time");
    return row.now;
  }
}
