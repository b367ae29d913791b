// Which of the exchanges that were just decided about go on at once (E3).
import { describe, expect, it } from "vitest";
import type { Database } from "../database/index.ts";
import {
  beginCrossing,
  blankOperation,
  type Command,
  defaultLadder,
  type Operation,
} from "../domain/index.ts";
import type { SubmittedOutcome } from "../posting/index.ts";
import { createLog } from "../system/index.ts";
import { Crossings, defaultCrossingSettings } from "./crossings.ts";
import type { JudgedRequest } from "./partner-queue.ts";

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
  const crossings = new Crossings({} as Database, posting, lines, settings, createLog("silent"), noProfiles);
  await crossings.advance([]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  await crossings.stop();
  return calls > 0;
}

/** Nobody is created here. */
const noProfiles = { get: async () => undefined, put: async () => [] };

describe("an exchange that was decided about", () => {
  // The database's clock, as a node sees it whose own is ahead, right or behind.
  it.each([-2 * hour, 0, 2 * hour])("goes on by the database's clock alone, %i ms off", async (offsetMs) => {
    const now = new Date(Date.now() + offsetMs);
    expect(await isAskedNow(waiting(3, now, 2_000))).toBe(false);
    expect(await isAskedNow(waiting(0, now, 25_000))).toBe(true);
    expect(await isAskedNow(waiting(3, now, 0))).toBe(true);
  });
});

describe("a verdict that can't be stored", () => {
  it("is a silence, so that the ladder goes on (T1)", async () => {
    const seen: string[] = [];
    const posting = {
      async submit(commands: readonly Command[]) {
        return commands.map((command): SubmittedOutcome => {
          const kind = command.type === "advance" ? command.event.kind : command.type;
          seen.push(`${command.operationId} ${kind}`);
          const { operationId } = command;
          if (kind === "credited" && operationId === "e-2") {
            return { type: "error", operationId, error: new Error("not storable") };
          }
          return { type: "operation", operation: waiting(1, new Date(), 2_000), idempotent: false };
        });
      },
    };
    const lines = { callThrough: async () => ({ unknown: "no answer" }) };
    const settings = { ...defaultCrossingSettings, shardCount: 1, ladder: defaultLadder };
    const crossings = new Crossings(
      {} as Database,
      posting,
      lines,
      settings,
      createLog("silent"),
      noProfiles,
    );
    const judged = ["e-1", "e-2", "e-3"].map((operationId): JudgedRequest => {
      const body = { operation_id: operationId };
      const asked = { operationId, state: "crediting", call: "credits", systemId: "airline" } as const;
      return { request: { ...asked, body, amount: "1" }, verdict: { kind: "credited" } };
    });
    await crossings.judged(judged);
    await crossings.stop();
    expect(seen).toEqual(["e-1 credited", "e-2 credited", "e-3 credited", "e-2 unknown"]);
  });
});
