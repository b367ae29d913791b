// Everything that can happen next in a world: to the hub, to the messages, at the callees, and by itself.
//
// A step is healthy when it needs no luck: the hub asks, the callee answers, the answer arrives in time; or
// something pending ends. What can be done by healthy steps alone will be done once the network heals.
import type { Crossing, CrossingEvent } from "../../src/domain/index.ts";
import { addCredit, moveHold, type Reaction, storeHold } from "./callees.ts";
import type { Machinery } from "./machinery.ts";
import {
  createNetwork,
  createRegister,
  describeMessage,
  describeRequest,
  type Network,
  type Register,
} from "./network.ts";
import { type NoisyAnswer, noiseFor } from "./noise.ts";
import {
  type Answer,
  asked,
  type Environment,
  operationId,
  type Request,
  type SourceLedger,
  type TargetLedger,
  type World,
} from "./world.ts";

export interface Step {
  readonly note: string;
  readonly next: World;
  readonly isHealthy: boolean;
}

interface Setting {
  readonly machinery: Machinery;
  readonly environment: Environment;
  readonly register: Register;
  readonly network: Network;
  /** By the request's number: the noise that counts. With all rules on there is none. */
  readonly countedNoise: Map<number, readonly NoisyAnswer[]>;
}

type SideReaction = { readonly note: string; readonly next: World; readonly answer: Answer | undefined };

const requestOfHub: Request = { call: "holds", by: "hub", id: operationId, amount: asked };

/** This node's own leg, moved in the transaction that reaches the state, and its verdict. */
function takeLocalStep(world: World, machinery: Machinery): Array<{ world: World; event: CrossingEvent }> {
  const step = machinery.localStepOf(world.crossing);
  switch (step) {
    case undefined:
      return [];
    case "credit":
      return [
        { world: { ...world, target: addCredit(world.target, asked) }, event: { kind: "credited" } },
        { world, event: { kind: "credit_refused", code: "amount_too_large" } },
      ];
    case "capture":
    case "release": {
      const state = step === "capture" ? "captured" : "released";
      const moved = moveHold(world.source, asked, step === "capture" ? "out" : "available");
      return [{ world: { ...world, source: storeHold(moved, requestOfHub, state) }, event: { kind: state } }];
    }
  }
}

/** What an event makes of the world; empty where it changes nothing. As decide-advance.ts does it. */
export function follow(world: World, event: CrossingEvent, base: Crossing, machinery: Machinery): World[] {
  const crossing = machinery.advance(base, event);
  if (crossing === undefined) return [];
  const next = { ...world, crossing };
  if (crossing.state === base.state) return [next];
  const taken = takeLocalStep(next, machinery);
  if (taken.length === 0) return [next];
  return taken.flatMap((local) => {
    const followed = follow(local.world, local.event, local.world.crossing, machinery);
    return followed.length === 0 ? [local.world] : followed;
  });
}

function onTarget(world: World, reactions: readonly Reaction<TargetLedger>[]): SideReaction[] {
  return reactions.map(({ ledger, answer, note }) => {
    return { note: `target ${note}`, next: { ...world, target: ledger }, answer };
  });
}

function onSource(world: World, reactions: readonly Reaction<SourceLedger>[]): SideReaction[] {
  return reactions.map(({ ledger, answer, note }) => {
    return { note: `source ${note}`, next: { ...world, source: ledger }, answer };
  });
}

function deliver(world: World, sent: Request, { source, target, identify }: Machinery): SideReaction[] {
  const by = identify(sent.by);
  if (by === undefined) return [];
  const request = by === sent.by ? sent : { ...sent, by };
  switch (request.call) {
    case "credits":
      return onTarget(world, target.credit(world.target, request));
    case "credits/rollback":
      return onTarget(world, target.rollback(world.target, request));
    case "users":
      return onTarget(world, target.users(world.target, request));
    case "holds":
      return onSource(world, source.hold(world.source, request));
    case "holds/capture":
      return onSource(world, source.capture(world.source, request));
    case "holds/release":
      return onSource(world, source.release(world.source, request));
  }
}

