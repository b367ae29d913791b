// What the explorations come by: an exploration that never takes a transition says nothing about it.
import {
  advanceCrossing,
  beginCrossing,
  type CrossingEvent,
  type CrossingState,
} from "../../src/domain/index.ts";
import { plainEnvironments } from "./configurations.ts";
import { explore } from "./explore.ts";
import { createMachinery } from "./machinery.ts";

const states: readonly CrossingState[] = [
  "holding",
  "provisioning",
  "crediting",
  "rolling_back",
  "capturing",
  "releasing",
  "completed",
  "failed",
];

const events: readonly CrossingEvent[] = [
  { kind: "held" },
  { kind: "hold_refused", code: "x" },
  { kind: "provisioned", userId: "x" },
  { kind: "provision_refused", code: "x" },
  { kind: "credited" },
  { kind: "credit_refused", code: "x" },
  { kind: "rolled_back" },
  { kind: "rollback_refused" },
  { kind: "captured" },
  { kind: "hold_gone" },
  { kind: "released" },
  { kind: "undo" },
  { kind: "alarm" },
  { kind: "write_off" },
];

/** Every "state event" for which the state machine has a transition. */
export function listTransitions(): string[] {
  return states.flatMap((state) => {
    const taken = events.filter((event) =>
      [true, false].some((attention) => {
        const crossing = { ...beginCrossing("hosted", "remote", true), state, attention };
        return advanceCrossing(crossing, event) !== undefined;
      }),
    );
    return taken.map(({ kind }) => `${state} ${kind}`);
  });
}

/** Those that are taken somewhere. */
export function findTransitionsTaken(): string[] {
  const taken = new Set<string>();
  for (const plain of plainEnvironments) {
    const machinery = createMachinery(true);
    explore(
      { ...plain, hasPending: true, hasPeople: true },
      {
        ...machinery,
        advance(crossing, event) {
          const advanced = advanceCrossing(crossing, event);
          if (advanced !== undefined) taken.add(`${crossing.state} ${event.kind}`);
          return advanced;
        },
      },
    );
  }
  return [...taken];
}
