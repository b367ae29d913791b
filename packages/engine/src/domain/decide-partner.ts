// The callee's side of the partner protocol: what a partner's credits, holds and their ends do to our ledger.
//
// R1  A partner's id is one row, named by calling node, called system and kind; a known row answers what is
//     stored before anything else is looked at (decide does so for credits and holds).
// R2  A refusal is stored in the transaction that judges it, and stays.
// R3  A rollback or release of what never came fences its id: what comes later is refused.
// R4  A credit that can't be taken back is sealed by the first rollback: it stands for good.
// R5  A partner's hold has no expiry, and its capture can't be refused.
// R6  The signed request that makes a row, and the one that ends or seals it, are kept with it; what changes
//     nothing keeps nothing.
// R7  What a partner may not begin has no outcome and uses no id up; a known row answers all the same (R1).
import type { RefusalCode } from "@pointbridge/protocol";
import type { AccountOwner } from "./account.ts";
import { transactionIdOf } from "./book.ts";
import type { ClearingKey } from "./catalog.ts";
import type { PartnerCreditCommand, PartnerEndingCommand, PartnerHoldCommand } from "./command.ts";
import { type Flow, findExceededLimit, limitUsesOf } from "./limit.ts";
import { blankOperation, type Operation, type OperationData, type OperationStatus } from "./operation.ts";
import { ownerOf } from "./operation-accounts.ts";
import { conflict, done, type Outcome, repeated, unacceptable } from "./outcome.ts";
import { convertPoints, parseRate } from "./rate.ts";
import { isFence } from "./repeat.ts";
import type { Workspace } from "./workspace.ts";

type PartnerCreation = PartnerCreditCommand | PartnerHoldCommand;

/** The name under which a partner's id is kept: no id of a user's holds a slash. */
export function partnerOperationId(
  kind: "credit" | "hold",
  nodeId: string,
  systemId: string,
  operationId: string,
): string {
  return `${partnerOperationPrefix(kind, nodeId, systemId)}${operationId}`;
}

export function partnerOperationPrefix(kind: "credit" | "hold", nodeId: string, systemId: string): string {
  return `pxp/${kind}/${nodeId}/${systemId}/`;
}

/** An operation id as its maker wrote it, whichever kind it is of. */
export function writtenOperationId(operationId: string): string {
  return operationId.startsWith("pxp/") ? operationId.slice(operationId.lastIndexOf("/") + 1) : operationId;
}

/** The account that a partner's call is about. */
export function partnerOwnerOf(command: PartnerCreation): AccountOwner {
  const systemId = command.type === "partner_credit" ? command.targetSystem : command.sourceSystem;
  return { systemId, userId: command.userId, creditTypeId: command.creditTypeId };
}

function clearingOf(operation: Operation, owner: AccountOwner, workspace: Workspace): ClearingKey {
  const counterparty = operation.kind === "partner_credit" ? operation.sourceSystem : operation.targetSystem;
  if (counterparty === null) throw new Error(`operation ${operation.operationId} has no counterparty`);
  return workspace.catalog.clearingOf(owner.systemId, owner.creditTypeId, counterparty);
}

function isRateAgreed(command: PartnerCreditCommand, workspace: Workspace): boolean {
  const { sourceSystem, targetSystem, sourceCreditType, creditTypeId, sourceAmount, amount } = command;
  const rates = workspace.catalog.agreedRates(
    sourceSystem,
    targetSystem,
    sourceCreditType,
    creditTypeId,
    workspace.now,
  );
  return rates.some((rate) => amount <= convertPoints(sourceAmount, rate));
}

interface Refusal {
  readonly code: RefusalCode;
  readonly data?: OperationData;
}

/** What limits judge a partner's call by (F4). */
export function flowOfPartner(command: PartnerCreation): Flow {
  const { sourceSystem, targetSystem, creditTypeId, userId, amount } = command;
  const side = command.type === "partner_credit" ? "target" : "source";
  return { side, sourceSystem, targetSystem, creditTypeId, userId, amount };
}

function refuseByLimits(
  command: PartnerCreation,
  available: bigint,
  workspace: Workspace,
): Refusal | undefined {
  const { limits, catalog, now } = workspace;
  // What is left to a member is no matter of what a member gets.
  const left = command.type === "partner_hold" ? available : undefined;
  const exceeded = findExceededLimit(flowOfPartner(command), left, limits, catalog, now);
  return exceeded === undefined ? undefined : { code: "limit_exceeded", data: { exceeded } };
}

function refuse(command: PartnerCreation, workspace: Workspace): Refusal | undefined {
  const { catalog, book } = workspace;
  const { sourceSystem, targetSystem, creditTypeId, amount } = command;
  const systems = [sourceSystem, targetSystem].map((id) => catalog.system(id));
  if (systems.includes(undefined)) return { code: "system_not_found" };
  if (systems.some((system) => system?.status === "suspended")) return { code: "system_suspended" };
  const link = catalog.link(sourceSystem, targetSystem);
  if (link === undefined) return { code: "link_not_found" };
  if (!link.enabled) return { code: "link_disabled" };
  const owner = partnerOwnerOf(command);
  if (catalog.issuing(owner.systemId, creditTypeId) === undefined) return { code: "credit_type_not_found" };
  const account = book.account(owner);
  const isCredit = command.type === "partner_credit";
  if (isCredit && !isRateAgreed(command, workspace)) return { code: "rate_not_agreed" };
  const exceeded = refuseByLimits(command, account.available, workspace);
  if (exceeded !== undefined) return exceeded;
  if (isCredit) {
    return book.hasRoomFor(account, amount) ? undefined : { code: "amount_too_large" };
  }
  if (account.available >= amount) return undefined;
  const data = { required: String(amount), available: String(account.available) };
  return { code: "insufficient_balance", data };
}

