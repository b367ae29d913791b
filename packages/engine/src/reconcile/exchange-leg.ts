// Exchanges of this node against what a partner lists of the calls that they made there.
import type { Database } from "../database/index.ts";
import type { Operation } from "../domain/index.ts";
import { findOperations, listPairExchanges, type PairPlace } from "../operations/index.ts";
import type { PartnerSide } from "../summaries/index.ts";
import type { ComparedRow, Side } from "./matching.ts";
import { mergeListings, type OurRange, type OurRow } from "./merge-listings.ts";
import { exchangeRow, wasBegun } from "./own-rows.ts";
import type { Candidate, Chunk, LegSource, Place, ReadPair, Window } from "./sides.ts";
import { readTheirs, theirPagesOf } from "./their-rows.ts";

export interface ExchangePair {
  readonly sourceSystem: string;
  readonly targetSystem: string;
}

function toPairPlace(place: Place | undefined): PairPlace | undefined {
  return place === undefined ? undefined : { createdAt: place.initiatedAt, operationId: place.operationId };
}

export class ExchangeLeg implements LegSource {
  readonly leg: "target_credits" | "source_holds";
  readonly theirSide: Side;
  readonly #database: Database;
  readonly #shardCount: number;
  readonly #pair: ExchangePair;
  readonly #window: Window;
  readonly #theirs: PartnerSide;

  constructor(
    leg: "target_credits" | "source_holds",
    database: Database,
    shardCount: number,
    theirs: PartnerSide,
    pair: ExchangePair,
    window: Window,
  ) {
    this.leg = leg;
    this.theirSide = leg === "target_credits" ? "target" : "source";
    this.#database = database;
    this.#shardCount = shardCount;
    this.#theirs = theirs;
    this.#pair = pair;
    this.#window = window;
  }

  #toOurs(operation: Operation): OurRow {
    return { row: exchangeRow(operation, this.theirSide), isExpected: wasBegun(operation) };
  }

  async #readOurs({ after, until, limit }: OurRange): Promise<OurRow[]> {
    const operations = await this.#database.transaction((transaction) =>
      listPairExchanges(transaction, this.#shardCount, {
        ...this.#pair,
        ...this.#window,
        after: toPairPlace(after),
        until: toPairPlace(until),
        limit,
      }),
    );
    return operations.map((operation) => this.#toOurs(operation));
  }

  compare({ after }: { readonly after?: Place | undefined }): AsyncIterable<Chunk> {
    const { startTime, endTime } = this.#window;
    const rest = { startTime: after?.initiatedAt ?? startTime, endTime };
    return mergeListings(theirPagesOf(this.#theirs, rest), (range) => this.#readOurs(range), after);
  }

  async #findOurs(ids: readonly string[]): Promise<Map<string, Operation>> {
    const found = await this.#database.transaction((transaction) =>
      findOperations(transaction, this.#shardCount, ids),
    );
    const { sourceSystem, targetSystem } = this.#pair;
    // An id of another kind, or of another pair, is no row of this leg.
    const own = found.filter(
      (one) =>
        one.kind === "exchange" && one.sourceSystem === sourceSystem && one.targetSystem === targetSystem,
    );
    return new Map(own.map((operation) => [operation.operationId, operation]));
  }

  async readAgain(candidates: readonly Candidate[]): Promise<ReadonlyMap<string, ReadPair>> {
    const ids = candidates.map(({ operationId }) => operationId);
    const before = await this.#findOurs(ids);
    const times = candidates.flatMap(({ operationId, times: own }) => {
      const created = before.get(operationId)?.createdAt;
      return created === undefined ? [...own] : [...own, created];
    });
    const theirs: ReadonlyMap<string, ComparedRow[]> = await readTheirs(this.#theirs, new Set(ids), times);
    const after = await this.#findOurs(ids);
    return new Map(
      ids.map((id) => {
        const [first, second] = [before.get(id), after.get(id)];
        const ours = second === undefined ? undefined : exchangeRow(second, this.theirSide);
        const isMoving = first?.updatedAt.getTime() !== second?.updatedAt.getTime();
        return [id, { ours, theirs: theirs.get(id) ?? [], isMoving }];
      }),
    );
  }
}
