// Quotes below HTTP: by whose clock they end, who gets one that many want, what is left of old ones.
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { putCreditType, putLink } from "../../src/catalog/index.ts";
import type { Database } from "../../src/database/index.ts";
import { defaultLadder, type ExchangeCommand, type Quote } from "../../src/domain/index.ts";
import { defaultQuotingSettings, Quoting, type SubmittedOutcome } from "../../src/posting/index.ts";
import { setRate } from "../../src/rates/index.ts";
import { createLog } from "../../src/system/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  accountCommand,
  exchangeCommand,
  furnish,
  openPosting,
  rateOf,
  readBalances,
  requireSoundLedger,
} from "../support/test-ledger.ts";

const DAY_MS = 86_400_000;
const shardCount = 3;

function openQuoting(database: Database, lifetimeMs = 60_000, keptMs = DAY_MS): Quoting {
  const settings = { ...defaultQuotingSettings, shardCount, ladder: defaultLadder, lifetimeMs, keptMs };
  return new Quoting(database, settings, createLog("silent"));
}

/** A quote for the exchange as it is given, under any id. */
function quoteFor(quoting: Quoting, command: ExchangeCommand): Promise<Quote> {
  const { type: _type, operationId: _any, quoteId: _none, metadata: _more, ...fields } = command;
  return quoting.create({ ...fields, operationId: null });
}

function told(outcomes: readonly SubmittedOutcome[]): string[] {
  return outcomes.map((outcome) =>
    outcome.type === "operation" ? (outcome.operation.failureCode ?? outcome.operation.status) : outcome.type,
  );
}

