// What this node's operations say of a leg, as the other side's ledger should have it.
import { movedAmountOf, type Operation, writtenOperationId } from "../domain/index.ts";
import type { ComparedRow, OutcomeClass, Side } from "./matching.ts";

/** What an exchange that this node is the hub of says of the credit at its target. */
function creditOutcome(operation: Operation): OutcomeClass {
  const crossing = operation.data?.crossing;
  if (crossing === undefined) return operation.status === "completed" ? "moved" : "nothing";
  switch (crossing.state) {
    case "completed":
    case "capturing":
      return "moved";
    case "failed":
      return crossing.writeOff?.approvedBy === undefined ? "nothing" : "written_off";
    case "releasing":
      return "nothing";
    default:
      return "open";
  }
}

/** What it says of the hold at its source. */
function holdOutcome(operation: Operation): OutcomeClass {
  const crossing = operation.data?.crossing;
  if (crossing === undefined) return operation.status === "completed" ? "moved" : "nothing";
  if (crossing.state === "completed") return "moved";
  return crossing.state === "failed" ? "nothing" : "open";
}

/** @param side the leg whose ledger it is compared with */
export function exchangeRow(operation: Operation, side: Side): ComparedRow {
  const isTarget = side === "target";
  const { targetUserId, userId, targetCreditType, sourceCreditType, targetAmount, sourceAmount } = operation;
  return {
    operationId: operation.operationId,
    userId: isTarget ? targetUserId : userId,
    creditTypeId: isTarget ? targetCreditType : sourceCreditType,
    amount: isTarget ? targetAmount : sourceAmount,
    outcome: isTarget ? creditOutcome(operation) : holdOutcome(operation),
    state: operation.data?.crossing?.state ?? operation.status,
    initiatedAt: operation.createdAt,
    sourceAmount,
    rate: operation.exchangeRate,
  };
}

/**
 * Whether the partner may have been asked about it at all: what this node refused by itself never left it, so no row
 * of it is missed anywhere.
 */
export function wasBegun(operation: Operation): boolean {
  return operation.data?.crossing !== undefined || operation.status === "completed";
}

/** What a partner's node asked of our ledger, and what it came to. */
export function calleeRow(operation: Operation): ComparedRow {
  const isCredit = operation.kind === "partner_credit";
  const { status, userId, sourceCreditType, targetCreditType } = operation;
  return {
    operationId: writtenOperationId(operation.operationId),
    userId,
    creditTypeId: isCredit ? targetCreditType : sourceCreditType,
    amount: movedAmountOf(operation),
    outcome: classOfListed(status),
    state: status,
    initiatedAt: operation.initiatedAt ?? operation.createdAt,
    rate: isCredit ? operation.exchangeRate : null,
  };
}

const movedStates: readonly string[] = ["completed", "captured"];
const openStates: readonly string[] = ["pending", "held", "processing", "needs_attention"];
const nothingStates: readonly string[] = ["refused", "rolled_back", "released", "failed", "expired"];

/** The class of an outcome as the other side's listing names it: a callee's outcome, or a hub's exchange's status. */
export function classOfListed(outcome: string): OutcomeClass {
  if (movedStates.includes(outcome)) return "moved";
  if (openStates.includes(outcome)) return "open";
  return nothingStates.includes(outcome) ? "nothing" : "unknown";
}
