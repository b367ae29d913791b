// The second step: every candidate is read again, theirs between two looks at ours, before it is recorded.
//
// C1  What is recorded was so at one moment: ours was the same before and after theirs was read.
// C2  What agrees by now arrived late; what still moves is in flight. Neither is a mismatch.
// C3  A batch's findings are stored and its candidates removed together, so a killed run checks none twice in vain and
//     records none twice.
import type { Database } from "../database/index.ts";
import { deleteCandidates, listCandidates, type RunPlace } from "./candidate-store.ts";
import type { ComparedLeg } from "./compare-step.ts";
import { judgeRows, type MatchVerdict, valueOf } from "./matching.ts";
import { storedRowOf } from "./mismatch.ts";
import { insertMismatch, type NewMismatch } from "./mismatch-store.ts";
import { planRepair } from "./repair-rules.ts";
import { type RunWork, readTime } from "./run-store.ts";
import type { Candidate, ReadPair } from "./sides.ts";
import { Tally } from "./tally.ts";

const BATCH = 500;
/** How often what moves is looked at again. */
const LOOKS_MAX = 3;

interface Finding {
  readonly pair: ReadPair;
  readonly verdict: MatchVerdict;
}

export interface ReadingPlace {
  readonly database: Database;
  readonly graceMs: number;
}

/** Reads a batch until nothing of it moves, a few times. */
export async function readFindings(
  { database, graceMs }: ReadingPlace,
  leg: ComparedLeg,
  candidates: readonly Candidate[],
): Promise<Map<string, Finding>> {
  const { source, otherRates } = leg;
  const findings = new Map<string, Finding>();
  let open = candidates;
  for (let look = 1; look <= LOOKS_MAX && open.length > 0; look += 1) {
    const read = await source.readAgain(open);
    const now = await database.transaction(readTime);
    for (const { operationId } of open) {
      const pair = read.get(operationId);
      if (pair === undefined) throw new Error(`the candidate ${operationId} was not read again`);
      const context = { theirSide: source.theirSide, now, graceMs, otherRates };
      const verdict = judgeRows(pair.ours, pair.theirs, context);
      findings.set(operationId, { pair, verdict });
    }
    // What differs only because it was changed meanwhile (C1).
    open = open.filter(({ operationId }) => {
      const finding = findings.get(operationId);
      return finding?.verdict.kind === "mismatch" && finding.pair.isMoving;
    });
  }
  for (const { operationId } of open) {
    const finding = findings.get(operationId);
    if (finding !== undefined) findings.set(operationId, { ...finding, verdict: { kind: "in_flight" } }); // C2
  }
  return findings;
}

export function readingPlaceOf({ database, run }: RunWork): ReadingPlace {
  return { database, graceMs: run.policy.graceMs };
}

type Planned = Pick<NewMismatch, "repairAction"> & Pick<NewMismatch["data"], "plan" | "unplanned">;

/** What may mend it, looked up where the rules alone don't say. */
async function planFor(leg: ComparedLeg, operationId: string, { pair, verdict }: Finding): Promise<Planned> {
  if (verdict.kind !== "mismatch") return { repairAction: null };
  const repairAction = planRepair(leg.source.leg, verdict.type, pair) ?? null;
  const [their, ...others] = pair.theirs;
  if (repairAction !== "adjust") return { repairAction };
  if (
    their === undefined ||
    others.length > 0 ||
    verdict.also.length > 0 ||
    leg.planAdjustment === undefined
  ) {
    return { repairAction: null, unplanned: "more than the amount differs" };
  }
  const planned = await leg.planAdjustment(operationId, their);
  switch (planned.kind) {
    case "adjust":
      return { repairAction, plan: planned.plan };
    case "present":
      return { repairAction: "present_evidence" };
    case "person":
      return { repairAction: null, unplanned: planned.why };
  }
}

async function toNewMismatch(
  work: RunWork,
  leg: ComparedLeg,
  operationId: string,
  finding: Finding,
): Promise<NewMismatch | undefined> {
  const { pair, verdict } = finding;
  if (verdict.kind !== "mismatch") return undefined;
  const { ours, theirs } = pair;
  const [first] = theirs;
  const { sourceSystem, targetSystem } = work.run;
  const shown = ours ?? first;
  if (shown === undefined) return undefined;
  const { evidenceId } = pair;
  const { repairAction, plan, unplanned } = await planFor(leg, operationId, finding);
  return {
    operationId,
    leg: leg.source.leg,
    sourceSystem,
    targetSystem,
    type: verdict.type,
    initiatedAt: shown.initiatedAt,
    creditTypeId: first?.creditTypeId ?? ours?.creditTypeId ?? null,
    value: valueOf(ours, theirs),
    data: {
      ours: ours === undefined ? null : storedRowOf(ours),
      theirs: theirs.map(storedRowOf),
      also: verdict.also,
      isStuck: verdict.isStuck,
      ...(evidenceId === undefined ? {} : { evidenceId }),
      ...(plan === undefined ? {} : { plan }),
      ...(unplanned === undefined ? {} : { unplanned }),
    },
    repairAction,
  };
}

async function checkBatch(work: RunWork, leg: ComparedLeg, candidates: readonly Candidate[]): Promise<void> {
  const findings = await readFindings(readingPlaceOf(work), leg, candidates);
  const tally = new Tally(work.run.result);
  const name = leg.source.leg;
  const found: NewMismatch[] = [];
  for (const [operationId, finding] of findings) {
    const { pair, verdict } = finding;
    if (verdict.kind === "matched") tally.countLateArrival();
    else if (verdict.kind === "in_flight") tally.countInFlight();
    else tally.countDifference(verdict.type);
    tally.addPair(name, pair);
    const mismatch = await toNewMismatch(work, leg, operationId, finding);
    if (mismatch !== undefined) found.push(mismatch);
  }
  const place: RunPlace = { shardId: work.shardId, reconciliationId: work.run.reconciliationId };
  await work.advance(work.run.progress, tally.result(), async (transaction) => {
    const now = await readTime(transaction);
    for (const mismatch of found) await insertMismatch(transaction, place, mismatch, now);
    await deleteCandidates(
      transaction,
      place,
      name,
      candidates.map(({ operationId }) => operationId),
    ); // C3
  });
}

/** Checks a leg's candidates until none is left. @throws UnreadableSideError, LeaseLostError */
export async function checkLeg(work: RunWork, leg: ComparedLeg): Promise<void> {
  const place: RunPlace = { shardId: work.shardId, reconciliationId: work.run.reconciliationId };
  for (;;) {
    const candidates = await work.database.transaction((transaction) =>
      listCandidates(transaction, place, leg.source.leg, BATCH),
    );
    if (candidates.length === 0) return;
    await checkBatch(work, leg, candidates);
  }
}
