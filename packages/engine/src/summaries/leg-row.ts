// One row of a leg as a side tells it, and whether two of them say the same.
import { type Leg, type RecordFields, recordText, type Standing } from "@pointbridge/protocol/pxp";

export interface LegRow extends RecordFields {
  /** As the side names it: a callee's outcome, or the status of the hub's exchange. */
  readonly outcome: string;
  readonly standing: Standing;
  /** Nothing changes it any more, as far as this side knows. */
  readonly isEnded: boolean;
  readonly initiatedAt: Date;
  readonly completedAt: Date | null;
}

/** Half-open, by `initiatedAt`. */
export interface TimeWindow {
  readonly startTime: Date;
  readonly endTime: Date;
}

/** By time, then by id: ids are ASCII, so their order as text is that of their bytes. */
export function compareRows(left: LegRow, right: LegRow): number {
  const order = left.initiatedAt.getTime() - right.initiatedAt.getTime();
  if (order !== 0) return order;
  if (left.operationId === right.operationId) return 0;
  return left.operationId < right.operationId ? -1 : 1;
}

/** A side that keeps no rates is compared without them. */
function withoutRate(leg: Leg, row: LegRow): string | undefined {
  return recordText(leg, { ...row, exchangeRate: null });
}

/** Whether the same points stand by both, or none by either. */
export function sayTheSame(leg: Leg, ours: LegRow | undefined, theirs: LegRow | undefined): boolean {
  const isRateKnown = ours?.exchangeRate != null && theirs?.exchangeRate != null;
  const textOf = (row: LegRow | undefined) => {
    if (row === undefined) return undefined;
    return isRateKnown ? recordText(leg, row) : withoutRate(leg, row);
  };
  return textOf(ours) === textOf(theirs);
}
