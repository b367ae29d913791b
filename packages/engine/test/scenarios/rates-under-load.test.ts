// Rates that change while exchanges are made, by two nodes on one database: every exchange is at the rate that was
// in force when it was made, and no node goes on with one that it has cached. Every eighth change is set for later.
import { beforeAll, expect, it } from "vitest";
import { readCatalogState } from "../../src/catalog/index.ts";
import type { Database } from "../../src/database/index.ts";
import { convertPoints, type Operation } from "../../src/domain/index.ts";
import {
  type RateChange,
  type RateChangeResult,
  type RateVersion,
  rateHistory,
  setRate,
} from "../../src/rates/index.ts";
import { AppError } from "../../src/system/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  exchangeCommand,
  furnish,
  openingCommand,
  openPosting,
  rateOf,
  requireSoundLedger,
} from "../support/test-ledger.ts";

const shardCount = 2;
const changeCount = 24;
const workerCount = 6;
const batchLines = 5;

async function timeOf(database: Database): Promise<Date> {
  return (await database.transaction(readCatalogState)).now;
}

/** Sets a rate for a moment ahead, and waits for it: nothing else may be set before it is in force. */
async function setForLater(database: Database, change: RateChange, leadMs = 30): Promise<RateChangeResult> {
  const effectiveAt = new Date((await timeOf(database)).getTime() + leadMs);
  try {
    const result = await setRate(database, shardCount, { ...change, effectiveAt });
    while ((await timeOf(database)) <= effectiveAt) await new Promise((resolve) => setTimeout(resolve, 5));
    return result;
  } catch (error) {
    // A machine that is busy takes longer than that.
    if (!(error instanceof AppError) || error.code !== "effective_time_passed") throw error;
    return setForLater(database, change, leadMs * 2);
  }
}

describeOnBothEngines("rates that change under load", (engine) => {
  let database: Database;

  beforeAll(async () => {
    database = await engine.open(shardCount);
    await furnish(database, shardCount);
  });

  it("are read in the transaction of the exchange, whatever a node has cached", async () => {
    const lanes = { laneCount: 3 };
    const nodes = [
      openPosting(database, shardCount, lanes),
      openPosting(database, shardCount, lanes),
    ] as const;
    const places = Array.from({ length: workerCount }, (_, worker) => `shop/u${worker}`);
    await nodes[0].submit(places.map((place, index) => openingCommand(`open-${index}`, place, 10_000_000n)));

    /** The version that had been answered when a batch was sent: it may not get an older one. */
    let answeredVersion = 1;
    let isChanging = true;
    const made: { readonly operation: Operation; readonly leastVersion: number }[] = [];
    const work = async (place: string, worker: number): Promise<void> => {
      for (let round = 0; isChanging; round += 1) {
        const node = nodes[(worker + round) % 2] ?? nodes[0];
        const leastVersion = answeredVersion;
        const commands = Array.from({ length: batchLines }, (_, line) =>
          exchangeCommand(`x-${worker}-${round}-${line}`, place, "club", BigInt(100 + line)),
        );
        for (const outcome of await node.submit(commands)) {
          if (outcome.type !== "operation") throw new Error(`an exchange came to ${outcome.type}`);
          made.push({ operation: outcome.operation, leastVersion });
        }
      }
    };
    const change = async (): Promise<void> => {
      const pair = { sourceSystem: "shop", targetSystem: "club" };
      const types = { sourceCreditType: "coin", targetCreditType: "star" };
      const rest = { ...pair, ...types, rounding: "down", principal: "tester" } as const;
      for (let index = 0; index < changeCount; index += 1) {
        // Between 0.26 and 0.30, so that nobody has to approve it and no cycle gains.
        const rate = rateOf((0.26 + (index % 5) * 0.01).toFixed(2));
        const isLater = index % 8 === 7;
        const done = isLater
          ? await setForLater(database, { ...rest, rate })
          : await setRate(database, shardCount, { ...rest, rate });
        if (done.status === "completed" && !isLater) answeredVersion = done.rateVersion;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      isChanging = false;
    };
    await Promise.all([change(), ...places.map(work)]);
    for (const node of nodes) await node.stop();

    const filter = { sourceSystem: "shop", targetSystem: "club", limit: 1000 };
    const history = await database.transaction((tx) => rateHistory(tx, filter));
    const versions = new Map<number | null, RateVersion>(history.map((one) => [one.rateVersion, one]));
    expect(history.length).toBeGreaterThan(changeCount / 2);
    expect(new Set(made.map(({ operation }) => operation.rateVersion)).size).toBeGreaterThan(5);
    for (const { operation, leastVersion } of made) {
      const version = versions.get(operation.rateVersion);
      if (version === undefined) throw new Error(`no version ${operation.rateVersion} was in force`);
      expect(operation).toMatchObject({ status: "completed", exchangeRate: version.rate });
      expect(operation.targetAmount).toBe(convertPoints(operation.sourceAmount ?? 0n, rateOf(version.rate)));
      expect(version.rateVersion).toBeGreaterThanOrEqual(leastVersion);
      const madeAt = operation.createdAt.getTime();
      expect(madeAt).toBeGreaterThanOrEqual(version.effectiveAt.getTime());
      expect(madeAt).toBeLessThanOrEqual(version.supersededAt?.getTime() ?? madeAt);
    }
    await requireSoundLedger(database);
  });
});
