// One command's decision: a known id answers what is stored, before anything else is looked at.
import type { Command, CreatingCommand } from "./command.ts";
import { decideAccount } from "./decide-account.ts";
import { decideAdjustment } from "./decide-adjustment.ts";
import { decideEnding } from "./decide-ending.ts";
import { decideExchange } from "./decide-exchange.ts";
import { decidePartnerCreation } from "./decide-partner.ts";
import { decideRestore } from "./decide-restore.ts";
import { conflict, type Outcome, repeated } from "./outcome.ts";
import { conflictingField } from "./repeat.ts";
import type { Workspace } from "./workspace.ts";

/** Whether the command makes an id, rather than act on one made earlier. */
export function isCreating(command: Command): command is CreatingCommand {
  switch (command.type) {
    case "exchange":
    case "credit":
    case "debit":
    case "hold":
    case "opening":
    case "partner_credit":
    case "partner_hold":
    case "adjustment":
    case "restore":
      return true;
    case "capture":
    case "release":
    case "expire":
    case "rollback":
    case "partner_rollback":
    case "partner_capture":
    case "partner_release":
    case "advance":
      return false;
  }
}

function decideNew(command: CreatingCommand, workspace: Workspace): Outcome {
  switch (command.type) {
    case "exchange":
      return decideExchange(command, workspace);
    case "partner_credit":
    case "partner_hold":
      return decidePartnerCreation(command, workspace);
    case "adjustment":
      return decideAdjustment(command, workspace);
    case "restore":
      return decideRestore(command, workspace);
    case "credit":
    case "debit":
    case "hold":
    case "opening":
      return decideAccount(command, workspace);
  }
}

/** Decides one command and records in the workspace all that it changes. */
export function decide(command: Command, workspace: Workspace): Outcome {
  if (!isCreating(command)) return decideEnding(command, workspace);
  const stored = workspace.operation(command.operationId);
  if (stored !== undefined) {
    const field = conflictingField(command, stored);
    return field === undefined ? repeated(stored) : conflict(stored, field);
  }
  return decideNew(command, workspace);
}
