// Exchange rates: exact ratios of integers, read from and written as decimal strings.

export interface Rate {
  readonly numerator: bigint;
  /** A power of ten. */
  readonly denominator: bigint;
  /** The shortest decimal writing: no leading zero but the one before the point, no trailing one. */
  readonly text: string;
}

const RATE_PATTERN = /^([0-9]{1,12})(?:\.([0-9]{1,18}))?$/;

/** Reads a decimal rate greater than 0 with at most 12 integer and 18 fractional digits, else undefined. */
export function parseRate(text: string): Rate | undefined {
  const match = RATE_PATTERN.exec(text);
  if (match === null) return undefined;
  const fraction = (match[2] ?? "").replace(/0+$/, "");
  const integer = (match[1] ?? "").replace(/^0+(?=.)/, "");
  const numerator = BigInt(integer + fraction);
  if (numerator === 0n) return undefined;
  return {
    numerator,
    denominator: 10n ** BigInt(fraction.length),
    text: fraction === "" ? integer : `${integer}.${fraction}`,
  };
}

/** What an amount is worth at the target, rounded down: the remainder stays with nobody's member. */
export function convertPoints(amount: bigint, rate: Rate): bigint {
  return (amount * rate.numerator) / rate.denominator;
}
