// Checks of malformed calls: 400 without an outcome, and the id is still free.
import { callPaths } from "@pointbridge/protocol/pxp";
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import { expectIdFree, type Side } from "../side.ts";
import type { Trial } from "../trial.ts";

const badRequest = { status: 400, outcome: null } as const;

type Change = (body: Record<string, unknown>) => void;

interface FormCase {
  readonly name: string;
  readonly title: string;
  readonly change: Change;
  readonly level?: "should";
}

function set(field: string, value: unknown): Change {
  return (body) => {
    body[field] = value;
  };
}

function drop(field: string): Change {
  return (body) => {
    delete body[field];
  };
}

const amountCases: readonly FormCase[] = [
  { name: "amount-zero", title: 'The amount "0" is malformed', change: set("amount", "0") },
  { name: "amount-negative", title: "A negative amount is malformed", change: set("amount", "-5") },
  { name: "amount-fraction", title: "An amount with a fraction is malformed", change: set("amount", "1.5") },
  { name: "amount-exponent", title: "An amount with an exponent is malformed", change: set("amount", "1e3") },
  {
    name: "amount-leading-zero",
    title: "An amount with a leading zero is malformed",
    change: set("amount", "01"),
  },
  {
    name: "amount-too-large",
    title: "An amount of 2^63 is malformed",
    change: set("amount", "9223372036854775808"),
  },
  {
    name: "amount-number",
    title: "An amount that is a number is malformed",
    change: set("amount", 5),
    level: "should",
  },
  { name: "amount-missing", title: "A missing amount is malformed", change: drop("amount") },
];

const fieldCases: readonly FormCase[] = [
  { name: "user-missing", title: "A missing user_id is malformed", change: drop("user_id") },
  {
    name: "user-not-text",
    title: "A user_id that is no text is malformed",
    change: set("user_id", { id: 1 }),
  },
  { name: "type-missing", title: "A missing credit_type_id is malformed", change: drop("credit_type_id") },
  { name: "time-missing", title: "A missing initiated_at is malformed", change: drop("initiated_at") },
  {
    name: "time-wrong",
    title: "An initiated_at that is no time is malformed",
    change: set("initiated_at", "yesterday"),
  },
];

async function runCase(trial: Trial, side: Side, { change }: FormCase): Promise<void> {
  const id = trial.world.makeId("malformed");
  const body = { ...side.openBody(trial.world, id, { amount: "1" }) };
  change(body);
  trial.expect(await trial.call(side.kind, body), badRequest);
  await expectIdFree(trial, side, id);
}

async function runBytes(trial: Trial, side: Side, text: string): Promise<void> {
  trial.expect(await trial.call(side.kind, Buffer.from(text, "utf8")), badRequest);
}

async function runBadIds(trial: Trial, side: Side): Promise<void> {
  for (const id of ["", "-starts-with-a-mark", "with space", "x".repeat(129), "ä"]) {
    const body = side.openBody(trial.world, id, { amount: "1" });
    trial.expect(await trial.call(side.kind, body), badRequest, `the operation_id ${JSON.stringify(id)}`);
  }
}

async function runUndo(trial: Trial, side: Side): Promise<void> {
  const id = trial.world.makeId("malformed-undo");
  const { [side.hosted]: left, ...body } = side.undoBody(trial.world, id);
  // Which of the two is judged first is the callee's business.
  trial.expect(
    await trial.call(side.undo, body),
    { status: [400, 403], outcome: null },
    `without ${side.hosted}`,
  );
  expectThat(left !== undefined, `a body with ${side.hosted}`, "none");
  await expectIdFree(trial, side, id);
}

async function runUnknownPath(trial: Trial): Promise<void> {
  const { baseUrl, connectUrl } = trial.world;
  const answer = await trial.forge(
    "node",
    {},
    {
      draft: (draft) => {
        const path = `${callPaths.node}-of-the-future`;
        draft.url = `${connectUrl}${path}`;
        draft.values["@target-uri"] = `${baseUrl}${path}`;
      },
    },
  );
  trial.expect(answer, { status: 404, outcome: null }, "a call that doesn't exist");
}

async function runLarge(trial: Trial, side: Side): Promise<void> {
  const id = trial.world.makeId("large");
  const body = side.openBody(trial.world, id, { amount: "1", padding: "x".repeat(6 * 1024 * 1024) });
  try {
    const answer = await trial.call(side.kind, body, { send: { mayBeCutOff: true } });
    trial.expect(answer, { status: [400, 413], outcome: null }, "a body of 6 MiB");
  } catch (error) {
    // Hanging up on the sender is an answer too.
    const isHungUp = error instanceof Error && /ECONNRESET|EPIPE|socket hang up/.test(error.message);
    if (!isHungUp) throw error;
  }
  await expectIdFree(trial, side, id);
}

export function malformedChecks(side: Side): Check[] {
  const of = (name: string, title: string, run: Check["run"], level: Check["level"] = "must"): Check => ({
    id: `form/${name}`,
    title,
    rule: "malformed",
    level,
    run,
  });
  return [
    ...[...amountCases, ...fieldCases].map((formCase) =>
      of(formCase.name, formCase.title, (trial) => runCase(trial, side, formCase), formCase.level),
    ),
    of("operation-id", "Operation ids of another form are malformed", (trial) => runBadIds(trial, side)),
    of("no-json", "What is no JSON is a 400", (trial) => runBytes(trial, side, '{"operation_id":')),
    of("no-object", "JSON that is no object is a 400", (trial) => runBytes(trial, side, "[1]")),
    of("undo", "A malformed undoing fences nothing", (trial) => runUndo(trial, side)),
    of("unknown-call", "A call that doesn't exist is a 404", runUnknownPath, "should"),
    of("large-body", "A body of 6 MiB is turned away", (trial) => runLarge(trial, side), "should"),
  ];
}
