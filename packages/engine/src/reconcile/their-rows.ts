// The other side's rows: read as a stream in their order, or again where something differed.
import type { LegRow, PartnerSide } from "../summaries/index.ts";
import type { ComparedRow } from "./matching.ts";
import type { TheirPage } from "./merge-chunks.ts";
import { classOfListed } from "./own-rows.ts";
import { UnreadableSideError, type Window } from "./sides.ts";

/** More places than this are read as whole stretches of time, so that a batch is never more calls. */
const STRETCHES_MAX = 32;
/** Around what is read again nothing stands that was not there when all was read, unless there is no end to it. */
const REREAD_ROWS_MAX = 5_000_000;
/** Three of one id are as telling as a million. */
const COPIES_MAX = 3;
/** Beyond so many pages a page has to have so many rows on average, or a run would take for ever. */
const PAGES_FREE = 100;
const ROWS_OF_PAGE_MIN = 10;

export function toCompared(row: LegRow): ComparedRow {
  const { operationId, userId, creditTypeId, amount, outcome, initiatedAt, exchangeRate } = row;
  const compared = { operationId, userId, creditTypeId, amount, initiatedAt };
  return { ...compared, outcome: classOfListed(outcome), state: outcome.slice(0, 64), rate: exchangeRate };
}

/** Their pages, each with whether more follow: one is read ahead. @throws ComparisonStop, UnreadableSideError */
export async function* theirPagesOf(
  side: PartnerSide,
  window: Window,
): AsyncGenerator<TheirPage, void, undefined> {
  let held: readonly ComparedRow[] | undefined;
  let pageCount = 0;
  let rowCount = 0;
  for await (const page of side.list(window)) {
    pageCount += 1;
    rowCount += page.length;
    if (pageCount > PAGES_FREE + rowCount / ROWS_OF_PAGE_MIN) {
      throw new UnreadableSideError("the other side's pages have next to no rows, and more follow");
    }
    if (held !== undefined) yield { rows: held, hasMore: true };
    held = page.map(toCompared);
  }
  yield { rows: held ?? [], hasMore: false };
}

/** Half-open windows that hold all the times, a few at most, each as narrow as can be. */
export function stretchesOf(times: readonly Date[]): Window[] {
  const sorted = [...new Set(times.map((time) => time.getTime()))].sort((left, right) => left - right);
  const size = Math.max(1, Math.ceil(sorted.length / STRETCHES_MAX));
  const stretches: Window[] = [];
  for (let start = 0; start < sorted.length; start += size) {
    const group = sorted.slice(start, start + size);
    const [first = 0] = group;
    stretches.push({ startTime: new Date(first), endTime: new Date((group.at(-1) ?? first) + 1) });
  }
  return stretches;
}

/** What the other side has of some operations, looked for at the times at which they were seen. */
export async function readTheirs(
  side: PartnerSide,
  wanted: ReadonlySet<string>,
  times: readonly Date[],
): Promise<Map<string, ComparedRow[]>> {
  const found = new Map<string, ComparedRow[]>();
  let rowCount = 0;
  for (const stretch of stretchesOf(times)) {
    for await (const page of side.list(stretch)) {
      rowCount += page.length;
      if (rowCount > REREAD_ROWS_MAX) {
        throw new UnreadableSideError("too many rows stand around what differs");
      }
      for (const row of page) {
        const known = found.get(row.operationId) ?? [];
        if (wanted.has(row.operationId) && known.length < COPIES_MAX) {
          found.set(row.operationId, [...known, toCompared(row)]);
        }
      }
    }
  }
  return found;
}
