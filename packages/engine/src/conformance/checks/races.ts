// Checks of calls that meet: a credit and its rollback, a capture and a release, many copies of one call.
import type { Answer } from "../answer.ts";
import { endingBody, holdBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { describeAnswer, expectThat } from "../expectation.ts";
import { openAgain, openNew, type Side, sides, undo } from "../side.ts";
import type { Trial } from "../trial.ts";

const RACES = 4;
const COPIES = 8;
const ROUNDS = 4;
const rollbackRefused = { status: 409, outcome: "completed", code: "rollback_refused" } as const;

/** Opens as many connections as calls will meet: opening them one by one would keep the calls apart. */
async function openConnections(trial: Trial): Promise<void> {
  await Promise.all(Array.from({ length: COPIES }, () => trial.call("node", {})));
}

function times<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

interface Ending {
  readonly opening: Answer;
  readonly undoing: Answer;
}

function tell({ opening, undoing }: Ending): string {
  return `${describeAnswer(opening)} and ${describeAnswer(undoing)}`;
}

/** Whichever came first, the row is undone afterwards, or (a credit) it stands and its rollback was refused. */
async function judgeRace(
  trial: Trial,
  side: Side,
  id: string,
  whole: Readonly<Record<string, string>>,
  ending: Ending,
): Promise<boolean> {
  const { opening, undoing } = ending;
  trial.expect(opening, [side.opened, side.refusedAfter], "a call that meets its undoing");
  const refusals = side.profile === "target" ? [rollbackRefused] : [];
  const found = trial.expect(undoing, [side.undone, ...refusals], "an undoing that meets its call");
  const isUndone = found === side.undone;
  const wasRefused = opening.status === 422;
  expectThat(isUndone || !wasRefused, "a refused undoing only of what was made", tell(ending));
  const after = isUndone ? side.refusedAfter : side.opened;
  trial.expect(await openAgain(trial, side, id, whole), after, `the row after ${tell(ending)}`);
  trial.expect(await undo(trial, side, id), found, `the undoing again after ${tell(ending)}`);
  return isUndone;
}

/** All that a member can get or give, where that is known: points that a race leaves behind show in the next one. */
function wholeOf({ world }: Trial, side: Side): Readonly<Record<string, string>> {
  const { source, target } = world.config;
  if (side.profile === "source") return { user_id: source.purse_member, amount: source.purse_balance };
  return target.cap === undefined ? {} : { user_id: target.capped_member, amount: target.cap };
}

async function runUndoRace(trial: Trial, side: Side): Promise<void> {
  const whole = wholeOf(trial, side);
  for (let race = 0; race < RACES; race += 1) {
    const id = trial.world.makeId("race");
    const calls = [() => openAgain(trial, side, id, whole), () => undo(trial, side, id)];
    // The one that is sent first mostly arrives first: each order half of the time.
    const order = race % 2 === 0 ? calls : calls.toReversed();
    const answers = await Promise.all(order.map((call) => call()));
    const [opening, undoing] = race % 2 === 0 ? answers : answers.toReversed();
    if (opening === undefined || undoing === undefined) throw new TypeError("two calls were made");
    const isUndone = await judgeRace(trial, side, id, whole, { opening, undoing });
    // What could not be taken back fills the member.
    if (!isUndone) return;
  }
}

async function runCopies(trial: Trial, side: Side): Promise<void> {
  const body = side.openBody(trial.world, trial.world.makeId("copies"));
  const answers = await Promise.all(times(COPIES, () => trial.settle(side.kind, body)));
  for (const answer of answers) trial.expect(answer, side.opened, `one of ${COPIES} copies at the same time`);
  if (side.profile === "source") return;
  const transactions = new Set(answers.map(({ body: { transaction_id } }) => transaction_id));
  expectThat(transactions.size === 1, "one transaction for all copies", [...transactions].join(", "));
  const firsts = answers.filter(({ body: { idempotent } }) => idempotent === false);
  expectThat(firsts.length === 1, "idempotent false in exactly one of them", `in ${firsts.length}`, "should");
}

/** Copies of an undoing take turns too. */
async function runUndoCopies(trial: Trial, side: Side): Promise<void> {
  const id = await openNew(trial, side, "undo-copies");
  const answers = await Promise.all(times(COPIES, () => undo(trial, side, id)));
  const outcomes = new Set(answers.map(({ status, body: { outcome } }) => `${status} ${String(outcome)}`));
  expectThat(
    outcomes.size === 1,
    `the same answer to ${COPIES} undoings at the same time`,
    [...outcomes].join(", "),
  );
}

async function runCaptureRace(trial: Trial): Promise<void> {
  const side = sides.source;
  for (let race = 0; race < RACES; race += 1) {
    const id = await openNew(trial, side, "capture-race", { amount: "1" });
    const ending = endingBody(trial.world, id);
    const calls = (["holds/capture", "holds/release"] as const).map(
      (call) => () => trial.settle(call, ending),
    );
    const answers = await Promise.all((race % 2 === 0 ? calls : calls.toReversed()).map((call) => call()));
    const [capture, release] = race % 2 === 0 ? answers : answers.toReversed();
    if (capture === undefined || release === undefined) throw new TypeError("two calls were made");
    const found = trial.expect(capture, [
      { status: 200, outcome: "captured" },
      { status: 409, outcome: "released" },
    ]);
    const other =
      found.status === 200 ? { status: 409, outcome: "captured" } : { status: 200, outcome: "released" };
    trial.expect(release, other, `the other one ended as ${describeAnswer(capture)}`);
  }
}

/** All of them want the whole purse at the same time. */
async function runPurseRace(trial: Trial): Promise<void> {
  const { world } = trial;
  const { purse_member: user_id, purse_balance: amount } = world.config.source;
  const bodies = times(COPIES, () => holdBody(world, world.makeId("purse"), { user_id, amount }));
  const answers = await Promise.all(bodies.map((body) => trial.settle("holds", body)));
  const held = answers.filter(
    (answer) =>
      trial.expect(answer, [
        { status: 200, outcome: "held" },
        { status: 422, outcome: "refused" },
      ]).status === 200,
  );
  expectThat(
    held.length === 1,
    `one of ${COPIES} holds of all that the member has`,
    `${held.length} were held`,
  );
  for (const { body } of held) {
    const answer = await undo(trial, sides.source, String(body["operation_id"]));
    trial.expect(answer, sides.source.undone);
  }
}

/** Calls that are meant to meet don't always; so they are made again and again. */
async function repeatRound(trial: Trial, run: (trial: Trial) => Promise<void>): Promise<void> {
  await openConnections(trial);
  for (let round = 0; round < ROUNDS; round += 1) await run(trial);
}

export function raceChecks(side: Side): Check[] {
  const what = side.kind === "credits" ? "credit" : "hold";
  const undoing = side.kind === "credits" ? "rollback" : "release";
  const of = (
    name: string,
    title: string,
    run: Check["run"],
    rule: Check["rule"] = "taking-turns",
  ): Check => ({
    id: `races/${name}`,
    title,
    rule,
    level: "must",
    run: (trial) => repeatRound(trial, run),
  });
  return [
    of(`${undoing}-meets-${what}`, `A ${undoing} that meets its ${what} undoes or fences it`, (trial) =>
      runUndoRace(trial, side),
    ),
    of("copies", `${COPIES} copies of a ${what} at the same time are one`, (trial) => runCopies(trial, side)),
    of("undo-copies", `${COPIES} copies of a ${undoing} at the same time answer the same`, (trial) =>
      runUndoCopies(trial, side),
    ),
    ...(side.profile === "source"
      ? [
          of("capture-meets-release", "Of a capture and a release that meet one wins", runCaptureRace),
          of("one-purse", `${COPIES} holds of all that a member has: one is held`, runPurseRace, "one-hold"),
        ]
      : []),
  ];
}
