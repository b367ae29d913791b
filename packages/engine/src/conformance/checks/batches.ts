// Checks of batches: each line decided and stored as if sent alone, in order, whatever the others come to.
import { type Answer, type Fields, isFields } from "../answer.ts";
import { creditBody, endingBody, holdBody, rollbackBody } from "../bodies.ts";
import type { Check } from "../check.ts";
import { type Expected, expectThat } from "../expectation.ts";
import { expectIdFree, type Side } from "../side.ts";
import type { Trial } from "../trial.ts";

interface Line {
  readonly call: string;
  readonly body: Fields;
  readonly expected: Expected;
}

/** Its lines, or a skip where the partner takes no batches. */
function linesMax(trial: Trial): number {
  const most = trial.world.node?.batch_max ?? 1;
  if (most < 2) trial.skip("the node's batch_max is 1: it takes no batches");
  return most;
}

async function sendBatch(trial: Trial, lines: readonly Line[]): Promise<Answer> {
  const calls = lines.map(({ call, body }) => ({ call, ...body }));
  const answer = await trial.call("batch", { calls });
  trial.expect(answer, { status: 200 }, "a batch is a 200 whatever its lines come to");
  return answer;
}

/** The line's one result, as if it were an answer of its own. */
function resultOf(answer: Answer, line: Line): Answer {
  const { results } = answer.body;
  const id = line.body["operation_id"];
  const own = (Array.isArray(results) ? results : []).filter(
    (result): result is Fields => isFields(result) && result["operation_id"] === id,
  );
  const [result] = own;
  expectThat(
    own.length === 1 && result !== undefined,
    `one result of ${String(id)}`,
    `${own.length} results`,
  );
  const { status } = result;
  const number = typeof status === "number" ? status : 0;
  return {
    call: line.call,
    status: number,
    headers: {},
    body: result,
    text: JSON.stringify(result),
    verdict: undefined,
  };
}

async function runLines(trial: Trial, lines: readonly Line[]): Promise<void> {
  const size = Math.min(linesMax(trial), lines.length);
  for (let start = 0; start < lines.length; start += size) {
    const part = lines.slice(start, start + size);
    const answer = await sendBatch(trial, part);
    for (const line of part) trial.expect(resultOf(answer, line), line.expected, "its line of the batch");
  }
}

function openLine(
  trial: Trial,
  side: Side,
  label: string,
  changes: Fields = {},
  expected = side.opened,
): Line {
  return { call: side.kind, body: side.openBody(trial.world, trial.world.makeId(label), changes), expected };
}

/** What is refused for good: no rate for the pair, more than anybody has. */
function refusedLine(trial: Trial, side: Side): Line {
  const { unrated_credit_type } = trial.world.config.target;
  const changes: Fields =
    side.profile === "target"
      ? { source_credit_type: unrated_credit_type }
      : { amount: "9223372036854775807" };
  return openLine(trial, side, "batch-refused", changes, { status: 422, outcome: "refused" });
}

async function expectStored(trial: Trial, lines: readonly Line[]): Promise<void> {
  for (const { call, body, expected } of lines) {
    const answer = await trial.settle(call === "credits" ? "credits" : "holds", body);
    trial.expect(answer, expected, "the line's call again, alone: what the batch stored");
  }
}

async function runPartial(trial: Trial, side: Side): Promise<void> {
  const lines = [
    openLine(trial, side, "batch-first"),
    refusedLine(trial, side),
    openLine(trial, side, "batch-third"),
  ];
  await runLines(trial, lines);
  await expectStored(trial, lines);
}

async function runBadLine(trial: Trial, side: Side): Promise<void> {
  const bad = openLine(trial, side, "batch-bad", { amount: "-1" }, { status: 400, outcome: null });
  const lines = [openLine(trial, side, "batch-good"), bad, openLine(trial, side, "batch-good")];
  await runLines(trial, lines);
  await expectStored(trial, [lines[0] ?? bad, lines[2] ?? bad]);
  await expectIdFree(trial, side, String(bad.body["operation_id"]));
}

