// The decision of an exchange between two systems of this node.
//
// X1  Both legs or neither: the source's debit and the target's credit are moved by one decision.
// X2  The target gets floor(amount × rate), and an exchange that would give it nothing is refused.
// X3  The credit goes to the mapped user, never to the source's user id on a mapped link.
import type { RefusalCode } from "@pointbridge/protocol";
import type { ExchangeCommand } from "./command.ts";
import { type ExchangePlan, planExchange } from "./exchange-plan.ts";
import { blankOperation, type Operation, type OperationData } from "./operation.ts";
import { done, type Outcome } from "./outcome.ts";
import { MAX_POINTS } from "./points.ts";
import type { Workspace } from "./workspace.ts";

interface Refusal {
  readonly code: RefusalCode;
  readonly data: OperationData | null;
}

function refuseByBalances(
  command: ExchangeCommand,
  plan: ExchangePlan,
  workspace: Workspace,
): Refusal | undefined {
  const { source, target, targetAmount } = plan;
  if (target === undefined || targetAmount === undefined) throw new Error("the plan has no target");
  const { available } = workspace.book.account(source);
  if (available < command.amount) {
    const data = { required: String(command.amount), available: String(available) };
    return { code: "insufficient_balance", data };
  }
  const hasRoom =
    targetAmount <= MAX_POINTS && workspace.book.hasRoomFor(workspace.book.account(target), targetAmount);
  return hasRoom ? undefined : { code: "amount_too_large", data: null };
}

function moveBothLegs(command: ExchangeCommand, plan: ExchangePlan, workspace: Workspace): void {
  const { source, target, targetAmount, rate } = plan;
  if (target === undefined || targetAmount === undefined || rate === undefined) {
    throw new Error("the plan has no target");
  }
  const { book, catalog } = workspace;
  const clearing = catalog.clearing(rate);
  book.move(book.account(source), "debit", command.amount, clearing.source, command.operationId);
  book.move(book.account(target), "credit", targetAmount, clearing.target, command.operationId);
}

function describeExchange(
  command: ExchangeCommand,
  plan: ExchangePlan,
  refusal: Refusal | undefined,
  now: Date,
): Operation {
  const status = refusal === undefined ? "completed" : "failed";
  // A target amount beyond the bound can't be stored, and nobody was to get it.
  const isStorable = plan.targetAmount !== undefined && plan.targetAmount <= MAX_POINTS;
  return {
    ...blankOperation(command.operationId, "exchange", status, command.principal, now),
    userId: command.userId,
    targetUserId: plan.target?.userId ?? null,
    sourceSystem: command.sourceSystem,
    targetSystem: command.targetSystem,
    sourceCreditType: command.sourceCreditType,
    targetCreditType: command.targetCreditType,
    sourceAmount: command.amount,
    targetAmount: isStorable ? (plan.targetAmount ?? null) : null,
    exchangeRate: plan.rate?.rate.text ?? null,
    rateVersion: plan.rate?.rateVersion ?? null,
    quoteId: command.quoteId,
    failureCode: refusal?.code ?? null,
    data: refusal?.data ?? null,
    metadata: command.metadata,
  };
}

/** Decides an exchange whose id is new. The plan's accounts are in the Book. */
export function decideExchange(command: ExchangeCommand, workspace: Workspace): Outcome {
  const plan = planExchange(command, workspace.catalog, workspace.mappings);
  const refusal =
    plan.refusal === undefined
      ? refuseByBalances(command, plan, workspace)
      : { code: plan.refusal, data: null };
  if (refusal === undefined) moveBothLegs(command, plan, workspace);
  const operation = describeExchange(command, plan, refusal, workspace.now);
  workspace.createOperation(operation);
  return done(operation);
}
