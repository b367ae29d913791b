// How long a caller wants to wait (RFC 7240): `Prefer: wait=SECONDS`, or `respond-async` for not at all.

const DEFAULT_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;

/** Milliseconds to wait. What can't be read is passed over, as a preference may be. */
export function readWaitMs(prefer: string | string[] | undefined, defaultMs = DEFAULT_WAIT_MS): number {
  const preferences = [prefer ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((preference) => preference.trim());
  if (preferences.some((preference) => /^respond-async$/i.test(preference))) return 0;
  for (const preference of preferences) {
    const seconds = /^wait\s*=\s*"?([0-9]{1,6})"?$/i.exec(preference)?.[1];
    if (seconds !== undefined) return Math.min(Number(seconds) * 1_000, LONGEST_WAIT_MS);
  }
  return defaultMs;
}
