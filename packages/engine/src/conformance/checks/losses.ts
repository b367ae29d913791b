// Checks of bad lines: an answer that nobody reads, a request that comes in pieces, a caller that stalls.
import type { Check } from "../check.ts";
import { expectThat } from "../expectation.ts";
import { openAgain, type Side } from "../side.ts";
import type { Trial } from "../trial.ts";

/** The caller dies after sending. Whatever became of it, the same again decides it. */
async function runAbandoned(trial: Trial, side: Side): Promise<void> {
  for (let time = 0; time < 5; time += 1) {
    const id = trial.world.makeId("abandoned");
    await trial.abandon(side.kind, side.openBody(trial.world, id));
    const first = await openAgain(trial, side, id);
    trial.expect(first, side.opened, "asked again after hanging up");
    const again = await openAgain(trial, side, id);
    trial.expect(again, side.opened, "and again");
    const [told, toldAgain] = [first.body["transaction_id"], again.body["transaction_id"]];
    expectThat(told === toldAgain, `the same transaction ${String(told)}`, String(toldAgain));
  }
}

async function runPieces(trial: Trial, side: Side): Promise<void> {
  const body = side.openBody(trial.world, trial.world.makeId("pieces"));
  const answer = await trial.call(side.kind, body, { send: { pieceBytes: 16 } });
  if (answer.status !== 202) trial.expect(answer, side.opened, "a body that arrives in pieces of 16 bytes");
}

/** The digest is over the bytes as they came: spaces and escapes are the caller's choice. */
async function runSpelling(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  const body = side.openBody(world, world.makeId("spelling"), {
    metadata: { note: 'Grüße, 积分, \u2028 "/\\' },
  });
  const spaced = Buffer.from(`\n${JSON.stringify(body, undefined, 3)}\n`, "utf8");
  const first = await trial.call(side.kind, spaced);
  if (first.status !== 202)
    trial.expect(first, side.opened, "spaces, line breaks and letters of all scripts");
  const escaped = JSON.stringify(body).replaceAll("/", "\\/").replace('"amount"', '"\\u0061mount"');
  const answer = await trial.call(side.kind, Buffer.from(escaped, "utf8"));
  trial.expect(answer, side.opened, "the same JSON with escapes");
}

export function lossChecks(side: Side): Check[] {
  return [
    {
      id: "line/answer-lost",
      title: "A call whose answer was lost is decided by sending it again",
      rule: "known-id",
      level: "must",
      run: (trial) => runAbandoned(trial, side),
    },
    {
      id: "line/pieces",
      title: "A body that arrives in pieces is taken",
      rule: "signature-verified",
      level: "must",
      run: (trial) => runPieces(trial, side),
    },
    {
      id: "line/spelling",
      title: "The digest is judged over the bytes as they came, however the JSON is written",
      rule: "signature-verified",
      level: "must",
      run: (trial) => runSpelling(trial, side),
    },
  ];
}
