// Checks of every cell of the callee's table of credits, but those that need points to be spent (sealing.ts)
// or a credit that answers pending (pending.ts).
import type { Answer } from "../answer.ts";
import { rollbackBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import type { RuleName } from "../rules.ts";
import { openAgain, openNew, sides, undo, undoWhereAllowed } from "../side.ts";
import type { Trial } from "../trial.ts";
import { notAgreed, refused, refuseNew, unratedBody } from "./refused-credit.ts";

const side = sides.target;
const completed = { status: 200, outcome: "completed" } as const;
const rolledBack = { status: 200, outcome: "rolled_back" } as const;
const lateCredit = { status: 422, outcome: "rolled_back" } as const;

function expectSame(first: Answer, again: Answer, fields: readonly string[]): void {
  for (const field of fields) {
    const [before, now] = [first.body[field], again.body[field]];
    expectThat(
      before === now,
      `${field} as in the first answer: ${JSON.stringify(before)}`,
      JSON.stringify(now),
    );
  }
}

async function runNoneCompleted(trial: Trial): Promise<void> {
  const body = side.openBody(trial.world, trial.world.makeId("new"));
  const answer = await trial.settle("credits", body);
  trial.expect(answer, completed);
  const { amount } = answer.body;
  expectThat(amount === body["amount"], `the amount "${String(body["amount"])}"`, JSON.stringify(amount));
}

async function runCompletedAgain(trial: Trial): Promise<void> {
  const id = trial.world.makeId("again");
  const body = side.openBody(trial.world, id);
  const first = await trial.settle("credits", body);
  trial.expect(first, completed);
  const again = await trial.settle("credits", body);
  trial.expect(again, completed, "the stored row");
  expectSame(first, again, ["transaction_id", "completed_at", "amount"]);
  const { idempotent } = again.body;
  expectThat(idempotent === true, "idempotent true on a repeat", JSON.stringify(idempotent), "should");
}

async function runRefusedAgain(trial: Trial): Promise<void> {
  const id = await refuseNew(trial, "refused-again");
  trial.expect(await trial.settle("credits", unratedBody(trial, id)), notAgreed, "the stored refusal");
}

async function runRefusedRollback(trial: Trial): Promise<void> {
  const id = await refuseNew(trial, "refused-rollback");
  const outcome = { status: 200, outcome: "refused" };
  trial.expect(await undo(trial, side, id), outcome);
  trial.expect(await undo(trial, side, id), outcome, "a second time");
  trial.expect(await trial.settle("credits", unratedBody(trial, id)), refused, "the row stays refused");
}

async function runCompletedRollback(trial: Trial): Promise<void> {
  const id = await openNew(trial, side, "rollback");
  if (await undoWhereAllowed(trial, side, id)) return;
  trial.expect(await openAgain(trial, side, id), completed, "a credit that could not be taken back stands");
}

async function rollBackNew(trial: Trial, label: string): Promise<string> {
  const id = await openNew(trial, side, label);
  if (await undoWhereAllowed(trial, side, id)) return id;
  return trial.skip("the partner would not take back a credit whose points nobody spent");
}

async function runRolledBackCredit(trial: Trial): Promise<void> {
  const id = await rollBackNew(trial, "after-rollback");
  trial.expect(await openAgain(trial, side, id), lateCredit, "a credit after its rollback");
  trial.expect(await openAgain(trial, side, id), lateCredit, "and again");
}

async function runRolledBackAgain(trial: Trial): Promise<void> {
  const id = await rollBackNew(trial, "rollback-again");
  trial.expect(await undo(trial, side, id), rolledBack, "the rollback a second time");
}

async function runFence(trial: Trial): Promise<void> {
  const id = trial.world.makeId("fence");
  trial.expect(await undo(trial, side, id), rolledBack, "a rollback of an id never seen");
}

async function runFencedCredit(trial: Trial): Promise<void> {
  const id = trial.world.makeId("late");
  trial.expect(await undo(trial, side, id), rolledBack, "a rollback of an id never seen");
  trial.expect(await openAgain(trial, side, id), lateCredit, "the late credit");
  trial.expect(await openAgain(trial, side, id), lateCredit, "and again");
  trial.expect(await undo(trial, side, id), rolledBack, "the rollback a second time");
}

/** The rollback's reason and time are not compared. */
async function runRollbackReason(trial: Trial): Promise<void> {
  const id = await rollBackNew(trial, "reason");
  const body = rollbackBody(trial.world, id, {
    reason: "another reason",
    initiated_at: "2026-01-01T00:00:00.000Z",
  });
  trial.expect(
    await trial.settle("credits/rollback", body),
    rolledBack,
    "another reason is the same rollback",
  );
}

function cell(
  name: string,
  title: string,
  run: (trial: Trial) => Promise<void>,
  rule: RuleName = "credit-table",
): Check {
  return { id: `credits/${name}`, title, rule, level: "must", run };
}

export const creditTableChecks: readonly Check[] = [
  cell("none-credit", "A new credit answers 200 completed with its amount", runNoneCompleted),
  cell("none-credit-refused", "A new credit without a rate answers 422 refused", async (trial) => {
    await refuseNew(trial, "new-refused");
  }),
  cell("none-rollback", "A rollback of an id never seen answers 200 rolled_back", runFence, "fence"),
  cell(
    "completed-credit",
    "A completed credit answers the same again, its transaction too",
    runCompletedAgain,
  ),
  cell(
    "completed-rollback",
    "A rollback of a completed credit answers 200 rolled_back, or 409 rollback_refused",
    runCompletedRollback,
  ),
  cell("refused-credit", "A refused credit answers the same refusal again", runRefusedAgain, "refusal-kept"),
  cell("refused-rollback", "A rollback of a refused credit answers 200 refused", runRefusedRollback),
  cell("rolled-back-credit", "A credit that was rolled back answers 422 rolled_back", runRolledBackCredit),
  cell("rolled-back-rollback", "A rollback a second time answers 200 rolled_back", runRolledBackAgain),
  cell(
    "late-credit",
    "A credit that arrives after its rollback is refused for good",
    runFencedCredit,
    "fence",
  ),
  cell(
    "rollback-reason",
    "A rollback is the same whatever its reason and time",
    runRollbackReason,
    "conflict",
  ),
];
