// The decision of an exchange that this node has lost and makes again, from the credit request that it signed for it.
//
// Y1  It begins where the lost one was known to be: the credit asked for. The member's points are held, the same credit
//     is asked for under the same id, and the target's answer decides, as for any crossing (K1 to K6): nobody is paid
//     and nobody pays on anything but that answer.
// Y2  What was judged when it was made is not judged again; that the member has the points is. Where not, nothing is
//     stored, so that it may be tried again.
// Y3  It keeps the time at which it was made.
import type { RestoreCommand } from "./command.ts";
import { beginCrossing } from "./crossing.ts";
import { recordCrossing } from "./crossing-record.ts";
import { withCrossing } from "./decide-advance.ts";
import { blankOperation, type Operation } from "./operation.ts";
import { done, type Outcome, unacceptable } from "./outcome.ts";
import type { Workspace } from "./workspace.ts";

/** Decides an exchange that is made again, whose id is new. */
export function decideRestore(command: RestoreCommand, workspace: Workspace): Outcome {
  const { operationId, sourceSystem, targetSystem, userId, sourceCreditType, sourceAmount } = command;
  const { catalog, book, now } = workspace;
  if (catalog.issuing(sourceSystem, sourceCreditType) === undefined) {
    return unacceptable(operationId, "credit_type_not_found");
  }
  const account = book.account({ systemId: sourceSystem, userId, creditTypeId: sourceCreditType });
  if (account.available < sourceAmount) return unacceptable(operationId, "insufficient_balance"); // Y2
  const clearing = catalog.clearingOf(sourceSystem, sourceCreditType, targetSystem);
  book.move(account, "hold", sourceAmount, clearing, operationId);
  const described: Operation = {
    ...blankOperation(operationId, "exchange", "processing", command.principal, now),
    userId,
    targetUserId: command.targetUserId,
    sourceSystem,
    targetSystem,
    sourceCreditType,
    targetCreditType: command.targetCreditType,
    sourceAmount,
    targetAmount: command.targetAmount,
    exchangeRate: command.exchangeRate,
    metadata: command.metadata,
    data: { restored: { evidence_id: command.evidenceId, at: now.toISOString() } },
    createdAt: command.initiatedAt, // Y3
  };
  const crossing = recordCrossing(beginCrossing("hosted", "remote", false), now, undefined); // Y1
  const operation = withCrossing(described, crossing, workspace);
  workspace.createOperation(operation);
  return done(operation);
}
