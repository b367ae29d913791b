// The decision of an exchange between two systems of this node.
//
// X1  Both legs or neither: the source's debit and the target's credit are moved by one decision.
// X2  The target gets floor(amount × rate), and an exchange that would give it nothing is refused.
// X3  The credit goes to the mapped user, never to the source's user id on a mapped link.
import type { RefusalCode } from "@pointbridge/protocol";
import type { Book } from "./book.ts";
import type { CatalogRate } from "./catalog.ts";
import type { ExchangeCommand } from "./command.ts";
import type { ExchangePlan, PlannedAccounts } from "./exchange-plan.ts";
import { blankOperation, type Operation, type OperationData } from "./operation.ts";
import { done, type Outcome } from "./outcome.ts";
import { MAX_POINTS } from "./points.ts";
import type { Workspace } from "./workspace.ts";

interface Refusal {
  readonly code: RefusalCode;
  readonly data: OperationData | null;
}

/** A plan that only balances can still refuse. */
interface OpenPlan {
  readonly accounts: PlannedAccounts;
  readonly targetAmount: bigint;
  readonly rate: CatalogRate;
}

function openPlan(plan: ExchangePlan): OpenPlan {
  const { accounts, targetAmount, rate } = plan;
  if (accounts === undefined || targetAmount === undefined || rate === undefined) {
    throw new Error("a plan without a refusal has accounts, an amount and a rate");
  }
  return { accounts, targetAmount, rate };
}

function refuseByBalances(command: ExchangeCommand, plan: OpenPlan, book: Book): Refusal | undefined {
  const { accounts, targetAmount } = plan;
  const { available } = book.accountById(accounts.sourceId);
  if (available < command.amount) {
    const data = { required: String(command.amount), available: String(available) };
    return { code: "insufficient_balance", data };
  }
  const hasRoom =
    targetAmount <= MAX_POINTS && book.hasRoomFor(book.accountById(accounts.targetId), targetAmount);
  return hasRoom ? undefined : { code: "amount_too_large", data: null };
}

function moveBothLegs(command: ExchangeCommand, plan: OpenPlan, workspace: Workspace): void {
  const { accounts, targetAmount, rate } = plan;
  const { book, catalog } = workspace;
  const { operationId, amount } = command;
  const clearing = catalog.clearing(rate);
  book.move(book.accountById(accounts.sourceId), "debit", amount, clearing.source, operationId);
  book.move(book.accountById(accounts.targetId), "credit", targetAmount, clearing.target, operationId);
}

function judgeAndMove(
  command: ExchangeCommand,
  plan: ExchangePlan,
  workspace: Workspace,
): Refusal | undefined {
  if (plan.refusal !== undefined) return { code: plan.refusal, data: null };
  const open = openPlan(plan);
  const refusal = refuseByBalances(command, open, workspace.book);
  if (refusal === undefined) moveBothLegs(command, open, workspace);
  return refusal;
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
    targetUserId: plan.accounts?.target.userId ?? null,
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

/** Decides an exchange whose id is new. Its plan was made when the batch's rows were loaded. */
export function decideExchange(command: ExchangeCommand, workspace: Workspace): Outcome {
  const plan = workspace.planOf(command);
  const refusal = judgeAndMove(command, plan, workspace);
  const operation = describeExchange(command, plan, refusal, workspace.now);
  workspace.createOperation(operation);
  return done(operation);
}
