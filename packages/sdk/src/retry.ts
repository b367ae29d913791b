// When a call is sent again, and after how long.
import { PointbridgeError, UnreachableError } from "./errors.ts";

const firstDelayMs = 100;
const longestDelayMs = 5000;
/** A node that asks for more is better asked again by a person. */
const longestRetryAfterMs = 60_000;

/** What the header asks for: seconds, or a date. */
export function readRetryAfter(header: string | null, nowMs: number = Date.now()): number | undefined {
  if (header === null) return undefined;
  if (/^[0-9]{1,9}$/.test(header)) return Number(header) * 1000;
  const untilMs = Date.parse(header);
  return Number.isNaN(untilMs) ? undefined : Math.max(0, untilMs - nowMs);
}

/** Between half and all of a delay that doubles, so that clients that failed together do not return together. */
function backOff(attempt: number): number {
  const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt);
  return delayMs * (0.5 + Math.random() / 2);
}

/**
 * Milliseconds until the next attempt; undefined where there is to be none.
 * @param attempt from 0
 */
export function delayAfter(error: unknown, attempt: number): number | undefined {
  if (error instanceof UnreachableError) return error.retryable ? backOff(attempt) : undefined;
  if (!(error instanceof PointbridgeError) || !error.retryable) return undefined;
  const askedMs = error.retryAfterMs ?? 0;
  return askedMs > longestRetryAfterMs ? undefined : Math.max(askedMs, backOff(attempt));
}

/** @throws the signal's reason once it is aborted */
export async function pause(delayMs: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal?.addEventListener("abort", end);
  });
  signal?.throwIfAborted();
}
