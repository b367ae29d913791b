// The decisions that end what stands under an id: capture, release and expiry of holds, rollback of
// credits and debits.
//
// H1  A hold ends once: captured, released or expired. Whoever comes second is told how it ended.
// H2  A capture or a release can't fail on a balance: the points are frozen since the hold.
// H3  A hold whose time is up by the database's clock can't be captured, even if nobody has swept it yet.
// H4  A rollback of an id that was never seen fences it: what it was to undo is refused if it comes later.
// H5  A rollback that can't be done seals the operation: it stands for good, whatever happens later.
import type { CaptureCommand, EndingCommand, ReleaseCommand, RollbackCommand } from "./command.ts";
import { issuingOf } from "./decide-account.ts";
import { decideAdvance } from "./decide-advance.ts";
import { decidePartnerEnding } from "./decide-partner.ts";
import { blankOperation, type Operation, type OperationKind, type OperationStatus } from "./operation.ts";
import { ownerOf } from "./operation-accounts.ts";
import { conflict, done, type Outcome, repeated, unacceptable } from "./outcome.ts";
import { isFence } from "./repeat.ts";
import type { Workspace } from "./workspace.ts";

/** A command that ends one of this node's own credits, debits or holds. */
type OwnEndingCommand = CaptureCommand | ReleaseCommand | RollbackCommand;

/** The kind of operation that a command ends. */
function kindEndedBy(command: OwnEndingCommand): OperationKind {
  return command.type === "rollback" ? command.kind : "hold";
}

function heldAccount(operation: Operation, workspace: Workspace) {
  const owner = ownerOf(operation);
  if (owner === undefined) throw new Error(`operation ${operation.operationId} has no account`);
  return { owner, account: workspace.book.account(owner) };
}

function change(
  operation: Operation,
  status: OperationStatus,
  data: Operation["data"],
  workspace: Workspace,
): Operation {
  const changed = { ...operation, status, data, updatedAt: workspace.now };
  workspace.changeOperation(changed);
  return changed;
}

function isExpired(hold: Operation, now: Date): boolean {
  return hold.expiresAt !== null && hold.expiresAt.getTime() <= now.getTime();
}

function releaseHold(hold: Operation, status: "released" | "expired", workspace: Workspace): Operation {
  const { owner, account } = heldAccount(hold, workspace);
  workspace.book.move(
    account,
    "release",
    hold.sourceAmount ?? 0n,
    issuingOf(owner, workspace),
    hold.operationId,
  );
  return change(hold, status, { ...hold.data, new_balance: String(account.available) }, workspace);
}

function captureHold(hold: Operation, amount: bigint, workspace: Workspace): Operation {
  const { owner, account } = heldAccount(hold, workspace);
  const { book } = workspace;
  const rest = (hold.sourceAmount ?? 0n) - amount;
  book.move(account, "capture", amount, issuingOf(owner, workspace), hold.operationId);
  if (rest > 0n) book.move(account, "release", rest, issuingOf(owner, workspace), hold.operationId);
  const data = { ...hold.data, captured_amount: String(amount), new_balance: String(account.available) };
  return change(hold, "captured", data, workspace);
}

function decideCapture(command: CaptureCommand, hold: Operation, workspace: Workspace): Outcome {
  const { operationId } = command;
  const amount = command.amount ?? hold.sourceAmount ?? 0n;
  if (hold.status === "captured") {
    const isSame = hold.data?.captured_amount === String(amount);
    return isSame ? repeated(hold) : conflict(hold, "amount");
  }
  if (hold.status === "released") return unacceptable(operationId, "hold_released");
  if (hold.status === "expired") return unacceptable(operationId, "hold_expired");
  if (hold.status !== "held") return unacceptable(operationId, "hold_refused");
  if (isExpired(hold, workspace.now)) {
    releaseHold(hold, "expired", workspace);
    return unacceptable(operationId, "hold_expired");
  }
  if (amount > (hold.sourceAmount ?? 0n)) return unacceptable(operationId, "amount_exceeds_hold");
  return done(captureHold(hold, amount, workspace));
}

function decideRelease(command: ReleaseCommand, hold: Operation, workspace: Workspace): Outcome {
  if (hold.status === "captured") return unacceptable(command.operationId, "hold_captured");
  if (hold.status !== "held") return repeated(hold);
  const expired = isExpired(hold, workspace.now);
  if (command.type === "expire" && !expired) return repeated(hold);
  return done(releaseHold(hold, expired ? "expired" : "released", workspace));
}

function seal(operation: Operation, workspace: Workspace): Outcome {
  change(operation, operation.status, { ...operation.data, sealed: true }, workspace);
  return unacceptable(operation.operationId, "rollback_refused");
}

function decideRollback(command: RollbackCommand, operation: Operation, workspace: Workspace): Outcome {
  const { operationId, kind } = command;
  if (operation.status !== "completed") return repeated(operation);
  if (operation.data?.sealed === true) return unacceptable(operationId, "rollback_refused");
  const { owner, account } = heldAccount(operation, workspace);
  const amount = operation.targetAmount ?? operation.sourceAmount ?? 0n;
  if (kind === "credit" ? account.available < amount : !workspace.book.hasRoomFor(account, amount)) {
    return seal(operation, workspace);
  }
  const entry = kind === "credit" ? "debit" : "credit";
  workspace.book.move(account, entry, amount, issuingOf(owner, workspace), operationId);
  const data = { ...operation.data, new_balance: String(account.available) };
  return done(change(operation, "rolled_back", data, workspace));
}

/** Stores the end of something that has not arrived, so that it never can (H4). */
function fence(command: OwnEndingCommand, workspace: Workspace): Outcome {
  if (command.type === "capture" || command.type === "expire") {
    return unacceptable(command.operationId, "operation_not_found");
  }
  const kind = kindEndedBy(command);
  const status = command.type === "release" ? "released" : "rolled_back";
  const operation = blankOperation(command.operationId, kind, status, command.principal, workspace.now);
  workspace.createOperation(operation);
  return done(operation);
}

function decideOwnEnding(command: OwnEndingCommand, workspace: Workspace): Outcome {
  const operation = workspace.operation(command.operationId);
  if (operation === undefined) return fence(command, workspace);
  if (operation.kind !== kindEndedBy(command)) return conflict(operation, "type");
  if (isFence(operation)) {
    const isCapture = command.type === "capture";
    return isCapture ? unacceptable(command.operationId, "hold_released") : repeated(operation);
  }
  switch (command.type) {
    case "capture":
      return decideCapture(command, operation, workspace);
    case "release":
    case "expire":
      return decideRelease(command, operation, workspace);
    case "rollback":
      return decideRollback(command, operation, workspace);
  }
}

/** Decides a command on an id that was made earlier, or never. */
export function decideEnding(command: EndingCommand, workspace: Workspace): Outcome {
  switch (command.type) {
    case "capture":
    case "release":
    case "expire":
    case "rollback":
      return decideOwnEnding(command, workspace);
    case "partner_rollback":
    case "partner_capture":
    case "partner_release":
      return decidePartnerEnding(command, workspace);
    case "advance":
      return decideAdvance(command, workspace);
  }
}
