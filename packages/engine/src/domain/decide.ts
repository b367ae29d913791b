// One command's decision: a known id answers what is stored, before anything else is looked at.
import type { Command, CreatingCommand } from "./command.ts";
import { decideAccount } from "./decide-account.ts";
import { decideEnding } from "./decide-ending.ts";
import { decideExchange } from "./decide-exchange.ts";
import { type Outcome, repeated } from "./outcome.ts";
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
      return true;
    case "capture":
    case "release":
    case "expire":
    case "rollback":
      return false;
  }
}

/** Decides one command and records in the workspace all that it changes. */
export function decide(command: Command, workspace: Workspace): Outcome {
  if (!isCreating(command)) return decideEnding(command, workspace);
  const stored = workspace.operation(command.operationId);
  if (stored !== undefined) {
    const field = conflictingField(command, stored);
    if (field !== undefined) return { type: "conflict", operationId: command.operationId, field };
    return repeated(stored);
  }
  return command.type === "exchange" ? decideExchange(command, workspace) : decideAccount(command, workspace);
}
