// Two lists merged page by page: whatever the pages are and wherever it is broken off, each row is compared once.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ComparedRow } from "./matching.ts";
import { mergeListings, type OurRange, type TheirPage } from "./merge-chunks.ts";
import { comparePlaces, type Pair, type Place } from "./sides.ts";

function rowOf([atMs, id]: readonly [number, number]): ComparedRow {
  return {
    operationId: `e${id}`,
    userId: "u",
    creditTypeId: "mile",
    amount: 1n,
    outcome: "moved",
    state: "completed",
    initiatedAt: new Date(atMs),
  };
}

const places = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 9 })), {
  maxLength: 40,
});

async function* pagesOf(
  rows: readonly ComparedRow[],
  size: number,
  after: Place | undefined,
): AsyncGenerator<TheirPage> {
  // A list that is read anew begins with the time that was reached.
  const from = rows.filter((row) => after === undefined || row.initiatedAt >= after.initiatedAt);
  for (let start = 0; start === 0 || start < from.length; start += size) {
    yield { rows: from.slice(start, start + size), hasMore: start + size < from.length };
  }
}

function describePair({ ours, theirs }: Pair): string {
  const name = (row: ComparedRow) => `${row.initiatedAt.getTime()}/${row.operationId}`;
  return `${ours === undefined ? "-" : name(ours)} ${theirs.map(name).join(" ")}`;
}

describe("two listings, merged", () => {
  it("compare each row once, in pages of any size, and go on where they were broken off (S1)", async () => {
    await fc.assert(
      fc.asyncProperty(
        places,
        places,
        fc.integer({ min: 1, max: 7 }),
        fc.nat(12),
        async (left, right, size, cut) => {
          const unique = [...new Map(left.map((place) => [place.join("/"), place])).values()];
          const ours = unique.map(rowOf).sort(comparePlaces);
          const distinct = [...new Map(right.map((place) => [place.join("/"), place])).values()];
          const theirs = distinct.map(rowOf).sort(comparePlaces);
          const readOurs = async ({ after, until, limit }: OurRange) =>
            ours
              .filter((row) => after === undefined || comparePlaces(row, after) > 0)
              .filter((row) => until === undefined || comparePlaces(row, until) <= 0)
              .slice(0, limit)
              .map((row) => ({ row, isExpected: true }));
          const told: string[] = [];
          let after: Place | undefined;
          let count = 0;
          let isDone = false;
          for await (const chunk of mergeListings(pagesOf(theirs, size, undefined), readOurs, undefined)) {
            told.push(...chunk.pairs.map(describePair));
            after = chunk.after;
            count += 1;
            isDone = chunk.isLast;
            if (count > cut) break;
          }
          if (!isDone) {
            for await (const chunk of mergeListings(pagesOf(theirs, size, after), readOurs, after)) {
              told.push(...chunk.pairs.map(describePair));
            }
          }
          const keyOf = (row: ComparedRow) => `${row.initiatedAt.getTime()}/${row.operationId}`;
          const theirKeys = new Map(theirs.map((row) => [keyOf(row), row]));
          const ourKeys = new Set(ours.map(keyOf));
          const expected = [
            ...ours.map((row) => `${keyOf(row)} ${theirKeys.has(keyOf(row)) ? keyOf(row) : ""}`),
            ...theirs.filter((row) => !ourKeys.has(keyOf(row))).map((row) => `- ${keyOf(row)}`),
          ];
          expect(told.sort()).toEqual(expected.sort());
        },
      ),
      {
        numRuns: 1_000,
        examples: [
          // Broken off within one millisecond: a reading anew begins with rows that were merged, on pages of their own.
          [
            [],
            [
              [5, 0],
              [0, 0],
              [6, 0],
              [5, 1],
            ],
            1,
            2,
          ],
        ],
      },
    );
  });

  it("tell a row that stands twice, on one page or on two (S1)", async () => {
    for (const size of [1, 2, 3]) {
      const rows = [rowOf([1, 1]), rowOf([1, 1]), rowOf([2, 1])];
      const twice: string[] = [];
      for await (const { pairs } of mergeListings(
        pagesOf(rows, size, undefined),
        async () => [],
        undefined,
      )) {
        twice.push(...pairs.filter(({ theirs }) => theirs.length > 1).map(describePair));
      }
      expect({ size, twice }).toEqual({ size, twice: ["- 1/e1 1/e1"] });
    }
  });
});
