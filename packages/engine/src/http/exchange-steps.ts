// The steps of an exchange, told from what is stored of it.
import type { v1 } from "@pointbridge/protocol";
import type { CrossingRecord, CrossingState, Operation } from "../domain/index.ts";

type Step = v1.ExchangeStep;

/** Both legs of a hosted exchange are moved at once, so that its steps share its time. */
function viewLocalSteps(operation: Operation): Step[] {
  const at = operation.createdAt.toISOString();
  if (operation.failureCode !== null) {
    return [{ step: "deduct_source_credits", status: "failed", at, error: operation.failureCode }];
  }
  return [
    { step: "deduct_source_credits", status: "completed", at },
    { step: "add_target_credits", status: "completed", at },
    { step: "confirm_source_deduction", status: "completed", at },
  ];
}

/** The step that each state is about. */
const stepOfState: Partial<Record<CrossingState, Step["step"]>> = {
  holding: "deduct_source_credits",
  provisioning: "add_target_credits",
  crediting: "add_target_credits",
  rolling_back: "rollback_target_addition",
  capturing: "confirm_source_deduction",
  releasing: "rollback_source_freeze",
};

function completedSteps(crossing: CrossingRecord): Step[] {
  const { marks } = crossing;
  const steps: readonly (readonly [Step["step"], string | undefined])[] = [
    ["deduct_source_credits", marks.held],
    ["add_target_credits", marks.credited],
    ["confirm_source_deduction", marks.captured],
    ["rollback_target_addition", marks.rolled_back],
    ["rollback_source_freeze", marks.released],
  ];
  return steps.flatMap(([step, at]) => (at === undefined ? [] : [{ step, status: "completed", at }]));
}

/** What a partner refused, and with which code. */
function failedStep(operation: Operation, crossing: CrossingRecord): Step[] {
  const { failure, partnerCode } = crossing;
  if (failure === null) return [];
  const step = failure.startsWith("source") ? "deduct_source_credits" : "add_target_credits";
  const at = operation.updatedAt.toISOString();
  return [{ step, status: "failed", at, error: partnerCode ?? failure }];
}

function pendingStep(crossing: CrossingRecord): Step[] {
  const step = stepOfState[crossing.state];
  if (step === undefined) return [];
  const { since, attempts, lastError } = crossing;
  return [
    {
      step,
      status: "pending",
      at: since,
      ...(attempts === 0 ? {} : { attempts }),
      ...(lastError === undefined ? {} : { error: lastError }),
    },
  ];
}

export function viewSteps(operation: Operation): Step[] {
  const crossing = operation.data?.crossing;
  if (crossing === undefined) return viewLocalSteps(operation);
  const done = completedSteps(crossing);
  const failed = failedStep(operation, crossing);
  // A refusal comes after the hold and before what undoes it.
  const place = done.findIndex(({ step }) => step.startsWith("rollback"));
  const before = place === -1 ? done : done.slice(0, place);
  const after = place === -1 ? [] : done.slice(place);
  return [...before, ...failed, ...after, ...pendingStep(crossing)];
}
