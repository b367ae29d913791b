// What the model runs: the crossing's state machine, the judge and the callees, put together so that one
// rule of one of them can be switched off. `createMachinery` is the project as it is.
import { type JudgedAnswer, judgeAnswer, judgeBatch } from "@pointbridge/protocol/pxp";
import {
  advanceCrossing,
  type Crossing,
  type CrossingCall,
  type CrossingEvent,
  callOf,
  localStepOf,
} from "../../src/domain/index.ts";
import { createSource, createTarget, type SourceCallee, type TargetCallee, tableCells } from "./callees.ts";
import { type Answer, asked, type Caller, operationId, type Request, type World } from "./world.ts";

export interface Machinery {
  readonly advance: (crossing: Crossing, event: CrossingEvent) => Crossing | undefined;
  /** The calls that a worker may make which has loaded this. */
  readonly callsOf: (crossing: Crossing) => readonly CrossingCall[];
  readonly localStepOf: typeof localStepOf;
  /** The hub's request for a call; the second and later attempts may differ where a rule is off. */
  readonly requestsFor: (call: CrossingCall) => readonly Request[];
  /** What an answer, or none in time, proves: verifier and judge. */
  readonly judge: (request: Request, answer: Answer | undefined) => CrossingEvent | undefined;
  /** What is stored when a worker has a verdict: computed from what is stored now, not from what it loaded. */
  readonly baseOf: (world: World, loaded: Crossing) => Crossing;
  /** What a hub does that no rule allows. */
  readonly strays: (world: World) => ReadonlyArray<{ readonly note: string; readonly next: World }>;
  readonly target: TargetCallee;
  readonly source: SourceCallee;
  /** Whose row a caller's request reaches; undefined: it is turned away with 401. */
  readonly identify: (by: Caller) => Caller | undefined;
}

function bodyOf(answer: Answer, ownId: string): Record<string, unknown> {
  const { outcome, code, id = ownId, amount, userId } = answer;
  return {
    operation_id: id,
    ...(outcome === undefined ? {} : { outcome }),
    ...(code === undefined ? {} : { code }),
    ...(amount === undefined ? {} : { amount: String(amount) }),
    ...(userId === undefined ? {} : { user_id: userId }),
  };
}

/** Verdicts over the protocol's judge; undefined: nothing is known. */
export function judgeBy(
  judge: typeof judgeAnswer,
  request: Request,
  answer: Answer,
): CrossingEvent | undefined {
  const asks = { operation_id: request.id, amount: String(request.amount), source_user_id: "member" };
  const { call } = request;
  if (answer.results !== undefined && call !== "users") {
    const results = answer.results.map((result) => ({
      ...bodyOf(result, request.id),
      status: result.status,
    }));
    const calls = [
      { ...asks, call, operation_id: "exchange-2" },
      { ...asks, call },
    ];
    const [, ours] = judgeBatch(calls, { status: answer.status, body: { results } });
    return ours === undefined || ours.kind === "unknown" ? undefined : ours;
  }
  const judged: JudgedAnswer = { status: answer.status, body: bodyOf(answer, request.id) };
  const verdict = judge(call, asks, judged);
  return verdict.kind === "unknown" ? undefined : verdict;
}

export function createMachinery(hasPending: boolean): Machinery {
  return {
    advance: advanceCrossing,
    callsOf(crossing) {
      const call = callOf(crossing);
      return call === undefined ? [] : [call];
    },
    localStepOf,
    requestsFor: (call) => [{ call, by: "hub", id: operationId, amount: asked }],
    judge(request, answer) {
      if (answer === undefined || answer.proof !== undefined) return undefined;
      return judgeBy(judgeAnswer, request, answer);
    },
    baseOf: (world) => world.crossing,
    strays: () => [],
    target: createTarget(tableCells, hasPending),
    source: createSource(tableCells),
    identify: (by) => (by === "forger" ? undefined : by),
  };
}
