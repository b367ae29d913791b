// The rules for the caller, each with a hub that breaks it.
import { judgeAnswer } from "@pointbridge/protocol/pxp";
import type { Crossing, CrossingCall, CrossingEvent, CrossingState } from "../../src/domain/index.ts";
import { addCredit } from "./callees.ts";
import { judgeBy, type Machinery } from "./machinery.ts";
import type { Rule } from "./rules.ts";
import { type Answer, asked, operationId, type Request } from "./world.ts";

type Move = (crossing: Crossing) => Crossing | undefined;

/** The state machine with one cell of it exchanged. */
function withMove(state: CrossingState, kind: CrossingEvent["kind"], move: Move): Rule["switchOff"] {
  return (machinery) => ({
    ...machinery,
    advance(crossing, event) {
      const isCell = crossing.state === state && event.kind === kind;
      return isCell ? move(crossing) : machinery.advance(crossing, event);
    },
  });
}

function goTo(state: CrossingState): Move {
  return (crossing) => ({ ...crossing, state });
}

function withCalls(state: CrossingState, calls: readonly CrossingCall[]): Rule["switchOff"] {
  return (machinery) => ({
    ...machinery,
    callsOf: (crossing) => (crossing.state === state ? calls : machinery.callsOf(crossing)),
  });
}

function withJudge(judge: (base: Machinery["judge"]) => Machinery["judge"]): Rule["switchOff"] {
  return (machinery) => ({ ...machinery, judge: judge(machinery.judge) });
}

/** What a careless caller makes of an answer that it holds for a no. */
function takeAsNo(call: CrossingCall): CrossingEvent | undefined {
  switch (call) {
    case "holds":
      return { kind: "hold_refused", code: "unavailable" };
    case "users":
      return { kind: "provision_refused", code: "unavailable" };
    case "credits":
      return { kind: "credit_refused", code: "unavailable" };
    case "credits/rollback":
      return { kind: "rolled_back" };
    case "holds/capture":
      return undefined;
    case "holds/release":
      return { kind: "released" };
  }
}

function takesAsNo(what: string, isMeant: (answer: Answer | undefined) => boolean): Rule {
  return {
    rule: `anything else leaves the outcome unknown: ${what}`,
    instead: `${what} counts as a refusal`,
    switchOff: withJudge((judge) => (request, answer) => {
      return isMeant(answer) ? takeAsNo(request.call) : judge(request, answer);
    }),
  };
}

function takesStatusAsNo(status: number): Rule {
  return takesAsNo(`a ${status} without an outcome`, (answer) => {
    return answer?.status === status && answer.outcome === undefined && answer.code === undefined;
  });
}

const answerRules: readonly Rule[] = [
  {
    rule: "an answer counts only if a key of the called node signed it",
    instead: "an unsigned refusal counts",
    switchOff: withJudge((judge) => (request, answer) => {
      return answer?.proof === "unsigned" ? judgeBy(judgeAnswer, request, answer) : judge(request, answer);
    }),
  },
  {
    rule: "an answer counts only with the request's nonce",
    instead: "a refusal that was signed for another request counts",
    switchOff: withJudge((judge) => (request, answer) => {
      return answer?.proof === "other_nonce" ? judgeBy(judgeAnswer, request, answer) : judge(request, answer);
    }),
  },
  {
    rule: "an answer's operation_id is the one asked for",
    instead: "another operation's refusal counts",
    switchOff: withJudge((judge) => (request, answer) => {
      if (answer?.id === undefined) return judge(request, answer);
      return judge({ ...request, id: answer.id }, answer);
    }),
  },
  {
    rule: "where points moved, the answer's amount is the one asked for",
    instead: "a completion of another amount counts",
    switchOff: withJudge((judge) => (request, answer) => {
      return judge({ ...request, amount: answer?.amount ?? request.amount }, answer);
    }),
  },
  {
    rule: "a batch's results are matched by id",
    instead: "they are matched by their place",
    switchOff: withJudge((judge) => (request, answer) => {
      const ours = answer?.results?.[1];
      return ours === undefined ? judge(request, answer) : judge(request, { ...ours, id: request.id });
    }),
  },
  takesAsNo("no answer in time", (answer) => answer === undefined),
  ...[301, 400, 401, 403, 404, 429, 500, 503].map(takesStatusAsNo),
  takesAsNo("operation_conflict", (answer) => answer?.code === "operation_conflict"),
  {
    ...takesAsNo("202 pending", (answer) => answer?.status === 202),
    needs: { hasPending: true },
  },
  {
    rule: "until a pending credit ends, 202 counts as unknown",
    instead: "202 pending counts as completed",
    needs: { hasPending: true },
    switchOff: withJudge((judge) => (request, answer) => {
      const isCredit = request.call === "credits" && answer?.status === 202;
      return isCredit ? { kind: "credited" } : judge(request, answer);
    }),
  },
];

