// What credits, debits and holds have in common: from a request to a command, from an operation to an answer.
import type { v1 } from "@pointbridge/protocol";
import type { AccountCommand, Metadata, Operation } from "../domain/index.ts";
import type { Form } from "../form/index.ts";
import { newOperationId } from "../system/index.ts";
import { viewFailure } from "./outcomes.ts";

/** @param path of the request within the body */
export function toAccountCommand(
  type: AccountCommand["type"],
  input: v1.MovementInput & { readonly expires_in_ms?: number },
  path: string,
  form: Form,
  principal: string,
): AccountCommand {
  return {
    type,
    operationId: input.operation_id ?? newOperationId(),
    principal,
    systemId: input.system_id,
    userId: input.user_id,
    creditTypeId: input.credit_type_id,
    amount: form.amount(input.amount, `${path}/amount`),
    businessCode: input.business_code ?? null,
    businessId: input.business_id ?? null,
    metadata: form.metadata(input.metadata, `${path}/metadata`),
    expiresInMs: input.expires_in_ms ?? null,
  };
}

/** The fields that a credit, a debit and a hold answer with, beside their status. */
export function viewMovement(operation: Operation, idempotent: boolean): Omit<v1.Credit, "status"> {
  const amount = operation.targetAmount ?? operation.sourceAmount;
  return {
    operation_id: operation.operationId,
    system_id: operation.targetSystem ?? operation.sourceSystem,
    user_id: operation.userId,
    credit_type_id: operation.targetCreditType ?? operation.sourceCreditType,
    amount: amount === null ? null : String(amount),
    business_code: operation.businessCode,
    business_id: operation.businessId,
    transaction_id: operation.data?.transaction_id ?? null,
    new_balance: operation.data?.new_balance ?? null,
    failure: viewFailure(operation),
    metadata: viewMetadata(operation.metadata),
    created_at: operation.createdAt.toISOString(),
    updated_at: operation.updatedAt.toISOString(),
    idempotent,
  };
}

export function viewMetadata(metadata: Metadata | null): Record<string, unknown> | null {
  return metadata === null ? null : { ...metadata };
}
