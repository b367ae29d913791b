// Adjustments: what a partner's signed request asked for is not what our ledger moved for it. The difference is moved
// by an operation of its own; rows and lines stay as they are.
//
// J1  Our ledger is adjusted only to what the partner's own key signed when it asked, and only where the partner says
//     the same now. What it says without having signed it moves nothing, and where it signed what our ledger has it is
//     shown that.
// J2  The row has to say what its own lines moved: where they contradict each other a row was altered and no points
//     are missing, so nothing is moved and a person looks.
// J3  All of it is looked at again when the adjustment is made, and it has to come to what was proposed.
import type { KeyObject } from "node:crypto";
import { type Database, type Transaction, textArray, timeArray } from "../database/index.ts";
import {
  entryOfAdjustment,
  movedAmountOf,
  type Operation,
  ownerOf,
  partnerOperationId,
} from "../domain/index.ts";
import { findOperations } from "../operations/index.ts";
import { findEvidence, type PartnerBook, verifyEvidence } from "../partner/index.ts";
import type { ComparedRow } from "./matching.ts";
import type { MovementPlan } from "./mismatch.ts";
import * as queries from "./own-ledger-queries.ts";
import type { ExchangePair } from "./pair-exchanges.ts";
import { findSignedLine } from "./signed-lines.ts";

export interface AdjustingParts {
  readonly database: Database;
  readonly shardCount: number;
  readonly registry: { current(): Promise<PartnerBook> };
}

export interface AdjustedLeg {
  readonly pair: ExchangePair;
  readonly kind: "credit" | "hold";
  /** The partner's, which asked for it. */
  readonly nodeId: string;
}

export type AdjustmentVerdict =
  | { readonly kind: "adjust"; readonly plan: MovementPlan }
  /** The partner signed what our ledger has, and says something else now. */
  | { readonly kind: "present" }
  | { readonly kind: "person"; readonly why: string };

function person(why: string): AdjustmentVerdict {
  return { kind: "person", why };
}

/** What the ledger's lines moved for a row, without its adjustments. */
async function readMoved(
  transaction: Transaction,
  shardCount: number,
  operation: Operation,
  { pair, kind }: AdjustedLeg,
): Promise<bigint> {
  const { sourceSystem, targetSystem } = pair;
  const facing =
    kind === "credit"
      ? [targetSystem, sourceSystem, textArray(["credit"])]
      : [sourceSystem, targetSystem, textArray(["capture"])];
  let moved = 0n;
  for (let shardId = 1; shardId <= shardCount; shardId += 1) {
    const rows = await transaction.query<{ amount: bigint }>(queries.findMovements, [
      shardId,
      ...facing,
      textArray([operation.operationId]),
      timeArray([operation.createdAt]),
      timeArray([operation.updatedAt]),
    ]);
    moved += rows.reduce((sum, { amount }) => sum + amount, 0n);
  }
  return moved;
}

/** Also one that was revoked since: it was good when the request came. */
function keysOf(book: PartnerBook, nodeId: string): (keyId: string) => KeyObject | undefined {
  return (keyId) => {
    const key = book.findKey(keyId);
    return key?.nodeId === nodeId ? key.publicKey : undefined;
  };
}

/** What an operation's own signed request asks our ledger to have moved. */
async function readSigned(
  parts: AdjustingParts,
  leg: AdjustedLeg,
  operation: Operation,
  operationId: string,
): Promise<bigint | string> {
  const evidenceId = operation.data?.evidence_id;
  const evidence =
    evidenceId === undefined
      ? undefined
      : await parts.database.transaction((transaction) => findEvidence(transaction, evidenceId));
  if (evidence === undefined) return "the signed request that made it is not kept";
  const book = await parts.registry.current();
  const verdict = await verifyEvidence(evidence, keysOf(book, leg.nodeId));
  if (!verdict.ok) return `the request that is kept is not what the partner signed: ${verdict.detail}`;
  const line = findSignedLine(evidence, leg.kind === "credit" ? "credits" : "holds", operationId);
  const owner = ownerOf(operation);
  const isSame =
    line?.source_system === leg.pair.sourceSystem &&
    line.target_system === leg.pair.targetSystem &&
    line.user_id === owner?.userId &&
    line.credit_type_id === owner.creditTypeId;
  if (line === undefined || !isSame) return "the signed request asks for something else";
  return BigInt(line.amount);
}

function hasMoved({ kind, status }: Operation): boolean {
  return kind === "partner_credit" ? status === "completed" : status === "captured";
}

/** What may be done about an amount of ours that is not the partner's. @param theirs what the partner says now */
export async function planAdjustment(
  parts: AdjustingParts,
  leg: AdjustedLeg,
  operationId: string,
  theirs: Pick<ComparedRow, "amount" | "outcome">,
): Promise<AdjustmentVerdict> {
  const { pair, kind, nodeId } = leg;
  const systemId = kind === "credit" ? pair.targetSystem : pair.sourceSystem;
  const counterparty = kind === "credit" ? pair.sourceSystem : pair.targetSystem;
  const adjustedId = partnerOperationId(kind, nodeId, systemId, operationId);
  const [operation] = await parts.database.transaction((transaction) =>
    findOperations(transaction, parts.shardCount, [adjustedId]),
  );
  const owner = operation === undefined ? undefined : ownerOf(operation);
  if (operation === undefined || owner === undefined || !hasMoved(operation) || theirs.outcome !== "moved") {
    return person("points have not moved for good on both sides");
  }
  const from = movedAmountOf(operation);
  const made = kind === "credit" ? operation.targetAmount : operation.sourceAmount;
  const to = await readSigned(parts, leg, operation, operationId);
  if (typeof to === "string") return person(to); // J1
  if (from === null || made === null) return person("our row has no amount");
  const moved = await parts.database.transaction((transaction) =>
    readMoved(transaction, parts.shardCount, operation, leg),
  );
  if (moved !== made) {
    return person(`our row says ${made} and its lines moved ${moved}: pointbridge ledger verify says more`); // J2
  }
  if (from === to) return { kind: "present" };
  if (theirs.amount !== to)
    return person(`the partner signed ${to} and says ${theirs.amount ?? "nothing"} now`); // J1
  const operationKind = kind === "credit" ? "partner_credit" : "partner_hold";
  const plan: MovementPlan = {
    entry: entryOfAdjustment(operationKind, from, to),
    systemId,
    userId: owner.userId,
    creditTypeId: owner.creditTypeId,
    counterparty,
    amount: String(to > from ? to - from : from - to),
    from: String(from),
    to: String(to),
  };
  return { kind: "adjust", plan };
}