async function runUnknownCall(trial: Trial, side: Side): Promise<void> {
  const { body } = openLine(trial, side, "batch-unknown");
  const unknown = { call: "credits/of-the-future", body, expected: { status: 400, outcome: null } };
  await runLines(trial, [unknown, openLine(trial, side, "batch-good")]);
  await expectIdFree(trial, side, String(body["operation_id"]));
}

async function runForbiddenLine(trial: Trial, side: Side): Promise<void> {
  const own = { [side.speaker]: trial.world.config.foreign.system_id };
  const forbidden = openLine(trial, side, "batch-forbidden", own, { status: 403, outcome: null });
  const lines = [openLine(trial, side, "batch-good"), forbidden, openLine(trial, side, "batch-good")];
  await runLines(trial, lines);
  await expectIdFree(trial, side, String(forbidden.body["operation_id"]));
}

async function runTwice(trial: Trial, side: Side): Promise<void> {
  const lines = [openLine(trial, side, "batch-twice"), refusedLine(trial, side)];
  await runLines(trial, lines);
  await runLines(trial, lines);
}

/** What fills a member's capacity or empties its purse, and what undoes that: the order decides what is refused. */
function orderLines(
  trial: Trial,
  side: Side,
): { whole: () => Line; one: () => Line; undo: (of: Line) => Line } {
  const { world } = trial;
  const { target, source } = world.config;
  const refused = { status: 422, outcome: "refused" } as const;
  if (side.profile === "source") {
    const hold = (label: string, amount: string, expected: Expected): Line => ({
      call: "holds",
      body: holdBody(world, world.makeId(label), { user_id: source.purse_member, amount }),
      expected,
    });
    return {
      whole: () => hold("batch-whole", source.purse_balance, side.opened),
      one: () => hold("batch-one", "1", refused),
      undo: ({ body }) => ({
        call: "holds/release",
        body: endingBody(world, String(body["operation_id"])),
        expected: side.undone,
      }),
    };
  }
  const { cap } = target;
  if (cap === undefined)
    trial.skip("needs target.cap, a limit of target.capped_member that a batch can use up");
  const credit = (label: string, amount: string, expected: Expected): Line => ({
    call: "credits",
    body: creditBody(world, world.makeId(label), { user_id: target.capped_member, amount }),
    expected,
  });
  return {
    whole: () => credit("batch-whole", cap, side.opened),
    one: () => credit("batch-one", "1", refused),
    undo: ({ body }) => ({
      call: "credits/rollback",
      body: rollbackBody(world, String(body["operation_id"])),
      expected: side.undone,
    }),
  };
}

async function runOrder(trial: Trial, side: Side): Promise<void> {
  linesMax(trial);
  const { whole, one, undo } = orderLines(trial, side);
  for (let time = 0; time < 3; time += 1) {
    const first = whole();
    await runLines(trial, [first, one()]);
    const second = whole();
    await runLines(trial, [undo(first), second]);
    await runLines(trial, [undo(second)]);
  }
}

async function runTooLong(trial: Trial, side: Side): Promise<void> {
  const most = linesMax(trial);
  const calls = Array.from({ length: most + 1 }, () => {
    const { call, body } = refusedLine(trial, side);
    return { call, ...body };
  });
  const answer = await trial.call("batch", { calls });
  trial.expect(answer, { status: [400, 413], outcome: null }, `${most + 1} lines where batch_max is ${most}`);
}

export function batchChecks(side: Side): Check[] {
  const of = (
    name: string,
    title: string,
    run: typeof runPartial,
    level: Check["level"] = "must",
  ): Check => ({
    id: `batch/${name}`,
    title,
    rule: "batch",
    level,
    run: async (trial) => {
      linesMax(trial);
      await run(trial, side);
    },
  });
  return [
    of("partial-refusal", "A refused line refuses no other, and each is stored as if sent alone", runPartial),
    of("bad-line", "A malformed line is a 400 without an outcome and spoils no other", runBadLine),
    of("unknown-call", "A line with an unknown call is a 400 without an outcome", runUnknownCall),
    of("forbidden-line", "A line in another's name is a 403 without an outcome", runForbiddenLine),
    of("repeated", "A batch sent again answers the same", runTwice),
    of("order", "Lines are decided in their order", runOrder),
    of("too-long", "A batch above batch_max is turned away", runTooLong, "should"),
  ];
}
