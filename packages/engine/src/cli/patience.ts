// Waiting for a node that is away for a while: what says nothing about the outcome is sent again, as it was.
import { setTimeout as wait } from "node:timers/promises";
import { PointbridgeError, UnreachableError } from "@pointbridge/sdk";
import { retryDelayMs } from "../system/index.ts";

const policy = { attemptsMax: Number.MAX_SAFE_INTEGER, firstDelayMs: 100, longestDelayMs: 2_000 };

function isTransient(error: unknown): boolean {
  return (error instanceof PointbridgeError || error instanceof UnreachableError) && error.retryable;
}

/**
 * Sends again until there is an answer or the time is up; then the last error is thrown.
 * @param retryForMs 0 sends once
 * @param isWorthRetrying of errors that aren't the SDK's own
 */
export async function withPatience<T>(
  retryForMs: number,
  send: () => Promise<T>,
  isWorthRetrying: (error: unknown) => boolean = () => false,
): Promise<T> {
  const giveUpAt = performance.now() + retryForMs;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const delayMs = retryDelayMs(policy, Math.min(attempt, 16));
      const isWorthIt = isTransient(error) || isWorthRetrying(error);
      if (!isWorthIt || performance.now() + delayMs > giveUpAt) throw error;
      await wait(delayMs);
    }
  }
}
