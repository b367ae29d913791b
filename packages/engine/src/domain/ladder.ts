// The ladder: when a partner that gave no verdict is asked again, when the credit is undone instead, and when
// a person is called. All of it by the database's clock.
//
// T1  Asking again never ends: at the end of the ladder a crossing is asked for at its last interval.
// T2  The decision to undo is made once, late; a crossing is never undone because one answer was bad.

export interface Ladder {
  /** Delay before the second, third … attempt; the last one repeats. */
  readonly delaysMs: readonly number[];
  /** How long a state may be without a verdict before what can be undone is undone. */
  readonly undoAfterMs: number;
  /** How long the whole crossing may be without a verdict before a person is called. */
  readonly alarmAfterMs: number;
  /** For how long whoever takes up a crossing has it for itself. */
  readonly leaseMs: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

export const defaultLadder: Ladder = {
  delaysMs: [
    ...[0.5, 1, 2, 5, 10, 20, 30].map((seconds) => seconds * second),
    ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
    hour,
  ],
  undoAfterMs: 2 * hour,
  alarmAfterMs: 26 * hour,
  leaseMs: 25 * second,
};

/** @param attempts how many went without a verdict */
export function delayOf(ladder: Ladder, attempts: number): number {
  const { delaysMs } = ladder;
  return delaysMs[Math.min(attempts, delaysMs.length) - 1] ?? delaysMs[0] ?? 0;
}
