// The seal of an operation: whose it was and a digest of its row, made where the row is at hand, so that the audit
// log need not read it again, and so that what is changed between the write and the audit shows.
import { randomBytes } from "node:crypto";
import { saltBytes } from "@pointbridge/protocol/audit";
import { approverOf, digestOperation, type Operation } from "../domain/index.ts";
import type { OperationChange, OperationSeal } from "./change.ts";

export function newSalt(): string {
  return randomBytes(saltBytes).toString("base64url");
}

/** @param stood under which kind and status the operation is recorded */
export function sealOperation(
  operation: Operation,
  stood: Pick<OperationChange, "kind" | "status">,
  salt: string,
): OperationSeal {
  return {
    salt,
    principal: operation.principal,
    approvedBy: approverOf(operation),
    digest: digestOperation(operation, stood, salt),
  };
}

/** The operations as they stand, sealed under one salt. */
export function sealedChanges(operations: readonly Operation[]): OperationChange[] {
  const salt = newSalt();
  return operations.map((operation) => {
    const { operationId, kind, status } = operation;
    return { type: "operation", operationId, kind, status, seal: sealOperation(operation, operation, salt) };
  });
}
