// Outcomes as answers: what a command came to, told to one caller or on one line of a batch.
import { type ErrorCode, errors, type v1 } from "@pointbridge/protocol";
import type { Operation } from "../domain/index.ts";
import type { SubmittedOutcome } from "../posting/index.ts";
import { AppError } from "../system/index.ts";
import { HttpError } from "./problem.ts";
import type { Services } from "./services.ts";

/** Codes that an operation's own state stands for, where it asks for what can't be any more. */
const endings: Partial<Record<Operation["status"], ErrorCode>> = {
  rolled_back: "rolled_back",
  released: "released",
  expired: "hold_expired",
};

/** Why an operation does not stand as what it was asked to be; undefined where it does. */
export function refusalCodeOf(operation: Operation): ErrorCode | undefined {
  return operation.failureCode ?? endings[operation.status];
}

interface Balances {
  readonly required?: string;
  readonly available?: string;
}

/** What a refusal for want of points says beside its code. */
function balancesOf(operation: Operation): Balances {
  const { required, available } = operation.data ?? {};
  return {
    ...(required === undefined ? {} : { required }),
    ...(available === undefined ? {} : { available }),
  };
}

export function viewFailure(operation: Operation): v1.Failure | null {
  if (operation.failureCode === null) return null;
  return {
    code: operation.failureCode,
    message: errors[operation.failureCode].title,
    ...balancesOf(operation),
  };
}

/** A refusal is a 422 whatever the code's own status is: the operation was judged, and this is its verdict. */
function refusalOf(operation: Operation, code: ErrorCode, idempotent: boolean): HttpError {
  return new HttpError(code, `operation ${operation.operationId}: ${errors[code].title.toLowerCase()}`, {
    status: 422,
    extra: { operation_id: operation.operationId, ...balancesOf(operation), idempotent },
  });
}

function isOutcomeUnknown(error: unknown): error is AppError {
  return error instanceof AppError && errors[error.code].class === "transient";
}

/**
 * The operation that a single command came to.
 * @throws HttpError for a conflict or for what can't be carried out
 */
export function operationOf(outcome: SubmittedOutcome): { operation: Operation; idempotent: boolean } {
  switch (outcome.type) {
    case "operation":
      return outcome;
    case "conflict":
      throw new HttpError(
        "operation_conflict",
        `operation ${outcome.operationId} was asked for with another ${outcome.field}; use a new id`,
        { extra: { operation_id: outcome.operationId, conflicting_field: outcome.field } },
      );
    case "unacceptable": {
      const { code, operationId } = outcome;
      const detail = `operation ${operationId}: ${errors[code].title.toLowerCase()}`;
      throw new HttpError(code, detail, { extra: { operation_id: operationId } });
    }
    case "error":
      throw outcome.error instanceof Error
        ? outcome.error
        : new Error("a command failed", { cause: outcome.error });
  }
}

/** Answers what was asked for: 201 the first time, 200 on a repeat. @throws HttpError where it was refused */
export function answerCreation(
  outcome: SubmittedOutcome,
  view: (operation: Operation, idempotent: boolean) => unknown,
): { status: number; body: unknown } {
  const { operation, idempotent } = operationOf(outcome);
  const code = refusalCodeOf(operation);
  if (code !== undefined) throw refusalOf(operation, code, idempotent);
  return { status: idempotent ? 200 : 201, body: view(operation, idempotent) };
}

/** The one outcome of a single command. */
export async function submitOne(
  services: Services,
  command: Parameters<Services["posting"]["submit"]>[0][number],
): Promise<SubmittedOutcome> {
  const [outcome] = await services.posting.submit([command]);
  if (outcome === undefined) throw new Error(`operation ${command.operationId} came to nothing`);
  return outcome;
}

export interface BatchLine {
  operation_id: string;
  status: "completed" | "failed" | "conflict" | "error";
  code?: string;
  required?: string;
  available?: string;
  conflicting_field?: string;
  idempotent?: boolean;
}

/** One line of a batch's result. @param extra what a completed line says of its operation */
export function viewLine(
  outcome: SubmittedOutcome,
  extra: (operation: Operation) => Readonly<Record<string, string | undefined>>,
): BatchLine {
  switch (outcome.type) {
    case "operation": {
      const { operation, idempotent } = outcome;
      const code = refusalCodeOf(operation);
      const repeat = idempotent ? { idempotent } : {};
      const operation_id = operation.operationId;
      if (code === undefined) return { operation_id, status: "completed", ...extra(operation), ...repeat };
      return { operation_id, status: "failed", code, ...balancesOf(operation), ...repeat };
    }
    case "conflict": {
      const code = "operation_conflict";
      return {
        operation_id: outcome.operationId,
        status: "conflict",
        code,
        conflicting_field: outcome.field,
      };
    }
    case "unacceptable":
      return { operation_id: outcome.operationId, status: "failed", code: outcome.code };
    case "error": {
      const code = isOutcomeUnknown(outcome.error) ? outcome.error.code : "internal_error";
      return { operation_id: outcome.operationId, status: "error", code };
    }
  }
}
