// A partner's ledger as one side of a comparison, read through its listing alone.
import type { Leg } from "@pointbridge/protocol/pxp";
import type { LegRow, TimeWindow } from "./leg-row.ts";
import type { PartnerCalls } from "./partner-calls.ts";
import { type ListingBounds, listingCall, listPartnerRows, toPartnerRow } from "./partner-listing.ts";
import type { PartnerSide, RowPlace } from "./sides.ts";

/** Copies of one row that are read again. */
const COPIES_MAX = 100;

export class ListedPartner implements PartnerSide {
  readonly leg: Leg;
  readonly levelMax: 0 | 1 | 2 | 3 = 0;
  readonly #calls: PartnerCalls;
  readonly #bounds: ListingBounds | undefined;

  constructor(calls: PartnerCalls, leg: Leg, bounds?: ListingBounds) {
    this.#calls = calls;
    this.leg = leg;
    this.#bounds = bounds;
  }

  get traffic() {
    return this.#calls.traffic;
  }

  list(window: TimeWindow): AsyncGenerator<readonly LegRow[]> {
    return listPartnerRows(this.#calls, this.leg, window, this.#bounds);
  }

  async #readMoment(at: Date, ids: ReadonlySet<string>): Promise<LegRow[]> {
    const window = { startTime: at, endTime: new Date(at.getTime() + 1) };
    const found: LegRow[] = [];
    for await (const page of this.list(window)) {
      found.push(...page.filter(({ operationId }) => ids.has(operationId)).slice(0, COPIES_MAX));
    }
    return found;
  }

  async readRows(places: readonly RowPlace[]): Promise<LegRow[]> {
    const moments = new Map<number, Set<string>>();
    for (const { operationId, initiatedAt } of places) {
      for (const at of initiatedAt) {
        const ids = moments.get(at.getTime()) ?? new Set();
        moments.set(at.getTime(), ids.add(operationId));
      }
    }
    const found: LegRow[] = [];
    for (const [atMs, ids] of [...moments].sort(([left], [right]) => left - right)) {
      found.push(...(await this.#readMoment(new Date(atMs), ids)));
    }
    return found;
  }

  async readCompleteUntil(window: TimeWindow): Promise<Date | undefined> {
    const answer = await this.#calls.call("operations", listingCall(this.leg, window, 1));
    answer.items.forEach(toPartnerRow);
    return answer.complete_until === null ? undefined : new Date(answer.complete_until);
  }
}