function describe(command: PartnerCreation, refusal: Refusal | undefined, now: Date): Operation {
  const isCredit = command.type === "partner_credit";
  const happened = isCredit ? "completed" : "held";
  const status: OperationStatus = refusal === undefined ? happened : "failed";
  const side = isCredit
    ? {
        sourceCreditType: command.sourceCreditType,
        sourceAmount: command.sourceAmount,
        targetCreditType: command.creditTypeId,
        targetAmount: command.amount,
        // What a partner calls the rate is its own to say; ours is what the amounts are held against.
        exchangeRate: parseRate(command.exchangeRate)?.text ?? null,
      }
    : { sourceCreditType: command.creditTypeId, sourceAmount: command.amount };
  return {
    ...blankOperation(command.operationId, command.type, status, command.principal, now),
    ...side,
    userId: command.userId,
    sourceSystem: command.sourceSystem,
    targetSystem: command.targetSystem,
    failureCode: refusal?.code ?? null,
    data: { ...refusal?.data, evidence_id: command.evidence.evidenceId },
    metadata: command.metadata,
    initiatedAt: command.initiatedAt,
  };
}

/** Decides a partner's credit or hold whose id is new. */
export function decidePartnerCreation(command: PartnerCreation, workspace: Workspace): Outcome {
  if (command.isGranted === false) return unacceptable(command.operationId, "forbidden"); // R7
  const refusal = refuse(command, workspace);
  let operation = describe(command, refusal, workspace.now);
  if (refusal === undefined) {
    const owner = partnerOwnerOf(command);
    const account = workspace.book.account(owner);
    const entry = command.type === "partner_credit" ? "credit" : "hold";
    const clearing = clearingOf(operation, owner, workspace);
    const movement = workspace.book.move(account, entry, command.amount, clearing, command.operationId);
    const uses = limitUsesOf(flowOfPartner(command), workspace.catalog, workspace.now);
    workspace.limits.take(uses, command.amount);
    const counted = uses.length === 0 ? {} : { limit_uses: uses };
    const told = { transaction_id: transactionIdOf(movement), new_balance: String(account.available) };
    operation = { ...operation, data: { ...told, ...counted, ...operation.data } };
  }
  workspace.createOperation(operation);
  workspace.keepEvidence(command.evidence);
  return done(operation);
}

function fence(command: PartnerEndingCommand, workspace: Workspace): Outcome {
  if (command.type === "partner_capture") return unacceptable(command.operationId, "operation_not_found");
  const isCredit = command.type === "partner_rollback";
  const kind = isCredit ? "partner_credit" : "partner_hold";
  const status = isCredit ? "rolled_back" : "released";
  const operation: Operation = {
    ...blankOperation(command.operationId, kind, status, command.principal, workspace.now),
    sourceSystem: command.sourceSystem,
    targetSystem: command.targetSystem,
    data: { evidence_id: command.evidence.evidenceId },
    initiatedAt: command.initiatedAt,
  };
  workspace.createOperation(operation);
  workspace.keepEvidence(command.evidence);
  return done(operation);
}

function change(
  operation: Operation,
  changes: Pick<Operation, "status" | "data">,
  command: PartnerEndingCommand,
  workspace: Workspace,
): Outcome {
  const data = { ...changes.data, end_evidence_id: command.evidence.evidenceId };
  const changed = { ...operation, ...changes, data, updatedAt: workspace.now };
  workspace.changeOperation(changed);
  workspace.keepEvidence(command.evidence);
  return done(changed);
}

function end(
  operation: Operation,
  command: PartnerEndingCommand,
  entry: "debit" | "capture" | "release",
  status: OperationStatus,
  workspace: Workspace,
): Outcome {
  const owner = ownerOf(operation);
  const amount = operation.kind === "partner_credit" ? operation.targetAmount : operation.sourceAmount;
  if (owner === undefined || amount === null) {
    throw new Error(`operation ${operation.operationId} has no account`);
  }
  const account = workspace.book.account(owner);
  const clearing = clearingOf(operation, owner, workspace);
  workspace.book.move(account, entry, amount, clearing, operation.operationId);
  const data = { ...operation.data, new_balance: String(account.available) };
  return change(operation, { status, data }, command, workspace);
}

function rollBack(operation: Operation, command: PartnerEndingCommand, workspace: Workspace): Outcome {
  if (operation.status !== "completed" || operation.data?.sealed === true) return repeated(operation);
  const owner = ownerOf(operation);
  const amount = operation.targetAmount ?? 0n;
  if (owner !== undefined && workspace.book.account(owner).available >= amount) {
    return end(operation, command, "debit", "rolled_back", workspace);
  }
  const { status, data } = operation;
  return change(operation, { status, data: { ...data, sealed: true } }, command, workspace);
}

/** Decides a partner's rollback, capture or release. The answer is told by the state that it leads to. */
export function decidePartnerEnding(command: PartnerEndingCommand, workspace: Workspace): Outcome {
  const operation = workspace.operation(command.operationId);
  if (operation === undefined) return fence(command, workspace);
  for (const field of ["sourceSystem", "targetSystem"] as const) {
    if (operation[field] !== command[field]) {
      return conflict(operation, field === "sourceSystem" ? "source_system" : "target_system");
    }
  }
  if (isFence(operation)) return repeated(operation);
  switch (command.type) {
    case "partner_rollback":
      return rollBack(operation, command, workspace);
    case "partner_capture":
      return operation.status === "held"
        ? end(operation, command, "capture", "captured", workspace)
        : repeated(operation);
    case "partner_release":
      return operation.status === "held"
        ? end(operation, command, "release", "released", workspace)
        : repeated(operation);
  }
}
