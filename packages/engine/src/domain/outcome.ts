// What a command came to.
import type { ErrorCode } from "@pointbridge/protocol";
import type { Operation } from "./operation.ts";

export type Outcome =
  /** The operation as it stands; `idempotent` where this command found it so. */
  | { readonly type: "operation"; readonly operation: Operation; readonly idempotent: boolean }
  /** The id belongs to another body, which differs in `field`. Nothing was done. */
  | {
      readonly type: "conflict";
      readonly operationId: string;
      readonly field: string;
      readonly stored: Operation;
    }
  /** The command can't be carried out on the operation as it stands. Nothing was done. */
  | { readonly type: "unacceptable"; readonly operationId: string; readonly code: ErrorCode };

export function done(operation: Operation): Outcome {
  return { type: "operation", operation, idempotent: false };
}

export function repeated(operation: Operation): Outcome {
  return { type: "operation", operation, idempotent: true };
}

export function conflict(stored: Operation, field: string): Outcome {
  return { type: "conflict", operationId: stored.operationId, field, stored };
}

export function unacceptable(operationId: string, code: ErrorCode): Outcome {
  return { type: "unacceptable", operationId, code };
}
