// What the records of some time add up to: their number and points by credit type, their digests, their sketch.
import { DigestSum, Sketch, splitTime } from "@pointbridge/protocol/pxp";
import { type CreditTypeTotal, makeTotals, type Totals } from "./totals.ts";

/** Cells of a table, as an hour's sketch is kept. */
export const hourCells = 64;
export const hourMs = 3_600_000;

export function hourOf(timeMs: number): number {
  return Math.floor(timeMs / hourMs) * hourMs;
}

export class RecordSums {
  count = 0;
  readonly digest = new DigestSum();
  readonly sketch: Sketch | undefined;
  readonly #types = new Map<string, { count: number; amount: bigint }>();

  /** @param cells of a table of the sketch; undefined: none is made */
  constructor(cells: number | undefined) {
    this.sketch = cells === undefined ? undefined : new Sketch(cells);
  }

  /** @param words the record's digest */
  addRecord(words: Int32Array, timeMs: number): void {
    this.count += 1;
    this.digest.add(words);
    const [keyHigh, keyLow] = [(words[4] as number) >>> 0, (words[5] as number) >>> 0];
    this.sketch?.add({ keyHigh, keyLow, ...splitTime(timeMs) });
  }

  addTotal({ creditTypeId, count, amount }: CreditTypeTotal): void {
    const type = this.#types.get(creditTypeId) ?? { count: 0, amount: 0n };
    this.#types.set(creditTypeId, { count: type.count + count, amount: type.amount + amount });
  }

  /** Adds what others add up to; their sketch may be larger. */
  addSums(other: RecordSums): void {
    this.count += other.count;
    this.digest.addSum(other.digest);
    if (this.sketch !== undefined && other.sketch !== undefined) this.sketch.addSketch(other.sketch);
    for (const total of other.totals.byCreditType) this.addTotal(total);
  }

  get totals(): Totals {
    return makeTotals([...this.#types].map(([creditTypeId, type]) => ({ creditTypeId, ...type })));
  }
}

export interface StoredHour {
  readonly hour: Date;
  readonly record_count: bigint;
  readonly totals: Readonly<Record<string, readonly [count: number, amount: string]>>;
  readonly digest_sum: Uint8Array;
  readonly sketch: Uint8Array | null;
}

/** `sketch` is undefined where it is not kept any more. */
export function readHour(row: StoredHour): RecordSums {
  const kept = row.sketch === null ? undefined : Sketch.decode(row.sketch, hourCells);
  const sums = new RecordSums(kept === undefined ? undefined : hourCells);
  sums.count = Number(row.record_count);
  sums.digest.addSum(DigestSum.read(row.digest_sum));
  if (kept !== undefined) sums.sketch?.addSketch(kept);
  for (const [creditTypeId, [count, amount]] of Object.entries(row.totals)) {
    sums.addTotal({ creditTypeId, count, amount: BigInt(amount) });
  }
  return sums;
}

/** Count, totals, digest and sketch as the statements take them. */
export function hourParameters(sums: RecordSums): [number, string, string, string | null] {
  const totals = sums.totals.byCreditType.map(({ creditTypeId, count, amount }) => [
    creditTypeId,
    [count, String(amount)],
  ]);
  const digest = Buffer.from(sums.digest.toString(), "hex").toString("base64");
  const sketch = sums.sketch === undefined ? null : sums.sketch.encode().toString("base64");
  return [sums.count, JSON.stringify(Object.fromEntries(totals)), digest, sketch];
}
