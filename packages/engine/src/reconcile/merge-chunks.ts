// Two lists in one order, merged as they are read, in chunks whose ends are stored: a page of each is in memory, whatever
// they hold. The comparison in one go (summaries/merge-listings.ts) has no ends to go on from.
//
// S1  Nothing is passed over and nothing is compared twice: a chunk reaches from the place of the one before it to its
//     own, on both sides.
// S2  Theirs is read before ours: what they have of an exchange that this node made, this node had before.
import type { ComparedRow } from "./matching.ts";
import { type Chunk, comparePlaces, type Pair, type Place } from "./sides.ts";

export interface TheirPage {
  readonly rows: readonly ComparedRow[];
  /** Whether more pages follow. */
  readonly hasMore: boolean;
  readonly completeUntil?: Date | undefined;
}

export interface OurRange {
  readonly after: Place | undefined;
  readonly until: Place | undefined;
  readonly limit: number;
}

export interface OurRow {
  readonly row: ComparedRow;
  /** Whether a row of it is to be expected on the other side. */
  readonly isExpected: boolean;
}

const OUR_PAGE = 1_000;

function placeOf({ initiatedAt, operationId }: ComparedRow): Place {
  return { initiatedAt, operationId };
}

/** Both parts are in order and reach equally far. */
function mergeRows(ours: readonly OurRow[], theirs: readonly ComparedRow[]): Pair[] {
  const pairs: Pair[] = [];
  let ourIndex = 0;
  let theirIndex = 0;
  for (;;) {
    const our = ours[ourIndex];
    const their = theirs[theirIndex];
    if (our === undefined && their === undefined) return pairs;
    const order = our === undefined ? 1 : their === undefined ? -1 : comparePlaces(our.row, their);
    const found: ComparedRow[] = [];
    if (order >= 0 && their !== undefined) {
      for (let next = theirs[theirIndex]; next !== undefined; next = theirs[theirIndex]) {
        if (comparePlaces(next, their) !== 0) break;
        found.push(next);
        theirIndex += 1;
      }
    }
    if (order <= 0) ourIndex += 1;
    if (order <= 0 && our !== undefined && (our.isExpected || found.length > 0)) {
      pairs.push({ ours: our.row, theirs: found });
    } else if (found.length > 0) pairs.push({ ours: undefined, theirs: found });
  }
}

interface Unmerged {
  /** The rows behind a place. */
  readonly rest: readonly ComparedRow[];
  /** Those that stand at it once more though they were merged already. */
  readonly doubled: readonly ComparedRow[];
  /** Whether the row at the place was shown by now. */
  readonly isShown: boolean;
}

/** @param isShown whether this reading has shown the row at the place: once is no double entry of a list read anew */
function dropMerged(rows: readonly ComparedRow[], after: Place | undefined, isShown: boolean): Unmerged {
  if (after === undefined) return { rest: rows, doubled: [], isShown };
  const rest = rows.filter((row) => comparePlaces(row, after) > 0);
  const same = rows.filter((row) => comparePlaces(row, after) === 0);
  return { rest, doubled: isShown ? same : same.slice(1), isShown: isShown || same.length > 0 };
}

/** Where a page reaches to: never back behind what was merged, where a reading anew has not come to it yet. */
function reachOf(page: TheirPage, place: Place | undefined): Place | undefined {
  const last = page.rows.at(-1);
  if (!page.hasMore || last === undefined) return undefined;
  return place !== undefined && comparePlaces(last, place) < 0 ? place : placeOf(last);
}

function toChunk(
  ours: readonly OurRow[],
  theirs: readonly ComparedRow[],
  doubled: readonly ComparedRow[],
  place: Pick<Chunk, "after" | "isLast" | "completeUntil">,
): Chunk {
  const twice = doubled.map((row): Pair => ({ ours: undefined, theirs: [row, row] }));
  return {
    pairs: [...twice, ...mergeRows(ours, theirs)],
    oursCount: ours.filter(({ isExpected }) => isExpected).length,
    theirsCount: theirs.length + doubled.length,
    ...place,
  };
}

/**
 * @param theirPages from the time of `after` on, that one included
 * @param after what was merged before
 */
export async function* mergeListings(
  theirPages: AsyncIterable<TheirPage>,
  readOurs: (range: OurRange) => Promise<readonly OurRow[]>,
  after: Place | undefined,
): AsyncGenerator<Chunk, void, undefined> {
  let place = after;
  let isShown = false;
  for await (const page of theirPages) {
    const { completeUntil } = page;
    const unmerged = dropMerged(page.rows, place, isShown);
    let { rest, doubled } = unmerged;
    isShown = unmerged.isShown;
    const until = reachOf(page, place);
    for (;;) {
      const ours = await readOurs({ after: place, until, limit: OUR_PAGE });
      const last = ours.length < OUR_PAGE ? undefined : ours.at(-1);
      const bound = last === undefined ? until : placeOf(last.row);
      const isWithin = (row: ComparedRow) => bound === undefined || comparePlaces(row, bound) <= 0;
      const end = bound ?? place;
      yield toChunk(ours, rest.filter(isWithin), doubled, {
        after: end,
        isLast: last === undefined && !page.hasMore,
        completeUntil,
      });
      rest = rest.filter((row) => !isWithin(row));
      doubled = [];
      if (end !== undefined && (place === undefined || comparePlaces(end, place) > 0)) isShown = true;
      place = end;
      if (last === undefined) break;
    }
  }
}
