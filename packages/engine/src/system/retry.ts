// Trying again, with a bound: waits grow, and jitter keeps those who collided from colliding again.

export interface RetryPolicy {
  readonly attemptsMax: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
}

/** Milliseconds to wait after the given failed attempt (1 is the first): half of it fixed, half random. */
export function retryDelayMs(policy: RetryPolicy, attempt: number): number {
  const full = Math.min(policy.firstDelayMs * 2 ** (attempt - 1), policy.longestDelayMs);
  return full / 2 + (Math.random() * full) / 2;
}

/**
 * Runs the work until it succeeds, fails for good, or the attempts are used up; then throws the last error.
 * @param isWorthRetrying judges an error
 */
export async function retry<T>(
  policy: RetryPolicy,
  isWorthRetrying: (error: unknown) => boolean,
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= policy.attemptsMax || !isWorthRetrying(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs(policy, attempt)));
    }
  }
}
