// Levels 1 to 3: what a window adds up to on both sides, and from there to what differs.
//
// B1  Equal sums end it: no row is read on either side. At level 1 errors that cancel each other within an hour are not
//     seen, at level 2 and 3 a digest would have to be met by chance.
// B2  What differs is looked for hour by hour: by sketches at level 3, by listing the hour below it.
// B3  What was found has to explain the difference of the digests, record by record. What does not is compared again,
//     since either side may have changed meanwhile, and ends the comparison if it stays.
// B4  What is not decided yet is told as at level 0, though no record stands for it.
import { DigestSum } from "@pointbridge/protocol/pxp";
import { ComparisonStop } from "./comparison-stop.ts";
import { hourMs } from "./hour-sums.ts";
import { type LegRow, sayTheSame, type TimeWindow } from "./leg-row.ts";
import { type FoundPair, mergeListings } from "./merge-listings.ts";
import type { SummedPartner, ToldHour, ToldSums } from "./partner-sums.ts";
import { type ExplainedUnit, explainHours, explainWindow, type Unit } from "./sketch-rounds.ts";
import type { WindowSums } from "./summaries.ts";
import { hashRows, type KnownRecord, type SummedLeg } from "./summed-leg.ts";
import type { Totals } from "./totals.ts";

export interface ComparedSums {
  readonly ours: Totals;
  readonly theirs: Totals;
  readonly matchedCount: number;
  readonly digests: { readonly ours: string; readonly theirs: string } | undefined;
}

export interface SumsTask {
  readonly ours: SummedLeg;
  readonly theirs: SummedPartner;
  readonly window: TimeWindow;
  readonly level: 1 | 2 | 3;
  readonly tell: (pair: FoundPair) => void;
  /** Rows that are not decided yet are told up to here. */
  readonly openMax: number;
  readonly countedSince: Date | undefined;
}

/** Undefined where they have to be compared again (B3). */
type Attempt = ComparedSums | undefined;

const ATTEMPTS_MAX = 3;
/** Records that only we have, of which theirs under the same id are asked for at once. */
const ALONE_MAX = 50;

function textOf(totals: Totals): string {
  return JSON.stringify(
    totals.byCreditType.map(({ creditTypeId, count, amount }) => [creditTypeId, count, String(amount)]),
  );
}

function areSame(told: ToldSums, own: WindowSums): boolean {
  if (textOf(told.totals) !== textOf(own.whole.totals)) return false;
  return told.digest === undefined || told.digest.equals(own.whole.digest);
}

function amountOf(totals: Totals): bigint {
  return totals.byCreditType.reduce((sum, { amount }) => sum + amount, 0n);
}

function partOf(hour: Date, { startTime, endTime }: TimeWindow): TimeWindow {
  const startMs = Math.max(hour.getTime(), startTime.getTime());
  const endMs = Math.min(hour.getTime() + hourMs, endTime.getTime());
  return { startTime: new Date(startMs), endTime: new Date(endMs) };
}

/** Hours in which the sides do not add up to the same, in order. */
function findDifferingHours(told: readonly ToldHour[], own: WindowSums, window: TimeWindow): Unit[] {
  const left = new Map(told.map((hour) => [hour.hour.getTime(), hour]));
  const right = new Map(own.hours.map(({ hour, sums }) => [hour.getTime(), sums]));
  const units: Unit[] = [];
  for (const timeMs of [...new Set([...left.keys(), ...right.keys()])].sort((one, other) => one - other)) {
    const [theirs, ours] = [left.get(timeMs), right.get(timeMs)];
    const [theirCount, ourCount] = [theirs?.count ?? 0, ours?.count ?? 0];
    const isSameAmount = (theirs?.amount ?? 0n) === (ours === undefined ? 0n : amountOf(ours.totals));
    const [theirDigest, ourDigest] = [theirs?.digest, ours?.digest];
    const isSameDigest =
      theirDigest === undefined || (ourDigest !== undefined && theirDigest.equals(ourDigest));
    if (theirCount === ourCount && isSameAmount && isSameDigest) continue;
    const hour = new Date(timeMs);
    const count = Math.max(theirCount, ourCount);
    units.push({ hour, window: partOf(hour, window), count, estimate: Math.abs(theirCount - ourCount) });
  }
  return units;
}

