// What a leg has to be able to do: lay both sides beside each other, and read single operations again.
import { compareRows, type Totals } from "../summaries/index.ts";
import type { ComparedRow, Side } from "./matching.ts";
import type { Leg } from "./run.ts";

export interface Window {
  readonly startTime: Date;
  readonly endTime: Date;
}

/** A place in a list by time, then by id as bytes. */
export interface Place {
  readonly initiatedAt: Date;
  readonly operationId: string;
}

export function comparePlaces(left: Place, right: Place): number {
  return compareRows(left, right);
}

/** One operation's rows, as both sides have them. */
export interface Pair {
  readonly ours: ComparedRow | undefined;
  readonly theirs: readonly ComparedRow[];
}

/** A leg that was compared by sums: what they say of all of it, and what differs. */
export interface ToldLeg {
  readonly level: number;
  readonly matched: number;
  readonly ours: Totals;
  readonly theirs: Totals;
  readonly digests: { readonly ours: string; readonly theirs: string } | undefined;
  readonly candidates: readonly NewCandidate[];
}

/** A part of a leg, compared once, in the order of places. */
export interface Chunk {
  readonly pairs: readonly Pair[];
  readonly oursCount: number;
  readonly theirsCount: number;
  /** Everything up to here has been compared; undefined for everything. */
  readonly after: Place | undefined;
  /** Nothing of the leg comes after it. */
  readonly isLast: boolean;
  /** Of a file: the last line that has been. */
  readonly line?: number;
  /** Until when the other side is complete, by its own clock. */
  readonly completeUntil?: Date | undefined;
  /** The leg as a whole, where sums were compared and not rows. */
  readonly told?: ToldLeg;
}

export interface NewCandidate {
  readonly operationId: string;
  readonly initiatedAt: Date;
}

export interface Candidate {
  readonly operationId: string;
  /** Every time at which a side lists it. */
  readonly times: readonly Date[];
}

/** Both sides' rows of an operation, read at one time. */
export interface ReadPair extends Pair {
  /** Ours changed while theirs was read: the pair is no picture of one moment. */
  readonly isMoving: boolean;
  /** Of what a partner asked for: where the signed request is kept. */
  readonly evidenceId?: string | undefined;
}

export interface LegSource {
  readonly leg: Leg;
  readonly theirSide: Side;
  /**
   * @param after where an earlier worker has come to
   * @throws UnreadableSideError
   */
  compare(from: {
    readonly after?: Place | undefined;
    readonly line?: number | undefined;
  }): AsyncIterable<Chunk>;
  /**
   * Reads candidates again, theirs between two looks at ours.
   * @throws UnreadableSideError
   */
  readAgain(candidates: readonly Candidate[]): Promise<ReadonlyMap<string, ReadPair>>;
  /** The sums of both sides as they are now; undefined where rows are compared. */
  tellAgain?(): Promise<ToldLeg | undefined>;
}

/** The other side can't be read, or what it answers can't be true: the run fails, and says why. */
export class UnreadableSideError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "UnreadableSideError";
  }
}
