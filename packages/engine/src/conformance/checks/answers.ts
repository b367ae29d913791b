// Checks over all answers of the run: signed, bound to their requests, in the form of their call, plain, in time.
// They stand at the end, and tell the first answers that departed.
import type { Check } from "../check.ts";
import { CheckFailure, CheckSkipped } from "../result.ts";
import type { RuleName } from "../rules.ts";
import type { Side } from "../side.ts";
import type { Trial } from "../trial.ts";
import type { Observation } from "../world.ts";

const TOLD_MAX = 3;

function judge(
  trial: Trial,
  expected: string,
  faultOf: (observation: Observation) => string | undefined,
  observations: readonly Observation[],
): void {
  if (observations.length === 0) throw new CheckSkipped("there was no such answer in this run");
  const faulty = observations.filter((observation) => faultOf(observation) !== undefined);
  if (faulty.length === 0) return;
  const told = faulty.slice(0, TOLD_MAX);
  for (const { trace } of told) if (trace !== undefined) trial.traces.push(trace);
  const texts = told.map(
    (observation) => `${observation.call} ${observation.status}: ${faultOf(observation)}`,
  );
  const of = `${faulty.length} of ${observations.length} answers`;
  throw new CheckFailure(expected, `${of} departed: ${texts.join("; ")}`);
}

function own(trial: Trial, side: Side): readonly Observation[] {
  return trial.world.observations.filter(({ profile }) => profile === side.profile);
}

const formedCalls: Readonly<Record<Side["profile"], readonly string[]>> = {
  target: ["node", "credits", "credits/rollback", "batch", "operations", "users"],
  source: ["node", "holds", "holds/capture", "holds/release", "batch", "operations"],
};

function runForm(trial: Trial, side: Side, call: string): void {
  const observations = own(trial, side).filter((observation) => observation.call === call);
  judge(trial, `answers to ${call} in their form`, ({ formFault }) => formFault, observations);
}

function runAnswered(trial: Trial, side: Side): void {
  const silent = trial.world.unanswered.filter(({ profile }) => profile === side.profile);
  if (silent.length === 0) return;
  const told = silent.slice(0, TOLD_MAX);
  for (const { trace } of told) if (trace !== undefined) trial.traces.push(trace);
  const reasons = told.map(({ call, reason }) => `${call}: ${reason}`).join("; ");
  const { answerMs } = trial.world.deadlines;
  throw new CheckFailure(
    `an answer to every call within ${answerMs} ms`,
    `${silent.length} without: ${reasons}`,
  );
}

function runPrompt(trial: Trial, side: Side): void {
  const { promptMs } = trial.world.deadlines;
  const sorted = own(trial, side).toSorted((left, right) => left.durationMs - right.durationMs);
  const atShare = (share: number) => sorted[Math.floor((sorted.length - 1) * share)]?.durationMs ?? 0;
  if (sorted.length === 0) throw new CheckSkipped("there was no answer in this run");
  if (atShare(0.95) <= promptMs) return;
  for (const { trace } of sorted.slice(-TOLD_MAX)) if (trace !== undefined) trial.traces.push(trace);
  throw new CheckFailure(
    `95 of 100 answers within ${promptMs} ms`,
    `half within ${atShare(0.5)} ms, 95 of 100 within ${atShare(0.95)} ms, the slowest ${atShare(1)} ms`,
  );
}

export function answerChecks(side: Side): Check[] {
  const of = (
    name: string,
    title: string,
    rule: RuleName,
    run: (trial: Trial) => void,
    level: Check["level"] = "must",
  ): Check => ({ id: `answers/${name}`, title, rule, level, run: async (trial) => run(trial) });
  return [
    of("signed", "Every answer is signed by a key of the node, errors too", "answer-signed", (trial) =>
      judge(trial, "signed answers", ({ signatureFault }) => signatureFault, own(trial, side)),
    ),
    of("bound", "Every answer is bound to its request by the nonce", "answer-bound", (trial) =>
      judge(
        trial,
        "answers that carry their request's nonce",
        ({ bindingFault }) => bindingFault,
        own(trial, side),
      ),
    ),
    of("plain", "No answer is a redirect or encoded", "answer-plain", (trial) =>
      judge(trial, "plain answers", ({ transportFault }) => transportFault, own(trial, side)),
    ),
    of("in-time", "Every call is answered within the deadline", "in-time", (trial) =>
      runAnswered(trial, side),
    ),
    of(
      "prompt",
      "Answers come well within the deadline",
      "in-time",
      (trial) => runPrompt(trial, side),
      "should",
    ),
    ...formedCalls[side.profile].map((call) =>
      of(
        `form-of-${call.replace("/", "-")}`,
        `Every answer to ${call} has its form`,
        "answer-form",
        (trial) => runForm(trial, side, call),
      ),
    ),
  ];
}