describeOnBothEngines("quotes", (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await engine.open(shardCount);
    await furnish(database, shardCount);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await requireSoundLedger(database);
  });

  it("end by the database's clock, whatever the node's says (J3)", async () => {
    const posting = openPosting(database, shardCount);
    await posting.submit([accountCommand("credit", "fill-ann", "shop/ann", 1000n)]);
    const wish = exchangeCommand("", "shop/ann", "club", 100n);
    const good = await quoteFor(openQuoting(database), wish);
    const over = await quoteFor(openQuoting(database, 0), wish);
    // The embedded database's clock is its process's, so that there is only one to go by.
    const shiftMs = engine.name === "postgres" ? 10 * DAY_MS : 0;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + shiftMs });
    const late = await posting.submit([{ ...wish, operationId: "late", quoteId: good.quoteId }]);
    vi.setSystemTime(Date.now() - 2 * shiftMs);
    const early = await posting.submit([{ ...wish, operationId: "early", quoteId: over.quoteId }]);
    expect([...told(late), ...told(early)]).toEqual(["completed", "quote_expired"]);
    // Frozen: the refused one stays refused, the done one stays done.
    const repeats = await posting.submit([
      { ...wish, operationId: "early", quoteId: over.quoteId },
      { ...wish, operationId: "late", quoteId: good.quoteId },
    ]);
    expect(told(repeats)).toEqual(["quote_expired", "completed"]);
    await posting.stop();
  });

  it("have what is wrong with them judged in order: mismatch, expired, then the rest", async () => {
    const posting = openPosting(database, shardCount);
    // Of the club, x is nobody in the bank.
    const wish = exchangeCommand("", "club/x", "bank", 100n);
    const over = await quoteFor(openQuoting(database, 0), wish);
    const good = await quoteFor(openQuoting(database), wish);
    const outcomes = await posting.submit([
      { ...wish, operationId: "order-1", quoteId: over.quoteId, amount: 2n },
      { ...wish, operationId: "order-2", quoteId: over.quoteId },
      { ...wish, operationId: "order-3", quoteId: good.quoteId },
      { ...wish, operationId: "order-4", quoteId: good.quoteId, targetCreditType: "other" },
    ]);
    const codes = ["quote_mismatch", "quote_expired", "mapping_not_found", "exchange_rate_not_found"];
    expect(told(outcomes)).toEqual(codes);
    expect((await openQuoting(database).find(good.quoteId))?.usedBy).toBeNull();
    await posting.stop();
  });

  it("give their price to an exchange that a partner has a part in", async () => {
    const posting = openPosting(database, shardCount);
    await putCreditType(database, { systemId: "airline", creditTypeId: "mile", name: "mile" });
    await putLink(database, { sourceSystem: "shop", targetSystem: "airline", userMapping: "same_id" });
    const put = (rate: string) =>
      setRate(database, shardCount, {
        sourceSystem: "shop",
        targetSystem: "airline",
        sourceCreditType: "coin",
        targetCreditType: "mile",
        rate: rateOf(rate),
        rounding: "down",
        minSourceAmount: 1n,
        principal: "tester",
      });
    await put("0.5");
    await posting.submit([accountCommand("credit", "fill-bob", "shop/bob", 100n)]);
    const wish = exchangeCommand("crossing", "shop/bob", "airline", 100n, { targetCreditType: "mile" });
    const { quoteId } = await quoteFor(openQuoting(database), wish);
    await put("0.45");
    const [outcome] = await posting.submit([{ ...wish, quoteId }]);
    expect(outcome).toMatchObject({
      operation: { status: "processing", targetAmount: 50n, exchangeRate: "0.5", rateVersion: 1 },
    });
    const again = await posting.submit([{ ...wish, quoteId, operationId: "crossing-2" }]);
    expect(told(again)).toEqual(["quote_mismatch"]);
    await posting.stop();
  });

  it("are kept for a while when their time is up, and then swept", async () => {
    const quoting = openQuoting(database, 0);
    const wish = exchangeCommand("", "shop/cem", "club", 100n);
    const over = await quoteFor(quoting, wish);
    const good = await quoteFor(openQuoting(database), wish);
    await quoting.sweep();
    expect(await quoting.find(over.quoteId)).toEqual(over);
    expect(await openQuoting(database, 0, 0).sweep()).toBeGreaterThan(0);
    expect(await quoting.find(over.quoteId)).toBeUndefined();
    expect(await quoting.find(good.quoteId)).toEqual(good);
  });

  it("go to one of all the exchanges that want them, over lanes and nodes (J2, P2)", async () => {
    const nodes = [0, 1].map((node) =>
      openPosting(database, shardCount, { laneFill: 1, stripeBase: node * 8 }),
    );
    const quoting = openQuoting(database);
    const members = Array.from({ length: 12 }, (_, index) => `racer${index}`);
    const fills = members.map((user) => accountCommand("credit", `fill-${user}`, `shop/${user}`, 10_000n));
    await nodes[0]?.submit(fills);
    const quotes = await Promise.all(
      members.map((user) => quoteFor(quoting, exchangeCommand("", `shop/${user}`, "club", 100n))),
    );
    // Each node wants every quote several times, alone and in requests of many, in either order.
    const wanted = (turn: string): ExchangeCommand[] =>
      quotes.map(({ quoteId, userId }) =>
        exchangeCommand(`${turn}-${userId}`, `shop/${userId}`, "club", 100n, { quoteId }),
      );
    const requests = nodes.flatMap((node, index) => [
      node.submit(wanted(`whole${index}`)),
      node.submit(wanted(`back${index}`).toReversed()),
      ...wanted(`single${index}`).map((command) => node.submit([command])),
    ]);
    const outcomes = (await Promise.all(requests)).flat();
    const done = outcomes.filter(
      (outcome) => outcome.type === "operation" && outcome.operation.status === "completed",
    );
    expect(done).toHaveLength(members.length);
    expect(told(outcomes).filter((word) => word === "quote_mismatch")).toHaveLength(5 * members.length);
    const balances = await readBalances(database, shardCount);
    for (const { userId, quoteId } of quotes) {
      expect([balances[`shop/${userId}`], balances[`club/${userId}`]]).toEqual(["9900+0", "29+0"]);
      const user = done.find((one) => one.type === "operation" && one.operation.userId === userId);
      const usedBy = user?.type === "operation" ? user.operation.operationId : undefined;
      expect((await quoting.find(quoteId))?.usedBy).toBe(usedBy);
    }
    for (const node of nodes) await node.stop();
  });
});
