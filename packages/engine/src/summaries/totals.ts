// What has moved on one side of a window, added up.
import type { LegRow } from "./leg-row.ts";

export interface CreditTypeTotal {
  readonly creditTypeId: string;
  /** Rows whose points have moved. */
  readonly count: number;
  readonly amount: bigint;
}

export interface Totals {
  /** Rows whose points have moved. */
  readonly count: number;
  /** In code-point order. */
  readonly byCreditType: readonly CreditTypeTotal[];
}

export const noTotals: Totals = { count: 0, byCreditType: [] };

export function makeTotals(byCreditType: readonly CreditTypeTotal[]): Totals {
  const standing = byCreditType.filter(({ count }) => count !== 0);
  const sorted = standing.sort((left, right) => (left.creditTypeId < right.creditTypeId ? -1 : 1));
  return { count: sorted.reduce((sum, { count }) => sum + count, 0), byCreditType: sorted };
}

/** Different types than a ledger would have are a fault of whoever lists them; they are added up as one. */
const TYPES_MAX = 1000;
export const otherTypes = "*";

export class Tally {
  readonly #types = new Map<string, { count: number; amount: bigint }>();

  add(row: Pick<LegRow, "standing" | "creditTypeId" | "amount">): void {
    if (row.standing !== "moved") return;
    const typeId = row.creditTypeId ?? "";
    const key = this.#types.has(typeId) || this.#types.size < TYPES_MAX ? typeId : otherTypes;
    const type = this.#types.get(key) ?? { count: 0, amount: 0n };
    type.count += 1;
    type.amount += row.amount ?? 0n;
    this.#types.set(key, type);
  }

  totals(): Totals {
    return makeTotals([...this.#types].map(([creditTypeId, type]) => ({ creditTypeId, ...type })));
  }
}
