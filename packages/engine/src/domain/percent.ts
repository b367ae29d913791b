// Percentages as exact ratios, 0 included: limits, which are not rates.
import type { Rate } from "./rate.ts";

const PERCENT = /^(0|[1-9][0-9]{0,5})(?:\.([0-9]{1,6}))?$/;

/** Reads a decimal of 0 or more with at most 6 integer and 6 fractional digits, else undefined. */
export function parsePercent(text: string): Rate | undefined {
  const match = PERCENT.exec(text);
  if (match === null) return undefined;
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  const integer = match[1] ?? "";
  return {
    numerator: BigInt(integer + fraction),
    denominator: 10n ** BigInt(fraction.length),
    text: fraction === "" ? integer : `${integer}.${fraction}`,
  };
}
