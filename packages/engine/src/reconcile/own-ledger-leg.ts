// Exchanges between two systems that this node hosts against the movements of its own ledger: what the log says, and
// what moved. Both are written by one transaction, so whatever differs was altered behind the engine's back.
import { type Database, textArray, timeArray } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";
import type { ComparedRow, Side } from "./matching.ts";
import * as queries from "./own-ledger-queries.ts";
import { exchangeRow, wasBegun } from "./own-rows.ts";
import { type ExchangePair, PairExchanges } from "./pair-exchanges.ts";
import type { Candidate, Chunk, LegSource, Pair, Place, ReadPair, Window } from "./sides.ts";

interface MovementRow {
  readonly operation_id: string;
  readonly amount: bigint;
  readonly created_at: Date;
  readonly user_id: string;
  readonly credit_type_id: string;
}

const PAGE = 1_000;

function toRow(movement: MovementRow): ComparedRow {
  return {
    operationId: movement.operation_id,
    userId: movement.user_id,
    creditTypeId: movement.credit_type_id,
    amount: movement.amount,
    outcome: "moved",
    state: "moved",
    initiatedAt: movement.created_at,
  };
}

/** By when everything of an exchange has moved. */
function lastTimeOf(operation: Operation): Date {
  return operation.data?.crossing === undefined ? operation.createdAt : operation.updatedAt;
}

function groupById(rows: readonly MovementRow[]): Map<string, ComparedRow[]> {
  return Map.groupBy(rows.map(toRow), ({ operationId }) => operationId);
}

export class OwnLedgerLeg implements LegSource {
  readonly leg: "own_debits" | "own_credits";
  readonly theirSide: Side;
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #pair: ExchangePair;
  readonly #exchanges: PairExchanges;
  readonly #window: Window;

  constructor(
    leg: "own_debits" | "own_credits",
    database: Database,
    shardCount: number,
    pair: ExchangePair,
    window: Window,
  ) {
    this.leg = leg;
    this.theirSide = leg === "own_debits" ? "source" : "target";
    this.#database = database;
    this.#shardCount = shardCount;
    this.#pair = pair;
    this.#exchanges = new PairExchanges(database, shardCount, pair);
    this.#window = window;
  }

  /** The system whose ledger is read, the one that it faces, and the lines that take points from it or bring them. */
  get #facing(): readonly [systemId: string, counterparty: string, entries: string] {
    const { sourceSystem, targetSystem } = this.#pair;
    if (this.leg === "own_debits") return [sourceSystem, targetSystem, textArray(["debit", "capture"])];
    return [targetSystem, sourceSystem, textArray(["credit"])];
  }

  async #listMovements(firstAt: Date, lastAt: Date): Promise<Map<string, ComparedRow[]>> {
    const rows = await this.#database.transaction(async (transaction) => {
      const found: MovementRow[] = [];
      for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
        const parameters = [shardId, ...this.#facing, firstAt, lastAt];
        found.push(...(await transaction.query<MovementRow>(queries.listMovements, parameters)));
      }
      return found;
    });
    return groupById(rows);
  }

  async #findMovements(
    places: readonly { readonly operationId: string; readonly firstAt: Date; readonly lastAt: Date }[],
  ): Promise<Map<string, ComparedRow[]>> {
    const rows = await this.#database.transaction(async (transaction) => {
      const found: MovementRow[] = [];
      for (let shardId = 1; shardId <= this.#shardCount; shardId += 1) {
        const parameters = [
          shardId,
          ...this.#facing,
          textArray(places.map(({ operationId }) => operationId)),
          timeArray(places.map(({ firstAt }) => firstAt)),
          timeArray(places.map(({ lastAt }) => lastAt)),
        ];
        found.push(...(await transaction.query<MovementRow>(queries.findMovements, parameters)));
      }
      return found;
    });
    return groupById(rows);
  }

  /** Movements of no exchange that is compared elsewhere. */
  async #findStrays(
    movements: ReadonlyMap<string, readonly ComparedRow[]>,
    page: readonly Operation[],
  ): Promise<Pair[]> {
    const known = new Set(page.map(({ operationId }) => operationId));
    const ids = [...movements.keys()].filter((id) => !known.has(id));
    if (ids.length === 0) return [];
    const elsewhere = await this.#exchanges.find(ids);
    return ids
      .filter((id) => !elsewhere.has(id))
      .map((id) => ({ ours: undefined, theirs: movements.get(id) ?? [] }));
  }

  async #compareStretch(page: readonly Operation[], firstAt: Date, lastAt: Date): Promise<readonly Pair[]> {
    const movements = await this.#listMovements(firstAt, lastAt);
    const late = page.filter((operation) => lastTimeOf(operation) > lastAt);
    const found = await this.#findMovements(
      late.map((operation) => ({
        operationId: operation.operationId,
        firstAt: operation.createdAt,
        lastAt: lastTimeOf(operation),
      })),
    );
    const begun = page.filter((one) => wasBegun(one) || movements.has(one.operationId));
    const pairs = begun.map(
      (one): Pair => ({
        ours: exchangeRow(one, this.theirSide),
        theirs: found.get(one.operationId) ?? movements.get(one.operationId) ?? [],
      }),
    );
    return [...pairs, ...(await this.#findStrays(movements, page))];
  }

  async *compare({ after }: { readonly after?: Place | undefined }): AsyncGenerator<Chunk, void, undefined> {
    const { startTime, endTime } = this.#window;
    let place = after;
    for (;;) {
      const page = await this.#exchanges.list({ startTime, endTime }, { after: place, limit: PAGE });
      const last = page.length < PAGE ? undefined : page.at(-1);
      // The ends overlap, since a moment may be cut in two: what is there twice is known by its exchange's place.
      const lastAt = last?.createdAt ?? new Date(endTime.getTime() - 1);
      const pairs = await this.#compareStretch(page, place?.initiatedAt ?? startTime, lastAt);
      place = last === undefined ? place : { initiatedAt: last.createdAt, operationId: last.operationId };
      const theirsCount = pairs.reduce((sum, { theirs }) => sum + theirs.length, 0);
      yield { pairs, oursCount: page.length, theirsCount, after: place, isLast: last === undefined };
      if (last === undefined) return;
    }
  }

  readAgain(candidates: readonly Candidate[]): Promise<ReadonlyMap<string, ReadPair>> {
    return this.#exchanges.readAround(candidates, this.theirSide, async (before) => {
      const places = candidates.map(({ operationId, times }) => {
        const operation = before.get(operationId);
        const [time = new Date(0)] = times;
        const firstAt = operation?.createdAt ?? time;
        return { operationId, firstAt, lastAt: operation === undefined ? time : lastTimeOf(operation) };
      });
      const theirs = await this.#findMovements(places);
      return (id) => theirs.get(id) ?? [];
    });
  }
}
