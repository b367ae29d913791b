// Checks of the target's rate: what it refuses to credit, and that a known id is not judged by it again.
import { convertPoints, MAX_POINTS } from "../../domain/index.ts";
import { creditBody, rateOf, sourceAmountFor } from "../bodies.ts";
import type { Check } from "../check.ts";
import type { RuleName } from "../rules.ts";
import type { Trial } from "../trial.ts";
import { notAgreed, refused, refuseNew } from "./refused-credit.ts";

const completed = { status: 200, outcome: "completed" } as const;

/** A source amount and what it gives at the agreed rate; above 0, and small. */
function exactPair(trial: Trial): { readonly given: bigint; readonly most: bigint } {
  const rate = rateOf(trial.world);
  const given = sourceAmountFor(rate, 3n);
  return { given, most: convertPoints(given, rate) };
}

async function runExact(trial: Trial): Promise<void> {
  const { given, most } = exactPair(trial);
  const body = creditBody(trial.world, trial.world.makeId("exact"), {
    amount: String(most),
    source_amount: String(given),
  });
  trial.expect(
    await trial.settle("credits", body),
    completed,
    `${given} at ${body.exchange_rate} give ${most}`,
  );
}

/** The caller claims a rate that fits what it asks; the partner has to know its own. */
async function runTooMuch(trial: Trial): Promise<void> {
  const { given, most } = exactPair(trial);
  const body = creditBody(trial.world, trial.world.makeId("too-much"), {
    amount: String(most + 1n),
    source_amount: String(given),
    exchange_rate: String(most + 1n),
  });
  const about = `${given} at ${trial.world.config.target.rate} give ${most}; was a higher rate in force within 24 h?`;
  trial.expect(await trial.settle("credits", body), notAgreed, about);
  trial.expect(await trial.settle("credits", body), notAgreed, "and again");
}

async function runLess(trial: Trial): Promise<void> {
  const { given, most } = exactPair(trial);
  const body = creditBody(trial.world, trial.world.makeId("less"), {
    amount: String(most > 1n ? most - 1n : most),
    source_amount: String(given + sourceAmountFor(rateOf(trial.world), 1n)),
  });
  trial.expect(
    await trial.settle("credits", body),
    completed,
    "less than the rate gives is the caller's business",
  );
}

/** Neither source_amount nor source_credit_type are compared, so a repeat may bring what a new id would be refused for. */
async function runKnownBeforeRate(trial: Trial): Promise<void> {
  const { world } = trial;
  const id = world.makeId("known");
  const body = creditBody(world, id, { amount: "3" });
  trial.expect(await trial.settle("credits", body), completed);
  const worthless = {
    ...body,
    source_credit_type: world.config.target.unrated_credit_type,
    source_amount: "1",
  };
  trial.expect(
    await trial.settle("credits", worthless),
    completed,
    "a known id is not judged by the rate again",
  );
}

/** The refusal's cause is gone in the repeat: there is a rate for what it brings. */
async function runRefusalKept(trial: Trial): Promise<void> {
  const id = await refuseNew(trial, "kept");
  const body = creditBody(trial.world, id);
  trial.expect(await trial.settle("credits", body), refused, "a new id with this body would complete");
  trial.expect(await trial.settle("credits", body), refused, "and again");
}

/** At 2^62 floating point has lost the last ten bits, and 64-bit products have overflowed. */
async function runLargeRates(trial: Trial): Promise<void> {
  const rate = rateOf(trial.world);
  const given = sourceAmountFor(rate, 4_611_686_018_427_387_904n);
  if (given + 1n > MAX_POINTS) trial.skip("the agreed rate is too small for amounts this large");
  const most = convertPoints(given, rate);
  const body = creditBody(trial.world, trial.world.makeId("large-rate"), {
    amount: String(most + 1n),
    source_amount: String(given),
  });
  trial.expect(await trial.settle("credits", body), refused, `${given} give ${most}, one point less`);
}

function check(name: string, title: string, run: Check["run"], rule: RuleName = "rate"): Check {
  return { id: `rates/${name}`, title, rule, level: "must", run };
}

export const rateChecks: readonly Check[] = [
  check("exact", "What source_amount gives at the agreed rate is credited", runExact),
  check("above", "One point more is a 422 rate_not_agreed, whatever exchange_rate claims", runTooMuch),
  check("below", "Less than the rate gives is credited", runLess),
  check("none", "Without a rate for the pair it is a 422 rate_not_agreed", async (trial) => {
    await refuseNew(trial, "unrated");
  }),
  check("large", "Beyond 2^53 the rate is still exact to one point", runLargeRates, "amounts"),
  check("known-id", "A known id is not judged by the rate again", runKnownBeforeRate, "known-id"),
  check(
    "refusal-kept",
    "A refusal for want of a rate stays when a repeat brings a pair that has one",
    runRefusalKept,
    "refusal-kept",
  ),
];
