// One row of a leg as a side tells it, and whether two of them say the same.
import type { RecordFields, Standing } from "@pointbridge/protocol/pxp";

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
export function compareRows(
  left: Pick<LegRow, "initiatedAt" | "operationId">,
  right: Pick<LegRow, "initiatedAt" | "operationId">,
): number {
  const order = left.initiatedAt.getTime() - right.initiatedAt.getTime();
  if (order !== 0) return order;
  if (left.operationId === right.operationId) return 0;
  return left.operationId < right.operationId ? -1 : 1;
}

/** Whether a row is a record: points stand by it (`recordText`). */
export function isRecord(row: LegRow | undefined): row is LegRow {
  return row !== undefined && row.standing === "moved" && row.amount !== null;
}

/** Whether the same points stand by both, or none by either. A side that keeps no rates is compared without them. */
export function sayTheSame(ours: LegRow | undefined, theirs: LegRow | undefined): boolean {
  if (!isRecord(ours) || !isRecord(theirs)) return isRecord(ours) === isRecord(theirs);
  const isRateKnown = typeof ours.exchangeRate === "string" && typeof theirs.exchangeRate === "string";
  return (
    ours.operationId === theirs.operationId &&
    (ours.userId ?? "") === (theirs.userId ?? "") &&
    (ours.creditTypeId ?? "") === (theirs.creditTypeId ?? "") &&
    ours.amount === theirs.amount &&
    (!isRateKnown || ours.exchangeRate === theirs.exchangeRate)
  );
}
