// Our side of a leg: exchanges that this node made, or what a partner's node asked of our ledger.
import type { Database } from "../database/index.ts";
import {
  type Operation,
  partnerOperationId,
  partnerOperationPrefix,
  writtenOperationId,
} from "../domain/index.ts";
import { findOperations, listPartnerRows } from "../operations/index.ts";
import type { ComparedRow, Side } from "./matching.ts";
import type { OurRange, OurRow } from "./merge-chunks.ts";
import { calleeRow, exchangeRow, wasBegun } from "./own-rows.ts";
import { type ExchangePair, PairExchanges } from "./pair-exchanges.ts";
import { comparePlaces, type Window } from "./sides.ts";

/** An operation of ours as it is compared, and what tells one state of it from the next. */
export interface FoundRow {
  readonly row: ComparedRow;
  readonly updatedAtMs: number;
  readonly evidenceId: string | undefined;
}

export interface OwnSide {
  /** A page of the window in the order of places. */
  list(window: Window, range: OurRange): Promise<readonly OurRow[]>;
  find(operationIds: readonly string[]): Promise<ReadonlyMap<string, FoundRow>>;
}

function toFound(operation: Operation, row: ComparedRow): FoundRow {
  return { row, updatedAtMs: operation.updatedAt.getTime(), evidenceId: operation.data?.evidence_id };
}

/** What this node is the hub of. */
export class OwnExchanges implements OwnSide {
  readonly #exchanges: PairExchanges;
  readonly #side: Side;

  /** @param side the leg whose ledger they are compared with */
  constructor(database: Database, shardCount: number, pair: ExchangePair, side: Side) {
    this.#exchanges = new PairExchanges(database, shardCount, pair);
    this.#side = side;
  }

  async list(window: Window, range: OurRange): Promise<readonly OurRow[]> {
    const operations = await this.#exchanges.list(window, range);
    return operations.map((operation) => ({
      row: exchangeRow(operation, this.#side),
      isExpected: wasBegun(operation),
    }));
  }

  async find(operationIds: readonly string[]): Promise<ReadonlyMap<string, FoundRow>> {
    const found = await this.#exchanges.find(operationIds);
    return new Map([...found].map(([id, one]) => [id, toFound(one, exchangeRow(one, this.#side))]));
  }
}

/** What the node of a partner asked of our ledger. */
export class AskedRows implements OwnSide {
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #pair: ExchangePair;
  readonly #kind: "credit" | "hold";
  readonly #nodeId: string;

  constructor(
    database: Database,
    shardCount: number,
    pair: ExchangePair,
    kind: "credit" | "hold",
    nodeId: string,
  ) {
    this.#database = database;
    this.#shardCount = shardCount;
    this.#pair = pair;
    this.#kind = kind;
    this.#nodeId = nodeId;
  }

  get #calledSystem(): string {
    return this.#kind === "credit" ? this.#pair.targetSystem : this.#pair.sourceSystem;
  }

  async list(window: Window, { after, until, limit }: OurRange): Promise<readonly OurRow[]> {
    const idPrefix = partnerOperationPrefix(this.#kind, this.#nodeId, this.#calledSystem);
    const { rows } = await this.#database.transaction((transaction) =>
      listPartnerRows(transaction, this.#shardCount, {
        kind: this.#kind === "credit" ? "partner_credit" : "partner_hold",
        idPrefix,
        ...this.#pair,
        ...window,
        limit,
        after: after && { initiatedAt: after.initiatedAt, operationId: `${idPrefix}${after.operationId}` },
      }),
    );
    const own = rows.map((operation) => ({ row: calleeRow(operation), isExpected: true }));
    return until === undefined ? own : own.filter(({ row }) => comparePlaces(row, until) <= 0);
  }

  async find(operationIds: readonly string[]): Promise<ReadonlyMap<string, FoundRow>> {
    const ids = operationIds.map((id) =>
      partnerOperationId(this.#kind, this.#nodeId, this.#calledSystem, id),
    );
    const found = await this.#database.transaction((transaction) =>
      findOperations(transaction, this.#shardCount, ids),
    );
    const { sourceSystem, targetSystem } = this.#pair;
    const own = found.filter((one) => one.sourceSystem === sourceSystem && one.targetSystem === targetSystem);
    return new Map(own.map((one) => [writtenOperationId(one.operationId), toFound(one, calleeRow(one))]));
  }
}
