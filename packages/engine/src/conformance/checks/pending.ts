// Checks of credits that answer pending: only where the settings name a member whose credits do.
import { creditBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { sides, undo } from "../side.ts";
import type { Trial } from "../trial.ts";

const side = sides.target;
const pending = { status: 202, outcome: "pending" } as const;
const ended = [
  { status: 200, outcome: "completed" },
  { status: 422, outcome: "refused" },
] as const;

async function startPending(trial: Trial): Promise<ReturnType<typeof creditBody>> {
  const member = trial.world.config.target.pending_member;
  if (member === undefined) {
    trial.skip(
      "needs target.pending_member, a member whose credits answer pending; there are none where the partner never answers so",
    );
  }
  const body = creditBody(trial.world, trial.world.makeId("pending"), { user_id: member });
  trial.expect(await trial.call("credits", body), pending, "credits of target.pending_member answer pending");
  return body;
}

async function runPendingCredit(trial: Trial): Promise<void> {
  const body = await startPending(trial);
  trial.expect(await trial.call("credits", body), [pending, ...ended], "asked again");
  trial.expect(
    await trial.settle("credits", body),
    ended,
    "a pending credit ends by itself, within pending_ms",
  );
}

async function runPendingRollback(trial: Trial): Promise<void> {
  const body = await startPending(trial);
  const answers = [
    { status: 200, outcome: "rolled_back" },
    { status: 200, outcome: "refused" },
    { status: 409, outcome: "completed", code: "rollback_refused" },
  ] as const;
  const found = trial.expect(
    await undo(trial, side, body.operation_id),
    answers,
    "a rollback of a pending credit",
  );
  const stands = {
    rolled_back: { status: 422, outcome: "rolled_back" },
    refused: { status: 422, outcome: "refused" },
    completed: { status: 200, outcome: "completed" },
  } as const;
  const expected = Object.entries(stands).find(([outcome]) => outcome === found.outcome)?.[1];
  const credit = await trial.call("credits", body);
  trial.expect(credit, expected ?? stands.rolled_back, "what the rollback said holds");
}

export const pendingChecks: readonly Check[] = [
  {
    id: "credits/pending-credit",
    title: "A pending credit answers 202 pending and ends by itself",
    rule: "credit-table",
    level: "must",
    run: runPendingCredit,
  },
  {
    id: "credits/pending-rollback",
    title: "A pending credit that was rolled back can never complete",
    rule: "credit-table",
    level: "must",
    run: runPendingRollback,
  },
];
