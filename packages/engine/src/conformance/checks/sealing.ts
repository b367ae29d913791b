// Checks of a credit whose points were spent: its rollback is refused once and for good. The points are spent by a
// hold where the partner is a source too, else by the partner itself through hooks.spend.
import { creditBody, endingBody, holdBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { CheckFailure } from "../result.ts";
import { openNew, sides, undo } from "../side.ts";
import type { Trial } from "../trial.ts";

const side = sides.target;
const amount = "50";
const completed = { status: 200, outcome: "completed" } as const;
const sealed = { status: 409, outcome: "completed", code: "rollback_refused" } as const;
const rolledBack = { status: 200, outcome: "rolled_back" } as const;

/** Gives the spent points back to the member, and takes them away for good. */
interface Spending {
  giveBack(): Promise<void>;
  finish(): Promise<void>;
}

async function spendByHold(trial: Trial, spender: string): Promise<Spending> {
  const { world } = trial;
  const { credit_type_id } = world.config.target;
  const hold = async () => {
    const id = world.makeId("spending");
    const answer = await trial.settle(
      "holds",
      holdBody(world, id, { user_id: spender, credit_type_id, amount }),
    );
    trial.expect(answer, { status: 200, outcome: "held" }, `the ${amount} points just credited can be held`);
    return id;
  };
  const id = await hold();
  return {
    giveBack: async () => {
      trial.expect(await trial.settle("holds/release", endingBody(world, id)), {
        status: 200,
        outcome: "released",
      });
    },
    // So that the next run finds the member without points again.
    finish: async () => {
      const last = await hold();
      trial.expect(await trial.settle("holds/capture", endingBody(world, last)), {
        status: 200,
        outcome: "captured",
      });
    },
  };
}

async function spendByHook(trial: Trial, spender: string, hook: string): Promise<Spending> {
  const { world } = trial;
  const { partner_system: systemId, target } = world.config;
  const document = { system_id: systemId, user_id: spender, credit_type_id: target.credit_type_id, amount };
  const answered = await world.wire.send(
    {
      method: "POST",
      url: hook,
      headers: { "content-type": "application/json" },
      body: Buffer.from(JSON.stringify({ action: "spend", ...document })),
    },
    { deadlineMs: world.deadlines.answerMs },
  );
  if (answered.status < 200 || answered.status > 299) {
    throw new CheckFailure(
      "hooks.spend to answer 2xx",
      `${answered.status} ${answered.body.toString("utf8")}`,
    );
  }
  let id = "";
  return {
    giveBack: async () => {
      id = await openNew(trial, side, "given-back", { user_id: spender, amount });
    },
    finish: async () => {
      trial.expect(await undo(trial, side, id), rolledBack, "a credit whose points are there");
    },
  };
}

async function spend(trial: Trial, spender: string): Promise<Spending> {
  const { world } = trial;
  const hook = world.config.hooks?.spend;
  if (hook !== undefined) return spendByHook(trial, spender, hook);
  return spendByHold(trial, spender);
}

async function runSealing(trial: Trial): Promise<void> {
  const { world } = trial;
  const { spender } = world.config.target;
  if (spender === undefined) trial.skip("needs target.spender, a member without points");
  if (world.config.hooks?.spend === undefined && !world.plays("source")) {
    trial.skip("needs the points to be spent: hooks.spend, or a partner that is a source too");
  }
  const id = await openNew(trial, side, "sealed", { user_id: spender, amount });
  const credit = creditBody(world, id, { user_id: spender, amount });
  const spending = await spend(trial, spender);
  const first = trial.expect(await undo(trial, side, id), [sealed, rolledBack], "the points are spent");
  if (first === rolledBack) {
    await spending.giveBack();
    trial.skip("the partner takes points back that are spent (an overdraft), or target.spender had others");
  }
  trial.expect(await trial.settle("credits", credit), completed, "a sealed credit stays completed");
  await spending.giveBack();
  trial.expect(await undo(trial, side, id), sealed, "though the points are there again");
  trial.expect(await trial.settle("credits", credit), completed, "a sealed credit stays completed");
  await spending.finish();
}

export const sealingChecks: readonly Check[] = [
  {
    id: "credits/sealed",
    title: "A rollback that was refused once is refused for good, and its credit stays completed",
    rule: "sealed",
    level: "must",
    run: runSealing,
  },
];
