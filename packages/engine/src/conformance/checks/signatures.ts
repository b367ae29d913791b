// Checks of signatures: each case is refused with 401 and leaves nothing behind, or is taken; and nonces.
import type { Answer } from "../answer.ts";
import type { Check } from "../check.ts";
import { type Draft, parameterOf, setParameter } from "../draft.ts";
import { expectThat } from "../expectation.ts";
import { expectIdFree, type Side } from "../side.ts";
import type { Trial } from "../trial.ts";
import { type SignatureCase, signatureCases } from "./signature-cases.ts";

/** A refusal before anything was read: 401 with one of the codes. */
export function expectUnauthorized(trial: Trial, answer: Answer, codes: readonly string[]): void {
  trial.expect(answer, { status: 401, outcome: null }, "and no effect");
  trial.expect(answer, { status: 401, code: codes }, "the code tells the caller what to mend");
}

async function runRefused(trial: Trial, side: Side, signatureCase: SignatureCase): Promise<void> {
  const id = trial.world.makeId(signatureCase.name);
  const body = side.openBody(trial.world, id, { amount: "1" });
  const answer = await trial.forge(side.kind, body, signatureCase.forge(trial.world));
  if (signatureCase.name === "signed-for-another-host" && answer.status !== 401) {
    // A server in front of the partner may refuse a host that it doesn't know.
    trial.expect(answer, { status: [400, 401, 403, 404, 421], outcome: null }, "and no effect");
  } else expectUnauthorized(trial, answer, signatureCase.codes ?? []);
  await expectIdFree(trial, side, id);
}

async function runTaken(trial: Trial, side: Side, signatureCase: SignatureCase): Promise<void> {
  const id = trial.world.makeId(signatureCase.name);
  const body = side.openBody(trial.world, id);
  const first = await trial.forge(side.kind, body, signatureCase.forge(trial.world));
  const answer = first.status === 202 ? await trial.settle(side.kind, body) : first;
  trial.expect(answer, side.opened);
}

function toCheck(side: Side, signatureCase: SignatureCase): Check {
  return {
    id: `signature/${signatureCase.name}`,
    title: signatureCase.title,
    rule: signatureCase.rule,
    level: signatureCase.level ?? "must",
    run: (trial) =>
      signatureCase.codes === undefined
        ? runTaken(trial, side, signatureCase)
        : runRefused(trial, side, signatureCase),
  };
}

async function runReplay(trial: Trial, side: Side): Promise<void> {
  const [first, second] = await trial.replay(
    side.kind,
    side.openBody(trial.world, trial.world.makeId("replay")),
    2,
  );
  if (first === undefined || second === undefined) throw new TypeError("two answers were asked for");
  if (first.status !== 202) trial.expect(first, side.opened);
  trial.expect(
    second,
    { status: 401, outcome: null, code: "nonce_replayed" },
    "the same bytes a second time",
  );
}

async function runReusedNonce(trial: Trial, side: Side): Promise<void> {
  const { world } = trial;
  let nonce = "";
  const keep = { draft: (draft: Draft) => void (nonce = String(parameterOf(draft, "nonce"))) };
  const first = await trial.forge(side.kind, side.openBody(world, world.makeId("nonce")), keep);
  if (first.status !== 202) trial.expect(first, side.opened);
  const again = { draft: (draft: Draft) => setParameter(draft, "nonce", nonce) };
  const other = await trial.forge(side.kind, side.openBody(world, world.makeId("nonce")), again);
  trial.expect(
    other,
    { status: 401, outcome: null, code: "nonce_replayed" },
    "a nonce used for another call",
  );
}

/** Anybody could use up nonces that were seen on the way, if a bad signature took them. */
async function runNonceAfterVerification(trial: Trial, side: Side): Promise<void> {
  const body = side.openBody(trial.world, trial.world.makeId("nonce-kept"), { amount: "1" });
  let nonce = "";
  const broken = await trial.forge(side.kind, body, {
    draft: (draft) => {
      nonce = String(parameterOf(draft, "nonce"));
      draft.values["content-type"] = "text/plain";
    },
  });
  trial.expect(broken, { status: 401, outcome: null });
  const sound = await trial.forge(side.kind, body, { draft: (draft) => setParameter(draft, "nonce", nonce) });
  if (sound.status !== 202) trial.expect(sound, side.opened, "a bad signature took no nonce");
}

/** What the caller needs to set its clock right. */
async function runRefusalForm(trial: Trial, side: Side): Promise<void> {
  const body = side.openBody(trial.world, trial.world.makeId("refusal-form"), { amount: "1" });
  const answer = await trial.forge(side.kind, body, {
    signed: (signed) => {
      signed.headers["content-digest"] = "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:";
    },
  });
  trial.expect(answer, { status: 401, outcome: null });
  const { code, time } = answer.body;
  expectThat(typeof code === "string", "a code", `code ${JSON.stringify(code)}`);
  const isTime = typeof time === "string" && !Number.isNaN(Date.parse(time));
  expectThat(isTime, "the partner's time (ISO 8601)", `time ${JSON.stringify(time)}`);
}

export function signatureChecks(side: Side): Check[] {
  return [
    ...signatureCases.map((signatureCase) => toCheck(side, signatureCase)),
    {
      id: "signature/refusal-form",
      title: "A 401 tells a code and the partner's time",
      rule: "refusal-form",
      level: "must",
      run: (trial) => runRefusalForm(trial, side),
    },
    {
      id: "signature/replayed",
      title: "The same request a second time is refused",
      rule: "nonce-once",
      level: "should",
      run: (trial) => runReplay(trial, side),
    },
    {
      id: "signature/nonce-reused",
      title: "A nonce that another call used is refused",
      rule: "nonce-once",
      level: "should",
      run: (trial) => runReusedNonce(trial, side),
    },
    {
      id: "signature/nonce-after-verification",
      title: "A bad signature uses no nonce up",
      rule: "nonce-once",
      level: "should",
      run: (trial) => runNonceAfterVerification(trial, side),
    },
  ];
}
