// The two parts that a callee plays, seen from what they have in common: an id is opened (a credit, a hold) and
// may be undone (rolled back, released). Checks of signatures, authority and form are written once over this.
import type { CallName } from "@pointbridge/protocol/pxp";
import type { Answer } from "./answer.ts";
import { creditBody, endingBody, holdBody, rollbackBody } from "./bodies.ts";
import type { Expected } from "./expectation.ts";
import type { Profile } from "./result.ts";
import type { CallOptions, Trial } from "./trial.ts";
import type { World } from "./world.ts";

type Changes = Readonly<Record<string, unknown>>;

export interface Side {
  readonly profile: Profile;
  readonly kind: "credits" | "holds";
  readonly undo: CallName;
  readonly opened: Expected;
  readonly undone: Expected;
  /** What opening answers after the undoing. */
  readonly refusedAfter: Expected;
  /** The field that names the system in whose name the kit speaks, and the field that names the partner's. */
  readonly speaker: "source_system" | "target_system";
  readonly hosted: "source_system" | "target_system";
  openBody(world: World, id: string, changes?: Changes): Readonly<Record<string, unknown>>;
  undoBody(world: World, id: string, changes?: Changes): Readonly<Record<string, unknown>>;
}

export const sides: Readonly<Record<Profile, Side>> = {
  target: {
    profile: "target",
    kind: "credits",
    undo: "credits/rollback",
    opened: { status: 200, outcome: "completed" },
    undone: { status: 200, outcome: "rolled_back" },
    refusedAfter: { status: 422, outcome: "rolled_back" },
    speaker: "source_system",
    hosted: "target_system",
    openBody: creditBody,
    undoBody: rollbackBody,
  },
  source: {
    profile: "source",
    kind: "holds",
    undo: "holds/release",
    opened: { status: 200, outcome: "held" },
    undone: { status: 200, outcome: "released" },
    refusedAfter: { status: 422, outcome: "released" },
    speaker: "target_system",
    hosted: "source_system",
    openBody: holdBody,
    undoBody: endingBody,
  },
};

/** Opens a new id, which has to succeed. */
export async function openNew(
  trial: Trial,
  side: Side,
  label: string,
  changes: Changes = {},
): Promise<string> {
  const id = trial.world.makeId(label);
  const answer = await trial.settle(side.kind, side.openBody(trial.world, id, changes));
  trial.expect(answer, side.opened, "the first call under a new id");
  return id;
}

export function openAgain(
  trial: Trial,
  side: Side,
  id: string,
  changes: Changes = {},
  options: CallOptions = {},
): Promise<Answer> {
  return trial.settle(side.kind, side.openBody(trial.world, id, changes), options);
}

export function undo(trial: Trial, side: Side, id: string, changes: Changes = {}): Promise<Answer> {
  return trial.settle(side.undo, side.undoBody(trial.world, id, changes));
}

/** Undoes an id; a target may refuse to take a credit back, a source has to release. */
export async function undoWhereAllowed(trial: Trial, side: Side, id: string): Promise<boolean> {
  const answer = await undo(trial, side, id);
  if (side.profile === "source") {
    trial.expect(answer, side.undone);
    return true;
  }
  const refused = { status: 409, outcome: "completed", code: "rollback_refused" };
  return trial.expect(answer, [side.undone, refused]) === side.undone;
}

/**
 * Shows that a call under this id, refused before, left nothing behind: the id is still free for another amount.
 */
export async function expectIdFree(trial: Trial, side: Side, id: string): Promise<void> {
  const answer = await trial.settle(side.kind, side.openBody(trial.world, id, { amount: "3" }));
  trial.expect(answer, side.opened, "the id is still free, so a sound call with another amount is taken");
}
