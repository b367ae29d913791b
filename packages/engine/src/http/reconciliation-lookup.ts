// Finds a reconciliation and what it found, for whoever may read it.
import { v1 } from "@pointbridge/protocol";
import { shardOf } from "../domain/index.ts";
import { findRun, listHistory, type Mismatch, type Run, sumOpen } from "../reconcile/index.ts";
import type { Caller } from "./principal.ts";
import { notFound } from "./problem.ts";
import { mayRead } from "./reach.ts";
import { viewMismatch, viewReconciliation } from "./reconciliation-view.ts";
import type { Services } from "./services.ts";

export const reconciliationPath = v1.closed("ReconciliationPath", "Which reconciliation.", {
  reconciliation_id: v1.operationId,
});

export function placeOf({ shardCount }: Services, reconciliationId: string) {
  return { shardId: shardOf(reconciliationId, shardCount), reconciliationId };
}

/** @throws HttpError reconciliation_not_found, also where it does not concern the caller */
export async function requireRun(
  services: Services,
  reconciliationId: string,
  principal: Caller,
): Promise<Run> {
  const run = await services.database.transaction((transaction) =>
    findRun(transaction, services.shardCount, reconciliationId),
  );
  if (run === undefined || !mayRead(principal, run)) {
    throw notFound("reconciliation_not_found", `no reconciliation has the id ${reconciliationId}`);
  }
  return run;
}

export async function viewRun(services: Services, run: Run, idempotent = true): Promise<v1.Reconciliation> {
  const open = await services.database.transaction((transaction) =>
    sumOpen(transaction, placeOf(services, run.reconciliationId)),
  );
  return viewReconciliation(run, open.count, idempotent);
}

/** Mismatches with what was done about them. */
export async function viewMismatches(
  services: Services,
  run: Run,
  mismatches: readonly Mismatch[],
): Promise<v1.Mismatch[]> {
  const ids = [...new Set(mismatches.map(({ operationId }) => operationId))];
  const history = await services.database.transaction((transaction) =>
    listHistory(transaction, placeOf(services, run.reconciliationId), ids),
  );
  const byId = Map.groupBy(history, ({ operationId }) => operationId);
  const now = new Date();
  return mismatches.map((one) => viewMismatch(one, run, byId.get(one.operationId) ?? [], now));
}
