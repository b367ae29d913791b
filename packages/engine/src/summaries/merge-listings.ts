// Level 0: two ordered listings merged as they come, in constant memory.
//
// G1  A row of one side meets the row of the other with the same time and id; what finds no partner differs where
//     points stand by it.
// G2  Rows of one side with the same time and id are duplicates, told whatever they say.
// G3  What a side has not ended yet is told too, whatever the other says: what is stuck is what matters.
// G4  A page of each side is in memory. Between two pages nothing is waited for and next to nothing is made, since what
//     is made for each of a million rows fills the heap faster than it is cleared.
import { DigestSum, type Leg, RecordHash, recordText, secretBytes } from "@pointbridge/protocol/pxp";
import { compareRows, isRecord, type LegRow, sayTheSame } from "./leg-row.ts";
import { Tally, type Totals } from "./totals.ts";

export interface FoundPair {
  readonly ours: readonly LegRow[];
  readonly theirs: readonly LegRow[];
}

export interface MergedListings {
  readonly ours: Totals;
  readonly theirs: Totals;
  readonly matchedCount: number;
  readonly digests: { readonly ours: string; readonly theirs: string };
}

/** Copies of one row beyond this are counted and not kept. */
const COPIES_MAX = 16;

/** One side's rows that were read and not merged yet. */
class Listing {
  readonly tally = new Tally();
  readonly digest = new DigestSum();
  readonly #pages: AsyncIterator<readonly LegRow[]>;
  #rows: readonly LegRow[] = [];
  #place = 0;
  #isEnded = false;

  constructor(pages: AsyncIterable<readonly LegRow[]>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** The next row without taking it; undefined at the end. */
  get first(): LegRow | undefined {
    return this.#rows[this.#place];
  }

  /** Whether it is known what comes next, and all copies of it have been read. */
  get isReady(): boolean {
    if (this.#isEnded) return true;
    const [first, last] = [this.first, this.#rows.at(-1)];
    return first !== undefined && last !== undefined && compareRows(first, last) !== 0;
  }

  async readMore(): Promise<void> {
    const next = await this.#pages.next();
    if (next.done === true) this.#isEnded = true;
    else {
      const rest = this.#rows.slice(this.#place);
      this.#rows = rest.length === 0 ? next.value : [...rest, ...next.value];
      this.#place = 0;
    }
  }

  /** How many rows stand where the first one does. */
  countCopies(): number {
    const { first } = this;
    let count = 0;
    for (let row = first; row !== undefined; row = this.#rows[this.#place + count]) {
      if (first === undefined || compareRows(row, first) !== 0) break;
      count += 1;
    }
    return count;
  }

  look(count: number): readonly LegRow[] {
    return this.#rows.slice(this.#place, this.#place + Math.min(count, COPIES_MAX));
  }

  take(count: number, records: LastRecord): void {
    for (let index = 0; index < count; index += 1) {
      const row = this.#rows[this.#place + index];
      if (row === undefined) continue;
      this.tally.add(row);
      if (isRecord(row)) this.digest.add(records.wordsOf(row));
    }
    this.#place += count;
  }

  async end(): Promise<void> {
    await this.#pages.return?.();
  }
}

/** Hashes a record once that both sides have. */
class LastRecord {
  readonly #hash: RecordHash;
  #row: LegRow | undefined;

  constructor(leg: Leg) {
    this.#hash = new RecordHash(new Uint8Array(secretBytes), leg);
  }

  wordsOf(row: LegRow): Int32Array {
    // Rates are not everywhere, and both sums are made here.
    if (this.#row === undefined || !isSameButRate(this.#row, row)) {
      this.#hash.hashText(recordText({ ...row, exchangeRate: null }) ?? "");
    }
    this.#row = row;
    return this.#hash.words;
  }
}

function isSameButRate(left: LegRow, right: LegRow): boolean {
  return (
    left.operationId === right.operationId &&
    left.userId === right.userId &&
    left.creditTypeId === right.creditTypeId &&
    left.amount === right.amount
  );
}

/** One row at most on each side, nothing under way, and the same said of it (G1, G2, G3). */
function isAgreed(ours: Listing, ourCount: number, theirs: Listing, theirCount: number): boolean {
  if (ourCount > 1 || theirCount > 1) return false;
  const our = ourCount === 0 ? undefined : ours.first;
  const their = theirCount === 0 ? undefined : theirs.first;
  return our?.isEnded !== false && their?.isEnded !== false && sayTheSame(our, their);
}

/** Merges what has been read of both; answers how many records matched. */
function mergeRead(
  ours: Listing,
  theirs: Listing,
  records: LastRecord,
  tell: (pair: FoundPair) => void,
): number {
  let matched = 0;
  while (ours.isReady && theirs.isReady) {
    const [our, their] = [ours.first, theirs.first];
    if (our === undefined && their === undefined) break;
    const order = our === undefined ? 1 : their === undefined ? -1 : compareRows(our, their);
    const ourCount = order > 0 ? 0 : ours.countCopies();
    const theirCount = order < 0 ? 0 : theirs.countCopies();
    if (!isAgreed(ours, ourCount, theirs, theirCount)) {
      tell({ ours: ours.look(ourCount), theirs: theirs.look(theirCount) });
    } else if (order <= 0 && our?.standing === "moved") matched += 1;
    ours.take(ourCount, records);
    theirs.take(theirCount, records);
  }
  return matched;
}

/** @param tell is given each pair that is worth telling, in the listings' order */
export async function mergeListings(
  leg: Leg,
  ours: AsyncIterable<readonly LegRow[]>,
  theirs: AsyncIterable<readonly LegRow[]>,
  tell: (pair: FoundPair) => void,
): Promise<MergedListings> {
  const [left, right] = [new Listing(ours), new Listing(theirs)];
  const records = new LastRecord(leg);
  let matchedCount = 0;
  try {
    do {
      // Theirs first, so that a partner that does not answer costs nothing.
      while (!right.isReady) await right.readMore();
      while (!left.isReady) await left.readMore();
      matchedCount += mergeRead(left, right, records, tell); // G4
    } while (left.first !== undefined || right.first !== undefined || !left.isReady || !right.isReady);
  } finally {
    await left.end();
    await right.end();
  }
  return {
    ours: left.tally.totals(),
    theirs: right.tally.totals(),
    matchedCount,
    digests: { ours: left.digest.toString(), theirs: right.digest.toString() },
  };
}
