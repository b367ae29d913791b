// Making an exchange again that this node has lost and its target has: a restored backup, mostly. What shows that this
// node's member owes the points is the credit request that this node's own key signed, which targets keep.
//
// T1  Only a signature of this node's own key counts, over a credit request for this very operation, that says what the
//     target's row says: account, points, time. What anybody else says or signed moves nothing here.
// T2  Whose points it is about follows from the link: the same id, or the mapping as it stood when the exchange was
//     made. Where that is not known any more, since either was changed after that, a person looks.
// T3  An imported request is a proposal, whatever its value: another person approves it. It is read and verified again
//     when the exchange is made.
import { toPublicKey } from "@pointbridge/protocol/pxp";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { type Evidence, type RestoreCommand, shardOf } from "../domain/index.ts";
import { findMappedSource } from "../mappings/index.ts";
import { findOperations } from "../operations/index.ts";
import { findEvidence, insertEvidence, type PartnerBook, verifyEvidence } from "../partner/index.ts";
import { AppError, newOperationId } from "../system/index.ts";
import type { Mismatch, MovementPlan, Repair } from "./mismatch.ts";
import { findMismatches, proposeRepair } from "./mismatch-store.ts";
import * as queries from "./queries.ts";
import { findRun, readTime } from "./run-store.ts";
import { findSignedLine } from "./signed-lines.ts";

export interface RestoringParts {
  readonly database: Database;
  readonly shardCount: number;
  readonly registry: { current(): Promise<PartnerBook> };
}

/** What the signed request shows, and who the member is. */
export type RestoredTerms = Omit<RestoreCommand, "type" | "principal" | "evidenceId">;

async function findMember(
  { database, shardCount }: RestoringParts,
  { sourceSystem, targetSystem }: Mismatch,
  targetUserId: string,
  initiatedAt: Date,
): Promise<string | { readonly why: string }> {
  return database.transaction(async (transaction) => {
    const [link] = await transaction.query<{ user_mapping: string }>(queries.findLinkMapping, [
      sourceSystem,
      targetSystem,
    ]);
    if (link === undefined) return { why: `there is no link from ${sourceSystem} to ${targetSystem}` };
    for (let shardId = 1; shardId <= shardCount; shardId += 1) {
      const since = [shardId, sourceSystem, targetSystem, initiatedAt];
      const changes = await transaction.query(queries.findMappingChange, since);
      if (changes.length > 0) return { why: "whether the link had mapped users then is not known any more" }; // T2
    }
    if (link.user_mapping === "same_id") return targetUserId;
    const user = { sourceSystem, targetSystem, targetUserId };
    const mapping = await findMappedSource(transaction, shardCount, user);
    if (mapping === undefined) return { why: `nobody is mapped to ${targetUserId} of ${targetSystem}` };
    if (mapping.updatedAt <= initiatedAt) return mapping.sourceUserId;
    return { why: `who was mapped to ${targetUserId} when it was made is not known any more` }; // T2
  });
}

/** What the signed request lets be made again; why not, as text. */
export async function readRestored(
  parts: RestoringParts,
  mismatch: Mismatch,
  evidence: Evidence,
): Promise<RestoredTerms | string> {
  const { operationId, sourceSystem, targetSystem, leg, type, data } = mismatch;
  const [their, ...others] = data.theirs;
  const book = await parts.registry.current();
  const isMissing =
    leg === "target_credits" && type === "missing_in_source" && data.ours === null && others.length === 0;
  if (!isMissing || their?.outcome !== "moved" || !book.hosts(sourceSystem)) {
    return "only an exchange that its target has credited and this node, its source's, has lost is made again";
  }
  const keys = new Map(book.nodeKeys.map((key) => [key.keyId, toPublicKey(key.publicJwk)]));
  const verdict = await verifyEvidence(evidence, (keyId) => keys.get(keyId));
  if (!verdict.ok) return `no key of this node signed it: ${verdict.detail}`; // T1
  const line = findSignedLine(evidence, "credits", operationId);
  if (line === undefined) return `it is no credit request for ${operationId}`;
  const isSame =
    line.source_system === sourceSystem &&
    line.target_system === targetSystem &&
    line.user_id === their.user_id &&
    line.credit_type_id === their.credit_type_id &&
    line.amount === their.amount &&
    line.initiated_at === their.initiated_at;
  if (!isSame) return "it does not ask for what the target says that it has"; // T1
  const initiatedAt = new Date(line.initiated_at);
  const member = await findMember(parts, mismatch, line.user_id, initiatedAt);
  if (typeof member !== "string") return member.why;
  return {
    operationId,
    userId: member,
    targetUserId: line.user_id,
    sourceSystem,
    targetSystem,
    sourceCreditType: line.source_credit_type,
    targetCreditType: line.credit_type_id,
    sourceAmount: BigInt(line.source_amount),
    targetAmount: BigInt(line.amount),
    exchangeRate: line.exchange_rate,
    initiatedAt,
    metadata: line.metadata ?? null,
  };
}