const requestRules: readonly Rule[] = [
  {
    rule: "the caller asks by sending the same again: its id",
    instead: "a retry has an id of its own",
    switchOff: (machinery) => ({
      ...machinery,
      requestsFor: (call) => {
        const ids = call === "credits" ? [operationId, `${operationId}-again`] : [operationId];
        return ids.map((id) => ({ call, by: "hub", id, amount: asked }));
      },
    }),
  },
  {
    rule: "a retry keeps its body byte for byte",
    instead: "a retry's amount is worked out anew, with the rate of the day",
    switchOff: (machinery) => ({
      ...machinery,
      requestsFor: (call) => {
        const amounts: Request["amount"][] = call === "credits" ? [asked, asked + 1] : [asked];
        return amounts.map((amount) => ({ call, by: "hub", id: operationId, amount }));
      },
    }),
  },
  {
    rule: "the caller asks by sending the same again: until there is a verdict",
    instead: "a hub that has the target's verdict stops asking the source",
    switchOff: withCalls("capturing", []),
  },
  {
    rule: "the credit is asked for only after the hold stands (K5)",
    instead: "hold and credit are sent together",
    switchOff: withCalls("holding", ["holds", "credits"]),
  },
  {
    rule: "the source is captured only after the credit (K3)",
    instead: "credit and capture are sent together",
    needs: { source: "remote" },
    switchOff: withCalls("crediting", ["credits", "holds/capture"]),
  },
  {
    rule: "the decision to roll back is committed before the first rollback leaves",
    instead: "a rollback is sent while the stored state still is crediting",
    switchOff: withCalls("crediting", ["credits", "credits/rollback"]),
  },
];

const decisionRules: readonly Rule[] = [
  {
    rule: "a leg of this node is moved by the transaction that reaches its state (X4)",
    instead:
      "the member of a hosted target is credited, the hub dies, and the state is stored by its successor",
    needs: { source: "remote", target: "hosted", needsUser: false },
    switchOff: (machinery) => ({
      ...machinery,
      strays(world) {
        const { crossing, source, target } = world;
        if (crossing.state !== "holding" || source.held === 0 || target.received > 0) return [];
        const next = { ...world, target: addCredit(target, asked) };
        return [{ note: "hub knows the hold, credits the member and dies before it stores that", next }];
      },
    }),
  },
  {
    rule: "a late completed does not count after the decision to roll back",
    instead: "the source is captured on it",
    switchOff: withMove("rolling_back", "credited", goTo("capturing")),
  },
  {
    rule: "the decision to roll back is one-way (K2)",
    instead: "it can be taken back, and the credit is asked for again",
    switchOff: withMove("rolling_back", "undo", goTo("crediting")),
  },
  {
    rule: "rollback_refused is final",
    instead: "the hub goes on rolling back",
    switchOff: withMove("rolling_back", "rollback_refused", () => undefined),
  },
  {
    rule: "the source is released only on refused or rolled_back: not on rollback_refused",
    instead: "rollback_refused releases it",
    switchOff: withMove("rolling_back", "rollback_refused", goTo("releasing")),
  },
  {
    rule: "the source is released only on refused or rolled_back: not by a decision",
    instead: "a credit that is not heard of for long is given up and the hold released",
    switchOff: withMove("crediting", "undo", goTo("releasing")),
  },
  {
    rule: "a hold that may be under way is ended by a release (K1)",
    instead: "the exchange fails without one",
    switchOff: withMove("holding", "undo", goTo("failed")),
  },
  {
    rule: "a verdict that does not belong to the state changes nothing (K6)",
    instead: "a late completed stops the release",
    switchOff: withMove("releasing", "credited", goTo("capturing")),
  },
  {
    rule: "an end is final (K6)",
    instead: "a late completed revives a failed exchange",
    switchOff: withMove("failed", "credited", goTo("capturing")),
  },
  {
    rule: "every transition compares and sets the stored state",
    instead: "a worker stores what follows from the state that it loaded",
    needs: { hasSecondWorker: true },
    switchOff: (machinery) => ({ ...machinery, baseOf: (_world, loaded) => loaded }),
  },
];

export const callerRules: readonly Rule[] = [...answerRules, ...requestRules, ...decisionRules];
