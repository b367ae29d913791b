// Operations as rows: from the database and to it.

import type { RefusalCode } from "@pointbridge/protocol";
import { numberArray, type Parameter, textArray, timeArray } from "../database/index.ts";
import type { Metadata, Operation, OperationData, OperationKind, OperationStatus } from "../domain/index.ts";

export interface OperationRow {
  readonly operation_id: string;
  readonly kind: OperationKind;
  readonly status: OperationStatus;
  readonly user_id: string | null;
  readonly target_user_id: string | null;
  readonly source_system: string | null;
  readonly target_system: string | null;
  readonly source_credit_type: string | null;
  readonly target_credit_type: string | null;
  readonly source_amount: bigint | null;
  readonly target_amount: bigint | null;
  readonly exchange_rate: string | null;
  readonly rate_version: number | null;
  readonly quote_id: string | null;
  readonly business_code: string | null;
  readonly business_id: string | null;
  readonly expires_at: Date | null;
  readonly failure_code: RefusalCode | null;
  readonly data: OperationData | null;
  readonly metadata: Metadata | null;
  readonly principal: string;
  readonly initiated_at: Date | null;
  readonly due_at: Date | null;
  readonly waiting_on: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export function toOperation(row: OperationRow): Operation {
  return {
    operationId: row.operation_id,
    kind: row.kind,
    status: row.status,
    userId: row.user_id,
    targetUserId: row.target_user_id,
    sourceSystem: row.source_system,
    targetSystem: row.target_system,
    sourceCreditType: row.source_credit_type,
    targetCreditType: row.target_credit_type,
    sourceAmount: row.source_amount,
    targetAmount: row.target_amount,
    exchangeRate: row.exchange_rate,
    rateVersion: row.rate_version,
    quoteId: row.quote_id,
    businessCode: row.business_code,
    businessId: row.business_id,
    expiresAt: row.expires_at,
    failureCode: row.failure_code,
    data: row.data,
    metadata: row.metadata,
    principal: row.principal,
    initiatedAt: row.initiated_at,
    dueAt: row.due_at,
    waitingOn: row.waiting_on,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function jsonText(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

/** The parameters of insertOperations. */
export function toInsertParameters(
  shardId: number,
  operations: readonly Operation[],
  now: Date,
): Parameter[] {
  const texts = (pick: (operation: Operation) => string | null) => textArray(operations.map(pick));
  const numbers = (pick: (operation: Operation) => bigint | number | null) =>
    numberArray(operations.map(pick));
  return [
    shardId,
    texts((operation) => operation.operationId),
    texts((operation) => operation.kind),
    texts((operation) => operation.status),
    texts((operation) => operation.userId),
    texts((operation) => operation.targetUserId),
    texts((operation) => operation.sourceSystem),
    texts((operation) => operation.targetSystem),
    texts((operation) => operation.sourceCreditType),
    texts((operation) => operation.targetCreditType),
    numbers((operation) => operation.sourceAmount),
    numbers((operation) => operation.targetAmount),
    texts((operation) => operation.exchangeRate),
    numbers((operation) => operation.rateVersion),
    texts((operation) => operation.quoteId),
    texts((operation) => operation.businessCode),
    texts((operation) => operation.businessId),
    timeArray(operations.map((operation) => operation.expiresAt)),
    texts((operation) => operation.failureCode),
    texts((operation) => jsonText(operation.data)),
    texts((operation) => jsonText(operation.metadata)),
    texts((operation) => operation.principal),
    timeArray(operations.map((operation) => operation.initiatedAt)),
    timeArray(operations.map((operation) => operation.dueAt)),
    texts((operation) => operation.waitingOn),
    now,
  ];
}

/** The parameters of updateOperations. */
export function toUpdateParameters(
  shardId: number,
  operations: readonly Operation[],
  now: Date,
): Parameter[] {
  return [
    shardId,
    textArray(operations.map((operation) => operation.operationId)),
    textArray(operations.map((operation) => operation.status)),
    textArray(operations.map((operation) => jsonText(operation.data))),
    textArray(operations.map((operation) => operation.failureCode)),
    textArray(operations.map((operation) => operation.targetUserId)),
    timeArray(operations.map((operation) => operation.dueAt)),
    textArray(operations.map((operation) => operation.waitingOn)),
    now,
  ];
}
