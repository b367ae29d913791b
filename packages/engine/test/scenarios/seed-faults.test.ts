// The faults of this product's first sketch, one test each: every one of them fails on the sketch.
import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/database/index.ts";
import type { Posting, SubmittedOutcome } from "../../src/posting/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  accountCommand,
  exchangeCommand,
  furnish,
  openPosting,
  readBalances,
  requireSoundLedger,
} from "../support/test-ledger.ts";

function statusOf(outcome: SubmittedOutcome | undefined): string {
  if (outcome?.type !== "operation") return outcome?.type ?? "nothing";
  return outcome.operation.failureCode ?? outcome.operation.status;
}

describeOnBothEngines("the faults of the first sketch", (engine) => {
  let database: Database;
  // Two nodes on one database: what races within one may be ordered by its lanes, what races here is not. A lane is
  // full at one command, so that a crowd is as many transactions and not two batches.
  let nodes: readonly [Posting, Posting];
  beforeAll(async () => {
    database = await engine.open();
    await furnish(database, 1);
    nodes = [
      openPosting(database, 1, { laneFill: 1 }),
      openPosting(database, 1, { stripeBase: 4, laneFill: 1 }),
    ];
  });
  afterEach(async () => {
    await requireSoundLedger(database);
  });

  async function fill(place: string, amount: bigint): Promise<void> {
    await nodes[0].submit([accountCommand("credit", randomUUID(), place, amount)]);
  }

  async function balanceOf(place: string): Promise<string> {
    return (await readBalances(database, 1))[place] ?? "none";
  }

  /** Sends every command to the nodes in turn, all at once. */
  async function race(commands: readonly ReturnType<typeof exchangeCommand>[]): Promise<string[]> {
    const answers = commands.map((command, index) => nodes[index % 2 === 0 ? 0 : 1].submit([command]));
    return (await Promise.all(answers)).map(([outcome]) => statusOf(outcome));
  }

  it("a rate is no floating-point number: 100 at 0.29 are 29, not 28", async () => {
    await fill("shop/float", 100n);
    await nodes[0].submit([exchangeCommand(randomUUID(), "shop/float", "club", 100n)]);
    expect(await balanceOf("club/float")).toBe("29+0");
  });

  it("what would give the target nothing debits nothing", async () => {
    await fill("shop/nothing", 10n);
    const [outcome] = await nodes[0].submit([exchangeCommand(randomUUID(), "shop/nothing", "club", 3n)]);
    expect(statusOf(outcome)).toBe("amount_too_small");
    expect(await balanceOf("shop/nothing")).toBe("10+0");
    expect(await balanceOf("club/nothing")).toBe("none");
  });

  it("the balance is judged under the lock: of many at once only as many succeed as it pays for", async () => {
    await fill("shop/spender", 100n);
    const commands = Array.from({ length: 20 }, () =>
      exchangeCommand(randomUUID(), "shop/spender", "club", 30n),
    );
    const results = await race(commands);
    expect(results.filter((result) => result === "completed")).toHaveLength(3);
    expect(results.filter((result) => result === "insufficient_balance")).toHaveLength(17);
    expect(await balanceOf("shop/spender")).toBe("10+0");
    expect(await balanceOf("club/spender")).toBe("24+0");
  });

  it("no update of a balance is lost, however many write it at once", async () => {
    const sources = Array.from({ length: 40 }, (_, index) => `shop/giver${index}`);
    await nodes[0].submit(sources.map((place) => accountCommand("credit", randomUUID(), place, 100n)));
    // It is there before they come: who opens an account first is another race.
    await fill("club/hot", 1n);
    const amounts = Array.from({ length: 40 }, (_, index) => BigInt(index + 1));
    const credits = amounts.map((amount, index) => {
      const command = accountCommand("credit", randomUUID(), "club/hot", amount);
      return nodes[index % 2 === 0 ? 0 : 1].submit([command]);
    });
    await Promise.all(credits);
    expect(await balanceOf("club/hot")).toBe(`${amounts.reduce((sum, amount) => sum + amount, 1n)}+0`);
  });

  it("the target is told its own user's id, never the source's", async () => {
    await fill("club/u1", 10n);
    const [outcome] = await nodes[0].submit([exchangeCommand(randomUUID(), "club/u1", "bank", 10n)]);
    expect(outcome).toMatchObject({ operation: { status: "completed", userId: "u1", targetUserId: "u2" } });
    expect(await balanceOf("bank/u2")).toBe("25+0");
    expect(await balanceOf("bank/u1")).toBe("none");
    await fill("club/nobody", 10n);
    const [refused] = await nodes[0].submit([exchangeCommand(randomUUID(), "club/nobody", "bank", 10n)]);
    expect(statusOf(refused)).toBe("mapping_not_found");
    expect(await balanceOf("club/nobody")).toBe("10+0");
    expect(await balanceOf("bank/nobody")).toBe("none");
  });

  it("one id is one exchange, however many requests of it race", async () => {
    await fill("shop/twice", 1000n);
    for (let round = 0; round < 10; round += 1) {
      const command = exchangeCommand(randomUUID(), "shop/twice", "club", 100n);
      const results = await race(Array.from({ length: 8 }, () => command));
      expect(new Set(results)).toEqual(new Set(["completed"]));
    }
    expect(await balanceOf("shop/twice")).toBe("0+0");
    expect(await balanceOf("club/twice")).toBe("290+0");
  });
});
