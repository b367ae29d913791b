// How far a rate moves, and whether that is more than one person may do alone. Pure and exact.
//
// S1  A change is measured against the rate in force and against the reference, the oldest rate in force
//     within the window; the larger of the two counts, so that many small steps are one large one.
// S2  Whether a change is above the limit is decided by the ratio itself, never by its decimal writing.
// S3  The writing is rounded away from zero, so that what is above a limit never reads as if it met it.
import type { Rate } from "../domain/index.ts";

export interface ChangeSize {
  /** Signed percentage, at most six fractional digits, without trailing zeros: "-12.5". */
  readonly percentage: string;
  readonly isAboveLimit: boolean;
}

/** The change as a part of the rate that it is measured against; the denominator is positive. */
interface Share {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const FRACTION_DIGITS = 6;
const FRACTION_UNIT = 10n ** BigInt(FRACTION_DIGITS);

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

function shareOf(changed: Rate, from: Rate): Share {
  return {
    numerator: changed.numerator * from.denominator - from.numerator * changed.denominator,
    denominator: from.numerator * changed.denominator,
  };
}

function isLarger(left: Share, right: Share): boolean {
  return absolute(left.numerator) * right.denominator > absolute(right.numerator) * left.denominator;
}

function writePercentage({ numerator, denominator }: Share): string {
  const scaled = (absolute(numerator) * 100n * FRACTION_UNIT + denominator - 1n) / denominator;
  const fraction = String(scaled % FRACTION_UNIT)
    .padStart(FRACTION_DIGITS, "0")
    .replace(/0+$/, "");
  const whole = `${numerator < 0n ? "-" : ""}${scaled / FRACTION_UNIT}`;
  return fraction === "" ? whole : `${whole}.${fraction}`;
}

/**
 * @param reference the oldest rate in force within the window
 * @param limitPercent how much may change without a second person, up or down
 */
export function measureChange(changed: Rate, inForce: Rate, reference: Rate, limitPercent: Rate): ChangeSize {
  const shares = [shareOf(changed, inForce), shareOf(changed, reference)] as const;
  const larger = isLarger(shares[1], shares[0]) ? shares[1] : shares[0];
  const { numerator, denominator } = larger;
  return {
    percentage: writePercentage(larger),
    isAboveLimit:
      absolute(numerator) * 100n * limitPercent.denominator > limitPercent.numerator * denominator,
  };
}
