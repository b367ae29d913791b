// Proves level 0: that two listings are compared row by row as they come, and that a partner's listing ends,
// whatever it does.
import type { Leg } from "@pointbridge/protocol/pxp";
import { describe, expect, it } from "vitest";
import type { CallResult } from "../partner/index.ts";
import { type Comparison, findDifferences } from "./find-differences.ts";
import type { LegRow, TimeWindow } from "./leg-row.ts";
import { PartnerCalls } from "./partner-calls.ts";
import { ListedPartner } from "./partner-leg.ts";
import type { Side } from "./sides.ts";

const leg: Leg = { kind: "credits", sourceSystem: "shop", targetSystem: "airline" };
const window: TimeWindow = {
  startTime: new Date("2026-11-23T09:00:00.000Z"),
  endTime: new Date("2026-11-23T10:00:00.000Z"),
};

function at(second: number): Date {
  return new Date(window.startTime.getTime() + second * 1000);
}

function ourRow(operationId: string, second: number, changes: Partial<LegRow> = {}): LegRow {
  const initiatedAt = at(second);
  return {
    operationId,
    userId: "u1",
    creditTypeId: "mile",
    amount: 29n,
    outcome: "completed",
    standing: "moved",
    isEnded: true,
    initiatedAt,
    completedAt: initiatedAt,
    exchangeRate: "0.29",
    ...changes,
  };
}

function ourSide(rows: readonly LegRow[]): Side {
  return {
    leg,
    async *list() {
      for (const row of rows) yield [row];
    },
    readRows: () => Promise.resolve([]),
    readCompleteUntil: () => Promise.resolve(at(1800)),
  };
}

type Listed = Record<string, unknown>;

function theirRow(operation_id: string, second: number, changes: Listed = {}): Listed {
  const initiated_at = at(second).toISOString();
  const row = { operation_id, user_id: "u1", credit_type_id: "mile", amount: "29", outcome: "completed" };
  return { ...row, initiated_at, completed_at: initiated_at, ...changes };
}

type Page = { readonly items: readonly Listed[]; readonly next_cursor: string | null };

/** A partner that answers each call with the next page, the last of them for ever. */
function partnerOf(pageOf: (call: number) => Page, rowsMax = 1_000_000): ListedPartner {
  let count = 0;
  const callThrough = (): Promise<CallResult> => {
    const body = { ...pageOf(count), complete_until: at(900).toISOString() };
    count += 1;
    return Promise.resolve({
      status: 200,
      headers: {},
      body,
      keyId: "key",
      bodyBytes: JSON.stringify(body).length,
    });
  };
  const calls = new PartnerCalls({ callThrough }, "airline");
  return new ListedPartner(calls, leg, { rowsMax, copiesMax: 100 });
}

function inOnePage(items: readonly Listed[]): ListedPartner {
  return partnerOf(() => ({ items, next_cursor: null }));
}

function tell(comparison: Comparison) {
  return comparison.candidates.map(({ operationId, ours, theirs }) => [
    operationId,
    ours.length,
    theirs.length,
  ]);
}

