// Limits against crowds: never passed by one point, by no node and in no order, and what is refused counts nothing.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/database/index.ts";
import type { CatalogLimit, Command } from "../../src/domain/index.ts";
import { findCounter, LimitSweeper, putLimit, removeLimit, settleLimit } from "../../src/limits/index.ts";
import type { Posting, SubmittedOutcome } from "../../src/posting/index.ts";
import { createLog } from "../../src/system/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  accountCommand,
  exchangeCommand,
  furnish,
  openPosting,
  readBalances,
  requireSoundLedger,
} from "../support/test-ledger.ts";

const CROWD = 200;
const shardCount = 2;
const by = { origin: { principal: "tester" }, shardCount };

const base = {
  side: "source",
  sourceSystem: "shop",
  targetSystem: "club",
  creditTypeId: "coin",
  subject: "member",
  utcOffsetMinutes: 0,
} as const;

const codeOf = (outcome: SubmittedOutcome | undefined) =>
  outcome?.type === "operation" ? (outcome.operation.failureCode ?? "completed") : outcome?.type;

describeOnBothEngines("limits", (engine) => {
  let database: Database;
  let nodes: readonly Posting[];
  let next = 0;

  const put = (limit: Omit<CatalogLimit, keyof typeof base> & Partial<CatalogLimit>) =>
    putLimit(database, { ...base, ...limit }, by);

  const usedOf = async (limitId: string, subject: string, period = new Date().toISOString().slice(0, 10)) => {
    const use = { limit_id: limitId, subject, period };
    return database.transaction((transaction) => findCounter(transaction, shardCount, use));
  };

  /** A crowd's exchanges, one request each, taking turns between the nodes. */
  const crowd = async (userOf: (index: number) => string, amount: bigint): Promise<string[]> => {
    const asked = Array.from({ length: CROWD }, async (_, index) => {
      next += 1;
      const command = exchangeCommand(`crowd-${next}`, `shop/${userOf(index)}`, "club", amount);
      const [outcome] = (await nodes[index % nodes.length]?.submit([command])) ?? [];
      return codeOf(outcome) ?? "nothing";
    });
    return Promise.all(asked);
  };

  /** One exchange before the crowd: whoever opens a counter holds up the others, and they are to meet at the lock. */
  const openCounter = async (member: string, amount: bigint) => {
    next += 1;
    await nodes[0]?.submit([exchangeCommand(`crowd-${next}`, `shop/${member}`, "club", amount)]);
  };

  const countOf = (codes: readonly string[], code: string) => codes.filter((one) => one === code).length;

  beforeAll(async () => {
    database = await engine.open(shardCount);
    await furnish(database, shardCount);
    // Two nodes of one database, each with its lanes full at one command.
    nodes = [1, 2].map((stripeBase) =>
      openPosting(database, shardCount, { stripeBase: stripeBase * 8, laneFill: 1 }),
    );
    // r1 is in no crowd but its own, so its balance is known.
    const members = [...Array.from({ length: 20 }, (_, index) => `shop/m${index}`), "shop/r1"];
    const credits: Command[] = members.map((place, index) =>
      accountCommand("credit", `open-${index}`, place, 1_000_000n),
    );
    await nodes[0]?.submit(credits);
  });

  afterAll(async () => {
    for (const node of nodes) await node.stop();
  });

  afterEach(() => requireSoundLedger(database));

  it("each member's points of a day are never passed by one point, however many ask at once (F1)", async () => {
    await put({ limitId: "day-points", measure: "day_amount", value: 1_000n });
    for (const member of ["m0", "m1"]) await openCounter(member, 20n);
    const codes = await crowd((index) => `m${index % 2}`, 70n);
    expect({ done: countOf(codes, "completed"), refused: countOf(codes, "limit_exceeded") }).toEqual({
      done: 28,
      refused: CROWD - 28,
    });
    for (const member of ["m0", "m1"]) {
      expect(await usedOf("day-points", member)).toMatchObject({ amount: 1_000n, count: 15n });
      expect((await readBalances(database, shardCount))[`shop/${member}`]).toBe("999000+0");
    }
    await removeLimit(database, "day-points", by);
  });

  it("what all have together is never passed by one point (F1)", async () => {
    await put({ limitId: "all-points", subject: "everybody", measure: "day_amount", value: 1_000n });
    await openCounter("m0", 20n);
    const codes = await crowd((index) => `m${index % 20}`, 70n);
    expect(countOf(codes, "completed")).toBe(14);
    expect(await usedOf("all-points", "")).toMatchObject({ amount: 1_000n, count: 15n });
    await removeLimit(database, "all-points", by);
  });

  it("the number of a day's exchanges is never passed (F1)", async () => {
    await put({ limitId: "day-count", measure: "day_count", value: 7n });
    await openCounter("m2", 10n);
    const codes = await crowd(() => "m2", 10n);
    expect(countOf(codes, "completed")).toBe(6);
    await removeLimit(database, "day-count", by);
  });

  it("a position is never passed, and goes on where it was settled, once under its id (F7)", async () => {
    await put({ limitId: "open", subject: "everybody", measure: "position", value: 500n });
    expect(countOf(await crowd((index) => `m${index % 20}`, 70n), "completed")).toBe(7);
    const settlement = { limitId: "open", userId: undefined, amount: 400n, note: "paid" };
    const settle = (operationId: string, amount = 400n) =>
      settleLimit(database, { ...settlement, operationId, amount }, by);
    const settled = await Promise.all([settle("settle-1"), settle("settle-1"), settle("settle-1")]);
    expect(settled.filter(({ idempotent }) => !idempotent)).toHaveLength(1);
    await expect(settle("settle-1", 401n)).rejects.toMatchObject({ code: "operation_conflict" });
    expect(await usedOf("open", "", "")).toMatchObject({ amount: 90n });
    expect(countOf(await crowd((index) => `m${index % 20}`, 70n), "completed")).toBe(5);
    expect(await settle("settle-2", 10_000n)).toMatchObject({ settled: 440n });
    await removeLimit(database, "open", by);
  });

  it("one exchange's points and what has to be left are judged without being counted", async () => {
    await put({ limitId: "one", measure: "exchange_amount", value: 100n });
    await put({ limitId: "rest", measure: "balance_left", value: 999_700n });
    expect(countOf(await crowd(() => "r1", 101n), "completed")).toBe(0);
    // 1,000,000 less 300 leaves what has to be left: three of a hundred go through.
    expect(countOf(await crowd(() => "r1", 100n), "completed")).toBe(3);
    await removeLimit(database, "one", by);
    await removeLimit(database, "rest", by);
  });

  it("a request whose lines are of different members is decided in its order under what all have together", async () => {
    await put({ limitId: "together", subject: "everybody", measure: "day_amount", value: 1_000n });
    const amounts = Array.from({ length: 100 }, (_, index) => BigInt(4 + ((index * 37) % 90)));
    const commands = amounts.map((amount, index) =>
      exchangeCommand(`line-${index}`, `shop/m${index % 20}`, "club", amount),
    );
    let used = 0n;
    const inOrder = amounts.map((amount) => {
      if (used + amount > 1_000n) return "limit_exceeded";
      used += amount;
      return "completed";
    });
    expect((await nodes[0]?.submit(commands))?.map(codeOf)).toEqual(inOrder);
    await removeLimit(database, "together", by);
  });

  it("a refusal counts nothing, names the limit, and stays when the limit is gone (F3)", async () => {
    await put({ limitId: "small", measure: "day_amount", value: 50n });
    const command = exchangeCommand("refused-for-good", "shop/m4", "club", 60n);
    const [outcome] = (await nodes[0]?.submit([command])) ?? [];
    const exceeded = { limit_id: "small", measure: "day_amount", subject: "member", bound: "50", used: "0" };
    expect(outcome).toMatchObject({ operation: { failureCode: "limit_exceeded", data: { exceeded } } });
    expect(await usedOf("small", "m4")).toMatchObject({ amount: 0n, count: 0n });
    await removeLimit(database, "small", by);
    const [again] = (await nodes[1]?.submit([command])) ?? [];
    expect(again).toMatchObject({ idempotent: true, operation: { failureCode: "limit_exceeded" } });
  });

  it("a repeat counts nothing, and neither does what a balance refuses", async () => {
    await put({ limitId: "once", measure: "day_amount", value: 5_000_000n });
    const command = exchangeCommand("counted-once", "shop/m5", "club", 60n);
    const repeats = Array.from({ length: 20 }, async (_, index) => nodes[index % 2]?.submit([command]));
    await Promise.all(repeats);
    const tooMuch = exchangeCommand("too-much", "shop/m5", "club", 2_000_000n);
    expect((await nodes[0]?.submit([tooMuch]))?.map(codeOf)).toEqual(["insufficient_balance"]);
    expect(await usedOf("once", "m5")).toMatchObject({ amount: 60n, count: 1n });
    await removeLimit(database, "once", by);
  });

  it("a limit's value may be changed, what it measures not (F5)", async () => {
    await put({ limitId: "fixed", measure: "day_amount", value: 50n });
    expect(await put({ limitId: "fixed", measure: "day_amount", value: 51n })).toMatchObject({
      outcome: "changed",
    });
    expect(await put({ limitId: "fixed", measure: "day_amount", value: 51n })).toMatchObject({
      outcome: "unchanged",
    });
    await expect(put({ limitId: "fixed", measure: "day_count", value: 51n })).rejects.toMatchObject({
      code: "limit_fixed",
    });
    await expect(
      put({ limitId: "odd", creditTypeId: "star", measure: "day_count", value: 1n }),
    ).rejects.toMatchObject({ code: "credit_type_not_found" });
    await removeLimit(database, "fixed", by);
  });

  it("counters of days that are long over are swept, others not", async () => {
    await put({ limitId: "old", measure: "day_amount", value: 500n });
    await crowd(() => "m6", 5n);
    const sweeper = new LimitSweeper(database, shardCount, createLog("silent"));
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    expect(await sweeper.sweep(inDays(39))).toBe(0);
    expect(await sweeper.sweep(inDays(42))).toBeGreaterThan(0);
    expect(await usedOf("old", "m6")).toEqual({ amount: 0n, count: 0n });
    await removeLimit(database, "old", by);
  });
});
