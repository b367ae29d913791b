// Checks of repeats that are not the same: those that differ in a field of the fingerprint decide nothing, those
// that differ elsewhere are repeats.
import { type Answer, type Fields, isFields } from "../answer.ts";
import { endingBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import { openAgain, openNew, type Side, undo } from "../side.ts";
import type { Trial } from "../trial.ts";

const conflict = { status: 409, code: "operation_conflict" } as const;

type Changes = Readonly<Record<string, unknown>>;

/** "With the stored row": wherever the answer tells a field of the row, it is the row's and not the repeat's. */
function expectStoredRow(answer: Answer, stored: Fields): void {
  const row = isFields(answer.body["operation"]) ? answer.body["operation"] : answer.body;
  for (const field of ["source_system", "target_system", "user_id", "credit_type_id", "amount"]) {
    const told = row[field];
    if (told === undefined || told === null) continue;
    expectThat(told === stored[field], `the stored ${field} ${String(stored[field])}`, JSON.stringify(told));
  }
  const { amount } = row;
  expectThat(amount !== undefined, "the stored row beside the code", answer.text.slice(0, 200), "should");
}

async function runAltered(trial: Trial, side: Side, changes: Changes): Promise<void> {
  const id = await openNew(trial, side, "altered");
  const stored = side.openBody(trial.world, id);
  const answer = await openAgain(trial, side, id, changes);
  trial.expect(answer, conflict, "the same id with another field");
  const again = await openAgain(trial, side, id);
  trial.expect(again, side.opened, "the row stands as it was, and answers the first call again");
  expectStoredRow(answer, stored);
}

async function runAlteredUndo(trial: Trial, side: Side): Promise<void> {
  const id = await openNew(trial, side, "altered-undo");
  const answer = await undo(trial, side, id, { [side.speaker]: trial.world.config.own.second_system_id });
  trial.expect(answer, conflict, "an undoing that names another system than the row");
  trial.expect(await openAgain(trial, side, id), side.opened, "nothing was undone");
}

async function runAlteredCapture(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  const id = await openNew(trial, side, "altered-capture");
  const body = endingBody(world, id, { target_system: world.config.own.second_system_id });
  trial.expect(
    await trial.settle("holds/capture", body),
    conflict,
    "a capture for another system than the row's",
  );
  trial.expect(await openAgain(trial, side, id), side.opened, "nothing was captured");
}

/** A refused row, or one that was undone, keeps its fingerprint. */
async function runAlteredEnded(trial: Trial, side: Side): Promise<void> {
  const id = await openNew(trial, side, "altered-ended");
  const found = trial.expect(await undo(trial, side, id), [
    side.undone,
    { status: 409, outcome: "completed", code: "rollback_refused" },
  ]);
  if (found !== side.undone) trial.skip("the partner would not take back a credit whose points nobody spent");
  trial.expect(await openAgain(trial, side, id, { amount: "1" }), [conflict, side.refusedAfter]);
  trial.expect(await openAgain(trial, side, id), side.refusedAfter, "it stays undone");
}

async function runLargeAltered(trial: Trial, side: Side): Promise<void> {
  const id = trial.world.makeId("altered-by-one");
  const amount = "9007199254740993";
  const first = await openAgain(trial, side, id, { amount });
  trial.expect(first, [side.opened, { status: 422, outcome: "refused" }]);
  // The nearest numbers that floating point can hold are the two beside it.
  for (const other of ["9007199254740992", "9007199254740994"]) {
    trial.expect(await openAgain(trial, side, id, { amount: other }), conflict, `${other} is another amount`);
  }
  const again = await openAgain(trial, side, id, { amount });
  trial.expect(again, { status: first.status, outcome: String(first.body["outcome"]) }, "the stored row");
}

async function runIgnored(trial: Trial, side: Side): Promise<void> {
  const id = await openNew(trial, side, "ignored");
  const body = side.openBody(trial.world, id, {
    initiated_at: "2026-01-02T03:04:05.678Z",
    metadata: { note: "another" },
    a_field_of_the_future: [1, 2],
  });
  const reversed = Object.fromEntries(Object.entries(body).reverse());
  trial.expect(await trial.settle(side.kind, reversed), side.opened, "the same movement, written otherwise");
}

async function runUnknownFields(trial: Trial, side: Side): Promise<void> {
  const extra = { a_field_of_the_future: { deep: [true] }, "": null };
  const id = await openNew(trial, side, "extra", extra);
  const answer = await undo(trial, side, id, extra);
  trial.expect(answer, [side.undone, { status: 409, outcome: "completed" }]);
}

export function conflictChecks(side: Side): Check[] {
  const fields: ReadonlyArray<readonly [string, (trial: Trial) => Changes]> = [
    [side.speaker, (trial) => ({ [side.speaker]: trial.world.config.own.second_system_id })],
    ["user_id", () => ({ user_id: "conformance-somebody-else" })],
    ["credit_type_id", () => ({ credit_type_id: "conformance-other" })],
    ["amount", () => ({ amount: "3" })],
  ];
  const of = (name: string, title: string, run: Check["run"], rule: Check["rule"] = "conflict"): Check => ({
    id: `repeats/${name}`,
    title,
    rule,
    level: "must",
    run,
  });
  return [
    ...fields.map(([field, changesOf]) =>
      of(
        `other-${field.replaceAll("_", "-")}`,
        `The same id with another ${field} is a 409 operation_conflict`,
        (trial) => runAltered(trial, side, changesOf(trial)),
      ),
    ),
    of("other-amount-by-one", "Amounts that differ by one beyond 2^53 are different", (trial) =>
      runLargeAltered(trial, side),
    ),
    of(
      "other-undo",
      "An undoing that names another system is a 409 operation_conflict and undoes nothing",
      (trial) => runAlteredUndo(trial, side),
    ),
    ...(side.profile === "source"
      ? [
          of("other-capture", "A capture that names another system is a 409 operation_conflict", (trial) =>
            runAlteredCapture(trial, side),
          ),
        ]
      : []),
    of("other-after-undo", "Another body after the undoing revives nothing", (trial) =>
      runAlteredEnded(trial, side),
    ),
    of(
      "ignored-fields",
      "A repeat with other metadata, another time and another order of fields is a repeat",
      (trial) => runIgnored(trial, side),
    ),
    of(
      "unknown-fields",
      "Unknown fields are ignored",
      (trial) => runUnknownFields(trial, side),
      "unknown-fields",
    ),
  ];
}
