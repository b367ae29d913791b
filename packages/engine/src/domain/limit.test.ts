// Limits by themselves: days, what they are for, what they refuse, what they give back.
import { describe, expect, it } from "vitest";
import { Catalog } from "./catalog.ts";
import {
  type CatalogLimit,
  findExceededLimit,
  LimitBook,
  limitDay,
  limitUsesOf,
  usesToGiveBack,
} from "./limit.ts";
import { MAX_POINTS } from "./points.ts";

const limit: CatalogLimit = {
  limitId: "daily",
  side: "source",
  sourceSystem: "shop",
  targetSystem: null,
  creditTypeId: "coin",
  subject: "member",
  measure: "day_amount",
  value: 100n,
  utcOffsetMinutes: 480,
};
const flow = {
  side: "source",
  sourceSystem: "shop",
  targetSystem: "club",
  creditTypeId: "coin",
  userId: "u1",
  amount: 60n,
} as const;

function catalogOf(...limits: CatalogLimit[]): Catalog {
  const none = { systems: [], creditTypes: [], links: [], rates: [], honouredRates: [] };
  return new Catalog({ version: 1n, ...none, limits });
}

describe("limits", () => {
  it("a day begins where the limit says, whatever the clock of the node is set to", () => {
    expect(limitDay(new Date("2026-11-23T15:59:59.999Z"), 480)).toBe("2026-11-23");
    expect(limitDay(new Date("2026-11-23T16:00:00.000Z"), 480)).toBe("2026-11-24");
    expect(limitDay(new Date("2026-11-23T03:00:00.000Z"), -300)).toBe("2026-11-22");
    expect(limitDay(new Date("2028-02-28T16:00:00.000Z"), 480)).toBe("2028-02-29");
  });

  it("each day counts for itself (F1)", () => {
    const catalog = catalogOf(limit);
    const [first, next] = [new Date("2026-11-23T15:00:00Z"), new Date("2026-11-23T17:00:00Z")];
    const book = new LimitBook();
    for (const now of [first, next]) {
      for (const use of limitUsesOf(flow, catalog, now)) book.load({ ...use, amount: 0n, count: 0n });
    }
    book.take(limitUsesOf(flow, catalog, first), 60n);
    expect(findExceededLimit(flow, 1_000n, book, catalog, first)).toMatchObject({ used: "60" });
    expect(findExceededLimit(flow, 1_000n, book, catalog, next)).toBeUndefined();
  });

  it("is for the systems, the side and the points that it names", () => {
    const catalog = catalogOf(limit, { ...limit, limitId: "to-bank", targetSystem: "bank" });
    const idsOf = (...names: Parameters<Catalog["limitsOf"]>) =>
      catalog.limitsOf(...names).map(({ limitId }) => limitId);
    expect(idsOf("source", "shop", "club", "coin")).toEqual(["daily"]);
    expect(idsOf("source", "shop", "bank", "coin")).toEqual(["daily", "to-bank"]);
    expect(idsOf("source", "shop", "bank", "star")).toEqual([]);
    expect(idsOf("target", "shop", "bank", "coin")).toEqual([]);
    expect(idsOf("source", "club", "shop", "coin")).toEqual([]);
  });

  it("what is left is judged only where the amount is there: else that is what is told", () => {
    const catalog = catalogOf({ ...limit, measure: "balance_left", value: 50n });
    const judge = (available: bigint) =>
      findExceededLimit(flow, available, new LimitBook(), catalog, new Date(0))?.limit_id;
    expect([judge(59n), judge(60n), judge(109n), judge(110n)]).toEqual([
      undefined,
      "daily",
      "daily",
      undefined,
    ]);
  });

  it("gives back no more than was taken (F2)", () => {
    const use = { limit_id: "daily", subject: "u1", period: "2026-11-23" };
    const book = new LimitBook();
    book.load({ ...use, amount: 10n, count: 1n });
    book.giveBack([use], 60n);
    expect(book.changedCounters()).toEqual([{ ...use, amount: 0n, count: 0n }]);
  });

  it("counts exchanges whose points are together more than a row can hold", () => {
    const use = { limit_id: "daily", subject: "", period: "2026-11-23" };
    const book = new LimitBook();
    book.load({ ...use, amount: 0n, count: 0n });
    for (let time = 0; time < 3; time += 1) book.take([use], MAX_POINTS);
    expect(book.changedCounters()).toEqual([{ ...use, amount: MAX_POINTS, count: 3n }]);
  });

  it("gives nothing back to a limit that was made anew under its id, or is no more (F2)", () => {
    const use = { limit_id: "daily", subject: "u1", period: "2026-11-23" };
    const [before, after] = [new Date("2026-11-23T09:00:00Z"), new Date("2026-11-23T11:00:00Z")];
    const catalog = catalogOf({ ...limit, createdAt: new Date("2026-11-23T10:00:00Z") });
    expect(usesToGiveBack([use], after, catalog)).toEqual([use]);
    expect(usesToGiveBack([use], before, catalog)).toEqual([]);
    expect(usesToGiveBack([use], after, catalogOf())).toEqual([]);
  });
});
