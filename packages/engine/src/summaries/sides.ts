// The two sides of a comparison: our ledger and a partner's, whatever they are read through.
import type { Leg } from "@pointbridge/protocol/pxp";
import type { LegRow, TimeWindow } from "./leg-row.ts";

/** Where a row is looked for: its id, and the times at which it was seen. */
export interface RowPlace {
  readonly operationId: string;
  readonly initiatedAt: readonly Date[];
}

export interface Side {
  readonly leg: Leg;
  /**
   * Rows of every outcome, page by page, by `initiatedAt` and then by id. A page that comes late may hold what an
   * earlier one would not have: whoever compares reads candidates again.
   */
  list(window: TimeWindow): AsyncIterable<readonly LegRow[]>;
  /** Reads rows again, as they stand now; an id may have none or several. */
  readRows(places: readonly RowPlace[]): Promise<LegRow[]>;
  /** Whatever was committed on this side before this time is in what it tells from now on; undefined: it can't say. */
  readCompleteUntil(window: TimeWindow): Promise<Date | undefined>;
}

/** What went over the wire to the other side. */
export interface Traffic {
  trips: number;
  bytesSent: number;
  bytesReceived: number;
}

export interface PartnerSide extends Side {
  /** Grows as the side is asked. */
  readonly traffic: Readonly<Traffic>;
  /** 0 list, 1 count and sum, 2 digest, 3 sketch. */
  readonly levelMax: 0 | 1 | 2 | 3;
}
