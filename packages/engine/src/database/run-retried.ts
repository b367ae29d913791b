// A transaction that is run again where another one was in its way.
import { type RetryPolicy, retry } from "../system/index.ts";
import type { Database, Transaction } from "./database.ts";
import { DatabaseError } from "./errors.ts";

const policy: RetryPolicy = { attemptsMax: 10, firstDelayMs: 5, longestDelayMs: 250 };

function isConflict(error: unknown): boolean {
  return error instanceof DatabaseError && error.kind === "conflict";
}

/**
 * Runs the work in a transaction, again from its start after each conflict, up to a bound. Only what kept
 * nothing is repeated: an unconfirmed commit is not a conflict.
 * @throws DatabaseError of the last attempt
 */
export async function runRetried<T>(
  database: Database,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  return retry(policy, isConflict, () => database.transaction(work));
}