function planOf(terms: RestoredTerms): MovementPlan {
  return {
    entry: "debit",
    systemId: terms.sourceSystem,
    userId: terms.userId,
    creditTypeId: terms.sourceCreditType,
    counterparty: terms.targetSystem,
    amount: String(terms.sourceAmount),
    from: "0",
    to: String(terms.sourceAmount),
  };
}

function refused(why: string): AppError {
  return new AppError("evidence_refused", why);
}

async function requireMissing(
  transaction: Transaction,
  shardCount: number,
  mismatch: Mismatch,
): Promise<void> {
  const { operationId, status, repair } = mismatch;
  if (status === "resolved") {
    throw new AppError("mismatch_resolved", `the mismatch of ${operationId} is resolved`);
  }
  if (repair?.status === "proposed" || repair?.status === "approved" || repair?.status === "applied") {
    throw refused(`a repair of ${operationId} is ${repair.status} already`);
  }
  const [standing] = await findOperations(transaction, shardCount, [operationId]);
  if (standing !== undefined) throw refused(`this node has an operation under the id ${operationId}`);
}

/**
 * Takes in a signed credit request, and proposes to make its exchange again (T3).
 * @throws AppError mismatch_not_found, mismatch_resolved, evidence_refused
 */
export async function importEvidence(
  parts: RestoringParts,
  reconciliationId: string,
  operationId: string,
  given: Omit<Evidence, "evidenceId" | "nodeId" | "path" | "receivedAt">,
  principal: string,
): Promise<void> {
  const { database, shardCount } = parts;
  const place = { shardId: shardOf(reconciliationId, shardCount), reconciliationId };
  const [run, found] = await database.transaction(async (transaction) => [
    await findRun(transaction, shardCount, reconciliationId),
    await findMismatches(transaction, place, [operationId]),
  ]);
  const mismatch = found.find(({ type }) => type === "missing_in_source") ?? found[0];
  if (mismatch === undefined) {
    const detail = `the reconciliation ${reconciliationId} has no mismatch of ${operationId}`;
    throw new AppError("mismatch_not_found", detail);
  }
  if (run?.status === "running") throw refused("the reconciliation is still running; import it afterwards");
  const evidence: Evidence = {
    ...given,
    evidenceId: newOperationId(),
    // This node's own: no partner is registered under this name.
    nodeId: "",
    path: given.targetUri.slice(given.targetUri.lastIndexOf("/pxp/v1/")),
    receivedAt: new Date(),
  };
  const terms = await readRestored(parts, mismatch, evidence);
  if (typeof terms === "string") throw refused(terms);
  await runRetried(database, async (transaction) => {
    const locked = await findMismatches(transaction, place, [operationId], "lock");
    const standing = locked.find(({ leg }) => leg === mismatch.leg);
    if (standing === undefined) throw refused("the mismatch is gone");
    await requireMissing(transaction, shardCount, standing);
    await insertEvidence(transaction, [evidence]);
    const repair: Repair = {
      action: "restore",
      status: "proposed",
      proposedBy: principal,
      operationId,
      evidenceId: evidence.evidenceId,
      plan: planOf(terms),
    };
    const now = await readTime(transaction);
    const deed = { action: "repair_proposed", principal, note: "a signed credit request was imported", now };
    await proposeRepair(transaction, shardCount, standing, repair, deed);
  });
}

/** What an approved repair asks the ledger for; why not, as text (T3). */
export async function restoreCommandOf(
  parts: RestoringParts,
  mismatch: Mismatch,
  principal: string,
): Promise<RestoreCommand | string> {
  const evidenceId = mismatch.repair?.evidenceId;
  const evidence =
    evidenceId === undefined
      ? undefined
      : await parts.database.transaction((transaction) => findEvidence(transaction, evidenceId));
  if (evidence === undefined) return "the signed request that was imported is not kept";
  const terms = await readRestored(parts, mismatch, evidence);
  if (typeof terms === "string") return terms;
  const plan = planOf(terms);
  const proposed = mismatch.repair?.plan;
  const isSame = proposed?.userId === plan.userId && proposed.amount === plan.amount;
  if (!isSame) return "what it comes to is not what was approved";
  return { type: "restore", ...terms, principal, evidenceId: evidence.evidenceId };
}
