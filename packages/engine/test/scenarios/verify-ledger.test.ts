// `ledger verify` has teeth: one row altered behind the engine's back is found by the check that is there for it.
import { afterEach, beforeAll, expect, it } from "vitest";
import { type Database, type Statement, statement } from "../../src/database/index.ts";
import { verifyLedger } from "../../src/ledger/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { readTables, restoreTable } from "../support/tamper-queries.ts";
import {
  accountCommand,
  exchangeCommand,
  furnish,
  openingCommand,
  openPosting,
  requireSoundLedger,
} from "../support/test-ledger.ts";

// Each alters one row (or takes one away, or adds one); the first check named is the one meant, the others
// are those that can't but see it too.
const alterations: readonly (readonly [what: string, sql: string, checks: readonly string[]])[] = [
  [
    "V1: a line's number",
    "update transfers set version = version + 1 where entry = 'debit' and operation_id = 'exchange'",
    ["lines", "balances"],
  ],
  [
    "V1: a line's balance, where it is not the last",
    "update transfers set available_after = available_after + 1 where operation_id = 'fill'",
    ["lines"],
  ],
  [
    "V1: a line's frozen points, where it is not the last",
    "update transfers set frozen_after = frozen_after + 1 where operation_id = 'fill'",
    ["lines"],
  ],
  [
    "V1: a line's amount",
    "update transfers set amount = amount + 1 where operation_id = 'fill'",
    ["lines", "clearing", "operations"],
  ],
  [
    "V1: a line's kind",
    "update transfers set entry = 'debit' where operation_id = 'fill'",
    ["lines", "clearing", "operations"],
  ],
  [
    "V1: a line in the middle",
    "delete from transfers where operation_id = 'spend'",
    ["lines", "clearing", "operations"],
  ],
  [
    "V2: an account's available points",
    "update accounts set available = available + 1 where user_id = 'u1' and system_id = 'shop'",
    ["balances", "zero_sum"],
  ],
  [
    "V2: points moved from available to frozen",
    "update accounts set available = available - 1, frozen = frozen + 1 where user_id = 'u1' and system_id = 'shop'",
    ["balances"],
  ],
  [
    "V2: an account's number of lines",
    "update accounts set version = version + 1 where user_id = 'empty'",
    ["balances"],
  ],
  [
    "V2: points of an account without lines",
    "update accounts set available = 1 where user_id = 'empty'",
    ["balances", "zero_sum"],
  ],
  [
    "V2: an account",
    "delete from accounts where user_id = 'u1' and system_id = 'club'",
    ["lines", "zero_sum", "operations"],
  ],
  [
    "V2, V3: a clearing account's balance",
    "update clearing_accounts set balance = balance + 1 where system_id = 'club'",
    ["clearing", "zero_sum"],
  ],
  [
    "V2, V3: a clearing account",
    "delete from clearing_accounts where system_id = 'club'",
    ["clearing", "zero_sum"],
  ],
  [
    "V3: a clearing account's credit type",
    "update clearing_accounts set credit_type_id = 'other' where system_id = 'club'",
    ["zero_sum"],
  ],
  ["V4: an operation that has lines", "delete from operations where operation_id = 'spend'", ["operations"]],
  [
    "V4: an operation without lines that says it is done",
    "update operations set status = 'completed' where operation_id = 'poor'",
    ["operations"],
  ],
  [
    "V4: a done operation that says it failed",
    "update operations set status = 'failed' where operation_id = 'fill'",
    ["operations"],
  ],
  [
    "V4: a hold that says it is captured",
    "update operations set status = 'captured' where operation_id = 'hold'",
    ["operations"],
  ],
  [
    "V4: how much of a hold was captured",
    `update operations set data = data || '{"captured_amount":"4"}' where operation_id = 'captured'`,
    ["operations"],
  ],
  [
    "V4: an operation's user",
    "update operations set user_id = 'u2' where operation_id = 'fill'",
    ["operations"],
  ],
  ["V4: an amount", "update operations set source_amount = 21 where operation_id = 'spend'", ["operations"]],
  [
    "V4: an exchange's target user",
    "update operations set target_user_id = 'u2' where operation_id = 'exchange'",
    ["operations"],
  ],
  [
    "V4: a line's operation",
    "update transfers set operation_id = 'nothing' where operation_id = 'spend'",
    ["operations"],
  ],
  [
    "V5: an exchange's rate",
    "update operations set exchange_rate = '0.3' where operation_id = 'exchange'",
    ["conversions"],
  ],
  [
    "V5: an exchange's rate is gone",
    "update operations set exchange_rate = null where operation_id = 'exchange'",
    ["conversions"],
  ],
];

describeOnBothEngines("ledger verify", (engine) => {
  let database: Database;
  let saved: Record<string, string>;
  beforeAll(async () => {
    database = await engine.open(3);
    await furnish(database, 3);
    const principal = "tester";
    const outcomes = await openPosting(database, 3).submit([
      accountCommand("credit", "fill", "shop/u1", 1000n),
      accountCommand("debit", "spend", "shop/u1", 20n),
      accountCommand("hold", "hold", "shop/u1", 30n),
      accountCommand("hold", "captured", "shop/u1", 10n),
      { type: "capture", operationId: "captured", amount: 3n, principal },
      exchangeCommand("exchange", "shop/u1", "club", 100n),
      accountCommand("debit", "poor", "shop/u1", 5000n),
      openingCommand("empty", "shop/empty", 0n),
    ]);
    if (outcomes.some(({ type }) => type !== "operation")) throw new Error("the ledger could not be filled");
    saved = await readTables(database);
  });
  afterEach(async () => {
    for (const [table, rows] of Object.entries(saved)) await restoreTable(database, table, rows);
    await requireSoundLedger(database);
  });

  it.each(alterations)("finds an alteration of %s", async (_what, sql, checks) => {
    const alter: Statement = statement("", `${sql} returning 1 as altered`);
    const altered = await database.transaction((transaction) => transaction.query(alter));
    expect(altered).toHaveLength(1);
    const report = await verifyLedger(database);
    expect(report.ok).toBe(false);
    expect([...new Set(report.differences.map(({ check }) => check))].sort()).toEqual([...checks].sort());
  });

  it("reports the first differences of each check only, and counts what it looked at", async () => {
    const alter = statement("", "update transfers set available_after = available_after + 1");
    await database.transaction((transaction) => transaction.query(alter));
    const report = await verifyLedger(database, 1);
    const perCheck = Map.groupBy(report.differences, ({ check }) => check);
    for (const differences of perCheck.values()) expect(differences).toHaveLength(1);
    expect(report).toMatchObject({ accounts: 3n, transfers: 8n });
  });
});
