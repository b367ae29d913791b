// The explorations that are made: who hosts which side, and what else the world has.
import { explore, type Violation } from "./explore.ts";
import { createMachinery, type Machinery } from "./machinery.ts";
import type { Rule } from "./rules.ts";
import type { Environment } from "./world.ts";

const plain = {
  network: "everlasting",
  hasPending: false,
  hasSecondWorker: false,
  hasStrangers: false,
  hasPeople: false,
} as const;

/** Every pair of legs with which an exchange is a crossing. */
export const plainEnvironments: readonly Environment[] = [
  { ...plain, source: "hosted", target: "remote", needsUser: false },
  { ...plain, source: "hosted", target: "remote", needsUser: true },
  { ...plain, source: "remote", target: "hosted", needsUser: false },
  { ...plain, source: "remote", target: "hosted", needsUser: true },
  { ...plain, source: "remote", target: "remote", needsUser: false },
  { ...plain, source: "remote", target: "remote", needsUser: true },
  { ...plain, source: "hosted", target: "hosted", needsUser: true },
];

function withAll(more: Partial<Environment>): Environment[] {
  return plainEnvironments.map((environment) => ({ ...environment, ...more }));
}

const everything = { hasPending: true, hasSecondWorker: true, hasStrangers: true, hasPeople: true };

function isLargest({ source, target, needsUser }: Environment): boolean {
  return source === "remote" && target === "remote" && needsUser;
}

/** Seconds: what every run of the tests makes. */
export const quickEnvironments: readonly Environment[] = [
  ...withAll(everything).map((environment) => ({ ...environment, hasPeople: !isLargest(environment) })),
  ...withAll({ network: 1, hasPending: true }).filter((environment) => !isLargest(environment)),
];

/** Minutes: what `npm run model` makes. */
export const deepEnvironments: readonly Environment[] = [
  ...withAll(everything),
  ...withAll({ network: 1, ...everything }).filter(({ source, target }) => source !== target),
  ...withAll({ network: 1, hasPending: true }),
  ...withAll({ network: 2, hasPending: true }).filter((environment) => !isLargest(environment)),
];

export function describeEnvironment(environment: Environment): string {
  const { source, target, needsUser, network, hasPending, hasSecondWorker, hasStrangers } = environment;
  const parts = [
    `${source} source, ${target} target`,
    ...(needsUser ? ["user to be created"] : []),
    network === "everlasting" ? "any number of copies" : `at most ${network} of each message`,
    ...(hasPending ? ["pending"] : []),
    ...(hasSecondWorker ? ["two workers"] : []),
    ...(hasStrangers ? ["strangers"] : []),
    ...(environment.hasPeople ? ["people"] : []),
  ];
  return parts.join(", ");
}

export interface Catch {
  readonly environment: Environment;
  readonly violation: Violation;
}

/** Explores with something switched off, wherever it can matter; the shortest trace first. */
export function findCatches(
  switchOff: (machinery: Machinery) => Machinery,
  needs: Partial<Environment> = {},
): Catch[] {
  const environments = plainEnvironments.filter((environment) =>
    (["source", "target", "needsUser"] as const).every(
      (part) => needs[part] === undefined || needs[part] === environment[part],
    ),
  );
  const catches: Catch[] = [];
  for (const bare of environments) {
    const environment = { ...bare, ...needs };
    const { violation } = explore(environment, switchOff(createMachinery(environment.hasPending)));
    if (violation !== undefined) catches.push({ environment, violation });
  }
  return catches.sort((left, right) => left.violation.trace.length - right.violation.trace.length);
}

export function findCatchesOf({ switchOff, needs }: Rule): Catch[] {
  return findCatches(switchOff, needs);
}

/** Wrong cells are explored where both of the callee's tables are in use. */
export function findViolationOf(switchOff: (machinery: Machinery) => Machinery): Violation | undefined {
  const [bare] = plainEnvironments.filter(({ source, target }) => source === "remote" && target === "remote");
  if (bare === undefined) throw new Error("no environment has both sides at partners");
  const environment = { ...bare, hasPending: true };
  return explore(environment, switchOff(createMachinery(true))).violation;
}
