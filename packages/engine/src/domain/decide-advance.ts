// The decisions on an exchange under way: what a verdict, its absence or an operator makes of it. The rules
// are those of crossing.ts; here they meet the Book and the ladder.
//
// X4  A leg of this node is moved by the decision that reaches its state: held points are captured or released
//     by it, and the target is credited by it.
// X5  A decision compares the stored state with the one that its call was made in, and sets it under a lock.
import type { ErrorCode } from "@pointbridge/protocol";
import { accountIdOf } from "./account.ts";
import type { BookAccount } from "./book.ts";
import type { ClearingKey } from "./catalog.ts";
import type { AdvanceCommand, NoVerdict } from "./command.ts";
import {
  advanceCrossing,
  type CrossingEvent,
  calledSideOf,
  callOf,
  hasEnded,
  type LocalStep,
  localStepOf,
} from "./crossing.ts";
import { type CrossingRecord, markCrossing, readableReason, statusOfCrossing } from "./crossing-record.ts";
import { delayOf } from "./ladder.ts";
import type { Operation } from "./operation.ts";
import { sourceOwnerOf, targetOwnerOf } from "./operation-accounts.ts";
import { conflict, done, type Outcome, repeated, unacceptable } from "./outcome.ts";
import type { Workspace } from "./workspace.ts";

/** The operation with its crossing stored, and due when whoever has it now may have died. */
export function withCrossing(operation: Operation, record: CrossingRecord, workspace: Workspace): Operation {
  const call = callOf(record);
  const side = call === undefined ? undefined : calledSideOf(call);
  const { now, ladder } = workspace;
  return {
    ...operation,
    status: statusOfCrossing(record),
    failureCode: record.state === "failed" ? record.failure : null,
    data: { ...operation.data, crossing: record },
    dueAt: side === undefined ? null : new Date(now.getTime() + ladder.leaseMs),
    waitingOn:
      side === undefined ? null : side === "source" ? operation.sourceSystem : operation.targetSystem,
    updatedAt: now,
  };
}

interface MovableLeg {
  readonly account: BookAccount;
  readonly clearing: ClearingKey;
  readonly amount: bigint;
}

function legOf(operation: Operation, side: "source" | "target", workspace: Workspace): MovableLeg {
  const owner = side === "source" ? sourceOwnerOf(operation) : targetOwnerOf(operation);
  const amount = side === "source" ? operation.sourceAmount : operation.targetAmount;
  const counterparty = side === "source" ? operation.targetSystem : operation.sourceSystem;
  if (owner === undefined || amount === null || counterparty === null) {
    throw new Error(`exchange ${operation.operationId} has no ${side} to move (X4)`);
  }
  const clearing = workspace.catalog.clearingOf(owner.systemId, owner.creditTypeId, counterparty);
  return { account: workspace.book.accountById(accountIdOf(owner)), clearing, amount };
}

/** Moves this node's own leg and answers its verdict. */
function takeLocalStep(operation: Operation, step: LocalStep, workspace: Workspace): CrossingEvent {
  const { book } = workspace;
  const { account, clearing, amount } = legOf(operation, step === "credit" ? "target" : "source", workspace);
  if (step === "credit" && !book.hasRoomFor(account, amount)) {
    return { kind: "credit_refused", code: "amount_too_large" };
  }
  book.move(account, step, amount, clearing, operation.operationId);
  const verdicts = { credit: "credited", capture: "captured", release: "released" } as const;
  return { kind: verdicts[step] };
}

/** Applies an event and whatever of this node's own follows from it; undefined where it changes nothing. */
function advance(operation: Operation, event: CrossingEvent, workspace: Workspace): Operation | undefined {
  const record = operation.data?.crossing;
  const advanced = record === undefined ? undefined : advanceCrossing(record, event);
  if (record === undefined || advanced === undefined) return undefined;
  const targetUserId = event.kind === "provisioned" ? event.userId : operation.targetUserId;
  const marked = markCrossing(record, advanced, event, workspace.now);
  const next = withCrossing({ ...operation, targetUserId }, marked, workspace);
  const step = localStepOf(marked);
  if (step === undefined || marked.state === record.state) return next;
  return advance(next, takeLocalStep(next, step, workspace), workspace) ?? next;
}

function askLater(
  operation: Operation,
  record: CrossingRecord,
  event: NoVerdict,
  workspace: Workspace,
): Operation {
  const { now, ladder } = workspace;
  const attempts = record.attempts + 1;
  const waited = { ...record, attempts, lastError: readableReason(event.reason) };
  const delayMs = Math.max(delayOf(ladder, attempts), event.retryAfterMs ?? 0);
  const next = withCrossing(operation, waited, workspace);
  return { ...next, dueAt: new Date(now.getTime() + Math.min(delayMs, ladder.delaysMs.at(-1) ?? delayMs)) };
}

/** What the ladder decides when there is no verdict: wait, undo (T2), call a person, always ask again (T1). */
function judgeSilence(
  operation: Operation,
  record: CrossingRecord,
  event: NoVerdict,
  workspace: Workspace,
): Operation {
  const { now, ladder } = workspace;
  const elapsed = (since: string) => now.getTime() - Date.parse(since);
  if (elapsed(record.since) >= ladder.undoAfterMs) {
    const undone = advance(operation, { kind: "undo" }, workspace);
    if (undone !== undefined) return undone;
  }
  const waiting = askLater(operation, record, event, workspace);
  if (record.attention || elapsed(record.heard) < ladder.alarmAfterMs) return waiting;
  const alarmed = advance(waiting, { kind: "alarm" }, workspace);
  return alarmed === undefined ? waiting : { ...alarmed, dueAt: waiting.dueAt };
}

