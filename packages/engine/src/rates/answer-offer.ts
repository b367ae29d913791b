// The acceptor's side of a change that two nodes agree on: what the proposer's call comes to (agreement.ts).
import type { RefusalCode } from "@pointbridge/protocol";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { newOperationId } from "../system/index.ts";
import { type AcceptorState, acceptorStep, type ProposerState } from "./agreement.ts";
import * as agreementQueries from "./agreement-queries.ts";
import {
  type AgreementRow,
  insertAgreement,
  lockAgreement,
  moveAgreement,
  ownPrincipalOf,
  termsOf,
} from "./agreement-store.ts";
import * as queries from "./queries.ts";
import {
  type AgreementData,
  defaultRateRules,
  type RateChange,
  type RateChangeData,
  type RateRules,
} from "./rate-change.ts";
import { judgeRateChange } from "./rate-judgement.ts";
import { lockRateChange, logRateChange, moveRateChange, putInForce } from "./rate-log.ts";
import { readTime } from "./reservation.ts";

/** A proposer's call: the whole change, and where it stands there. */
export interface Offer {
  readonly proposerNode: string;
  readonly agreementId: string;
  /** The pair's system that the proposer speaks for. */
  readonly partnerSystem: string;
  /** By the principal that stands for the partner; its effectiveAt is the time that was asked for. */
  readonly change: RateChange;
  readonly state: ProposerState;
  readonly expiresAt: Date;
  /** Of `agreed`. */
  readonly effectiveAt: Date | undefined;
}

export type OfferAnswer =
  | { readonly state: AcceptorState; readonly code: string | null }
  /** The id was used with other terms. */
  | { readonly conflictingField: string }
  /** It would bind this node for too long; nothing is kept of it. */
  | { readonly isTooLong: true }
  /** People here have as many of this partner's to look at as they may have; nothing is kept of it. */
  | { readonly isCrowded: true };

/** How far ahead an offer may end: a promise binds until then, and an hour more (T2). */
export const OFFER_MAX_MS = 31 * 24 * 60 * 60 * 1_000;

/** How many changes of one partner may wait to be accepted. */
export const WAITING_MAX = 100;

interface Answering {
  readonly transaction: Transaction;
  readonly shardCount: number;
  readonly offer: Offer;
  readonly rules: RateRules;
}

function conflictingField({ change, expiresAt }: Offer, row: AgreementRow): string | undefined {
  const comparisons: readonly (readonly [string, string, string])[] = [
    ["source_system", change.sourceSystem, row.source_system],
    ["target_system", change.targetSystem, row.target_system],
    ["source_credit_type", change.sourceCreditType, row.source_credit_type],
    ["target_credit_type", change.targetCreditType, row.target_credit_type],
    ["rate", change.rate.text, row.rate],
    ["min_source_amount", String(change.minSourceAmount ?? 1n), String(row.min_source_amount)],
    ["wanted_at", change.effectiveAt?.toISOString() ?? "", row.wanted_at?.toISOString() ?? ""],
    ["expires_at", expiresAt.toISOString(), row.expires_at.toISOString()],
  ];
  return comparisons.find(([, told, kept]) => told !== kept)?.[0];
}

function toNewAgreement(offer: Offer, operationId: string) {
  const { proposerNode, agreementId, partnerSystem, change, expiresAt } = offer;
  return { proposerNode, agreementId, operationId, partnerSystem, change, expiresAt };
}

/** A change that is new: refused at once, or waiting for somebody to accept it (T7). */
async function takeUp(answering: Answering): Promise<OfferAnswer> {
  const { transaction, shardCount, offer, rules } = answering;
  const operationId = newOperationId();
  const { expiresAt, partnerSystem, agreementId } = offer;
  const change = { ...offer.change, operationId };
  const { now, inForce, refusal, cycle, size } = await judgeRateChange(transaction, change, rules);
  if (expiresAt.getTime() - now.getTime() > OFFER_MAX_MS) return { isTooLong: true };
  const [waiting] = await transaction.query<{ count: number }>(agreementQueries.countWaiting, [
    offer.proposerNode,
  ]);
  if ((waiting?.count ?? 0) >= WAITING_MAX) return { isCrowded: true };
  const code: RefusalCode | undefined = now >= expiresAt ? "rate_change_expired" : refusal;
  const state = code === undefined ? "waiting" : "ended";
  const agreement: AgreementData = { id: agreementId, partner_system: partnerSystem, proposed_by: "partner" };
  const data: RateChangeData = {
    old_rate: inForce?.rate ?? null,
    min_source_amount: String(change.minSourceAmount ?? 1n),
    ...(size === undefined ? {} : { change_percentage: size.percentage }),
    ...(inForce === undefined ? {} : { base_version: inForce.rateVersion }),
    ...(change.effectiveAt === undefined ? {} : { wanted_at: change.effectiveAt.toISOString() }),
    ...(cycle === undefined ? {} : { cycle: cycle.nodes, gain: cycle.gain }),
    agreement,
  };
  const status = code === undefined ? "pending_approval" : "failed";
  const ending = { status, rateVersion: null, failureCode: code ?? null, data, now } as const;
  // However long the partner would wait, nobody here is asked for longer than for changes of this node.
  const latest = new Date(now.getTime() + rules.proposalMs);
  const waitsUntil = earliest(expiresAt, latest);
  await logRateChange(transaction, shardCount, change, { ...ending, expiresAt: waitsUntil });
  await insertAgreement(transaction, { ...toNewAgreement(offer, operationId), state, code });
  return { state, code: code ?? null };
}

