// The decisions on an exchange under way: what a verdict, its absence or an operator makes of it. The rules
// are those of crossing.ts; here they meet the Book and the ladder.
//
// X4  A leg of this node is moved by the decision that reaches its state: held points are captured or released
//     by it, and the target is credited by it.
// X5  A decision compares the stored state with the one that its call was made in, and sets it under a lock.
import { accountIdOf } from "./account.ts";
import type { BookAccount } from "./book.ts";
import type { ClearingKey } from "./catalog.ts";
import type { AdvanceCommand, AskAgain, NoVerdict } from "./command.ts";
import {
  advanceCrossing,
  type CrossingEvent,
  calledSideOf,
  callOf,
  hasEnded,
  type LocalStep,
  localStepOf,
} from "./crossing.ts";
import { type CrossingRecord, markCrossing, statusOfCrossing } from "./crossing-record.ts";
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
  const waited = { ...record, attempts, lastError: event.reason };
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

function isFromDecision(event: CrossingEvent | NoVerdict | AskAgain): event is AskAgain {
  return event.kind === "ask_again";
}

function decideEvent(
  command: AdvanceCommand,
  operation: Operation,
  record: CrossingRecord,
  workspace: Workspace,
): Operation | undefined {
  const { event } = command;
  if (isFromDecision(event)) return { ...operation, dueAt: workspace.now };
  // An answer to a call that was made in another state still tells what its verdict tells (K6), but its
  // silence says nothing of the present call.
  if (event.kind === "unknown") {
    return command.state === record.state ? judgeSilence(operation, record, event, workspace) : undefined;
  }
  return advance(operation, event, workspace);
}

/** Decides what becomes of an exchange under way. */
export function decideAdvance(command: AdvanceCommand, workspace: Workspace): Outcome {
  const operation = workspace.operation(command.operationId);
  if (operation === undefined) return unacceptable(command.operationId, "operation_not_found");
  if (operation.kind !== "exchange") return conflict(operation, "type");
  const record = operation.data?.crossing;
  if (record === undefined || hasEnded(record)) return repeated(operation);
  const next = decideEvent(command, operation, record, workspace);
  if (next === undefined) {
    // What an operator asks for has to be told that it can't be; a verdict that comes late is just late.
    return command.event.kind === "undo"
      ? unacceptable(command.operationId, "not_undoable")
      : repeated(operation);
  }
  workspace.changeOperation(next);
  return done(next);
}
