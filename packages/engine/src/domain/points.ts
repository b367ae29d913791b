// Points: whole numbers as bigint, never floating point, with the bounds that every ledger shares.

/** The most that an amount or a member's balance may be: 2^63 - 1. */
export const MAX_POINTS = 9_223_372_036_854_775_807n;

const AMOUNT_PATTERN = /^[1-9][0-9]{0,18}$/;

/**
 * Reads an amount as it stands in a request: a decimal string, or an integer up to 2^53 - 1.
 * Answers undefined for anything that is not an amount from 1 to MAX_POINTS.
 */
export function parsePoints(value: string | number): bigint | undefined {
  if (typeof value === "number") {
    return Number.isSafeInteger(value) && value > 0 ? BigInt(value) : undefined;
  }
  if (!AMOUNT_PATTERN.test(value)) return undefined;
  const points = BigInt(value);
  return points <= MAX_POINTS ? points : undefined;
}
