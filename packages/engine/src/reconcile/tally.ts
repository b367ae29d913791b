// What a run counts: operations, totals by credit type, and the sums of digests that prove that both sides are equal.
import type { Totals } from "../summaries/index.ts";
import { addDigest, digestOf, digestText, parseDigest } from "./digest.ts";
import type { ComparedRow, MismatchType } from "./matching.ts";
import type { Leg, LegTotal, RunResult } from "./run.ts";
import type { Pair, ToldLeg } from "./sides.ts";

/** Is added to as a run goes on; `result` says how it stands. */
export class Tally {
  readonly #totals = new Map<string, { leg: Leg; creditTypeId: string; ours: bigint; theirs: bigint }>();
  readonly #digests = new Map<Leg, { ours: bigint; theirs: bigint }>();
  readonly #differing: Partial<Record<MismatchType, number>>;
  #sourceCount: number;
  #targetCount: number;
  #matched: number;
  #inFlight: number;
  #lateArrivals: number;
  readonly #levels: Partial<Record<Leg, number>>;
  readonly #untold: RunResult["untold"];
  repairStopped: string | undefined;

  constructor(from: RunResult) {
    this.#differing = { ...from.differing };
    this.#sourceCount = from.sourceCount;
    this.#targetCount = from.targetCount;
    this.#matched = from.matched;
    this.#inFlight = from.inFlight;
    this.#lateArrivals = from.lateArrivals;
    this.#levels = { ...from.levels };
    this.#untold = from.untold;
    this.repairStopped = from.repairStopped;
    for (const { leg, creditTypeId, ours, theirs } of from.totals) {
      const key = `${leg} ${creditTypeId}`;
      this.#totals.set(key, { leg, creditTypeId, ours: BigInt(ours), theirs: BigInt(theirs) });
    }
    for (const [leg, { ours, theirs }] of Object.entries(from.digests)) {
      this.#digests.set(leg as Leg, { ours: parseDigest(ours), theirs: parseDigest(theirs) });
    }
  }

  countRows(side: "source" | "target", count: number): void {
    if (side === "source") this.#sourceCount += count;
    else this.#targetCount += count;
  }

  countMatched(count = 1): void {
    this.#matched += count;
  }

  countInFlight(): void {
    this.#inFlight += 1;
  }

  countLateArrival(): void {
    this.#lateArrivals += 1;
  }

  countDifference(type: MismatchType): void {
    this.#differing[type] = (this.#differing[type] ?? 0) + 1;
  }

  get compared(): number {
    return Math.max(this.#sourceCount, this.#targetCount);
  }

  #addRow(leg: Leg, side: "ours" | "theirs", row: ComparedRow, sign: 1 | -1): void {
    if (row.outcome !== "moved") return;
    const creditTypeId = row.creditTypeId ?? "";
    const key = `${leg} ${creditTypeId}`;
    const total = this.#totals.get(key) ?? { leg, creditTypeId, ours: 0n, theirs: 0n };
    total[side] += BigInt(sign) * (row.amount ?? 0n);
    this.#totals.set(key, total);
    const sums = this.#digests.get(leg) ?? { ours: 0n, theirs: 0n };
    sums[side] = addDigest(sums[side], digestOf(row), sign);
    this.#digests.set(leg, sums);
  }

  /** Sums of a whole leg, in the place of what was known of it. */
  tell(leg: Leg, { level, ours, theirs, digests }: ToldLeg): void {
    this.#levels[leg] = level;
    for (const [key, total] of this.#totals) if (total.leg === leg) this.#totals.delete(key);
    const types = [...ours.byCreditType, ...theirs.byCreditType].map(({ creditTypeId }) => creditTypeId);
    const amountOf = (side: Totals, type: string) =>
      side.byCreditType.find(({ creditTypeId }) => creditTypeId === type)?.amount ?? 0n;
    for (const creditTypeId of new Set(types)) {
      const sums = { ours: amountOf(ours, creditTypeId), theirs: amountOf(theirs, creditTypeId) };
      this.#totals.set(`${leg} ${creditTypeId}`, { leg, creditTypeId, ...sums });
    }
    this.#digests.delete(leg);
    if (digests === undefined) return;
    this.#digests.set(leg, { ours: parseDigest(digests.ours), theirs: parseDigest(digests.theirs) });
  }

  /** Takes the rows of a pair in, or out again: with them totals and digests. Only what moved points counts. */
  addPair(leg: Leg, { ours, theirs }: Pair, sign: 1 | -1 = 1): void {
    // Sums have told of it already.
    if ((this.#levels[leg] ?? 0) > 0) return;
    if (ours !== undefined) this.#addRow(leg, "ours", ours, sign);
    for (const row of theirs) this.#addRow(leg, "theirs", row, sign);
  }

  result(): RunResult {
    const totals = [...this.#totals.values()].map(
      ({ leg, creditTypeId, ours, theirs }): LegTotal => ({
        leg,
        creditTypeId,
        ours: String(ours),
        theirs: String(theirs),
      }),
    );
    const digests = Object.fromEntries(
      [...this.#digests].map(([leg, { ours, theirs }]) => [
        leg,
        { ours: digestText(ours), theirs: digestText(theirs) },
      ]),
    );
    return {
      sourceCount: this.#sourceCount,
      targetCount: this.#targetCount,
      matched: this.#matched,
      inFlight: this.#inFlight,
      lateArrivals: this.#lateArrivals,
      differing: this.#differing,
      totals,
      digests,
      levels: this.#levels,
      ...(this.#untold === undefined ? {} : { untold: this.#untold }),
      ...(this.repairStopped === undefined ? {} : { repairStopped: this.repairStopped }),
    };
  }
}
