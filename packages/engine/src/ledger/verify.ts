// Recomputes the whole ledger from its lines and says where it does not hold.
//
// V1  Every account's lines are numbered without gaps and each follows from the one before.
// V2  Every account's row says what its last line says, every clearing account what its lines add up to.
// V3  Every credit type adds up to zero.
// V4  Every operation's state is what its lines tell, and every line belongs to an operation.
// V5  Every completed exchange gave the target floor(amount × rate).
// V6  What was adjusted comes to what it was made with and what its adjustments moved.
import type { Database, Row, Statement } from "../database/index.ts";
import * as queries from "./verify-queries.ts";

export interface Difference {
  readonly check: string;
  readonly message: string;
  /** The row that breaks the rule; amounts are decimal strings. */
  readonly found: Readonly<Record<string, unknown>>;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly accounts: bigint;
  readonly transfers: bigint;
  readonly operations: bigint;
  /** The first differences of each check. */
  readonly differences: readonly Difference[];
}

const checks: readonly (readonly [check: string, message: string, statement: Statement])[] = [
  ["lines", "a line does not follow from the one before it", queries.findBrokenLines],
  ["balances", "an account's balance is not that of its last line", queries.findWrongBalances],
  ["clearing", "a clearing account's balance is not the sum of its lines", queries.findWrongClearing],
  ["zero_sum", "a credit type does not add up to zero", queries.findUnbalancedTypes],
  ["operations", "an operation's state is not what its lines tell", queries.findUntoldOperations],
  ["adjustments", "a row does not come to what its adjustments moved", queries.findWrongAdjustments],
  [
    "conversions",
    "an exchange's target amount is not its source amount times the rate",
    queries.findWrongConversions,
  ],
];

function toPlain(row: Row): Record<string, unknown> {
  const entries = Object.entries(row);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, typeof value === "bigint" ? value.toString() : value]),
  );
}

/**
 * Looks at one snapshot of the ledger; changes nothing and holds nobody up.
 * @param differencesMax how many differences of each check to report
 */
export async function verifyLedger(database: Database, differencesMax = 20): Promise<VerifyReport> {
  return database.transaction(async (transaction) => {
    await transaction.query(queries.useSnapshot);
    await transaction.query(queries.planForWholeTables);
    const [counts] = await transaction.query<{ accounts: bigint; transfers: bigint; operations: bigint }>(
      queries.countRows,
    );
    if (counts === undefined) throw new Error("the ledger's rows could not be counted");
    const differences: Difference[] = [];
    for (const [check, message, statement] of checks) {
      const rows = await transaction.query(statement, [differencesMax]);
      differences.push(...rows.map((row) => ({ check, message, found: toPlain(row) })));
    }
    return { ok: differences.length === 0, ...counts, differences };
  });
}
