// Changes of rates that one person may not decide alone, and rates that would let points grow.
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect, it } from "vitest";
import { loadCatalog, putCreditType, putLink, putSystem } from "../../src/catalog/index.ts";
import { readChanges } from "../../src/changes/index.ts";
import type { Database } from "../../src/database/index.ts";
import { importLines } from "../../src/imports/index.ts";
import { findOperations } from "../../src/operations/index.ts";
import {
  decideRateChange,
  defaultRateRules,
  getRateChange,
  listPendingRateChanges,
  type PendingRateChange,
  type RateChange,
  RateChangeSweeper,
  type RateKey,
  type RateRules,
  rateHistory,
  setRate,
} from "../../src/rates/index.ts";
import { createLog } from "../../src/system/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { shiftClock } from "../support/shifted-clock.ts";
import { openPosting, rateOf } from "../support/test-ledger.ts";

const shardCount = 3;

describeOnBothEngines("the governance of rates", (engine) => {
  let database: Database;
  let pairs = 0;

  beforeAll(async () => {
    database = await engine.open(shardCount);
  });

  /** Two systems of their own for each test. */
  async function newPair(): Promise<RateKey> {
    pairs += 1;
    const [sourceSystem, targetSystem] = [`shop-${pairs}`, `club-${pairs}`];
    for (const systemId of [sourceSystem, targetSystem]) {
      await putSystem(database, { systemId, name: systemId, kind: "hosted" });
      await putCreditType(database, { systemId, creditTypeId: "point", name: "point" });
    }
    return { sourceSystem, targetSystem, sourceCreditType: "point", targetCreditType: "point" };
  }

  function backOf({ sourceSystem, targetSystem, ...types }: RateKey): RateKey {
    return { ...types, sourceSystem: targetSystem, targetSystem: sourceSystem };
  }

  const set = (pair: RateKey, rate: string, more: Partial<RateChange> = {}, rules?: RateRules) =>
    setRate(
      database,
      shardCount,
      { ...pair, rate: rateOf(rate), rounding: "down", principal: "ann", ...more },
      rules,
    );

  async function propose(pair: RateKey, rate: string, more: Partial<RateChange> = {}, rules?: RateRules) {
    const result = await set(pair, rate, more, rules);
    expect(result.status).toBe("pending_approval");
    return result as PendingRateChange;
  }

  const decide = (operationId: string, verdict: "approve" | "reject", principal = "bob") =>
    decideRateChange(database, shardCount, { operationId, verdict, principal });

  const find = (operationId: string) =>
    database.transaction((transaction) => getRateChange(transaction, shardCount, operationId));

  const pendingOf = ({ sourceSystem, targetSystem }: RateKey) =>
    database.transaction((transaction) =>
      listPendingRateChanges(transaction, shardCount, { sourceSystem, targetSystem, limit: 100 }),
    );

  const versionsOf = async ({ sourceSystem, targetSystem }: RateKey) =>
    (await database.transaction((tx) => rateHistory(tx, { sourceSystem, targetSystem, limit: 100 }))).map(
      ({ rate, proposedBy, approvedBy, operationId }) => ({ rate, proposedBy, approvedBy, operationId }),
    );

  it("stops 19 % every minute at the second step, up and down (R5)", async () => {
    for (const [step, second, percentage] of [
      ["1.19", "1.4161", "41.61"],
      ["0.81", "0.6561", "-34.39"],
    ] as const) {
      const pair = await newPair();
      expect(await set(pair, "1")).toMatchObject({ status: "completed", oldRate: null, rateVersion: 1 });
      expect(await set(pair, step)).toMatchObject({ status: "completed", rateVersion: 2 });
      const proposed = await propose(pair, second);
      expect(proposed).toMatchObject({ oldRate: step, newRate: second, changePercentage: percentage });
      expect((await versionsOf(pair)).map(({ rate }) => rate)).toEqual(["1", step]);
      // Once the first rate is out of the window, the step is measured against the rate in force alone.
      const later = { ...defaultRateRules, windowMs: 0 };
      expect(await set(pair, second, {}, later)).toMatchObject({ status: "completed", rateVersion: 3 });
    }
  });

  it("lets exactly 20 % through, and nothing above it", async () => {
    const pair = await newPair();
    await set(pair, "1");
    await propose(pair, "1.200000000000000001");
    await propose(pair, "0.799999999999999999");
    expect(await set(pair, "1.2")).toMatchObject({ status: "completed" });
    const other = await newPair();
    await set(other, "1");
    expect(await set(other, "0.8")).toMatchObject({ status: "completed" });
    const strict = { ...defaultRateRules, limitPercent: rateOf("0.5") };
    await propose(other, "0.805", {}, strict);
  });

  it("puts in force what another principal approves, and starts the 24 hours afresh with it (A1, A2, A5)", async () => {
    const pair = await newPair();
    await set(pair, "1");
    const { operationId } = await propose(pair, "2", { operationId: `double-${engine.name}` });
    await expect(decide(operationId, "approve", "ann")).rejects.toMatchObject({ code: "four_eyes_required" });
    expect(await find(operationId)).toMatchObject({ status: "pending_approval", changePercentage: "100" });
    const approved = await decide(operationId, "approve");
    expect(approved).toMatchObject({
      isDone: true,
      idempotent: false,
      change: { status: "completed", rateVersion: 2, proposedBy: "ann", approvedBy: "bob" },
    });
    expect(await decide(operationId, "approve", "cid")).toEqual({ ...approved, idempotent: true });
    await expect(decide(operationId, "approve", "ann")).rejects.toMatchObject({ code: "four_eyes_required" });
    expect(await decide(operationId, "reject")).toMatchObject({
      isDone: false,
      change: { status: "completed" },
    });
    expect(await set(pair, "2", { operationId })).toMatchObject({
      status: "completed",
      oldRate: "1",
      rateVersion: 2,
      idempotent: true,
    });
    expect(await set(pair, "2.3")).toMatchObject({ status: "completed", rateVersion: 3 });
    expect(await propose(pair, "2.5")).toMatchObject({ changePercentage: "25" });
    expect(await versionsOf(pair)).toMatchObject([
      { rate: "1", proposedBy: "ann", approvedBy: null },
      { rate: "2", proposedBy: "ann", approvedBy: "bob", operationId },
      { rate: "2.3", approvedBy: null },
    ]);
    const [row] = await database.transaction((tx) => findOperations(tx, shardCount, [operationId]));
    expect(row).toMatchObject({ kind: "rate_change", status: "completed", principal: "ann", rateVersion: 2 });
  });

  it("ends what is rejected, by its proposer too, and keeps the id for good (A2)", async () => {
    const pair = await newPair();
    await set(pair, "1");
    const { operationId } = await propose(pair, "3", { operationId: `triple-${engine.name}` });
    const rejected = await decide(operationId, "reject", "ann");
    expect(rejected).toMatchObject({ isDone: true, change: { status: "failed", rejectedBy: "ann" } });
    expect(await decide(operationId, "reject")).toEqual({ ...rejected, idempotent: true });
    expect(await decide(operationId, "approve")).toMatchObject({
      isDone: false,
      change: { failureCode: "rate_change_rejected" },
    });
    await expect(set(pair, "3", { operationId })).rejects.toMatchObject({
      code: "rate_change_rejected",
      extra: { idempotent: true, operation_id: operationId },
    });
    await expect(set(pair, "1.1", { operationId })).rejects.toMatchObject({
      code: "operation_conflict",
      extra: { conflicting_field: "rate" },
    });
    expect(await versionsOf(pair)).toHaveLength(1);
    await expect(decide("nobody-asked", "reject")).rejects.toMatchObject({ code: "operation_not_found" });
  });

  it("answers a repeat of what waits with what waits, and refuses another body", async () => {
    const pair = await newPair();
    await set(pair, "1");
    const operationId = `waits-${engine.name}`;
    const first = await propose(pair, "1.5", { operationId });
    expect(await propose(pair, "1.50", { operationId, principal: "cid" })).toEqual({
      ...first,
      changed: false,
      idempotent: true,
    });
    await expect(set(pair, "1.5", { operationId, minSourceAmount: 2n })).rejects.toMatchObject({
      extra: { conflicting_field: "min_source_amount" },
    });
    expect(await pendingOf(pair)).toMatchObject([{ operationId, proposedBy: "ann", endedAt: null }]);
  });

  it("refuses an approval after a newer change of the pair as stale (A3)", async () => {
    const pair = await newPair();
    await set(pair, "1");
    const first = await propose(pair, "2");
    const second = await propose(pair, "0.5");
    const third = await propose(pair, "4");
    await set(pair, "1", { minSourceAmount: 10n });
    expect(await decide(first.operationId, "approve")).toMatchObject({
      isDone: false,
      idempotent: false,
      change: { status: "failed", failureCode: "rate_change_stale" },
    });
    const current = await propose(pair, "1.5");
    expect(await decide(current.operationId, "approve")).toMatchObject({ isDone: true });
    expect(await decide(second.operationId, "approve")).toMatchObject({ isDone: false });
    expect(await decide(third.operationId, "reject")).toMatchObject({ isDone: true });
    expect((await versionsOf(pair)).map(({ rate }) => rate)).toEqual(["1", "1", "1.5"]);
  });

  it("ends a proposal that nobody decides in time, by the database's clock", async () => {
    const pair = await newPair();
    await set(pair, "1");
    const operationId = `late-${engine.name}`;
    const hasty = { ...defaultRateRules, proposalMs: 1 };
    await propose(pair, "2", { operationId }, hasty);
    const { operationId: patient, expiresAt } = await propose(pair, "3");
    expect(expiresAt.getTime() - Date.now()).toBeGreaterThan(6 * 24 * 3_600_000);
    await pause(20);
    expect(await decide(operationId, "approve")).toMatchObject({
      isDone: false,
      change: { status: "failed", failureCode: "rate_change_expired" },
    });
    expect(await pendingOf(pair)).toMatchObject([{ operationId: patient }]);
    await expect(set(pair, "2", { operationId })).rejects.toMatchObject({ code: "rate_change_expired" });

    const unasked = `unasked-${engine.name}`;
    await propose(pair, "4", { operationId: unasked }, hasty);
    await pause(20);
    await new RateChangeSweeper(database, shardCount, createLog("silent")).sweep();
    const found = await database.transaction((tx) => findOperations(tx, shardCount, [unasked, patient]));
    const statuses = Object.fromEntries(found.map(({ operationId: id, status }) => [id, status]));
    expect(statuses).toEqual({ [unasked]: "failed", [patient]: "pending_approval" });
  });

  it("applies once what two people approve at once, and decides one way what is approved and rejected at once", async () => {
    const pair = await newPair();
    await set(pair, "1");
    const { operationId } = await propose(pair, "2");
    const approvals = await Promise.all(
      ["bob", "cid", "dan", "eve"].map((principal) => decide(operationId, "approve", principal)),
    );
    expect(approvals.filter(({ idempotent }) => !idempotent)).toHaveLength(1);
    expect(approvals.every(({ isDone }) => isDone)).toBe(true);
    expect(await versionsOf(pair)).toHaveLength(2);

    const torn = await propose(pair, "5");
    const verdicts = await Promise.all([
      decide(torn.operationId, "approve", "bob"),
      decide(torn.operationId, "reject", "cid"),
      decide(torn.operationId, "approve", "dan"),
    ]);
    const [first] = verdicts.filter(({ idempotent }) => !idempotent);
    expect(verdicts.filter(({ idempotent }) => !idempotent)).toHaveLength(1);
    for (const { change } of verdicts) expect(change).toEqual(first?.change);
    expect(await versionsOf(pair)).toHaveLength(first?.change.status === "completed" ? 3 : 2);
  });

  it("refuses a rate that gains round a cycle, naming it, unless its link allows it (R6)", async () => {
    const pair = await newPair();
    const third = (await newPair()).sourceSystem;
    const onwards = { ...pair, sourceSystem: pair.targetSystem, targetSystem: third };
    const home = { ...pair, sourceSystem: third, targetSystem: pair.sourceSystem };
    await set(pair, "0.5");
    await set(onwards, "4");
    const operationId = `home-${engine.name}`;
    const refusal = {
      code: "rate_cycle_gains",
      extra: {
        gain: "1.000000000000000002",
        cycle: [home.sourceSystem, home.targetSystem, pair.targetSystem, third].map((system_id) => ({
          system_id,
          credit_type_id: "point",
        })),
      },
    };
    const gaining = "0.500000000000000001";
    await expect(set(home, gaining, { operationId })).rejects.toMatchObject(refusal);
    await expect(set(home, gaining)).rejects.toMatchObject(refusal);
    expect(await find(operationId)).toMatchObject({ status: "failed", gain: "1.000000000000000002" });
    await putLink(database, { ...home, userMapping: "same_id", allowGainingCycles: true });
    await expect(set(home, gaining, { operationId })).rejects.toMatchObject(refusal);
    expect(await set(home, gaining)).toMatchObject({ status: "completed", rateVersion: 1 });
    // The cycle stands, but a link that does not allow it takes no part in raising it.
    await expect(set(pair, "0.51")).rejects.toMatchObject({ code: "rate_cycle_gains" });
    expect(await set(pair, "0.49")).toMatchObject({ status: "completed" });
  });

  it("judges cycles again when a change is approved (A4)", async () => {
    const pair = await newPair();
    const back = backOf(pair);
    await set(pair, "1");
    await set(back, "0.5");
    const up = await propose(pair, "2");
    const raised = await propose(back, "0.95");
    expect(await decide(raised.operationId, "approve")).toMatchObject({ isDone: true });
    expect(await decide(up.operationId, "approve")).toMatchObject({
      isDone: false,
      change: { status: "failed", failureCode: "rate_cycle_gains", gain: "1.9" },
    });
    expect(await versionsOf(pair)).toHaveLength(1);
  });

  it("lets concurrent changes close no gaining cycle between them (R6)", async () => {
    const pair = await newPair();
    const results = await Promise.allSettled([
      set(pair, "1.1"),
      set(backOf(pair), "1"),
      set(pair, "1.05"),
      set(backOf(pair), "0.99"),
    ]);
    expect(results.some(({ status }) => status === "rejected")).toBe(true);
    const catalog = await database.transaction(loadCatalog);
    const there = catalog.rate(pair.sourceSystem, pair.targetSystem, "point", "point", new Date());
    const here = catalog.rate(pair.targetSystem, pair.sourceSystem, "point", "point", new Date());
    const product = Number(there?.rate.text ?? 0) * Number(here?.rate.text ?? 0);
    expect(product).toBeLessThanOrEqual(1);
  });

  it("counts as agreed what was in force, never what only waits", async () => {
    const pair = await newPair();
    await set(pair, "1");
    const { operationId } = await propose(pair, "9");
    const agreed = async () => {
      const catalog = await database.transaction(loadCatalog);
      const { sourceSystem, targetSystem } = pair;
      const rates = catalog.agreedRates(sourceSystem, targetSystem, "point", "point", new Date());
      return rates.map(({ text }) => text);
    };
    expect(await agreed()).toEqual(["1"]);
    await decide(operationId, "approve");
    expect(await agreed()).toEqual(["9", "1"]);
  });

  it("takes no rate from a file that needs approval or gains, and nothing else of that file", async () => {
    const pair = await newPair();
    await set(pair, "1");
    const posting = openPosting(database, shardCount);
    const line = (key: RateKey, rate: string) => ({
      source_system: key.sourceSystem,
      target_system: key.targetSystem,
      source_credit_type: "point",
      target_credit_type: "point",
      rate,
    });
    const run = (lines: Record<string, string>[], dryRun: boolean) => {
      const options = { dryRun, firstLine: 2, principal: "ann" };
      // No profiles are imported here.
      const profiles = { put: async () => [] };
      return importLines({ database, shardCount, posting, profiles }, "rates", lines, options);
    };
    const first = await newPair();
    for (const dryRun of [true, false]) {
      const result = await run([line(first, "1"), line(backOf(first), "1.1"), line(pair, "2")], dryRun);
      expect(result).toMatchObject({
        applied: 0,
        errors: [
          { line: 3, field: "rate", code: "rate_cycle_gains" },
          { line: 4, field: "rate", code: "approval_required" },
        ],
      });
    }
    expect(await pendingOf(pair)).toEqual([]);
    expect(await versionsOf(first)).toEqual([]);
    const sound = [line(first, "1"), line(backOf(first), "1"), line(pair, "1.2")];
    expect(await run(sound, false)).toMatchObject({ applied: 3, errors: [] });
    expect(await run(sound, false)).toMatchObject({ applied: 0, unchanged: 3, errors: [] });
    await posting.stop();
  });

  it("tells of every change that came to nothing: refused at once, or decided by nobody", async () => {
    const pair = await newPair();
    await set(pair, "1");
    const { lastPosition } = await readChanges(database, shardCount, { afterPosition: 0n, limit: 1 });
    const refusedId = `gains-${engine.name}`;
    await expect(set(backOf(pair), "2", { operationId: refusedId })).rejects.toMatchObject({
      code: "rate_cycle_gains",
    });
    const { sourceSystem, targetSystem } = pair;
    const link = {
      sourceSystem,
      targetSystem,
      userMapping: "same_id",
      rateChangeLimitPercent: "90",
    } as const;
    const { waitingOperationId } = await putLink(database, link, {
      by: { origin: { principal: "ann" }, shardCount },
    });
    const inEightDays = shiftClock(database, { offsetMs: 8 * 24 * 3_600_000 });
    await new RateChangeSweeper(inEightDays, shardCount, createLog("silent")).sweep();
    const range = { afterPosition: lastPosition, limit: 100 };
    const { changes } = await readChanges(database, shardCount, range);
    const items = changes.flatMap((change) => change.items);
    for (const [operationId, kind] of [
      [refusedId, "rate_change"],
      [waitingOperationId, "link_change"],
    ]) {
      expect(items).toContainEqual({ type: "operation", operationId, kind, status: "failed" });
    }
  });
});
