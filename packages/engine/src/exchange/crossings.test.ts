// Which of the exchanges that were just decided about go on at once (E3).
import { describe, expect, it } from "vitest";
import type { Database } from "../database/index.ts";
import { beginCrossing, blankOperation, defaultLadder, type Operation } from "../domain/index.ts";
import { createLog } from "../system/index.ts";
import { Crossings, defaultCrossingSettings } from "./crossings.ts";

const hour = 3_600_000;

function waiting(attempts: number, updatedAt: Date, dueInMs: number): Operation {
  const at = updatedAt.toISOString();
  const crossing = { ...beginCrossing("hosted", "remote", false), since: at, heard: at, attempts, marks: {} };
  return {
    ...blankOperation("e-1", "exchange", "processing", "tester", updatedAt),
    userId: "u1",
    targetUserId: "u1",
    sourceSystem: "shop",
    targetSystem: "airline",
    sourceCreditType: "coin",
    targetCreditType: "mile",
    sourceAmount: 100n,
    targetAmount: 29n,
    exchangeRate: "0.29",
    data: { crossing },
    dueAt: new Date(updatedAt.getTime() + dueInMs),
    waitingOn: "airline",
  };
}

/** Whether an exchange that stands like this after a decision is asked for at once. */
async function isAskedNow(operation: Operation): Promise<boolean> {
  let calls = 0;
  const lines = {
    async callThrough() {
      calls += 1;
      // Ends the experiment: there is no verdict, and the ladder is the posting's.
      return { unknown: "no answer" };
    },
  };
  let submitted = 0;
  const posting = {
    async submit() {
      submitted += 1;
      return submitted === 1 ? [{ type: "operation" as const, operation, idempotent: false }] : [];
    },
  };
  const settings = { ...defaultCrossingSettings, shardCount: 1, ladder: defaultLadder };
  // Nothing here asks the database.
  const crossings = new Crossings({} as Database, posting, lines, settings, createLog("silent"));
  await crossings.advance([]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await crossings.stop();
  return calls > 0;
}

describe("an exchange that was decided about", () => {
  // The database's clock, as a node sees it whose own is ahead, right or behind.
  it.each([-2 * hour, 0, 2 * hour])("goes on by the database's clock alone, %i ms off", async (offsetMs) => {
    const now = new Date(Date.now() + offsetMs);
    expect(await isAskedNow(waiting(3, now, 2_000))).toBe(false);
    expect(await isAskedNow(waiting(0, now, 25_000))).toBe(true);
    expect(await isAskedNow(waiting(3, now, 0))).toBe(true);
  });
});
