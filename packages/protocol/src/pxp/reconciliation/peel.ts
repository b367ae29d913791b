// Getting the differing records out of the difference of two sketches.
//
// P1  A cell is taken for one record only if its count is 1 or -1, its check fits its key and time, and its key
//     belongs into this very cell. Whatever bytes somebody sends, a step takes one such cell away.
// P2  There are at most as many steps as the sketch has cells: an honest sketch never needs more, so one that does
//     is given up.
import { checkOf, placeOf, type Sketch, type SketchItem, sketchTables } from "./sketch.ts";

export interface PeeledItem extends SketchItem {
  /** 1: only in the sketch that was subtracted from; -1: only in the one that was subtracted. */
  readonly sign: 1 | -1;
}

/** `isWhole`: these are all records that differ. Otherwise some cells could not be taken apart. */
export interface Peeled {
  readonly items: readonly PeeledItem[];
  readonly isWhole: boolean;
}

function negated(item: SketchItem): SketchItem {
  const keyLow = -item.keyLow >>> 0;
  const timeLow = -item.timeLow >>> 0;
  return {
    keyLow,
    keyHigh: (-item.keyHigh - (item.keyLow === 0 ? 0 : 1)) >>> 0,
    timeLow,
    timeHigh: (-item.timeHigh - (item.timeLow === 0 ? 0 : 1)) & 0xffff,
  };
}

function singleAt(sketch: Sketch, cell: number): PeeledItem | undefined {
  const count = sketch.counts[cell];
  if (count !== 1 && count !== 0xffff) return undefined;
  const sign = count === 1 ? 1 : -1;
  const held = sketch.itemAt(cell);
  const item = sign === 1 ? held : negated(held);
  const check = sketch.checks[cell] as number;
  if (checkOf(item) !== (sign === 1 ? check : -check >>> 0)) return undefined;
  const table = Math.floor(cell / sketch.cells);
  if ((placeOf(item, table) & (sketch.cells - 1)) !== cell % sketch.cells) return undefined;
  return { ...item, sign };
}

/** Takes a sketch of differences apart; the sketch is used up. */
export function peel(sketch: Sketch): Peeled {
  const items: PeeledItem[] = [];
  const waiting = Array.from(sketch.counts, (_count, cell) => cell);
  const stepsMax = sketch.counts.length;
  for (let cell = waiting.pop(); cell !== undefined && items.length < stepsMax; cell = waiting.pop()) {
    const item = singleAt(sketch, cell); // P1
    if (item === undefined) continue;
    items.push(item);
    sketch.add(item, item.sign === 1 ? -1 : 1);
    for (let table = 0; table < sketchTables; table += 1) waiting.push(sketch.cellOf(item, table));
  }
  const isWhole = sketch.counts.every((_count, cell) => sketch.isEmptyAt(cell));
  return { items, isWhole };
}

/**
 * About how many records differ, from a sketch of differences that is too small for them: counts spread around their
 * mean as the number of records in a cell.
 */
export function estimateDifferences(sketch: Sketch): number {
  const counts = Array.from(sketch.counts, (count) => (count > 0x7fff ? count - 0x10000 : count));
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  return Math.max(Math.round(variance * sketch.cells), Math.round(Math.abs(mean) * sketch.cells));
}
