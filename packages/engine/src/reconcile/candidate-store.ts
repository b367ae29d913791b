// Candidates: what differed at first sight, until it has been read again.
import { type Transaction, textArray, timeArray } from "../database/index.ts";
import * as queries from "./queries.ts";
import type { Leg } from "./run.ts";
import type { Candidate, NewCandidate } from "./sides.ts";

export interface RunPlace {
  readonly shardId: number;
  readonly reconciliationId: string;
}

/** Times of one operation within a chunk: what stands more often than that differs however it is read. */
const TIMES_MAX = 8;

export async function insertCandidates(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
  leg: Leg,
  candidates: readonly NewCandidate[],
): Promise<void> {
  // One statement can't touch a row twice.
  const rounds: Map<string, Date>[] = [];
  for (const { operationId, initiatedAt } of candidates) {
    const isKnown = rounds.some((one) => one.get(operationId)?.getTime() === initiatedAt.getTime());
    const round = isKnown ? undefined : rounds.find((one) => !one.has(operationId));
    if (round !== undefined) round.set(operationId, initiatedAt);
    else if (!isKnown && rounds.length < TIMES_MAX) rounds.push(new Map([[operationId, initiatedAt]]));
  }
  for (const round of rounds) {
    await transaction.query(queries.insertCandidates, [
      shardId,
      reconciliationId,
      leg,
      textArray(round.keys()),
      timeArray(round.values()),
    ]);
  }
}

interface CandidateRow {
  readonly operation_id: string;
  readonly initiated_at: Date;
  readonly other_times: readonly string[] | null;
}

export async function listCandidates(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
  leg: Leg,
  limit: number,
): Promise<Candidate[]> {
  const rows = await transaction.query<CandidateRow>(queries.listCandidates, [
    shardId,
    reconciliationId,
    leg,
    limit,
  ]);
  return rows.map(({ operation_id: operationId, initiated_at: first, other_times: others }) => ({
    operationId,
    times: [first, ...(others ?? []).map((time) => new Date(time))],
  }));
}

export async function deleteCandidates(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
  leg: Leg,
  operationIds: readonly string[],
): Promise<void> {
  const parameters = [shardId, reconciliationId, leg, textArray(operationIds)];
  await transaction.query(queries.deleteCandidates, parameters);
}

export async function clearCandidates(
  transaction: Transaction,
  { shardId, reconciliationId }: RunPlace,
): Promise<void> {
  await transaction.query(queries.clearCandidates, [shardId, reconciliationId]);
}