/** What was asked for, or soon: a partner can't keep the pair's place for longer than was accepted. */
const CLOCKS_APART_MS = 60 * 60 * 1_000;

function earliest(left: Date, right: Date): Date {
  return left < right ? left : right;
}

/** T1, T2, T6 */
async function agree(answering: Answering, row: AgreementRow): Promise<OfferAnswer> {
  const { transaction, shardCount, offer, rules } = answering;
  const operation = await lockRateChange(transaction, shardCount, row.operation_id);
  if (operation?.status !== "processing") throw new Error(`the promise ${row.operation_id} is not under way`);
  const change = termsOf(row, ownPrincipalOf(operation));
  const { now, inForce, isSame, allowedCycle } = await judgeRateChange(transaction, change, rules);
  const effectiveAt =
    row.wanted_at ?? earliest(offer.effectiveAt ?? now, new Date(now.getTime() + CLOCKS_APART_MS));
  await moveAgreement(transaction, row, { state: "agreed", effectiveAt, isSettled: true });
  const rateVersion = (inForce?.rateVersion ?? 0) + (isSame ? 0 : 1);
  if (isSame) await transaction.query(queries.bumpCatalogVersion);
  else {
    const approvedBy = operation.data.approved_by ?? null;
    await putInForce(transaction, shardCount, change, {
      rateVersion,
      approvedBy,
      now,
      effectiveAt,
      allowedCycle,
    });
  }
  const later = effectiveAt > now ? effectiveAt : now;
  await moveRateChange(transaction, shardCount, operation, {
    status: "completed",
    rateVersion,
    failureCode: null,
    data: { ...operation.data, effective_at: later.toISOString() },
    now,
  });
  return { state: "agreed", code: null };
}

/** The proposer has ended it: so does this node, whatever was promised. */
async function end({ transaction, shardCount }: Answering, row: AgreementRow): Promise<OfferAnswer> {
  const code = "rate_change_rejected";
  await moveAgreement(transaction, row, { state: "ended", code, isSettled: true });
  if (row.state === "accepted") await transaction.query(queries.bumpCatalogVersion);
  const operation = await lockRateChange(transaction, shardCount, row.operation_id);
  if (operation?.status === "pending_approval" || operation?.status === "processing") {
    const { data } = operation;
    const now = await readTime(transaction);
    const ending = { status: "failed", rateVersion: null, failureCode: code, data, now } as const;
    await moveRateChange(transaction, shardCount, operation, ending);
  }
  return { state: "ended", code };
}

/** What waited for somebody of this node and was not decided in time has ended. */
async function endOverdue({ transaction, shardCount }: Answering, row: AgreementRow): Promise<AgreementRow> {
  if (row.state !== "waiting") return row;
  const operation = await lockRateChange(transaction, shardCount, row.operation_id);
  if (operation?.status !== "failed") return row;
  const code = operation.failure_code ?? "rate_change_expired";
  await moveAgreement(transaction, row, { state: "ended", code, isSettled: true });
  return { ...row, state: "ended", code };
}

async function answer(answering: Answering): Promise<OfferAnswer> {
  const { transaction, offer } = answering;
  await transaction.query(queries.lockCatalog);
  const found = await lockAgreement(transaction, offer.proposerNode, offer.agreementId);
  const field = found && conflictingField(offer, found);
  if (field !== undefined) return { conflictingField: field };
  const row = found && (await endOverdue(answering, found));
  const standing = row?.state as AcceptorState | undefined;
  switch (acceptorStep(standing, offer.state)) {
    case "take_up":
      return takeUp(answering);
    case "fence": {
      const code = "rate_change_rejected";
      await insertAgreement(transaction, {
        ...toNewAgreement(offer, newOperationId()),
        state: "ended",
        code,
      });
      return { state: "ended", code };
    }
    case "agree":
      return agree(answering, row as AgreementRow);
    case "end":
      return end(answering, row as AgreementRow);
    case "stay":
      return { state: standing ?? "ended", code: row?.code ?? null };
  }
}

/** Takes a proposer's call and says where the change stands here (T5). */
export async function answerOffer(
  database: Database,
  shardCount: number,
  offer: Offer,
  rules: RateRules = defaultRateRules,
): Promise<OfferAnswer> {
  return runRetried(database, (transaction) => answer({ transaction, shardCount, offer, rules }));
}
