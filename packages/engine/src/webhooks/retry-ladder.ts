// When an event that was not taken is sent again.

export interface RetryLadder {
  /** Delay before the second, third … attempt at an event; the last one repeats. */
  readonly delaysMs: readonly number[];
  /** An event that is not taken for so long is given up; a webhook that takes nothing for so long is switched off. */
  readonly patienceMs: number;
  /** Delays between attempts at a receiver that takes nothing; the last one repeats. */
  readonly probeDelaysMs: readonly number[];
  /** The longest that a receiver's Retry-After is heeded. */
  readonly longestQuietMs: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

export const defaultRetryLadder: RetryLadder = {
  delaysMs: [
    5 * second,
    30 * second,
    2 * minute,
    10 * minute,
    30 * minute,
    hour,
    2 * hour,
    4 * hour,
    8 * hour,
  ],
  patienceMs: 72 * hour,
  probeDelaysMs: [...[1, 2, 5, 10, 30].map((seconds) => seconds * second), minute, 5 * minute, 15 * minute],
  longestQuietMs: hour,
};

/** @param count of what went wrong so far, from 1 */
export function delayAfter(delaysMs: readonly number[], count: number): number {
  return delaysMs[Math.min(count, delaysMs.length) - 1] ?? 0;
}
