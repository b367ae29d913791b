// A sketch of records: from the difference of two sketches one gets the records that only one side has, as long as
// they are fewer than its cells. An invertible Bloom look-up table with sums in place of exclusive ors.
//
// S1  Four tables of 2^j cells. A record goes into one cell of each: the cell in table t is numbered by the lowest j
//     bits of the key's t-th 16 bits. So a sketch of 2^j cells folds into one of 2^(j-1) by adding its halves.
// S2  A cell is sums over its records: their count modulo 2^16, their keys modulo 2^64, their `initiated_at` in
//     milliseconds modulo 2^48, their checks modulo 2^32. Addition, so parts add up to the whole, what changes is
//     subtracted and added, and a record that stands twice does not vanish.
// S3  The check is a function of key and time, so a cell that holds one record is told from one that holds several.
// S4  The time leads to the row without an index of keys.

export const sketchTables = 4;
export const cellBytes = 20;
/** Cells of a table. */
export const sketchCellsMin = 4;
export const sketchCellsMax = 65_536;

export function isSketchSize(cells: number): boolean {
  return Number.isInteger(Math.log2(cells)) && cells >= sketchCellsMin && cells <= sketchCellsMax;
}

/** Bytes of a sketch with so many cells a table. */
export function sketchBytes(cells: number): number {
  return cells * sketchTables * cellBytes;
}

/** What a sketch knows of a record: its key in two halves, and its time in two as well (16 and 32 bits). */
export interface SketchItem {
  readonly keyHigh: number;
  readonly keyLow: number;
  readonly timeHigh: number;
  readonly timeLow: number;
}

