// Exchanges of a pair that this node made, as legs read them: page by page, by id, and around a reading of the other
// side.
import type { Database } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";
import { findOperations, listPairExchanges, type PairPlace } from "../operations/index.ts";
import type { ComparedRow, Side } from "./matching.ts";
import { exchangeRow } from "./own-rows.ts";
import type { Candidate, Place, ReadPair, Window } from "./sides.ts";

export interface ExchangePair {
  readonly sourceSystem: string;
  readonly targetSystem: string;
}

export interface ExchangeRange {
  readonly after: Place | undefined;
  readonly until?: Place | undefined;
  readonly limit: number;
}

function toPairPlace(place: Place | undefined): PairPlace | undefined {
  return place === undefined ? undefined : { createdAt: place.initiatedAt, operationId: place.operationId };
}

export class PairExchanges {
  readonly #database: Database;
  readonly #shardCount: number;
  readonly pair: ExchangePair;

  constructor(database: Database, shardCount: number, pair: ExchangePair) {
    this.#database = database;
    this.#shardCount = shardCount;
    this.pair = pair;
  }

  /** A page of a window, in the order of places. */
  list(window: Window, { after, until, limit }: ExchangeRange): Promise<Operation[]> {
    const places = { after: toPairPlace(after), until: toPairPlace(until), limit };
    return this.#database.transaction((transaction) =>
      listPairExchanges(transaction, this.#shardCount, { ...this.pair, ...window, ...places }),
    );
  }

  /** By id. An id of another kind, or of another pair, is none of them. */
  async find(ids: readonly string[]): Promise<Map<string, Operation>> {
    const { sourceSystem, targetSystem } = this.pair;
    const found = await this.#database.transaction((transaction) =>
      findOperations(transaction, this.#shardCount, ids),
    );
    const own = found.filter(
      (one) =>
        one.kind === "exchange" && one.sourceSystem === sourceSystem && one.targetSystem === targetSystem,
    );
    return new Map(own.map((operation) => [operation.operationId, operation]));
  }

  /** Reads candidates again: the other side between two looks at ours. */
  async readAround(
    candidates: readonly Candidate[],
    theirSide: Side,
    readTheirs: (
      before: ReadonlyMap<string, Operation>,
    ) => Promise<(id: string, ours: Operation | undefined) => readonly ComparedRow[]>,
  ): Promise<ReadonlyMap<string, ReadPair>> {
    const ids = candidates.map(({ operationId }) => operationId);
    const before = await this.find(ids);
    const theirsOf = await readTheirs(before);
    const after = await this.find(ids);
    return new Map(
      ids.map((id) => {
        const [first, second] = [before.get(id), after.get(id)];
        const ours = second === undefined ? undefined : exchangeRow(second, theirSide);
        const isMoving = first?.updatedAt.getTime() !== second?.updatedAt.getTime();
        return [id, { ours, theirs: theirsOf(id, second), isMoving }];
      }),
    );
  }
}
