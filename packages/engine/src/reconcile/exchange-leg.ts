// A leg between this node and a partner's: our rows against what the partner's node tells, by sums where both sides keep
// them, else by laying both listings side by side.
import type { OpenedSides, PartnerSide } from "../summaries/index.ts";
import type { Side } from "./matching.ts";
import { mergeListings } from "./merge-chunks.ts";
import type { OwnSide } from "./own-exchanges.ts";
import type { Leg } from "./run.ts";
import type { Candidate, Chunk, LegSource, Place, ReadPair, ToldLeg, Window } from "./sides.ts";
import { compareSums, type SumsWish } from "./summed-comparison.ts";
import { readTheirs, theirPagesOf } from "./their-rows.ts";

export interface ExchangeLegParts {
  readonly leg: Leg;
  readonly theirSide: Side;
  readonly ours: OwnSide;
  readonly theirs: PartnerSide;
  readonly window: Window;
  /** Undefined where rows are compared. */
  readonly sums?: { readonly sides: OpenedSides; readonly wish: SumsWish } | undefined;
}

export class ExchangeLeg implements LegSource {
  readonly #parts: ExchangeLegParts;

  constructor(parts: ExchangeLegParts) {
    this.#parts = parts;
  }

  get leg(): Leg {
    return this.#parts.leg;
  }

  get theirSide(): Side {
    return this.#parts.theirSide;
  }

  async tellAgain(): Promise<ToldLeg | undefined> {
    const { sums, window } = this.#parts;
    return sums === undefined ? undefined : compareSums(sums.sides, window, sums.wish);
  }

  async *compare({ after }: { readonly after?: Place | undefined }): AsyncGenerator<Chunk, void, undefined> {
    const { ours, theirs, window } = this.#parts;
    const told = after === undefined ? await this.tellAgain() : undefined;
    // Where sums could not be had after all, rows are compared as if there were none.
    if (told !== undefined && told.level > 0) {
      yield { pairs: [], oursCount: 0, theirsCount: 0, after: undefined, isLast: true, told };
      return;
    }
    const rest = { startTime: after?.initiatedAt ?? window.startTime, endTime: window.endTime };
    yield* mergeListings(theirPagesOf(theirs, rest), (range) => ours.list(window, range), after);
  }

  async readAgain(candidates: readonly Candidate[]): Promise<ReadonlyMap<string, ReadPair>> {
    const { ours, theirs } = this.#parts;
    const ids = candidates.map(({ operationId }) => operationId);
    const before = await ours.find(ids);
    const times = candidates.flatMap(({ operationId, times: own }) => {
      const initiatedAt = before.get(operationId)?.row.initiatedAt;
      return initiatedAt === undefined ? [...own] : [...own, initiatedAt];
    });
    const told = await readTheirs(theirs, new Set(ids), times);
    const after = await ours.find(ids);
    return new Map(
      ids.map((id) => {
        const [first, second] = [before.get(id), after.get(id)];
        const isMoving = first?.updatedAtMs !== second?.updatedAtMs;
        const { row, evidenceId } = second ?? {};
        return [id, { ours: row, theirs: told.get(id) ?? [], isMoving, evidenceId }];
      }),
    );
  }
}
