// Checks of every cell of the callee's table of holds, and of a purse whose balance holds use up.
import { endingBody, holdBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import type { Expected } from "../expectation.ts";
import type { RuleName } from "../rules.ts";
import { openAgain, openNew, sides, undo } from "../side.ts";
import type { Trial } from "../trial.ts";

const side = sides.source;
const held = { status: 200, outcome: "held" } as const;
const captured = { status: 200, outcome: "captured" } as const;
const released = { status: 200, outcome: "released" } as const;
const refusedHold = { status: 422, outcome: "refused" } as const;
const releasedHold = { status: 422, outcome: "released" } as const;

function capture(trial: Trial, id: string): ReturnType<Trial["settle"]> {
  return trial.settle("holds/capture", endingBody(trial.world, id));
}

/** The purse is used up by one hold, so a second one of it is refused. */
async function usePurseUp(
  trial: Trial,
): Promise<{ whole: ReturnType<typeof holdBody>; over: ReturnType<typeof holdBody> }> {
  const { world } = trial;
  const { purse_member: user_id, purse_balance: amount } = world.config.source;
  const whole = holdBody(world, world.makeId("whole"), { user_id, amount });
  const about = `source.purse_member has ${amount} points free (a run that was cut off may have left a hold of it)`;
  trial.expect(await trial.settle("holds", whole), held, about);
  const over = holdBody(world, world.makeId("over"), { user_id, amount: "1" });
  trial.expect(
    await trial.settle("holds", over),
    refusedHold,
    `source.purse_member has no more than ${amount} points`,
  );
  return { whole, over };
}

async function refuseNew(trial: Trial): Promise<string> {
  const { whole, over } = await usePurseUp(trial);
  trial.expect(await undo(trial, side, whole.operation_id), released);
  return over.operation_id;
}

async function captureNew(trial: Trial): Promise<string> {
  const id = await openNew(trial, side, "captured", { amount: "1" });
  trial.expect(await capture(trial, id), captured, "a capture of what is held");
  return id;
}

async function releaseNew(trial: Trial): Promise<string> {
  const id = await openNew(trial, side, "released");
  trial.expect(await undo(trial, side, id), released, "a release of what is held");
  return id;
}

async function fenceNew(trial: Trial): Promise<string> {
  const id = trial.world.makeId("fenced");
  trial.expect(await undo(trial, side, id), released, "a release of an id never seen");
  return id;
}

type Make = (trial: Trial) => Promise<string>;
type CallKind = "hold" | "capture" | "release";

async function repeatCall(
  trial: Trial,
  kind: CallKind,
  id: string,
  changes: Readonly<Record<string, unknown>>,
) {
  if (kind === "capture") return capture(trial, id);
  if (kind === "release") return undo(trial, side, id);
  return openAgain(trial, side, id, changes);
}

/** A row in some state, and what each call on it answers, twice. */
function cells(
  state: string,
  make: Make,
  answers: Readonly<Record<CallKind, Expected>>,
  changes: (trial: Trial) => Readonly<Record<string, unknown>> = () => ({}),
): Check[] {
  return (Object.entries(answers) as Array<[CallKind, Expected]>).map(([kind, expected]) => ({
    id: `holds/${state}-${kind}`,
    title:
      `A ${kind} of what is ${state} answers ${String(expected.status)} ${expected.outcome ?? ""}`.trim(),
    rule: state === "fenced" ? "fence" : "hold-table",
    level: "must",
    run: async (trial) => {
      const id = await make(trial);
      const about = `a ${kind} of what is ${state}`;
      trial.expect(await repeatCall(trial, kind, id, changes(trial)), expected, about);
      trial.expect(await repeatCall(trial, kind, id, changes(trial)), expected, `${about}, a second time`);
    },
  }));
}

function purseChanges(trial: Trial): Readonly<Record<string, unknown>> {
  return { user_id: trial.world.config.source.purse_member, amount: "1" };
}

async function runCaptureUnknown(trial: Trial): Promise<void> {
  const id = trial.world.makeId("unknown");
  trial.expect(await capture(trial, id), { status: 404, outcome: null }, "a capture of an id never seen");
  trial.expect(await openAgain(trial, side, id), held, "it used no id up");
}

async function runHeldStays(trial: Trial): Promise<void> {
  const { whole, over } = await usePurseUp(trial);
  trial.expect(await trial.settle("holds", whole), held, "a repeat after the balance is used up");
  trial.expect(await trial.settle("holds", over), refusedHold, "the refusal again");
  trial.expect(await undo(trial, side, whole.operation_id), released);
}

async function runRefusedStays(trial: Trial): Promise<void> {
  const { whole, over } = await usePurseUp(trial);
  trial.expect(await undo(trial, side, whole.operation_id), released);
  trial.expect(
    await trial.settle("holds", over),
    refusedHold,
    "the points are there again, the refusal stays",
  );
}

async function runRestored(trial: Trial): Promise<void> {
  const { whole } = await usePurseUp(trial);
  trial.expect(await undo(trial, side, whole.operation_id), released);
  // A second release must not give the points back twice.
  trial.expect(await undo(trial, side, whole.operation_id), released, "a second time");
  const next = await usePurseUp(trial);
  trial.expect(await undo(trial, side, next.whole.operation_id), released);
}

async function runTooLarge(trial: Trial): Promise<void> {
  const { world } = trial;
  for (const amount of ["9223372036854775807", "9007199254740993"]) {
    const body = holdBody(world, world.makeId("too-large"), { amount });
    trial.expect(await trial.settle("holds", body), refusedHold, "more than anybody has");
  }
}

function check(name: string, title: string, rule: RuleName, run: Check["run"]): Check {
  return { id: `holds/${name}`, title, rule, level: "must", run };
}

export const holdTableChecks: readonly Check[] = [
  check("none-hold", "A new hold answers 200 held with its amount", "hold-table", async (trial) => {
    await openNew(trial, side, "new");
  }),
  check(
    "none-hold-refused",
    "A new hold beyond the balance answers 422 refused",
    "hold-table",
    async (trial) => {
      await refuseNew(trial);
    },
  ),
  check(
    "none-capture",
    "A capture of an id never seen is a 404 and uses no id up",
    "hold-table",
    runCaptureUnknown,
  ),
  check("none-release", "A release of an id never seen answers 200 released", "fence", async (trial) => {
    await fenceNew(trial);
  }),
  ...cells("held", (trial) => openNew(trial, side, "held"), {
    hold: held,
    capture: captured,
    release: released,
  }),
  ...cells(
    "captured",
    captureNew,
    { hold: captured, capture: captured, release: { status: 409, outcome: "captured" } },
    () => ({ amount: "1" }),
  ),
  ...cells("released", releaseNew, {
    hold: releasedHold,
    capture: { status: 409, outcome: "released" },
    release: released,
  }),
  ...cells("fenced", fenceNew, {
    hold: releasedHold,
    capture: { status: 409, outcome: "released" },
    release: released,
  }),
  ...cells(
    "refused",
    refuseNew,
    {
      hold: refusedHold,
      capture: { status: 409, outcome: "refused" },
      release: { status: 200, outcome: "refused" },
    },
    purseChanges,
  ),
  check("held-stays", "A hold answers held again after the balance is used up", "known-id", runHeldStays),
  check(
    "refused-stays",
    "A hold refused for want of points stays refused after they are there again",
    "refusal-kept",
    runRefusedStays,
  ),
  check("release-restores", "A release gives the points back, once", "effect-of-undo", runRestored),
  check("too-large", "Amounts up to 2^63-1 are judged, not rounded", "amounts", runTooLarge),
];
