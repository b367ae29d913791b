// Our own ledger as one side of a comparison above level 0: rows, and the sums that are kept of them.
import { DigestSum, recordText, type SketchItem, splitTime } from "@pointbridge/protocol/pxp";
import type { RecordSums } from "./hour-sums.ts";
import type { LegRow, TimeWindow } from "./leg-row.ts";
import type { Side } from "./sides.ts";
import type { Summaries, WindowSums } from "./summaries.ts";
import { hashOf, type LegPlace, type SummaryLeg } from "./summary-legs.ts";

/** A row with what it is in sums and sketches; `digest` is undefined where it has no record. */
export interface KnownRecord {
  readonly row: LegRow;
  readonly digest: DigestSum;
  readonly item: SketchItem;
}

export function hashRows(leg: SummaryLeg, rows: readonly LegRow[]): KnownRecord[] {
  const hash = hashOf(leg);
  const known: KnownRecord[] = [];
  for (const row of rows) {
    const text = recordText(row);
    if (text === undefined) continue;
    hash.hashText(text);
    const digest = new DigestSum();
    digest.add(hash.words);
    const [keyHigh, keyLow] = [(hash.words[4] ?? 0) >>> 0, (hash.words[5] ?? 0) >>> 0];
    known.push({ row, digest, item: { keyHigh, keyLow, ...splitTime(row.initiatedAt.getTime()) } });
  }
  return known;
}

const TIMES_MAX = 1000;
/** Ours may take as long as they take: nobody waits at the other end of a line. */
const unhurried = { withinMs: Number.POSITIVE_INFINITY };

export class SummedLeg implements Side {
  readonly place: LegPlace;
  readonly #summaries: Summaries;
  readonly #rows: Side;
  /** Under whose secret; undefined at level 1. */
  readonly summaryLeg: SummaryLeg | undefined;

  constructor(summaries: Summaries, place: LegPlace, summaryLeg: SummaryLeg | undefined) {
    this.#summaries = summaries;
    this.place = place;
    this.summaryLeg = summaryLeg;
    this.#rows = summaries.localLeg(place);
  }

  get leg() {
    return this.place.leg;
  }

  list(window: TimeWindow): AsyncIterable<readonly LegRow[]> {
    return this.#rows.list(window);
  }

  readRows(places: Parameters<Side["readRows"]>[0]): Promise<LegRow[]> {
    return this.#rows.readRows(places);
  }

  readCompleteUntil(window: TimeWindow): Promise<Date | undefined> {
    return this.#rows.readCompleteUntil(window);
  }

  requireLeg(): SummaryLeg {
    if (this.summaryLeg === undefined) throw new Error("there are no digests without a secret");
    return this.summaryLeg;
  }

  async readSums(window: TimeWindow, countedSince?: Date): Promise<WindowSums> {
    const { summaryLeg } = this;
    if (summaryLeg === undefined) return this.#summaries.countWindow(this.place, window);
    return this.#summaries.sumWindow(summaryLeg, window, {
      ...unhurried,
      ...(countedSince && { countedSince }),
    });
  }

  async readSketch(window: TimeWindow, cells: number): Promise<RecordSums> {
    const leg = this.requireLeg();
    await this.#summaries.prepare(leg, window, unhurried);
    return this.#summaries.sketchWindow(leg, window, cells);
  }

  /** The rows whose records a sketch told. */
  async readRecords(items: readonly SketchItem[]): Promise<KnownRecord[]> {
    const wanted = new Set(items.map((item) => `${item.keyHigh} ${item.keyLow}`));
    const times = [...new Set(items.map((item) => item.timeHigh * 2 ** 32 + item.timeLow))];
    const found: KnownRecord[] = [];
    for (let place = 0; place < times.length; place += TIMES_MAX) {
      const part = times.slice(place, place + TIMES_MAX).filter((timeMs) => timeMs < 253_402_300_800_000);
      const rows = await this.#summaries.rows.readAtTimes(
        this.place,
        part.map((timeMs) => new Date(timeMs)),
      );
      const known = hashRows(this.requireLeg(), rows);
      found.push(...known.filter(({ item }) => wanted.has(`${item.keyHigh} ${item.keyLow}`)));
    }
    return found;
  }

  /** Rows of a window that are not decided yet. */
  async readOpen(window: TimeWindow, limit: number): Promise<LegRow[]> {
    return this.#summaries.rows.listOpen(this.place, window, undefined, limit);
  }
}
