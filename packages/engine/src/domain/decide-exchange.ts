// The decision of an exchange whose id is new: done at once where both ledgers are here, begun as a crossing
// where not.
//
// X1  Both legs or neither: between hosted systems the source's debit and the target's credit are moved by one
//     decision; a crossing (K1-K6) starts with the source's hold.
// X2  The target gets floor(amount × rate), and an exchange that would give it nothing is refused.
// X3  The credit goes to the mapped user, never to the source's user id on a mapped link.
import type { RefusalCode } from "@pointbridge/protocol";
import type { Book } from "./book.ts";
import type { CatalogRate } from "./catalog.ts";
import type { ExchangeCommand } from "./command.ts";
import { beginCrossing } from "./crossing.ts";
import { type CrossingRecord, recordCrossing } from "./crossing-record.ts";
import { withCrossing } from "./decide-advance.ts";
import type { ExchangePlan, PlannedAccounts } from "./exchange-plan.ts";
import { type Flow, findExceededLimit, limitUsesOf } from "./limit.ts";
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
  readonly legs: ExchangePlan["legs"];
}

function openPlan(plan: ExchangePlan): OpenPlan {
  const { accounts, targetAmount, rate, legs } = plan;
  if (accounts === undefined || targetAmount === undefined || rate === undefined) {
    throw new Error("a plan without a refusal has accounts, an amount and a rate");
  }
  return { accounts, targetAmount, rate, legs };
}

/** What a leg at a partner has is the partner's to judge; ours is judged here, once. */
function refuseByBalances(command: ExchangeCommand, plan: OpenPlan, book: Book): Refusal | undefined {
  const { accounts, targetAmount, legs } = plan;
  if (legs.source === "hosted") {
    const { available } = book.accountById(accounts.source.accountId);
    if (available < command.amount) {
      const data = { required: String(command.amount), available: String(available) };
      return { code: "insufficient_balance", data };
    }
  }
  const { target } = accounts;
  const isOurs = legs.target === "hosted" && target !== undefined;
  const hasRoom =
    targetAmount <= MAX_POINTS &&
    (!isOurs || book.hasRoomFor(book.accountById(target.accountId), targetAmount));
  return hasRoom ? undefined : { code: "amount_too_large", data: null };
}

/** Two exchanges of one batch may name one quote: it is the first one's that goes ahead (J2). */
function refuseUsedQuote({ quote }: ExchangePlan, workspace: Workspace): Refusal | undefined {
  const isUsed = quote !== undefined && workspace.isUsed(quote);
  return isUsed ? { code: "quote_mismatch", data: null } : undefined;
}

/** What limits judge an exchange by. */
export function flowOfExchange(command: ExchangeCommand): Flow {
  const { sourceSystem, targetSystem, sourceCreditType: creditTypeId, userId, amount } = command;
  return { side: "source", sourceSystem, targetSystem, creditTypeId, userId, amount };
}

function refuseByLimits(
  command: ExchangeCommand,
  { legs, accounts }: OpenPlan,
  workspace: Workspace,
): Refusal | undefined {
  const { book, limits, catalog, now } = workspace;
  const isOurs = legs.source === "hosted";
  const available = isOurs ? book.accountById(accounts.source.accountId).available : undefined;
  const exceeded = findExceededLimit(flowOfExchange(command), available, limits, catalog, now);
  return exceeded === undefined ? undefined : { code: "limit_exceeded", data: { exceeded } };
}

/** Counts what goes ahead. @returns what has to be kept of that with an exchange that may yet be put back (F2) */
function takeLimits(command: ExchangeCommand, workspace: Workspace): OperationData | null {
  const { catalog, now, limits } = workspace;
  const uses = limitUsesOf(flowOfExchange(command), catalog, now);
  if (uses.length === 0) return null;
  limits.take(uses, command.amount);
  return { limit_uses: uses };
}

function moveBothLegs(command: ExchangeCommand, plan: OpenPlan, workspace: Workspace): void {
  const { accounts, targetAmount, rate } = plan;
  const { book, catalog } = workspace;
  const { operationId, amount } = command;
  if (accounts.target === undefined) throw new Error(`exchange ${operationId} has nobody to credit`);
  const clearing = catalog.clearing(rate);
  book.move(book.accountById(accounts.source.accountId), "debit", amount, clearing.source, operationId);
  book.move(
    book.accountById(accounts.target.accountId),
    "credit",
    targetAmount,
    clearing.target,
    operationId,
  );
}

/** One transaction can do all of it: both ledgers are here and both users are known. */
function isLocal({ legs, accounts }: OpenPlan): boolean {
  return legs.source === "hosted" && legs.target === "hosted" && accounts.target !== undefined;
}

/** Places the hold, if the source is ours, and begins what partners have to answer for. */
function beginCrossingOf(command: ExchangeCommand, plan: OpenPlan, workspace: Workspace): CrossingRecord {
  const { accounts, legs, rate } = plan;
  const crossing = beginCrossing(legs.source, legs.target, accounts.target === undefined);
  if (legs.source === "hosted") {
    const { book, catalog } = workspace;
    const account = book.accountById(accounts.source.accountId);
    book.move(account, "hold", command.amount, catalog.clearing(rate).source, command.operationId);
  }
  return recordCrossing(crossing, workspace.now, command.trace);
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
    targetUserId: plan.accounts?.target?.owner.userId ?? null,
    sourceSystem: command.sourceSystem,
    targetSystem: command.targetSystem,
    sourceCreditType: command.sourceCreditType,
    targetCreditType: command.targetCreditType,
    sourceAmount: command.amount,
    targetAmount: isStorable ? (plan.targetAmount ?? null) : null,
    exchangeRate: plan.quote?.exchangeRate ?? plan.rate?.rate.text ?? null,
    rateVersion: plan.quote?.rateVersion ?? plan.rate?.rateVersion ?? null,
    quoteId: command.quoteId,
    failureCode: refusal?.code ?? null,
    data: refusal?.data ?? null,
    metadata: command.metadata,
  };
}

/** Decides an exchange whose id is new. Its plan was made when the batch's rows were loaded. */
export function decideExchange(command: ExchangeCommand, workspace: Workspace): Outcome {
  const plan = workspace.planOf(command);
  let refusal: Refusal | undefined;
  let crossing: CrossingRecord | undefined;
  let counted: OperationData | null = null;
  if (plan.refusal === undefined) {
    const open = openPlan(plan);
    refusal =
      refuseUsedQuote(plan, workspace) ??
      refuseByLimits(command, open, workspace) ??
      refuseByBalances(command, open, workspace.book);
    if (refusal === undefined) {
      if (plan.quote !== undefined) workspace.useQuote(plan.quote, command.operationId);
      counted = takeLimits(command, workspace);
      if (isLocal(open)) moveBothLegs(command, open, workspace);
      else crossing = beginCrossingOf(command, open, workspace);
    }
  } else {
    refusal = { code: plan.refusal, data: null };
  }
  const described = describeExchange(command, plan, refusal, workspace.now);
  const operation =
    crossing === undefined ? described : withCrossing({ ...described, data: counted }, crossing, workspace);
  workspace.createOperation(operation);
  return done(operation);
}
