// What a refused change of a rate says for itself.
import type { RefusalCode } from "@pointbridge/protocol";
import { AppError } from "../system/index.ts";
import type { CycleNode } from "./cycle-guard.ts";
import type { RateKey } from "./rate-key.ts";

/** Of a refusal for a cycle that gains. */
export interface RefusedGain {
  readonly cycle?: readonly CycleNode[] | undefined;
  readonly gain?: string | undefined;
  /** Why the partner did not accept it. */
  readonly partnerCode?: string | undefined;
}

function describeCycle(cycle: readonly CycleNode[], gain: string): string {
  const places = cycle.map(({ systemId, creditTypeId }) => `${systemId}/${creditTypeId}`);
  return `with this rate, ${places.join(" → ")} would multiply points by ${gain}; lower a rate of it, or let the link have allow_gaining_cycles`;
}

/** What is wrong and what to do, for people. */
export function describeRefusal(code: RefusalCode, key: RateKey, data: RefusedGain): string {
  const { sourceSystem, targetSystem, sourceCreditType, targetCreditType } = key;
  switch (code) {
    case "system_not_found":
      return `system ${sourceSystem} or ${targetSystem} is not known; create it first`;
    case "credit_type_not_found":
      return `credit type ${sourceCreditType} of ${sourceSystem} or ${targetCreditType} of ${targetSystem} is not known; create it first`;
    case "rate_cycle_gains":
      return describeCycle(data.cycle ?? [], data.gain ?? "more than 1");
    case "rate_not_accepted":
      return `the partner did not accept the change${data.partnerCode === undefined ? "" : `: ${data.partnerCode}`}; talk to it, and propose it anew under another id`;
    case "rate_change_rejected":
      return "the change was rejected; propose it anew under another id";
    case "rate_change_expired":
      return "nobody approved the change in time; propose it anew under another id";
    case "rate_change_stale":
      return "the rate was changed after this change had been proposed; propose it anew under another id";
    default:
      return `the change was refused: ${code}`;
  }
}

/** The cycle as the API shows it. */
export function viewCycle(cycle: readonly CycleNode[]): { system_id: string; credit_type_id: string }[] {
  return cycle.map(({ systemId, creditTypeId }) => ({ system_id: systemId, credit_type_id: creditTypeId }));
}

export interface RateRefusal extends RateKey {
  readonly code: RefusalCode;
  /** Undefined where the caller gave none, so that nothing was kept. */
  readonly operationId: string | undefined;
  readonly data: RefusedGain;
  readonly idempotent: boolean;
}

export function toError(refusal: RateRefusal): AppError {
  const { code, operationId, data, idempotent } = refusal;
  const { cycle, gain } = data;
  return new AppError(code, describeRefusal(code, refusal, data), {
    ...(operationId === undefined ? {} : { operation_id: operationId }),
    ...(cycle === undefined ? {} : { cycle: viewCycle(cycle) }),
    ...(gain === undefined ? {} : { gain }),
    idempotent,
  });
}

/** For what can only set rates, not propose them. */
export function approvalRequired(percentage: string): AppError {
  const detail = `a change of ${percentage} % needs another person's approval: propose it by itself, with PUT /v1/rates or \`pointbridge rate set\``;
  return new AppError("approval_required", detail);
}