describe("two listings", () => {
  it("are compared row by row: what both say the same of is matched (G1)", async () => {
    const rows = ["op-1", "op-2", "op-3"].map((id, index) => ourRow(id, index));
    const theirs = ["op-1", "op-2", "op-3"].map((id, index) => theirRow(id, index));
    const comparison = await findDifferences(ourSide(rows), inOnePage(theirs), window);
    expect(comparison).toMatchObject({ level: 0, matchedCount: 3, candidates: [] });
    expect(comparison.ours).toEqual(comparison.theirs);
    expect(comparison.ours).toEqual({
      count: 3,
      byCreditType: [{ creditTypeId: "mile", count: 3, amount: 87n }],
    });
    expect(comparison.digests?.ours).toBe(comparison.digests?.theirs);
    expect(comparison.digests?.ours).not.toBe("0".repeat(32));
  });

  it("differ by what one of them lacks or says otherwise", async () => {
    const rows = [
      ourRow("amount", 1),
      ourRow("missing", 2),
      ourRow("rate", 4),
      ourRow("same", 5),
      ourRow("user", 6),
    ];
    const theirs = [
      theirRow("amount", 1, { amount: "30" }),
      theirRow("extra", 3),
      theirRow("rate", 4, { exchange_rate: "0.3" }),
      theirRow("same", 5, { exchange_rate: "0.29" }),
      theirRow("user", 6, { user_id: "u2" }),
    ];
    const comparison = await findDifferences(ourSide(rows), inOnePage(theirs), window);
    expect(tell(comparison)).toEqual([
      ["amount", 1, 1],
      ["missing", 1, 0],
      ["extra", 0, 1],
      ["rate", 1, 1],
      ["user", 1, 1],
    ]);
    expect(comparison.matchedCount).toBe(1);
    expect(comparison.digests?.ours).not.toBe(comparison.digests?.theirs);
  });

  it("agree where neither moved anything, and tell what is not ended yet (G3)", async () => {
    const none = { outcome: "failed", standing: "none" } as const;
    const open = { outcome: "processing", standing: "none", isEnded: false } as const;
    const rows = [ourRow("refused", 1, none), ourRow("never-sent", 2, none), ourRow("open", 3, open)];
    const theirs = [
      theirRow("refused", 1, { outcome: "refused" }),
      theirRow("fence", 4, { outcome: "rolled_back", user_id: null, credit_type_id: null, amount: null }),
    ];
    const comparison = await findDifferences(ourSide(rows), inOnePage(theirs), window);
    expect(tell(comparison)).toEqual([["open", 1, 0]]);
    expect(comparison.ours.count).toBe(0);
  });

  it("tell copies of one row together, also at different times (G2)", async () => {
    const theirs = [theirRow("op-1", 1), theirRow("op-1", 1), theirRow("op-2", 2), theirRow("op-2", 3)];
    const rows = [ourRow("op-1", 1), ourRow("op-2", 2)];
    const comparison = await findDifferences(ourSide(rows), inOnePage(theirs), window);
    expect(tell(comparison)).toEqual([
      ["op-1", 1, 2],
      ["op-2", 0, 1],
    ]);
  });

  it("end below the lower of both sides' complete_until less the grace (D3)", async () => {
    const comparison = await findDifferences(ourSide([]), inOnePage([]), window, { graceMs: 60_000 });
    expect(comparison.window).toEqual({ startTime: window.startTime, endTime: at(840) });
    expect(comparison.watermark).toEqual({ ours: at(1800), theirs: at(900) });
  });
});

describe("a partner's listing", () => {
  const cases: readonly [string, string, (call: number) => Page][] = [
    ["begins a page where the last one did", "pages_endless", () => ({ items: [], next_cursor: "again" })],
    [
      "repeats a page",
      "rows_unordered",
      () => ({ items: [theirRow("op-1", 1), theirRow("op-2", 2)], next_cursor: "again" }),
    ],
    [
      "goes on and on with copies",
      "pages_endless",
      (call) => ({ items: [theirRow("op-1", 1)], next_cursor: `page-${call}` }),
    ],
    [
      "goes on and on with rows",
      "too_many_differences",
      (call) => ({ items: [theirRow(`op-${call}`, call / 1000)], next_cursor: `page-${call}` }),
    ],
    [
      "lies outside of the window",
      "rows_unordered",
      () => ({ items: [theirRow("op-1", 7200)], next_cursor: null }),
    ],
    [
      "has rows without their form",
      "answer_malformed",
      () => ({ items: [theirRow("op-1", 1, { amount: 29 })], next_cursor: null }),
    ],
    [
      "has a time that does not exist",
      "answer_malformed",
      () => ({
        items: [theirRow("op-1", 1, { completed_at: "2026-02-31T25:00:00.000Z" })],
        next_cursor: null,
      }),
    ],
  ];

  it.each(cases)("that %s ends as %s (E1, E2, E3)", async (_what, reason, pageOf) => {
    const run = findDifferences(ourSide([]), partnerOf(pageOf), window, { candidatesMax: 500 });
    await expect(run).rejects.toMatchObject({ name: "ComparisonStop", reason });
  });

  it("of a partner that refuses is no listing", async () => {
    const reply = { status: 403, headers: {}, body: { code: "forbidden" }, keyId: "key", bodyBytes: 20 };
    const calls = new PartnerCalls({ callThrough: () => Promise.resolve(reply) }, "airline");
    const run = findDifferences(ourSide([]), new ListedPartner(calls, leg), window);
    await expect(run).rejects.toMatchObject({ reason: "partner_refused" });
    await expect(run).rejects.toThrow("403 forbidden");
  });
});
