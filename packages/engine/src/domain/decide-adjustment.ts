// The decision of an adjustment: a movement of its own that brings what a partner's credit or hold has moved to what its
// signed request asks for. What was moved before stands as it is.
//
// Z1  Nothing is overwritten: the row keeps the amount that it was made with, and says beside it what it comes to with
//     its adjustments. Each adjustment is an operation with one line, between the member and the clearing account of
//     the same counterparty, so points stay in sum what they were.
// Z2  An adjustment compares what the row comes to with what it was when it was proposed, under the row's lock, and
//     moves the difference: two of them at once, or one that is made twice, move it once.
// Z3  Only what has ended by moving points is adjusted. A credit that was adjusted stands for good: its roll-back would
//     not know how much to take.

import { transactionIdOf } from "./book.ts";
import type { AdjustCommand } from "./command.ts";
import { blankOperation, type Operation, type OperationData } from "./operation.ts";
import { ownerOf } from "./operation-accounts.ts";
import { done, type Outcome, unacceptable } from "./outcome.ts";
import type { Workspace } from "./workspace.ts";

/** What a partner's credit or hold has moved, or would, with its adjustments; null where it has no amount. */
export function movedAmountOf(
  operation: Pick<Operation, "kind" | "targetAmount" | "sourceAmount" | "data">,
): bigint | null {
  const { kind, data, targetAmount, sourceAmount } = operation;
  if (data?.adjusted !== undefined) return BigInt(data.adjusted.amount);
  return kind === "partner_credit" ? targetAmount : sourceAmount;
}

/** Whether the member gets points by it, or gives them. */
export function entryOfAdjustment(
  kind: "partner_credit" | "partner_hold",
  from: bigint,
  to: bigint,
): "credit" | "debit" {
  const isMore = to > from;
  return isMore === (kind === "partner_credit") ? "credit" : "debit";
}

function isAdjustable(operation: Operation | undefined): operation is Operation {
  const { kind, status } = operation ?? {};
  return (
    (kind === "partner_credit" && status === "completed") ||
    (kind === "partner_hold" && status === "captured")
  );
}

function describe(
  command: AdjustCommand,
  entry: "credit" | "debit",
  adjusted: Operation,
  now: Date,
): Operation {
  const amount = command.to > command.from ? command.to - command.from : command.from - command.to;
  const { systemId, creditTypeId, userId } = command;
  const other = adjusted.kind === "partner_credit" ? adjusted.sourceSystem : adjusted.targetSystem;
  const side =
    entry === "credit"
      ? { sourceSystem: other, targetSystem: systemId, targetCreditType: creditTypeId, targetAmount: amount }
      : { sourceSystem: systemId, targetSystem: other, sourceCreditType: creditTypeId, sourceAmount: amount };
  return {
    ...blankOperation(command.operationId, "adjustment", "completed", command.principal, now),
    ...side,
    userId,
  };
}

/** Decides an adjustment whose id is new. */
export function decideAdjustment(command: AdjustCommand, workspace: Workspace): Outcome {
  const adjusted = workspace.operation(command.adjustedId);
  if (!isAdjustable(adjusted) || movedAmountOf(adjusted) !== command.from || command.from === command.to) {
    return unacceptable(command.operationId, "adjustment_outdated"); // Z2, Z3
  }
  const { systemId, userId, creditTypeId, evidenceId } = command;
  const owner = ownerOf(adjusted);
  const isSame =
    owner?.systemId === systemId && owner.userId === userId && owner.creditTypeId === creditTypeId;
  const counterparty = adjusted.kind === "partner_credit" ? adjusted.sourceSystem : adjusted.targetSystem;
  if (!isSame || counterparty === null) return unacceptable(command.operationId, "adjustment_outdated");
  const kind = adjusted.kind === "partner_credit" ? "partner_credit" : "partner_hold";
  const entry = entryOfAdjustment(kind, command.from, command.to);
  const operation = describe(command, entry, adjusted, workspace.now);
  const amount = operation.targetAmount ?? operation.sourceAmount ?? 0n;
  const { book, catalog } = workspace;
  const account = book.account(owner);
  const terms: OperationData = {
    adjusts: {
      operation_id: command.adjustedId,
      from: String(command.from),
      to: String(command.to),
      evidence_id: evidenceId,
    },
  };
  if (entry === "debit" && account.available < amount) {
    const data = { ...terms, required: String(amount), available: String(account.available) };
    const refused: Operation = { ...operation, status: "failed", failureCode: "insufficient_balance", data };
    workspace.createOperation(refused);
    return done(refused);
  }
  if (entry === "credit" && !book.hasRoomFor(account, amount)) {
    const refused: Operation = {
      ...operation,
      status: "failed",
      failureCode: "amount_too_large",
      data: terms,
    };
    workspace.createOperation(refused);
    return done(refused);
  }
  const clearing = catalog.clearingOf(systemId, creditTypeId, counterparty);
  const movement = book.move(account, entry, amount, clearing, command.operationId); // Z1
  const told = { transaction_id: transactionIdOf(movement), new_balance: String(account.available) };
  const made: Operation = { ...operation, data: { ...terms, ...told } };
  workspace.createOperation(made);
  const by = [...(adjusted.data?.adjusted?.by ?? []), command.operationId];
  const sealed = kind === "partner_credit" ? ({ sealed: true } as const) : {};
  const data = { ...adjusted.data, ...sealed, adjusted: { amount: String(command.to), by } };
  workspace.changeOperation({ ...adjusted, data, updatedAt: workspace.now });
  return done(made);
}
