// Explores the exchange across nodes with wider bounds than the tests do: `npm run model`. With --rules it
// switches the rules off one by one and writes the table of docs/protocol/model.md; with --traces also the
// shortest way to what goes wrong.
import { parseArgs } from "node:util";
import { calleeRules } from "./callee-rules.ts";
import { callerRules } from "./caller-rules.ts";
import {
  deepEnvironments,
  describeEnvironment,
  findCatchesOf,
  findViolationOf,
  quickEnvironments,
} from "./configurations.ts";
import { explore } from "./explore.ts";
import { createMachinery } from "./machinery.ts";
import type { Rule } from "./rules.ts";
import type { Environment } from "./world.ts";
import { wrongCells } from "./wrong-cells.ts";

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** @returns whether it is as it should be */
function runEnvironment(environment: Environment): boolean {
  const { states, steps, depth, violation } = explore(environment, createMachinery(environment.hasPending));
  write(`| ${describeEnvironment(environment)} | ${states} | ${steps} | ${depth} |`);
  if (violation === undefined) return true;
  write(`\n${violation.what}\n${violation.trace.map((note) => `  ${note}`).join("\n")}`);
  return false;
}

function runRule(rule: Rule, withTrace: boolean): boolean {
  const [shortest] = findCatchesOf(rule);
  const told = shortest === undefined ? "nothing" : shortest.violation.what;
  write(`| ${rule.rule} | ${rule.instead} | ${told} | ${shortest?.violation.trace.length ?? ""} |`);
  if (withTrace && shortest !== undefined) {
    write(`\n  ${describeEnvironment(shortest.environment)}`);
    write(`${shortest.violation.trace.map((note) => `  - ${note}`).join("\n")}\n`);
  }
  return shortest !== undefined;
}

function runRules(withTraces: boolean): boolean {
  write("| rule | switched off | what goes wrong | steps |\n|---|---|---|---|");
  const results = [...calleeRules, ...callerRules].map((rule) => runRule(rule, withTraces));
  const caught = wrongCells.filter(({ switchOff }) => findViolationOf(switchOff) !== undefined);
  write(`\n${caught.length} of ${wrongCells.length} wrong cells of the callee's table are caught.`);
  return results.every(Boolean);
}

function runEnvironments(environments: readonly Environment[]): boolean {
  write("| configuration | states | steps | depth |\n|---|---|---|---|");
  return environments.map(runEnvironment).every(Boolean);
}

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    rules: { type: "boolean", default: false },
    traces: { type: "boolean", default: false },
  },
});
const isRight =
  values.rules || values.traces
    ? runRules(values.traces)
    : runEnvironments(values.quick ? quickEnvironments : deepEnvironments);
process.exitCode = isRight ? 0 : 1;
