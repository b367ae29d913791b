// A request that is spread over lanes ends as if its commands had been decided one by one.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { putCreditType, putLink, putSystem } from "../../src/catalog/index.ts";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import { type Command, parseRate } from "../../src/domain/index.ts";
import { putMapping } from "../../src/mappings/index.ts";
import { defaultPostingSettings, Posting, type SubmittedOutcome } from "../../src/posting/index.ts";
import { setRate } from "../../src/rates/index.ts";
import { createLog } from "../../src/system/index.ts";
import { createTestDatabase } from "../support/test-database.ts";

const listener = { batchDone: () => undefined, batchRetried: () => undefined };
const systems = [
  ["bank", "point"],
  ["shop", "coin"],
  ["club", "star"],
] as const;

function exchange(operationId: string, userId: string, from: number, to: number, amount: bigint): Command {
  const [sourceSystem, sourceCreditType] = systems[from] ?? systems[0];
  const [targetSystem, targetCreditType] = systems[to] ?? systems[0];
  const route = { sourceSystem, targetSystem, sourceCreditType, targetCreditType };
  const rest = { userId, amount, quoteId: null, metadata: null };
  return { type: "exchange", operationId, principal: "tester", ...route, ...rest };
}

function credit(operationId: string, userId: string, amount: bigint): Command {
  const account = { systemId: "bank", userId, creditTypeId: "point", amount };
  const rest = { businessCode: null, businessId: null, metadata: null, expiresInMs: null };
  return { type: "credit", operationId, principal: "tester", ...account, ...rest };
}

const statusOf = (outcome: SubmittedOutcome) =>
  outcome.type === "operation" ? (outcome.operation.failureCode ?? outcome.operation.status) : outcome.type;

describe("the order of a request that is spread over lanes", () => {
  let database: Database;
  let posting: Posting;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const place = await createTestDatabase();
    drop = () => place.drop();
    database = await openDatabase({ url: place.url });
    const shardCount = await migrate(database);
    const settings = { ...defaultPostingSettings, shardCount, laneFill: 1, sweepIntervalMs: 0 };
    posting = new Posting(database, settings, listener, createLog("silent"));
    for (const [systemId, creditTypeId] of systems) {
      await putSystem(database, { systemId, name: systemId, kind: "hosted" });
      await putCreditType(database, { systemId, creditTypeId, name: creditTypeId });
    }
  });

  afterAll(async () => {
    await posting.stop();
    await database.close();
    await drop();
  });

  it("holds over a mapped link that was put after the lanes had read the catalog (S2)", async () => {
    const members = Array.from({ length: 64 }, (_, index) => `giver-${index}`);
    await posting.submit(members.map((userId) => credit(`credit-${userId}`, userId, 10n)));
    for (const [from, to, userMapping] of [
      [0, 1, "mapped"],
      [1, 2, "same_id"],
    ] as const) {
      const [sourceSystem, sourceCreditType] = systems[from];
      const [targetSystem, targetCreditType] = systems[to];
      await putLink(database, { sourceSystem, targetSystem, userMapping });
      const rate = parseRate("1");
      if (rate === undefined) throw new Error("1 is a rate");
      const key = { sourceSystem, targetSystem, sourceCreditType, targetCreditType };
      await setRate(database, 1, { ...key, rate, rounding: "down", principal: "tester" });
    }
    for (const userId of members) {
      const mapping = { sourceSystem: "bank", sourceUserId: userId, targetSystem: "shop" };
      await putMapping(database, 1, { ...mapping, targetUserId: `taker of ${userId}`, principal: "tester" });
    }
    const chains = members.flatMap((userId) => [
      exchange(`give-${userId}`, userId, 0, 1, 10n),
      exchange(`spend-${userId}`, `taker of ${userId}`, 1, 2, 10n),
    ]);
    const outcomes = await posting.submit(chains);
    expect(new Set(outcomes.map(statusOf))).toEqual(new Set(["completed"]));
  });
});
