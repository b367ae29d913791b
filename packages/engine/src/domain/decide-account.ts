// The decisions of credits, debits, holds and openings: one member's account against the issuing account.
import type { RefusalCode } from "@pointbridge/protocol";
import type { AccountOwner } from "./account.ts";
import { type BookAccount, transactionIdOf } from "./book.ts";
import type { ClearingKey } from "./catalog.ts";
import type { AccountCommand, OpeningCommand } from "./command.ts";
import { blankOperation, type Operation, type OperationData } from "./operation.ts";
import { done, type Outcome } from "./outcome.ts";
import { referenceOf, type Workspace } from "./workspace.ts";

interface Refusal {
  readonly code: RefusalCode;
  readonly data: OperationData | null;
}

/** The account that faces every credit, debit and hold of a credit type that is known. */
export function issuingOf(owner: AccountOwner, workspace: Workspace): ClearingKey {
  const issuing = workspace.catalog.issuing(owner.systemId, owner.creditTypeId);
  if (issuing === undefined)
    throw new Error(`credit type ${owner.creditTypeId} of ${owner.systemId} is unknown`);
  return issuing;
}

function refuseOwner(owner: AccountOwner, workspace: Workspace): RefusalCode | undefined {
  const system = workspace.catalog.system(owner.systemId);
  if (system === undefined) return "system_not_found";
  if (system.kind === "remote") return "system_not_hosted";
  if (workspace.catalog.issuing(owner.systemId, owner.creditTypeId) === undefined)
    return "credit_type_not_found";
  return undefined;
}

function refuseBalance(
  type: "credit" | "debit" | "hold" | "opening",
  amount: bigint,
  account: BookAccount,
  workspace: Workspace,
): Refusal | undefined {
  if (type === "credit" || type === "opening") {
    return workspace.book.hasRoomFor(account, amount) ? undefined : { code: "amount_too_large", data: null };
  }
  if (account.available >= amount) return undefined;
  const data = { required: String(amount), available: String(account.available) };
  return { code: "insufficient_balance", data };
}

function refuse(command: AccountCommand | OpeningCommand, workspace: Workspace): Refusal | undefined {
  const ownerRefusal = refuseOwner(command, workspace);
  if (ownerRefusal !== undefined) return { code: ownerRefusal, data: null };
  const reference = referenceOf(command);
  if (reference !== undefined && workspace.isTaken(reference))
    return { code: "business_id_used", data: null };
  return refuseBalance(command.type, command.amount, workspace.book.account(command), workspace);
}

function describe(
  command: AccountCommand | OpeningCommand,
  refusal: Refusal | undefined,
  data: OperationData | null,
  now: Date,
): Operation {
  const happened = command.type === "hold" ? "held" : "completed";
  const status = refusal === undefined ? happened : "failed";
  const isCredit = command.type === "credit" || command.type === "opening";
  const blank = blankOperation(command.operationId, command.type, status, command.principal, now);
  const { systemId, creditTypeId, amount } = command;
  const side = isCredit
    ? { targetSystem: systemId, targetCreditType: creditTypeId, targetAmount: amount }
    : { sourceSystem: systemId, sourceCreditType: creditTypeId, sourceAmount: amount };
  const outcome = { failureCode: refusal?.code ?? null, data: refusal?.data ?? data };
  const common = { ...blank, userId: command.userId, ...side, ...outcome };
  if (command.type === "opening") return common;
  const { businessCode, businessId, metadata, expiresInMs } = command;
  const expiresAt = expiresInMs === null ? null : new Date(now.getTime() + expiresInMs);
  return { ...common, businessCode, businessId, metadata, expiresAt };
}

/** Decides a credit, debit, hold or opening whose id is new. */
export function decideAccount(command: AccountCommand | OpeningCommand, workspace: Workspace): Outcome {
  const { book } = workspace;
  const refusal = refuse(command, workspace);
  let data: OperationData | null = null;
  if (refusal === undefined) {
    const account = book.account(command);
    if (command.amount === 0n) {
      book.open(account);
    } else {
      const entry = command.type === "opening" ? "credit" : command.type;
      const movement = book.move(
        account,
        entry,
        command.amount,
        issuingOf(command, workspace),
        command.operationId,
      );
      data = { transaction_id: transactionIdOf(movement), new_balance: String(account.available) };
    }
    const reference = referenceOf(command);
    if (reference !== undefined) workspace.takeReference(reference, command.operationId);
  }
  const operation = describe(command, refusal, data, workspace.now);
  workspace.createOperation(operation);
  return done(operation);
}
