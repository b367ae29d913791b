// Runs the checks of the profiles one after another against one partner.
//
// F1  A check's end is ok, failed or skipped; an error that is neither failure nor skip is a fault of the kit and ends
//     the run.
// F2  After each check what it may have moved is undone, so that the next finds the members as they were prepared.
import type { NodeAnswer, PublicJwk } from "@pointbridge/protocol/pxp";
import { findFormFault } from "./answer.ts";
import type { Check } from "./check.ts";
import { checksOf } from "./checks/index.ts";
import { describeAnswer } from "./expectation.ts";
import type { Report } from "./report.ts";
import { CheckFailure, type CheckResult, CheckSkipped, type Profile } from "./result.ts";
import { Trial } from "./trial.ts";
import { World, type WorldInput } from "./world.ts";

/** The partner can't be spoken with, so that no check would say anything. */
export class PartnerUnreachableError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "PartnerUnreachableError";
  }
}

export interface RunInput extends WorldInput {
  /** Absent: the roles that the node says it plays. */
  readonly profiles?: readonly Profile[];
  /** Checks whose id begins with one of these; absent: all. */
  readonly only?: readonly string[];
}

export interface RunListener {
  onStart?(report: Pick<Report, "baseUrl" | "partnerSystem" | "profiles" | "partnerKeys">): void;
  onProfile?(profile: Profile, checkCount: number): void;
  onResult?(result: CheckResult): void;
}

/** Asks the node what it is. @throws PartnerUnreachableError */
async function meet(world: World): Promise<void> {
  const trial = new Trial(world);
  let answer: Awaited<ReturnType<Trial["call"]>>;
  try {
    answer = await trial.call("node", {});
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    throw new PartnerUnreachableError(
      `${world.connectUrl} can't be reached: ${error.received.replace(/^none: /, "")}`,
    );
  }
  if (answer.status >= 500) {
    throw new PartnerUnreachableError(
      `${world.connectUrl} answers the node call with ${describeAnswer(answer)}`,
    );
  }
  if (answer.status !== 200) {
    throw new CheckFailure(
      "the node call to be answered with 200 (are the kit's keys registered, and is this the partner's base_url?)",
      describeAnswer(answer),
    );
  }
  const fault = findFormFault("node", 200, answer.body);
  if (fault !== undefined) throw new CheckFailure("a node answer by its form", fault);
  world.node = answer.body as unknown as NodeAnswer;
  if (!world.trustsNodeKeys) return;
  for (const jwk of world.node.keys.keys) trustKey(world, jwk);
  // That answer came before its key was known; every later one is judged.
  world.observations.length = 0;
}

function trustKey(world: World, jwk: PublicJwk): void {
  try {
    world.trust(jwk);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new CheckFailure("Ed25519 public keys in the node answer", error.message);
  }
}

async function runCheck(world: World, check: Check): Promise<CheckResult> {
  const trial = new Trial(world);
  const startedAt = performance.now();
  const end = (
    rest: Pick<CheckResult, "status" | "reason" | "expected" | "received"> & { level?: CheckResult["level"] },
  ) => {
    const { id, title, rule, level } = check;
    const durationMs = Math.round(performance.now() - startedAt);
    return { profile: world.profile, id, title, rule, level, durationMs, traces: trial.traces, ...rest };
  };
  try {
    await check.run(trial);
    return end({ status: "ok" });
  } catch (error) {
    if (error instanceof CheckSkipped) return end({ status: "skipped", reason: error.message });
    if (!(error instanceof CheckFailure)) throw error; // F1
    const { expected, received, level } = error;
    return end({ status: "failed", expected, received, ...(level === undefined ? {} : { level }) });
  }
}

/** F2. What can't be undone stays in the list. */
async function tidyUp(world: World): Promise<void> {
  for (const [place, { undo, body, key }] of Array.from(world.leftovers)) {
    if (world.abandoned.has(place)) continue;
    try {
      const { verdict } = await new Trial(world).settle(undo, body, { key });
      if (verdict === undefined || verdict.kind === "unknown") world.abandoned.add(place);
    } catch (error) {
      if (!(error instanceof CheckFailure)) throw error;
      world.abandoned.add(place);
    }
  }
}

function describeLeftovers(world: World): string[] {
  return [...world.leftovers.values()].map(
    ({ undo, body }) => `${undo} of ${JSON.stringify(body)} was not decided`,
  );
}

/** A partner that doesn't let the kit in fails one check, and nothing else can be said of it. */
function refusedAtTheDoor(error: CheckFailure, profile: Profile): CheckResult {
  return {
    profile,
    id: "node/form",
    title: "The node answers the kit",
    rule: "node",
    level: "must",
    status: "failed",
    expected: error.expected,
    received: error.received,
    durationMs: 0,
    traces: [],
  };
}

/** @throws PartnerUnreachableError, TypeError for settings that can't be used */
export async function runConformance(input: RunInput, listener: RunListener = {}): Promise<Report> {
  const world = new World(input);
  const startedAt = world.now().toISOString();
  const results: CheckResult[] = [];
  let profiles: readonly Profile[] = input.profiles ?? ["target"];
  const facts = () => ({
    baseUrl: world.baseUrl,
    partnerSystem: world.config.partner_system,
    partnerKeys: world.trustsNodeKeys ? ("from_node" as const) : ("given" as const),
    profiles,
  });
  try {
    await meet(world);
    profiles = input.profiles ?? (world.node?.roles as readonly Profile[]);
    listener.onStart?.(facts());
    for (const profile of profiles) await runProfile(world, profile, input.only, results, listener);
  } catch (error) {
    if (!(error instanceof CheckFailure)) throw error;
    const [profile = "target"] = profiles;
    results.push(refusedAtTheDoor(error, profile));
  } finally {
    world.wire.close();
  }
  const leftovers = describeLeftovers(world);
  return { ...facts(), startedAt, durationMs: world.elapsedMs(), results, leftovers };
}

async function runProfile(
  world: World,
  profile: Profile,
  only: readonly string[] | undefined,
  results: CheckResult[],
  listener: RunListener,
): Promise<void> {
  world.profile = profile;
  const isAsked = ({ id }: Check) => only === undefined || only.some((start) => id.startsWith(start));
  const checks = checksOf(profile).filter(isAsked);
  listener.onProfile?.(profile, checks.length);
  for (const check of checks) {
    const result = await runCheck(world, check);
    results.push(result);
    listener.onResult?.(result);
    await tidyUp(world);
  }
}
