// Exact decimals for previews: a rate is a text, and stays exact until it is shown.

export interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const RATE = /^(0|[1-9][0-9]{0,11})(?:\.([0-9]{1,18}))?$/;

/** Undefined where the text is no rate. */
export function parseRate(text: string): Fraction | undefined {
  const match = RATE.exec(text.trim());
  if (match === null) return undefined;
  const [, whole = "0", fraction = ""] = match;
  const over = BigInt(whole + fraction);
  return over === 0n ? undefined : { over, under: 10n ** BigInt(fraction.length) };
}

export function multiply(left: Fraction, right: Fraction): Fraction {
  return { over: left.over * right.over, under: left.under * right.under };
}

export function isAboveOne({ over, under }: Fraction): boolean {
  return over > under;
}

export function isSame(left: Fraction, right: Fraction): boolean {
  return left.over * right.under === right.over * left.under;
}

/** Rounded down, as the node rounds points. */
export function applyRate(amount: bigint, { over, under }: Fraction): bigint {
  return (amount * over) / under;
}

/** With so many digits after the point, rounded towards zero. */
export function toText({ over, under }: Fraction, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const scaled = (over * scale) / under;
  const sign = scaled < 0n ? "-" : "";
  const text = String(scaled < 0n ? -scaled : scaled).padStart(digits + 1, "0");
  const whole = text.slice(0, -digits);
  const fraction = text.slice(-digits).replace(/0+$/, "");
  return fraction === "" ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** How far `after` is from `before`, in per cent; its magnitude never told smaller than it is by the sixth digit. */
export function changeOf(before: Fraction, after: Fraction): Fraction {
  const over = (after.over * before.under - before.over * after.under) * 100n;
  return { over, under: before.over * after.under };
}

export function magnitude({ over, under }: Fraction): Fraction {
  return { over: over < 0n ? -over : over, under };
}

export function isGreater(left: Fraction, right: Fraction): boolean {
  return left.over * right.under > right.over * left.under;
}