function tellVerdict(event: CrossingEvent, before: Crossing, after: Crossing): string {
  const change = before.state === after.state ? before.state : `${before.state} -> ${after.state}`;
  return `${event.kind}: ${change}`;
}

/** The hold is captured and the member paid, in the transaction that writes the exchange off (K7). */
function payFromSuspense(world: World): World {
  const source = storeHold(moveHold(world.source, asked, "out"), requestOfHub, "captured");
  const paid = { ...source, available: source.available + asked };
  return { ...world, source: paid, suspense: world.suspense + asked };
}

function hubSteps(world: World, setting: Setting): Step[] {
  const { machinery, network, environment } = setting;
  const steps: Step[] = [];
  for (const call of machinery.callsOf(world.crossing)) {
    for (const request of machinery.requestsFor(call)) {
      const next = network.post(world, { kind: "request", request });
      if (next !== undefined && next !== world) {
        steps.push({ note: `hub sends ${describeRequest(request)}`, next, isHealthy: true });
      }
      steps.push(...roundTrips(world, request, setting), ...noisySteps(world, request, setting));
    }
  }
  const decisions: CrossingEvent[] = [{ kind: "undo" }];
  if (environment.hasPeople) decisions.push({ kind: "alarm" }, { kind: "write_off" });
  for (const event of decisions) {
    for (const followed of follow(world, event, world.crossing, machinery)) {
      const note = `hub decides ${tellVerdict(event, world.crossing, followed.crossing)}`;
      const next = event.kind === "write_off" ? payFromSuspense(followed) : followed;
      steps.push({ note, next, isHealthy: false });
    }
  }
  for (const stray of machinery.strays(world)) steps.push({ ...stray, isHealthy: false });
  return steps;
}

/** The hub asks, and has its answer in time: the network is well. */
function roundTrips(world: World, request: Request, setting: Setting): Step[] {
  const { machinery, network } = setting;
  const sent = network.post(world, { kind: "request", request }) ?? world;
  const asking = setting.environment.network === "everlasting" ? sent : world;
  const asks = `hub asks for ${describeRequest(request)}`;
  return deliver(asking, request, machinery).flatMap(({ note, next, answer }) => {
    const event = answer === undefined ? undefined : machinery.judge(request, answer);
    if (answer === undefined || event === undefined)
      return [{ note: `${asks}; ${note}`, next, isHealthy: true }];
    const kept =
      setting.environment.network === "everlasting"
        ? (network.post(next, { kind: "answer", request, answer }) ?? next)
        : next;
    const followed = follow(kept, event, kept.crossing, machinery);
    return followed.map((after) => {
      const told = tellVerdict(event, kept.crossing, after.crossing);
      return { note: `${asks}; ${note}; hub is told ${told}`, next: after, isHealthy: true };
    });
  });
}

/** What is no answer at all, or not to this: nothing, unless a rule is off. */
function noisySteps(world: World, request: Request, setting: Setting): Step[] {
  const { machinery, register, countedNoise } = setting;
  const number = register.numberOf({ kind: "request", request });
  let counted = countedNoise.get(number);
  if (counted === undefined) {
    counted = noiseFor(request).filter(({ answer }) => machinery.judge(request, answer) !== undefined);
    countedNoise.set(number, counted);
  }
  if (counted.length === 0 || !setting.network.hasSent(world, request)) return [];
  return counted.flatMap(({ name, answer }) => {
    const event = machinery.judge(request, answer);
    if (event === undefined) return [];
    return follow(world, event, world.crossing, machinery).map((next) => {
      const note = `hub gets ${name} to ${request.call} and takes it as ${tellVerdict(event, world.crossing, next.crossing)}`;
      return { note, next, isHealthy: false };
    });
  });
}

