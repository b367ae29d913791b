// Walks every state that a world can reach, breadth first, so that the trace to a violation is a shortest one.
import { hasEnded } from "../../src/domain/index.ts";
import type { Machinery } from "./machinery.ts";
import { violationOf, violationOfStep } from "./properties.ts";
import { createStepper } from "./steps.ts";
import { beginWorld, createNaming, type Environment, type World } from "./world.ts";

export interface Violation {
  readonly what: string;
  /** The steps from the beginning, as sentences. */
  readonly trace: readonly string[];
}

export interface Exploration {
  readonly states: number;
  readonly steps: number;
  /** Of the longest of the shortest ways to a state. */
  readonly depth: number;
  readonly ends: Readonly<Record<"completed" | "failed", number>>;
  readonly violation: Violation | undefined;
}

interface Visited {
  readonly world: World;
  readonly from: number;
  readonly note: string;
  readonly depth: number;
}

class TooManyStates extends Error {}

function traceTo(visited: readonly Visited[], number: number): string[] {
  const trace: string[] = [];
  for (let at = visited[number]; at !== undefined && at.from >= 0; at = visited[at.from]) trace.push(at.note);
  return trace.reverse();
}

/** Z3: the first state from which healthy steps lead to no end. */
function findStuck(
  visited: readonly Visited[],
  healthy: ReadonlyArray<readonly number[]>,
): number | undefined {
  const isSaved = visited.map(({ world }) => hasEnded(world.crossing));
  const comesFrom: number[][] = visited.map(() => []);
  for (const [from, nexts] of healthy.entries()) for (const next of nexts) comesFrom[next]?.push(from);
  const waiting = [...isSaved.keys()].filter((number) => isSaved[number] === true);
  for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
    for (const from of comesFrom[number] ?? []) {
      if (isSaved[from] === true) continue;
      isSaved[from] = true;
      waiting.push(from);
    }
  }
  const stuck = isSaved.indexOf(false);
  return stuck < 0 ? undefined : stuck;
}

/** @param maxStates more is an error: a bound was meant to hold and does not */
export function explore(environment: Environment, machinery: Machinery, maxStates = 5_000_000): Exploration {
  const stepsOf = createStepper(environment, machinery);
  const nameOf = createNaming();
  const first = beginWorld(environment);
  const numbers = new Map<string, number>([[nameOf(first), 0]]);
  const visited: Visited[] = [{ world: first, from: -1, note: "", depth: 0 }];
  const healthy: number[][] = [];
  let steps = 0;
  const conclude = (violation: Violation | undefined): Exploration => {
    const ends = { completed: 0, failed: 0 };
    for (const { world } of visited) {
      const { state } = world.crossing;
      if (state === "completed" || state === "failed") ends[state] += 1;
    }
    return { states: visited.length, steps, depth: visited.at(-1)?.depth ?? 0, ends, violation };
  };
  for (let number = 0; number < visited.length; number += 1) {
    const at = visited[number];
    if (at === undefined) break;
    const ways: number[] = [];
    for (const { note, next, isHealthy } of stepsOf(at.world)) {
      steps += 1;
      const name = nameOf(next);
      let known = numbers.get(name);
      if (known === undefined) {
        known = visited.push({ world: next, from: number, note, depth: at.depth + 1 }) - 1;
        numbers.set(name, known);
        if (known > maxStates) throw new TooManyStates(`more than ${maxStates} states`);
      }
      if (isHealthy && known !== number) ways.push(known);
      const what = violationOfStep(at.world, next) ?? violationOf(next);
      if (what !== undefined) return conclude({ what, trace: [...traceTo(visited, number), note] });
    }
    healthy.push(ways);
  }
  const stuck = findStuck(visited, healthy);
  if (stuck === undefined) return conclude(undefined);
  const what = `Z3: no healthy step leads from ${visited[stuck]?.world.crossing.state} to an end`;
  return conclude({ what, trace: traceTo(visited, stuck) });
}
