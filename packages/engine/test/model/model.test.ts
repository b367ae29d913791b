// Proves the exchange across nodes by walking every state of one: with all rules no state is wrong and from each
// an end can be reached; with any one rule of CONTRACT's partner protocol switched off, points are made or lost.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { calleeRules } from "./callee-rules.ts";
import { callerRules } from "./caller-rules.ts";
import { describeEnvironment, findCatchesOf, findViolationOf, quickEnvironments } from "./configurations.ts";
import { findTransitionsTaken, listTransitions } from "./coverage.ts";
import { explore } from "./explore.ts";
import { createMachinery } from "./machinery.ts";
import { harmlessCells, wrongCells } from "./wrong-cells.ts";

const rules = [...calleeRules, ...callerRules];
const page = readFileSync(join(import.meta.dirname, "../../../../docs/protocol/model.md"), "utf8");

describe("with all rules no state makes or loses a point, and an end stays in reach (Z1-Z6)", () => {
  it.each(quickEnvironments.map((environment) => ({ environment, name: describeEnvironment(environment) })))(
    "$name",
    { timeout: 120_000 },
    ({ environment, name }) => {
      const { states, steps, ends, violation } = explore(
        environment,
        createMachinery(environment.hasPending),
      );
      process.stdout.write(`model: ${states} states, ${steps} steps: ${name}\n`);
      expect(violation).toBeUndefined();
      expect(ends.completed).toBeGreaterThan(0);
      expect(ends.failed).toBeGreaterThan(0);
    },
  );
});

describe("the explorations", () => {
  it("take every transition but those to which a partner that keeps the rules gives no cause", () => {
    const taken = findTransitionsTaken();
    const never = listTransitions().filter((transition) => !taken.includes(transition));
    expect(never).toEqual(["capturing hold_gone", "releasing captured"]);
  });
});

describe("each rule, switched off alone, is caught", () => {
  it.each(rules)("$rule", (rule) => {
    const [shortest] = findCatchesOf(rule);
    expect(shortest?.violation.what).toMatch(/^Z[1-5]: /);
    expect(shortest?.violation.trace).not.toEqual([]);
  });

  it("and the page on the model names it with what is done instead", () => {
    const missing = rules.filter(({ rule, instead }) => !page.includes(`| ${rule} | ${instead} |`));
    expect(missing.map(({ rule }) => rule)).toEqual([]);
  });
});

describe("the callee's table", () => {
  it("has no cell that can be exchanged for another row's, but for those that change no verdict", () => {
    const uncaught = wrongCells.filter(({ switchOff }) => findViolationOf(switchOff) === undefined);
    const harmless = harmlessCells.flatMap(({ names }) => names);
    expect(uncaught.map(({ name }) => name).sort()).toEqual([...harmless].sort());
  });
});
