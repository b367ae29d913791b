// Level 3: which records differ, from sketches. One of the whole window first; where it is too small, one for each
// hour that differs, sized by what the first said; where one is still too small, a larger one, at last a listing.
//
// K1  Their figures are asked for before ours are made, and ours are never sent.
// K2  Rounds are few and sketches bounded, whatever a partner answers.
import {
  answerCellsMax,
  DigestSum,
  estimateDifferences,
  peel,
  type SketchItem,
  sketchTables,
} from "@pointbridge/protocol/pxp";
import type { RecordSums } from "./hour-sums.ts";
import type { TimeWindow } from "./leg-row.ts";
import type { SummedPartner, ToldSketch } from "./partner-sums.ts";
import type { SummedLeg } from "./summed-leg.ts";

/** A part of the window that is compared by one sketch. */
export interface Unit {
  readonly window: TimeWindow;
  /** The hour that names it; undefined: the whole window. */
  readonly hour: Date | undefined;
  /** Records on the side that has more. */
  readonly count: number;
  /** About how many differ. */
  readonly estimate: number;
}

export interface ExplainedUnit {
  readonly window: TimeWindow;
  /** Only they have these records. */
  readonly theirs: readonly SketchItem[];
  /** Only we have these. */
  readonly ours: readonly SketchItem[];
  /** Theirs less ours: what the records have to add up to. */
  readonly difference: DigestSum;
}

const firstCells = 16;
/** Of a table: beyond that a listing costs less. */
const cellsMax = 4096;
/** Cells a difference that let nearly every sketch be taken apart. */
const CELLS_PER_DIFFERENCE = 1.7;
/** Where more of the records differ than this, they are listed. */
const LISTED_SHARE = 0.2;
const LISTED_MIN = 200;
const HOURS_PER_CALL = 1000;

export function cellsFor(estimate: number): number {
  const wanted = Math.ceil((estimate * CELLS_PER_DIFFERENCE) / sketchTables);
  return Math.max(firstCells, 2 ** Math.ceil(Math.log2(Math.max(1, wanted))));
}

export function isListed({ estimate, count }: Unit): boolean {
  return cellsFor(estimate) > cellsMax || (estimate > LISTED_MIN && estimate > count * LISTED_SHARE);
}

type Outcome = { readonly explained: ExplainedUnit } | { readonly estimate: number };

export function compareSketches(unit: TimeWindow, told: ToldSketch, own: RecordSums): Outcome {
  const { sketch } = told;
  if (own.sketch === undefined) throw new Error("a sketch of ours was made without cells");
  sketch.addSketch(own.sketch, -1);
  const difference = new DigestSum();
  difference.addSum(told.digest);
  difference.addSum(own.digest, -1);
  const estimate = estimateDifferences(sketch);
  const { items, isWhole } = peel(sketch);
  if (!isWhole) return { estimate: Math.max(estimate, sketch.cells) };
  const theirs = items.filter(({ sign }) => sign === 1);
  const ours = items.filter(({ sign }) => sign === -1);
  return { explained: { window: unit, theirs, ours, difference } };
}

/** Compares hours by sketches of one size, as many in a call as fit. */
async function compareHours(
  ours: SummedLeg,
  theirs: SummedPartner,
  window: TimeWindow,
  units: readonly Unit[],
  cells: number,
): Promise<Outcome[]> {
  const perCall = Math.min(HOURS_PER_CALL, Math.floor(answerCellsMax / (cells * sketchTables)));
  const outcomes: Outcome[] = [];
  for (let place = 0; place < units.length; place += perCall) {
    const part = units.slice(place, place + perCall);
    const hours = part.flatMap(({ hour }) => (hour === undefined ? [] : [hour]));
    const told = await theirs.readSketches(window, cells, hours); // K1
    for (const [index, unit] of part.entries()) {
      const one = told[index];
      if (one === undefined) throw new Error("as many sketches come as hours were asked for");
      outcomes.push(compareSketches(unit.window, one, await ours.readSketch(unit.window, cells)));
    }
  }
  return outcomes;
}

export interface HourRounds {
  readonly explained: readonly ExplainedUnit[];
  /** What is left to a listing. */
  readonly listed: readonly Unit[];
}

/** Growing fourfold from the smallest, no hour is asked for more often than this (K2). */
const ROUNDS_MAX = 6;

/** Takes hours apart that differ. */
export async function explainHours(
  ours: SummedLeg,
  theirs: SummedPartner,
  window: TimeWindow,
  units: readonly Unit[],
): Promise<HourRounds> {
  const explained: ExplainedUnit[] = [];
  const listed: Unit[] = [];
  let open = units;
  for (let round = 1; open.length > 0; round += 1) {
    const bySize = new Map<number, Unit[]>();
    for (const unit of open) {
      if (round > ROUNDS_MAX || isListed(unit)) listed.push(unit);
      else {
        const cells = cellsFor(unit.estimate);
        bySize.set(cells, [...(bySize.get(cells) ?? []), unit]);
      }
    }
    const next: Unit[] = [];
    for (const [cells, group] of bySize) {
      const outcomes = await compareHours(ours, theirs, window, group, cells);
      for (const [index, outcome] of outcomes.entries()) {
        const unit = group[index] as Unit;
        if ("explained" in outcome) explained.push(outcome.explained);
        // Larger in any case: what did not come apart once does not at the same size.
        else
          next.push({ ...unit, estimate: Math.max(outcome.estimate, unit.estimate, cells * sketchTables) });
      }
    }
    open = next;
  }
  return { explained, listed };
}

/** The whole window by one small sketch, then by one of the size that hours are kept in where that may do. */
export async function explainWindow(
  ours: SummedLeg,
  theirs: SummedPartner,
  window: TimeWindow,
  countDifference: number,
): Promise<ExplainedUnit | { readonly estimate: number }> {
  const largest = 64;
  let estimate = countDifference;
  for (let cells = cellsFor(estimate); cells <= largest; cells = Math.max(cells * 4, cellsFor(estimate))) {
    const [told] = await theirs.readSketches(window, cells, undefined); // K1
    if (told === undefined) throw new Error("one sketch comes where one was asked for");
    const outcome = compareSketches(window, told, await ours.readSketch(window, cells));
    if ("explained" in outcome) return outcome.explained;
    estimate = Math.max(estimate, outcome.estimate);
  }
  return { estimate };
}
