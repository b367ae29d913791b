// What working on reconciliations needs of the node around it.
import type { AdvanceCommand, Command } from "../domain/index.ts";
import type { SubmittedOutcome } from "../posting/index.ts";
import type { Log } from "../system/index.ts";
import type { LegSurroundings } from "./legs.ts";

export interface ReconcilerParts extends LegSurroundings {
  readonly advance: (commands: readonly AdvanceCommand[]) => Promise<unknown>;
  /** Moves points of this node's ledger. */
  readonly post: (commands: readonly Command[]) => Promise<readonly SubmittedOutcome[]>;
  readonly log: Log;
}
