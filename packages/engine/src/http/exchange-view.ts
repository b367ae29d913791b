// An exchange as it is answered.
import type { v1 } from "@pointbridge/protocol";
import type { Operation } from "../domain/index.ts";
import { viewSteps } from "./exchange-steps.ts";
import { viewMetadata } from "./movements.ts";
import { viewFailure } from "./outcomes.ts";

function viewWriteOff(operation: Operation): v1.Exchange["write_off"] {
  const writeOff = operation.data?.crossing?.writeOff;
  if (writeOff === undefined) return null;
  const { proposedBy, proposedAt, note, approvedBy = null } = writeOff;
  return { proposed_by: proposedBy, proposed_at: proposedAt, note, approved_by: approvedBy };
}

function required(value: string | null, operation: Operation): string {
  if (value === null) throw new Error(`exchange ${operation.operationId} lacks a part of its body`);
  return value;
}

export function viewExchange(operation: Operation, idempotent: boolean): v1.Exchange {
  const { sourceAmount, targetAmount } = operation;
  return {
    operation_id: operation.operationId,
    status: operation.status as v1.Exchange["status"],
    user_id: required(operation.userId, operation),
    target_user_id: operation.targetUserId,
    source_system: required(operation.sourceSystem, operation),
    target_system: required(operation.targetSystem, operation),
    source_credit_type: required(operation.sourceCreditType, operation),
    target_credit_type: required(operation.targetCreditType, operation),
    source_amount: String(sourceAmount),
    target_amount: targetAmount === null ? null : String(targetAmount),
    exchange_rate: operation.exchangeRate,
    rate_version: operation.rateVersion,
    quote_id: operation.quoteId,
    steps: viewSteps(operation),
    write_off: viewWriteOff(operation),
    failure: viewFailure(operation),
    metadata: viewMetadata(operation.metadata),
    created_at: operation.createdAt.toISOString(),
    updated_at: operation.updatedAt.toISOString(),
    idempotent,
  };
}