/**
 * Lists some hours on both sides, those that follow each other in one go; answers how many of our records match,
 * undefined where the listings agree and the sums did not (B3).
 */
async function listUnits(task: SumsTask, units: readonly Unit[]): Promise<number | undefined> {
  const { ours, theirs } = task;
  const windows: { startTime: Date; endTime: Date }[] = [];
  const sorted = [...units].sort(
    (left, right) => left.window.startTime.getTime() - right.window.startTime.getTime(),
  );
  for (const { window } of sorted) {
    const last = windows.at(-1);
    if (last?.endTime.getTime() === window.startTime.getTime()) last.endTime = window.endTime;
    else windows.push({ ...window });
  }
  let matched = 0;
  for (const window of windows) {
    let toldCount = 0;
    const merged = await mergeListings(ours.leg, ours.list(window), theirs.list(window), (pair) => {
      toldCount += 1;
      task.tell(pair);
    });
    if (toldCount === 0) return undefined;
    matched += merged.matchedCount;
  }
  return matched;
}

/** Whether the records that were found add up to the differences of their units (B3). */
function isExplained(
  units: readonly ExplainedUnit[],
  theirs: readonly KnownRecord[],
  ours: readonly KnownRecord[],
): boolean {
  const theirKeys = new Map(theirs.map((known) => [`${known.item.keyHigh} ${known.item.keyLow}`, known]));
  const ourKeys = new Map(ours.map((known) => [`${known.item.keyHigh} ${known.item.keyLow}`, known]));
  return units.every((unit) => {
    const sum = new DigestSum();
    for (const [items, known, sign] of [
      [unit.theirs, theirKeys, 1],
      [unit.ours, ourKeys, -1],
    ] as const) {
      for (const item of items) {
        const record = known.get(`${item.keyHigh} ${item.keyLow}`);
        if (record === undefined) return false;
        sum.addSum(record.digest, sign);
      }
    }
    return sum.equals(unit.difference);
  });
}

function pairUp(ours: readonly LegRow[], theirs: readonly LegRow[], tell: (pair: FoundPair) => void): void {
  const byId = new Map<string, { ours: LegRow[]; theirs: LegRow[] }>();
  const pairOf = (id: string) => {
    const known = byId.get(id) ?? { ours: [], theirs: [] };
    byId.set(id, known);
    return known;
  };
  for (const row of ours) pairOf(row.operationId).ours.push(row);
  for (const row of theirs) pairOf(row.operationId).theirs.push(row);
  for (const pair of byId.values()) {
    const [our, their] = [pair.ours[0], pair.theirs[0]];
    // A record that both have and that differs all the same stands twice on one side.
    if (pair.theirs.length === 1 && their !== undefined && our !== undefined && sayTheSame(our, their)) {
      tell({ ours: pair.ours, theirs: [their, their] });
    } else tell(pair);
  }
}

/** Fetches what differs, and tells it; false where it does not explain the digests. */
async function tellRecords(task: SumsTask, units: readonly ExplainedUnit[]): Promise<boolean> {
  const { ours, theirs, window, tell } = task;
  const theirItems = units.flatMap((unit) => unit.theirs);
  const known = await ours.readRecords(units.flatMap((unit) => unit.ours));
  // Where they have a record of the same time, theirs of the same id mostly comes with it.
  const theirTimes = new Set(theirItems.map(({ timeHigh, timeLow }) => `${timeHigh} ${timeLow}`));
  const alone = known.filter(({ item }) => !theirTimes.has(`${item.timeHigh} ${item.timeLow}`));
  // What they have of many is seen when candidates are read again.
  const ids = alone.length > ALONE_MAX ? [] : alone.map(({ row }) => row.operationId);
  const isNothing = theirItems.length === 0 && ids.length === 0;
  const fetched = isNothing ? [] : await theirs.readRecords(window, theirItems, ids);
  if (!isExplained(units, hashRows(ours.requireLeg(), fetched), known)) return false;
  const knownIds = new Set(known.map(({ row }) => row.operationId));
  const missing = fetched.filter(({ operationId }) => !knownIds.has(operationId));
  const places = missing.map(({ operationId }) => ({ operationId, initiatedAt: [] }));
  const looked = places.length === 0 ? [] : await ours.readRows(places);
  pairUp([...known.map(({ row }) => row), ...looked], fetched, tell);
  return true;
}

