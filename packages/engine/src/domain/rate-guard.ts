// How much the rates of a link may change without a second person. Pure.
import { parsePercent } from "./percent.ts";

export interface RateGuard {
  /** Up or down, as a decimal: "20". "0" leaves no change to one person. */
  readonly limitPercent: string;
  /** How far back a change is measured. */
  readonly windowMs: number;
}

export const defaultRateGuard: RateGuard = { limitPercent: "20", windowMs: 24 * 60 * 60 * 1_000 };

/** Whether somebody alone may do more under one guard than under another. */
export function isLooser(guard: RateGuard, than: RateGuard): boolean {
  const [limit, other] = [parsePercent(guard.limitPercent), parsePercent(than.limitPercent)];
  if (limit === undefined || other === undefined) throw new Error("the limit of a link can't be read");
  const isHigher = limit.numerator * other.denominator > other.numerator * limit.denominator;
  return isHigher || guard.windowMs < than.windowMs;
}

/** Of two guards what leaves one person the least. */
export function strictest(left: RateGuard, right: RateGuard): RateGuard {
  const onlyLimit = { ...right, windowMs: left.windowMs };
  return {
    limitPercent: isLooser(onlyLimit, left) ? left.limitPercent : right.limitPercent,
    windowMs: Math.max(left.windowMs, right.windowMs),
  };
}