/**
 * What an answer comes to. One that leaves its own call's state as it is (a hold that the source has captured, a
 * capture of a hold that is gone) is asked for again by the ladder like a silence, not at once and for ever (T1).
 */
function judgeVerdict(
  command: AdvanceCommand,
  operation: Operation,
  record: CrossingRecord,
  event: CrossingEvent,
  workspace: Workspace,
): Operation | undefined {
  const next = advance(operation, event, workspace);
  const present = next?.data?.crossing ?? record;
  if (command.state !== record.state || present.state !== record.state) return next;
  const silence: NoVerdict = { kind: "unknown", reason: `${event.kind} was answered while ${record.state}` };
  return judgeSilence(next ?? operation, present, silence, workspace);
}

/** Pays the member from the suspense account, as if the target had the points (K7). */
function payFromSuspense(operation: Operation, workspace: Workspace): void {
  const { account, clearing, amount } = legOf(operation, "source", workspace);
  const suspense = workspace.catalog.suspenseOf(
    clearing.systemId,
    clearing.creditTypeId,
    clearing.counterparty,
  );
  workspace.book.move(account, "capture", amount, clearing, operation.operationId);
  workspace.book.move(account, "credit", amount, suspense, operation.operationId);
}

function proposeWriteOff(
  operation: Operation,
  record: CrossingRecord,
  proposal: { readonly principal: string; readonly note: string },
  workspace: Workspace,
): Operation | ErrorCode {
  if (advanceCrossing(record, { kind: "write_off" }) === undefined) return "not_undoable";
  const { principal: proposedBy, note } = proposal;
  const writeOff = { proposedBy, proposedAt: workspace.now.toISOString(), note };
  return {
    ...operation,
    data: { ...operation.data, crossing: { ...record, writeOff } },
    updatedAt: workspace.now,
  };
}

function approveWriteOff(
  operation: Operation,
  record: CrossingRecord,
  principal: string,
  workspace: Workspace,
): Operation | ErrorCode {
  const { writeOff } = record;
  if (writeOff === undefined) return "not_undoable";
  if (writeOff.proposedBy === principal) return "four_eyes_required";
  const approved = { ...record, writeOff: { ...writeOff, approvedBy: principal } };
  const data = { ...operation.data, crossing: approved };
  const written = advance({ ...operation, data }, { kind: "write_off" }, workspace);
  if (written === undefined) return "not_undoable";
  payFromSuspense(operation, workspace);
  return written;
}

/** What is being undone already has what is asked for: whoever asks twice may have lost the first answer. */
function undo(
  operation: Operation,
  record: CrossingRecord,
  workspace: Workspace,
): Operation | ErrorCode | undefined {
  if (record.state === "rolling_back" || record.state === "releasing") return undefined;
  return advance(operation, { kind: "undo" }, workspace) ?? "not_undoable";
}

/** What the event makes of the exchange; undefined: nothing; a code: it can't be. */
function decideEvent(
  command: AdvanceCommand,
  operation: Operation,
  record: CrossingRecord,
  workspace: Workspace,
): Operation | ErrorCode | undefined {
  const { event, principal } = command;
  switch (event.kind) {
    case "ask_again":
      return { ...operation, dueAt: workspace.now, updatedAt: workspace.now };
    case "propose_write_off":
      return proposeWriteOff(operation, record, { principal, note: event.note }, workspace);
    case "approve_write_off":
      return approveWriteOff(operation, record, principal, workspace);
    case "write_off":
      return "four_eyes_required";
    case "undo":
      return undo(operation, record, workspace);
    case "unknown":
      // Silence says nothing of a call that was made in another state.
      return command.state === record.state ? judgeSilence(operation, record, event, workspace) : undefined;
    default:
      // An answer to a call that was made in another state still tells what its verdict tells (K6).
      return judgeVerdict(command, operation, record, event, workspace);
  }
}

const undoingWishes: readonly string[] = ["undo", "propose_write_off", "approve_write_off"];

/** An approval that comes again from the one who gave it finds what it asks for. */
function afterTheEnd(command: AdvanceCommand, operation: Operation): Outcome {
  const approvedBy = operation.data?.crossing?.writeOff?.approvedBy;
  const isRepeat = command.event.kind === "approve_write_off" && approvedBy === command.principal;
  if (isRepeat) return repeated(operation);
  const isWish = undoingWishes.includes(command.event.kind);
  return isWish ? unacceptable(command.operationId, "not_undoable") : repeated(operation);
}

/** Decides what becomes of an exchange under way. */
export function decideAdvance(command: AdvanceCommand, workspace: Workspace): Outcome {
  const operation = workspace.operation(command.operationId);
  if (operation === undefined) return unacceptable(command.operationId, "operation_not_found");
  if (operation.kind !== "exchange") return conflict(operation, "type");
  const record = operation.data?.crossing;
  if (record === undefined || hasEnded(record)) return afterTheEnd(command, operation);
  const next = decideEvent(command, operation, record, workspace);
  // What an operator asks for has to be told that it can't be; a verdict that comes late is just late.
  if (typeof next === "string") return unacceptable(command.operationId, next);
  if (next === undefined) return repeated(operation);
  workspace.changeOperation(next);
  return done(next);
}
