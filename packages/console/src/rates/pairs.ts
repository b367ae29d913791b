// Pairs of credit types that rates are between, and ways round them.
import type { ExchangeRate } from "@pointbridge/sdk";
import { type Fraction, isAboveOne, isGreater, multiply, parseRate } from "./decimal.ts";

export interface Pair {
  readonly source_system: string;
  readonly source_credit_type: string;
  readonly target_system: string;
  readonly target_credit_type: string;
}

export function toKey(pair: Pair): string {
  return [pair.source_system, pair.source_credit_type, pair.target_system, pair.target_credit_type].join("/");
}

export function fromKey(key: string | undefined): Pair | undefined {
  const [source, sourceType, target, targetType, ...rest] = key?.split("/") ?? [];
  if (source === undefined || sourceType === undefined || target === undefined || targetType === undefined)
    return undefined;
  if (rest.length > 0) return undefined;
  return {
    source_system: source,
    source_credit_type: sourceType,
    target_system: target,
    target_credit_type: targetType,
  };
}

export function describePair(pair: Pair): string {
  return `${pair.source_system} ${pair.source_credit_type} → ${pair.target_system} ${pair.target_credit_type}`;
}

export interface Cycle {
  readonly path: readonly string[];
  readonly gain: Fraction;
}

const stepsMax = 6;

/** The way round through this pair that gains the most, if any gains with the new rate. */
export function findGain(pair: Pair, rate: Fraction, rates: readonly ExchangeRate[]): Cycle | undefined {
  const start = `${pair.source_system} ${pair.source_credit_type}`;
  let best: Cycle | undefined;
  const edges = rates.flatMap((one) => {
    const ratio = parseRate(one.rate);
    if (ratio === undefined || toKey(one) === toKey(pair)) return [];
    const from = `${one.source_system} ${one.source_credit_type}`;
    return [{ from, to: `${one.target_system} ${one.target_credit_type}`, ratio }];
  });
  const walk = (path: readonly string[], product: Fraction): void => {
    const at = path.at(-1);
    for (const { from, to, ratio } of edges) {
      if (from !== at) continue;
      const gain = multiply(product, ratio);
      if (to === start) {
        const isBest = best === undefined || isGreater(gain, best.gain);
        if (isAboveOne(gain) && isBest) best = { path: [...path, to], gain };
      } else if (!path.includes(to) && path.length < stepsMax) {
        walk([...path, to], gain);
      }
    }
  };
  walk([start, `${pair.target_system} ${pair.target_credit_type}`], rate);
  return best;
}
