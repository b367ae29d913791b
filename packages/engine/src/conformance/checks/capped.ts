// Checks with a member whose capacity is used up and freed again by credits and their rollbacks: what was
// completed stays so, what was refused stays so, and a rollback leaves the balance as it was.
import type { CreditCall } from "@pointbridge/protocol/pxp";
import { convertPoints, MAX_POINTS } from "../../domain/index.ts";
import { creditBody, rateOf, rollbackBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import type { RuleName } from "../rules.ts";
import type { Trial } from "../trial.ts";
import { refused } from "./refused-credit.ts";

const completed = { status: 200, outcome: "completed" } as const;
const rolledBack = { status: 200, outcome: "rolled_back" } as const;
const kept = { status: 409, outcome: "completed", code: "rollback_refused" } as const;

/** As much as the member can have; without a limit of the partner's that is the bound of every balance. */
function capOf(trial: Trial): bigint {
  const { cap } = trial.world.config.target;
  const most = convertPoints(MAX_POINTS, rateOf(trial.world));
  const bound = cap === undefined ? MAX_POINTS : BigInt(cap);
  if (bound > most) trial.skip("the agreed rate is too small to fill a balance: set target.cap");
  return bound;
}

function cappedBody(trial: Trial, label: string, amount: bigint): CreditCall {
  const { capped_member: user_id } = trial.world.config.target;
  return creditBody(trial.world, trial.world.makeId(label), { user_id, amount: String(amount) });
}

const notEmpty = "is target.capped_member's balance 0 and its limit target.cap?";

/** Fills the member; a partner without the bound of 2^63-1, or with a smaller limit, has to name one. */
async function fill(trial: Trial): Promise<CreditCall> {
  const cap = capOf(trial);
  const body = cappedBody(trial, "fill", cap);
  const answer = await trial.settle("credits", body);
  if (trial.world.config.target.cap === undefined && answer.status === 422) {
    trial.expect(answer, refused);
    trial.skip(
      `the partner refuses a credit of ${cap} (${String(answer.body["code"])}): set target.cap to its limit`,
    );
  }
  trial.expect(answer, completed, notEmpty);
  return body;
}

async function refuseMore(trial: Trial): Promise<CreditCall> {
  const body = cappedBody(trial, "over", 1n);
  const answer = await trial.settle("credits", body);
  if (trial.world.config.target.cap === undefined && answer.status === 200) {
    trial.skip(
      "the partner's members have no limit, not even 2^63-1: the cause of a refusal can't be brought about so",
    );
  }
  trial.expect(answer, refused, notEmpty);
  return body;
}

async function takeBack(trial: Trial, body: CreditCall): Promise<void> {
  const answer = await trial.settle("credits/rollback", rollbackBody(trial.world, body.operation_id));
  if (trial.expect(answer, [rolledBack, kept]) === rolledBack) return;
  trial.skip("the partner would not take back a credit whose points nobody spent");
}

async function runCompletedAtLimit(trial: Trial): Promise<void> {
  const full = await fill(trial);
  const over = await refuseMore(trial);
  trial.expect(
    await trial.settle("credits", full),
    completed,
    "a repeat after the member's limit is used up",
  );
  trial.expect(await trial.settle("credits", over), refused, "the refusal again");
  await takeBack(trial, full);
}

async function runRefusedAfterLimit(trial: Trial): Promise<void> {
  const full = await fill(trial);
  const over = await refuseMore(trial);
  await takeBack(trial, full);
  trial.expect(
    await trial.settle("credits", over),
    refused,
    "the cause of the refusal is gone, the refusal stays",
  );
}

async function runRestored(trial: Trial): Promise<void> {
  const first = await fill(trial);
  await refuseMore(trial);
  await takeBack(trial, first);
  const second = cappedBody(trial, "refill", capOf(trial));
  trial.expect(await trial.settle("credits", second), completed, "the rollback made room for as much");
  // A second rollback of the first must not take the second's points.
  const again = await trial.settle("credits/rollback", rollbackBody(trial.world, first.operation_id));
  trial.expect(again, rolledBack, "the first rollback again");
  await refuseMore(trial);
  await takeBack(trial, second);
}

/** Taken to the last digit, or refused by a limit: either way the row holds the amount as it was asked. */
async function runWholeRange(trial: Trial): Promise<void> {
  const largest = convertPoints(MAX_POINTS, rateOf(trial.world));
  const amount = largest < MAX_POINTS ? largest : MAX_POINTS;
  const body = cappedBody(trial, "largest", amount);
  const first = await trial.settle("credits", body);
  const found = trial.expect(first, [completed, refused], `${amount} points`);
  const less = { ...body, amount: String(amount - 1n) };
  const conflict = { status: 409, code: "operation_conflict" };
  trial.expect(await trial.settle("credits", less), conflict, "one point less is another amount");
  trial.expect(await trial.settle("credits", body), found, "the same again");
  if (found === completed) await takeBack(trial, body);
}

function check(name: string, title: string, rule: RuleName, run: Check["run"]): Check {
  return { id: `limits/${name}`, title, rule, level: "must", run };
}

export const cappedChecks: readonly Check[] = [
  check(
    "completed-stays",
    "A completed credit answers so again after the member's limit is used up",
    "known-id",
    runCompletedAtLimit,
  ),
  check(
    "refused-stays",
    "A credit refused for the limit stays refused after there is room again",
    "refusal-kept",
    runRefusedAfterLimit,
  ),
  check("rollback-makes-room", "A rollback takes the points back, once", "effect-of-undo", runRestored),
  check(
    "whole-range",
    "The largest amount is credited to the last digit, or refused",
    "amounts",
    runWholeRange,
  ),
];
