// Lines of a file as they come, in any number of calls; the comparison begins when the last of them is there.
//
// F1  A line is stored once, by its number: a call that is repeated adds nothing.
// F2  After the last call nothing is added any more.
import { numberArray, type Transaction, textArray } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { AppError } from "../system/index.ts";
import * as queries from "./queries.ts";
import type { Run } from "./run.ts";
import { findRun } from "./run-store.ts";
import type { StatementLine } from "./statement-lines.ts";

/**
 * Adds lines to a run that waits for them, and begins it with the last.
 * @throws AppError reconciliation_not_found, statement_closed
 */
export async function addStatementLines(
  transaction: Transaction,
  shardCount: number,
  reconciliationId: string,
  lines: readonly StatementLine[],
  isLast: boolean,
): Promise<Run> {
  const shardId = shardOf(reconciliationId, shardCount);
  await transaction.query(queries.lockLoadingRun, [shardId, reconciliationId]);
  const run = await findRun(transaction, shardCount, reconciliationId);
  if (run === undefined) {
    throw new AppError("reconciliation_not_found", `no reconciliation has the id ${reconciliationId}`);
  }
  if (run.progress.step !== "load") {
    const detail = `the reconciliation ${reconciliationId} takes no lines: its file is complete, or it has none`;
    throw new AppError("statement_closed", detail); // F2
  }
  if (lines.length > 0) {
    await transaction.query(queries.insertStatementLines, [
      shardId,
      reconciliationId,
      numberArray(lines.map(({ line }) => line)),
      textArray(lines.map(({ operationId }) => operationId)),
      textArray(lines.map(({ row }) => JSON.stringify(row))),
    ]); // F1
  }
  if (!isLast) return run;
  const progress = { ...run.progress, step: "compare" };
  await transaction.query(queries.closeLoading, [shardId, reconciliationId, JSON.stringify(progress)]);
  return (await findRun(transaction, shardCount, reconciliationId)) ?? run;
}