function mix(state: number, word: number): number {
  let mixed = Math.imul(state ^ word, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** 32 bits that belong to this key and time (S3). */
export function checkOf({ keyHigh, keyLow, timeHigh, timeLow }: SketchItem): number {
  return mix(mix(mix(mix(0x9e3779b9, keyHigh), keyLow), timeHigh), timeLow) >>> 0;
}

const TIME_BASE = 2 ** 32;

export function splitTime(timeMs: number): { readonly timeHigh: number; readonly timeLow: number } {
  return { timeHigh: Math.floor(timeMs / TIME_BASE) & 0xffff, timeLow: timeMs >>> 0 };
}

export function joinTime({ timeHigh, timeLow }: Pick<SketchItem, "timeHigh" | "timeLow">): number {
  return timeHigh * TIME_BASE + timeLow;
}

/** The key's 16 bits that number its cell in a table (S1). */
export function placeOf({ keyHigh, keyLow }: Pick<SketchItem, "keyHigh" | "keyLow">, table: number): number {
  const half = table < 2 ? keyHigh : keyLow;
  return table % 2 === 0 ? half >>> 16 : half & 0xffff;
}

export class Sketch {
  /** Of a table. */
  readonly cells: number;
  readonly counts: Uint16Array;
  readonly keyHighs: Uint32Array;
  readonly keyLows: Uint32Array;
  readonly timeHighs: Uint16Array;
  readonly timeLows: Uint32Array;
  readonly checks: Uint32Array;

  /** @param cells of a table, a power of two */
  constructor(cells: number) {
    if (!isSketchSize(cells)) throw new Error(`a sketch has no ${cells} cells a table`);
    const all = cells * sketchTables;
    this.cells = cells;
    this.counts = new Uint16Array(all);
    this.keyHighs = new Uint32Array(all);
    this.keyLows = new Uint32Array(all);
    this.timeHighs = new Uint16Array(all);
    this.timeLows = new Uint32Array(all);
    this.checks = new Uint32Array(all);
  }

  /** The cell of a record in a table, counted through all tables. */
  cellOf(item: SketchItem, table: number): number {
    return table * this.cells + (placeOf(item, table) & (this.cells - 1));
  }

  #addTo(cell: number, count: number, item: SketchItem, check: number, sign: 1 | -1): void {
    // Typed arrays keep what fits; what is carried from a low half to its high half is added by hand.
    this.counts[cell] = (this.counts[cell] as number) + sign * count;
    const keyLow = (this.keyLows[cell] as number) + sign * item.keyLow;
    this.keyLows[cell] = keyLow;
    this.keyHighs[cell] =
      (this.keyHighs[cell] as number) + sign * item.keyHigh + Math.floor(keyLow / TIME_BASE);
    const timeLow = (this.timeLows[cell] as number) + sign * item.timeLow;
    this.timeLows[cell] = timeLow;
    this.timeHighs[cell] =
      (this.timeHighs[cell] as number) + sign * item.timeHigh + Math.floor(timeLow / TIME_BASE);
    this.checks[cell] = (this.checks[cell] as number) + sign * check;
  }

  add(item: SketchItem, sign: 1 | -1 = 1): void {
    const check = checkOf(item);
    for (let table = 0; table < sketchTables; table += 1)
      this.#addTo(this.cellOf(item, table), 1, item, check, sign);
  }

  /** What a cell holds, as if it were one record. */
  itemAt(cell: number): SketchItem {
    return {
      keyHigh: this.keyHighs[cell] as number,
      keyLow: this.keyLows[cell] as number,
      timeHigh: this.timeHighs[cell] as number,
      timeLow: this.timeLows[cell] as number,
    };
  }

  /** Adds or subtracts another sketch, folding it where it is larger. */
  addSketch(other: Sketch, sign: 1 | -1 = 1): void {
    if (other.cells < this.cells) throw new Error("a sketch does not unfold");
    for (let table = 0; table < sketchTables; table += 1) {
      for (let index = 0; index < other.cells; index += 1) {
        const from = table * other.cells + index;
        const to = table * this.cells + (index & (this.cells - 1));
        this.#addTo(to, other.counts[from] as number, other.itemAt(from), other.checks[from] as number, sign);
      }
    }
  }

  folded(cells: number): Sketch {
    const smaller = new Sketch(cells);
    smaller.addSketch(this);
    return smaller;
  }

  isEmptyAt(cell: number): boolean {
    return (
      this.counts[cell] === 0 &&
      this.keyHighs[cell] === 0 &&
      this.keyLows[cell] === 0 &&
      this.timeHighs[cell] === 0 &&
      this.timeLows[cell] === 0 &&
      this.checks[cell] === 0
    );
  }

  /** Table by table, cell by cell, big-endian: count 2, key 8, time 6, check 4. */
  encode(): Buffer {
    const bytes = Buffer.alloc(sketchBytes(this.cells));
    for (let cell = 0; cell < this.counts.length; cell += 1) {
      const place = cell * cellBytes;
      bytes.writeUInt16BE(this.counts[cell] as number, place);
      bytes.writeUInt32BE(this.keyHighs[cell] as number, place + 2);
      bytes.writeUInt32BE(this.keyLows[cell] as number, place + 6);
      bytes.writeUInt16BE(this.timeHighs[cell] as number, place + 10);
      bytes.writeUInt32BE(this.timeLows[cell] as number, place + 12);
      bytes.writeUInt32BE(this.checks[cell] as number, place + 16);
    }
    return bytes;
  }

  /** Undefined where the bytes are none of a sketch with so many cells. */
  static decode(bytes: Uint8Array, cells: number): Sketch | undefined {
    if (!isSketchSize(cells) || bytes.length !== sketchBytes(cells)) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const sketch = new Sketch(cells);
    for (let cell = 0; cell < sketch.counts.length; cell += 1) {
      const place = cell * cellBytes;
      sketch.counts[cell] = view.getUint16(place);
      sketch.keyHighs[cell] = view.getUint32(place + 2);
      sketch.keyLows[cell] = view.getUint32(place + 6);
      sketch.timeHighs[cell] = view.getUint16(place + 10);
      sketch.timeLows[cell] = view.getUint32(place + 12);
      sketch.checks[cell] = view.getUint32(place + 16);
    }
    return sketch;
  }
}
