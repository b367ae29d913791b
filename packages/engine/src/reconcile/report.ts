// What a report on a run says, whatever form it takes.
import type { Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import type { Mismatch } from "./mismatch.ts";
import { type HistoryEntry, listHistory, listMismatches, type OpenSum, sumOpen } from "./mismatch-store.ts";
import type { Run } from "./run.ts";

export interface Report {
  readonly run: Run;
  readonly open: OpenSum;
  readonly mismatches: readonly Mismatch[];
  readonly history: readonly HistoryEntry[];
  /** False where there are more mismatches than a report holds. */
  readonly isComplete: boolean;
}

/** What a person can still look through; the list has the rest. */
export const REPORT_MISMATCHES_MAX = 10_000;
const PAGE = 1_000;

export async function readReport(transaction: Transaction, shardCount: number, run: Run): Promise<Report> {
  const { reconciliationId } = run;
  const place = { shardId: shardOf(reconciliationId, shardCount), reconciliationId };
  const mismatches: Mismatch[] = [];
  const history: HistoryEntry[] = [];
  for (;;) {
    const last = mismatches.at(-1);
    const after = last && { operationId: last.operationId, leg: last.leg };
    const page = await listMismatches(transaction, place, { limit: PAGE, after });
    mismatches.push(...page);
    const ids = [...new Set(page.map(({ operationId }) => operationId))];
    if (ids.length > 0) history.push(...(await listHistory(transaction, place, ids)));
    const isFull = mismatches.length >= REPORT_MISMATCHES_MAX;
    if (page.length < PAGE || isFull) {
      const open = await sumOpen(transaction, place);
      return { run, open, mismatches, history, isComplete: page.length < PAGE };
    }
  }
}
