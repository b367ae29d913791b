// Rates: immutable versions, one in force, each by one operation.
import { beforeAll, expect, it } from "vitest";
import { loadCatalog, putCreditType, putSystem } from "../../src/catalog/index.ts";
import type { Database } from "../../src/database/index.ts";
import { parseRate } from "../../src/domain/index.ts";
import { findOperations } from "../../src/operations/index.ts";
import { type RateChange, rateHistory, ratesInForce, setRate } from "../../src/rates/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";

const shardCount = 3;

function change(rate: string, rest: Partial<RateChange> = {}): RateChange {
  const parsed = parseRate(rate);
  if (parsed === undefined) throw new Error(`${rate} is no rate`);
  return {
    sourceSystem: "shop",
    targetSystem: "club",
    sourceCreditType: "coin",
    targetCreditType: "star",
    rate: parsed,
    rounding: "down",
    principal: "administrator",
    ...rest,
  };
}

const wholeList = { sourceSystem: "shop", targetSystem: "club", limit: 100 };

describeOnBothEngines("rates", (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await engine.open(shardCount);
    for (const [systemId, creditTypeId] of [
      ["shop", "coin"],
      ["club", "star"],
      ["bank", "point"],
    ] as const) {
      await putSystem(database, { systemId, name: systemId, kind: "hosted" });
      await putCreditType(database, { systemId, creditTypeId, name: creditTypeId });
    }
  });

  it("puts a first rate in force, then versions, and makes none of the rate that is in force (R4)", async () => {
    const first = await setRate(database, shardCount, change("0.970"));
    expect(first).toMatchObject({
      oldRate: null,
      newRate: "0.97",
      rateVersion: 1,
      changed: true,
      idempotent: false,
    });
    const same = await setRate(database, shardCount, change("0.97"));
    expect(same).toEqual({ ...first, oldRate: "0.97", changed: false });
    const second = await setRate(database, shardCount, change("1"));
    expect(second).toMatchObject({ oldRate: "0.97", newRate: "1", rateVersion: 2 });
    const minimum = await setRate(database, shardCount, change("1", { minSourceAmount: 10n }));
    expect(minimum).toMatchObject({ oldRate: "1", newRate: "1", rateVersion: 3, changed: true });

    const history = await database.transaction((tx) => rateHistory(tx, wholeList));
    expect(history.map((version) => [version.rateVersion, version.rate, version.minSourceAmount])).toEqual([
      [1, "0.97", 1n],
      [2, "1", 1n],
      [3, "1", 10n],
    ]);
    expect(history.map((version) => version.supersededAt)).toEqual([
      history[1]?.effectiveAt,
      history[2]?.effectiveAt,
      null,
    ]);
    const inForce = await database.transaction((tx) => ratesInForce(tx, wholeList));
    expect(inForce).toEqual(history.slice(-1));
    const catalog = await database.transaction(loadCatalog);
    const expected = { rateVersion: 3, minSourceAmount: 10n };
    expect(catalog.rate("shop", "club", "coin", "star", new Date())).toMatchObject(expected);
    const [operation] = await database.transaction((tx) =>
      findOperations(tx, shardCount, [first.operationId]),
    );
    expect(operation).toMatchObject({ kind: "rate_change", status: "completed", exchangeRate: "0.97" });
  });

  it("answers a repeat of an id with what it did, and refuses another body naming the field (R3)", async () => {
    const asked = change("1.1", { operationId: "rate-1" });
    const done = await setRate(database, shardCount, asked);
    await setRate(database, shardCount, change("1.05"));
    expect(await setRate(database, shardCount, asked)).toEqual({ ...done, changed: false, idempotent: true });
    const others: readonly [string, RateChange][] = [
      ["rate", change("1.15", { operationId: "rate-1" })],
      ["min_source_amount", change("1.1", { operationId: "rate-1", minSourceAmount: 2n })],
      [
        "target_system",
        change("1.1", { operationId: "rate-1", targetSystem: "bank", targetCreditType: "point" }),
      ],
    ];
    for (const [field, other] of others) {
      await expect(setRate(database, shardCount, other)).rejects.toMatchObject({
        code: "operation_conflict",
        extra: { conflicting_field: field },
      });
    }
  });

  it("keeps a refusal under the id it was given, and none without an id", async () => {
    const unknown = change("1", {
      operationId: "rate-refused",
      sourceSystem: "later",
      sourceCreditType: "x",
    });
    await expect(setRate(database, shardCount, unknown)).rejects.toMatchObject({
      code: "system_not_found",
      extra: { operation_id: "rate-refused", idempotent: false },
    });
    await putSystem(database, { systemId: "later", name: "Later", kind: "hosted" });
    await expect(setRate(database, shardCount, unknown)).rejects.toMatchObject({
      code: "system_not_found",
      extra: { idempotent: true },
    });
    const { operationId: _, ...withoutId } = unknown;
    await expect(setRate(database, shardCount, withoutId)).rejects.toMatchObject({
      code: "credit_type_not_found",
    });
    await putCreditType(database, { systemId: "later", creditTypeId: "x", name: "x" });
    expect(await setRate(database, shardCount, withoutId)).toMatchObject({ rateVersion: 1 });
  });

  it("gives racing changes one version each, and one race of one id one effect", async () => {
    const pair = { sourceSystem: "bank", sourceCreditType: "point" };
    const rates = Array.from({ length: 12 }, (_, index) => `1.0${index + 10}`);
    await Promise.all(rates.map((rate) => setRate(database, shardCount, change(rate, pair))));
    const repeats = Array.from({ length: 8 }, () => change("1.1", { ...pair, operationId: "race" }));
    const results = await Promise.all(repeats.map((repeat) => setRate(database, shardCount, repeat)));
    expect(results.filter((result) => !result.idempotent)).toHaveLength(1);
    const filter = { sourceSystem: "bank", limit: 5 };
    const pages = [await database.transaction((tx) => rateHistory(tx, filter))];
    while (pages.at(-1)?.length === 5) {
      const after = pages.at(-1)?.at(-1);
      pages.push(await database.transaction((tx) => rateHistory(tx, { ...filter, after })));
    }
    const versions = pages.flat();
    expect(versions.map((version) => version.rateVersion)).toEqual(versions.map((_, index) => index + 1));
    expect(versions).toHaveLength(13);
    expect(versions.filter((version) => version.supersededAt === null)).toHaveLength(1);
  });
});