async function findBySketches(
  task: SumsTask,
  told: ToldSums,
  own: WindowSums,
): Promise<{ readonly matchedCount: number } | undefined> {
  const { ours, theirs, window } = task;
  const countDifference = Math.abs(told.totals.count - own.whole.count);
  const whole = await explainWindow(ours, theirs, window, countDifference);
  if (!("estimate" in whole)) {
    const isSound = await tellRecords(task, [whole]);
    return isSound ? { matchedCount: own.whole.count - whole.ours.length } : undefined;
  }
  const hourly = await theirs.readSums(window, true); // K1
  const ownHourly = await ours.readSums(window);
  const units = findDifferingHours(hourly.hours, ownHourly, window);
  const share = whole.estimate / Math.max(1, units.length);
  const sized = units.map((unit) => ({ ...unit, estimate: Math.max(unit.estimate, Math.ceil(share)) }));
  const { explained, listed } = await explainHours(ours, theirs, window, sized);
  if (!(await tellRecords(task, explained))) return undefined;
  const listedHours = new Set(listed.map(({ hour }) => hour?.getTime()));
  const elsewhere = ownHourly.hours.filter(({ hour }) => !listedHours.has(hour.getTime()));
  const unlisted = elsewhere.reduce((sum, { sums }) => sum + sums.count, 0);
  const differing = explained.reduce((sum, unit) => sum + unit.ours.length, 0);
  const matched = await listUnits(task, listed);
  return matched === undefined ? undefined : { matchedCount: unlisted - differing + matched };
}

async function findByHours(task: SumsTask): Promise<{ readonly matchedCount: number } | undefined> {
  const { ours, theirs, window } = task;
  const hourly = await theirs.readSums(window, true); // K1
  const own = await ours.readSums(window);
  const units = findDifferingHours(hourly.hours, own, window);
  const differing = new Set(units.map(({ hour }) => hour?.getTime()));
  const same = own.hours.filter(({ hour }) => !differing.has(hour.getTime()));
  const matched = await listUnits(task, units);
  if (matched === undefined) return undefined;
  return { matchedCount: matched + same.reduce((sum, { sums }) => sum + sums.count, 0) };
}

/** B4 */
async function tellOpen(task: SumsTask, told: ToldSums, own: WindowSums): Promise<void> {
  const { ours, theirs, window, level, tell, openMax } = task;
  const ourOpen = own.openCount === 0 ? [] : await ours.readOpen(window, openMax);
  const theirOpen = told.openCount === 0 || level < 3 ? [] : await theirs.readOpen(window);
  const ids = new Set([...ourOpen, ...theirOpen].map(({ operationId }) => operationId));
  const ourIds = new Set(ourOpen.map(({ operationId }) => operationId));
  const places = [...ids]
    .filter((id) => !ourIds.has(id))
    .map((operationId) => ({ operationId, initiatedAt: [] }));
  const looked = places.length === 0 ? [] : await ours.readRows(places);
  for (const row of [...ourOpen, ...looked]) tell({ ours: [row], theirs: [] });
  for (const row of theirOpen) tell({ ours: [], theirs: [row] });
}

async function attempt(task: SumsTask): Promise<Attempt> {
  const { ours, theirs, window, level, countedSince } = task;
  const told = await theirs.readSums(window, false, countedSince); // K1
  const own = await ours.readSums(window, countedSince);
  const digests =
    told.digest === undefined
      ? undefined
      : { ours: own.whole.digest.toString(), theirs: told.digest.toString() };
  const compared = { ours: own.whole.totals, theirs: told.totals, digests };
  await tellOpen(task, told, own);
  if (areSame(told, own)) return { ...compared, matchedCount: own.whole.count }; // B1
  const found = level === 3 ? await findBySketches(task, told, own) : await findByHours(task);
  return found === undefined ? undefined : { ...compared, ...found };
}

/**
 * Compares by sums.
 * @param begin is called before each attempt: what was told before is to be forgotten
 * @throws ComparisonStop
 */
export async function compareSums(task: SumsTask, begin: () => void): Promise<ComparedSums> {
  for (let count = 1; count <= ATTEMPTS_MAX; count += 1) {
    begin();
    const compared = await attempt(task);
    if (compared !== undefined) return compared;
  }
  const detail = "the partner's rows do not add up to its sums, however often they are asked for";
  throw new ComparisonStop("rows_contradict_sums", detail); // B3
}
