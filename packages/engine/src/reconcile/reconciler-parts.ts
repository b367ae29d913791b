// What working on reconciliations needs of the node around it.
import type { AdvanceCommand } from "../domain/index.ts";
import type { Log } from "../system/index.ts";
import type { LegSurroundings } from "./legs.ts";

export interface ReconcilerParts extends LegSurroundings {
  readonly advance: (commands: readonly AdvanceCommand[]) => Promise<unknown>;
  readonly log: Log;
}
