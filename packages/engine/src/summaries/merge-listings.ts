// Level 0: two ordered listings merged as they come, in constant memory.
//
// G1  A row of one side meets the row of the other with the same time and id; what finds no partner differs where
//     points stand by it.
// G2  Rows of one side with the same time and id are duplicates, told whatever they say.
// G3  What a side has not ended yet is told too, whatever the other says: what is stuck is what matters.
import { DigestSum, type Leg, RecordHash, recordText, secretBytes } from "@pointbridge/protocol/pxp";
import { compareRows, type LegRow, sayTheSame } from "./leg-row.ts";
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

/** Takes rows off a listing, copies of one row together. */
class RowReader {
  readonly #pages: AsyncIterator<readonly LegRow[]>;
  #page: readonly LegRow[] = [];
  #place = 0;

  constructor(pages: AsyncIterable<readonly LegRow[]>) {
    this.#pages = pages[Symbol.asyncIterator]();
  }

  /** The next row without taking it; undefined at the end. */
  async peek(): Promise<LegRow | undefined> {
    while (this.#place >= this.#page.length) {
      const next = await this.#pages.next();
      if (next.done === true) return undefined;
      this.#page = next.value;
      this.#place = 0;
    }
    return this.#page[this.#place];
  }

  take(): void {
    this.#place += 1;
  }

  async end(): Promise<void> {
    await this.#pages.return?.();
  }
}

async function takeCopies(reader: RowReader, first: LegRow, side: SideSum): Promise<LegRow[]> {
  const copies: LegRow[] = [];
  for (let row: LegRow | undefined = first; row !== undefined; row = await reader.peek()) {
    if (compareRows(row, first) !== 0) break;
    reader.take();
    side.add(row);
    if (copies.length < COPIES_MAX) copies.push(row);
  }
  return copies;
}

/** Hashes a record once that both sides have. */
class LastRecord {
  readonly #hash: RecordHash;
  #text = "";

  constructor(leg: Leg) {
    this.#hash = new RecordHash(new Uint8Array(secretBytes), leg);
    this.#hash.hashText("");
  }

  wordsOf(text: string): Int32Array {
    if (text !== this.#text) {
      this.#hash.hashText(text);
      this.#text = text;
    }
    return this.#hash.words;
  }
}

class SideSum {
  readonly tally = new Tally();
  readonly digest = new DigestSum();
  readonly #records: LastRecord;

  constructor(records: LastRecord) {
    this.#records = records;
  }

  add(row: LegRow): void {
    this.tally.add(row);
    // Rates are not everywhere, and both sums are made here.
    const text = recordText({ ...row, exchangeRate: null });
    if (text !== undefined) this.digest.add(this.#records.wordsOf(text));
  }
}

/** A pair is worth telling unless both sides have one row at most and say the same of it (G1, G2, G3). */
function isWorthTelling({ ours, theirs }: FoundPair): boolean {
  if (ours.length > 1 || theirs.length > 1) return true;
  const [[our], [their]] = [ours, theirs];
  if (our?.isEnded === false || their?.isEnded === false) return true;
  return !sayTheSame(our, their);
}

/** @param tell is given each pair that is worth telling, in the listings' order */
export async function mergeListings(
  leg: Leg,
  ours: AsyncIterable<readonly LegRow[]>,
  theirs: AsyncIterable<readonly LegRow[]>,
  tell: (pair: FoundPair) => void,
): Promise<MergedListings> {
  const [left, right] = [new RowReader(ours), new RowReader(theirs)];
  const records = new LastRecord(leg);
  const sums = [new SideSum(records), new SideSum(records)] as const;
  let matchedCount = 0;
  try {
    for (;;) {
      // Theirs first, so that a partner that does not answer costs nothing.
      const their = await right.peek();
      const our = await left.peek();
      if (our === undefined && their === undefined) break;
      const order = our === undefined ? 1 : their === undefined ? -1 : compareRows(our, their);
      const pair = {
        ours: our === undefined || order > 0 ? [] : await takeCopies(left, our, sums[0]),
        theirs: their === undefined || order < 0 ? [] : await takeCopies(right, their, sums[1]),
      };
      if (isWorthTelling(pair)) tell(pair);
      else if (pair.ours[0]?.standing === "moved") matchedCount += 1;
    }
  } finally {
    await left.end();
    await right.end();
  }
  return {
    ours: sums[0].tally.totals(),
    theirs: sums[1].tally.totals(),
    matchedCount,
    digests: { ours: sums[0].digest.toString(), theirs: sums[1].digest.toString() },
  };
}
