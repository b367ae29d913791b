// Repairs that another person allowed after their run had ended: made, and proved by reading both sides again.
//
// H1  The approval is stored before the repair is made; what is found approved and not made is made by whoever finds it.
// H2  What was proposed is made only where the other side still says what it said then (J1): a person may have taken
//     days to approve it.
// H3  A run's digests change only together with the mismatch that was proved.
import { runRetried, type Transaction } from "../database/index.ts";
import { shardOf } from "../domain/index.ts";
import { openLeg } from "./legs.ts";
import { type Mismatch, storedRowOf } from "./mismatch.ts";
import { findMismatches } from "./mismatch-store.ts";
import { countProofs, readPairProofs, storeProofs } from "./prove-step.ts";
import * as queries from "./queries.ts";
import type { ReconcilerParts } from "./reconciler-parts.ts";
import { makeRepair } from "./repair-step.ts";
import type { Repairer } from "./repairer.ts";
import type { Run, RunResult } from "./run.ts";
import { findRun } from "./run-store.ts";
import { UnreadableSideError } from "./sides.ts";
import { Tally } from "./tally.ts";

async function proveMade(
  parts: ReconcilerParts,
  run: Run,
  made: readonly Mismatch[],
  principal: string,
): Promise<void> {
  const { database, shardCount } = parts;
  const shardId = shardOf(run.reconciliationId, shardCount);
  const window = { startTime: run.startTime, endTime: run.endTime };
  for (const [name, mismatches] of Map.groupBy(made, ({ leg }) => leg)) {
    const leg = await openLeg(name, run, window, parts);
    if (typeof leg === "string") continue;
    const proofs = await readPairProofs({ database, graceMs: run.policy.graceMs }, leg, mismatches);
    const told = proofs.length === 0 ? undefined : await leg.source.tellAgain?.();
    await runRetried(database, async (transaction) => {
      const [row] = await transaction.query<{ result: RunResult }>(queries.lockResult, [
        shardId,
        run.reconciliationId,
      ]);
      if (row === undefined) throw new Error(`the reconciliation ${run.reconciliationId} is gone`);
      const locked = await findMismatches(
        transaction,
        { shardId, reconciliationId: run.reconciliationId },
        proofs.map(({ mismatch }) => mismatch.operationId),
        "lock",
      );
      const open = new Set(
        locked.filter(({ status }) => status !== "resolved").map((one) => `${one.operationId} ${one.leg}`),
      );
      const fresh = proofs.filter(({ mismatch }) => open.has(`${mismatch.operationId} ${mismatch.leg}`));
      const tally = new Tally(row.result);
      countProofs(tally, fresh);
      if (told !== undefined) tally.tell(name, told);
      const result = JSON.stringify(tally.result());
      await transaction.query(queries.setResult, [shardId, run.reconciliationId, result]);
      await storeProofs(transaction, shardCount, fresh, principal);
    });
  }
}

/** H2. What the other side can't be asked moves nothing: a later run proposes it again. */
async function judgeTheirs(
  parts: ReconcilerParts,
  run: Run,
  { operationId, leg: name, initiatedAt, data }: Mismatch,
): Promise<string | undefined> {
  const later = "a later run proposes it again where it is still so";
  const window = { startTime: run.startTime, endTime: run.endTime };
  try {
    const leg = await openLeg(name, run, window, parts);
    if (typeof leg === "string") return `the partner does not say what it has (${leg}); ${later}`;
    const times = [initiatedAt, ...data.theirs.map((row) => new Date(row.initiated_at))];
    const read = await leg.source.readAgain([{ operationId, times }]);
    const [their, ...others] = (read.get(operationId)?.theirs ?? []).map(storedRowOf);
    const [found] = data.theirs;
    const isSame =
      others.length === 0 && their?.amount === found?.amount && their?.outcome === found?.outcome;
    return isSame ? undefined : `the partner says something else than when it was proposed; ${later}`;
  } catch (error) {
    if (!(error instanceof UnreadableSideError)) throw error;
    return `the partner can't be asked (${error.message}); ${later}`;
  }
}

/** Makes what is approved of some operations of a run, and proves it. Says nothing of what fails: the rows do. */
export async function makeApproved(
  parts: ReconcilerParts,
  repairer: Repairer,
  reconciliationId: string,
  operationIds: readonly string[],
  principal: string,
): Promise<void> {
  const { database, shardCount } = parts;
  const place = { shardId: shardOf(reconciliationId, shardCount), reconciliationId };
  const [run, mismatches] = await database.transaction(async (transaction) => [
    await findRun(transaction, shardCount, reconciliationId),
    await findMismatches(transaction, place, operationIds),
  ]);
  // A run that is under way makes them itself.
  if (run === undefined || run.status === "running") return;
  const approved = mismatches.filter(({ repair }) => repair?.status === "approved");
  const store = (work: (transaction: Transaction) => Promise<void>) => runRetried(database, work);
  const judge = (mismatch: Mismatch) => judgeTheirs(parts, run, mismatch);
  const made: Mismatch[] = [];
  for (const mismatch of approved) {
    const repair = await makeRepair({ repairer, shardCount, judge }, mismatch, principal, store);
    if (repair.status === "applied") made.push({ ...mismatch, repair });
  }
  if (made.length > 0) await proveMade(parts, run, made, principal);
}

/** What was approved and left, by whatever ended the process that was to make it. */
export async function findLeftApproved(
  parts: ReconcilerParts,
): Promise<{ readonly reconciliationId: string; readonly operationId: string }[]> {
  const { database, shardCount } = parts;
  const found: { reconciliationId: string; operationId: string }[] = [];
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const rows = await database.transaction((transaction) =>
      transaction.query<{ reconciliation_id: string; operation_id: string }>(queries.findLeftApproved, [
        shardId,
      ]),
    );
    found.push(
      ...rows.map((row) => ({ reconciliationId: row.reconciliation_id, operationId: row.operation_id })),
    );
  }
  return found;
}