function secondWorkerSteps(world: World, setting: Setting): Step[] {
  const { machinery, network } = setting;
  const { loaded, crossing } = world;
  if (loaded === undefined) {
    if (machinery.callsOf(crossing).length === 0) return [];
    return [
      { note: "a second worker loads the exchange", next: { ...world, loaded: crossing }, isHealthy: false },
    ];
  }
  const done = { ...world, loaded: undefined };
  const steps: Step[] = [{ note: "the second worker dies", next: done, isHealthy: false }];
  for (const call of machinery.callsOf(loaded)) {
    for (const request of machinery.requestsFor(call)) {
      const next = network.post(world, { kind: "request", request });
      if (next === undefined || next === world) continue;
      steps.push({ note: `the second worker sends ${call}`, next, isHealthy: false });
    }
  }
  for (const number of network.underWay(world)) {
    const message = setting.register.messageOf(number);
    if (message.kind !== "answer" || !machinery.callsOf(loaded).includes(message.request.call)) continue;
    const event = machinery.judge(message.request, message.answer);
    if (event === undefined) continue;
    const base = machinery.baseOf(world, loaded);
    for (const next of follow(network.take(done, number), event, base, machinery)) {
      const told = tellVerdict(event, base, next.crossing);
      steps.push({
        note: `the second worker gets ${describeMessage(message)}: ${told}`,
        next,
        isHealthy: false,
      });
    }
  }
  return steps;
}

function messageSteps(world: World, setting: Setting): Step[] {
  const { machinery, network, register } = setting;
  return network.underWay(world).flatMap((number) => {
    const message = register.messageOf(number);
    const taken = network.take(world, number);
    if (message.kind === "answer") {
      const event = machinery.judge(message.request, message.answer);
      if (event === undefined) return [];
      return follow(taken, event, taken.crossing, machinery).map((next) => {
        const told = tellVerdict(event, taken.crossing, next.crossing);
        return { note: `hub gets ${describeMessage(message)}: ${told}`, next, isHealthy: false };
      });
    }
    const { request } = message;
    return deliver(taken, request, machinery).map(({ note, next, answer }) => {
      // An answer that proves nothing, or that nobody waits for, is as good as lost.
      const isHeard =
        answer !== undefined && request.by === "hub" && machinery.judge(request, answer) !== undefined;
      const posted = isHeard ? (network.post(next, { kind: "answer", request, answer }) ?? next) : next;
      return { note: `${describeMessage(message)} arrives: ${note}`, next: posted, isHealthy: false };
    });
  });
}

function calleeSteps(world: World, { machinery, environment }: Setting): Step[] {
  const { target } = world;
  const spends = (available: number, note: string) => {
    return { note, next: { ...world, target: { ...target, available } }, isHealthy: false };
  };
  const steps: Step[] = [];
  if (target.available > 0) steps.push(spends(target.available - 1, "the target's member spends a point"));
  else steps.push(spends(target.available + 1, "the target's member earns a point elsewhere"));
  const pending = environment.target === "remote" ? machinery.target.byItself(target) : [];
  for (const { note, next } of onTarget(world, pending)) steps.push({ note, next, isHealthy: true });
  const ended = environment.source === "remote" ? machinery.source.byItself(world.source) : [];
  for (const { note, next } of onSource(world, ended)) steps.push({ note, next, isHealthy: false });
  return steps;
}

/** Calls under the hub's id by a node that is not the hub, and by nobody. */
function strangerSteps(world: World, { machinery, network, environment }: Setting): Step[] {
  return (["stranger", "forger"] as const).flatMap((by) => {
    const calls = [
      ...(environment.target === "remote" ? (["credits/rollback"] as const) : []),
      ...(environment.source === "remote" ? (["holds/release"] as const) : []),
    ];
    return calls.flatMap((call) => {
      const request: Request = { ...requestOfHub, call, by };
      if (machinery.identify(by) === undefined) return [];
      const next = network.post(world, { kind: "request", request });
      return next === undefined || next === world
        ? []
        : [{ note: `a ${by} sends ${call}`, next, isHealthy: false }];
    });
  });
}

export function createStepper(environment: Environment, machinery: Machinery): (world: World) => Step[] {
  const register = createRegister();
  const network = createNetwork(register, environment.network);
  const setting: Setting = { machinery, environment, register, network, countedNoise: new Map() };
  return (world) => [
    ...hubSteps(world, setting),
    ...(environment.hasSecondWorker ? secondWorkerSteps(world, setting) : []),
    ...messageSteps(world, setting),
    ...calleeSteps(world, setting),
    ...(environment.hasStrangers ? strangerSteps(world, setting) : []),
    ...network.meddle(world).map((step) => ({ ...step, isHealthy: false })),
  ];
}
