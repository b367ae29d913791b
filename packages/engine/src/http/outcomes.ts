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

interface RefusalDetails {
  readonly required?: string;
  readonly available?: string;
  readonly partner_code?: string;
  readonly exceeded?: v1.ExceededLimit;
}

/** What a refusal says beside its code: what was missing, or what a partner called it. */
function refusalDetailsOf(operation: Operation): RefusalDetails {
  const { required, available, exceeded, crossing } = operation.data ?? {};
  const partnerCode = crossing?.partnerCode ?? null;
  return {
    ...(required === undefined ? {} : { required }),
    ...(available === undefined ? {} : { available }),
    ...(exceeded === undefined ? {} : { exceeded }),
    ...(partnerCode === null ? {} : { partner_code: partnerCode }),
  };
}

export function viewFailure(operation: Operation): v1.Failure | null {
  if (operation.failureCode === null) return null;
  return {
    code: operation.failureCode,
    message: errors[operation.failureCode].title,
    ...refusalDetailsOf(operation),
  };
}

/** A refusal is a 422 whatever the code's own status is: the operation was judged, and this is its verdict. */
function refusalOf(operation: Operation, code: ErrorCode, idempotent: boolean): HttpError {
  return new HttpError(code, `operation ${operation.operationId}: ${errors[code].title.toLowerCase()}`, {
    status: 422,
    extra: { operation_id: operation.operationId, ...refusalDetailsOf(operation), idempotent },
  });
}

function isOutcomeUnknown(error: unknown): error is AppError {
  return error instanceof AppError && errors[error.code].class === "transient";
}

/** What can't be done to the operation of this id, as things stand. */
export function unacceptable(code: ErrorCode, operationId: string): HttpError {
  const detail = `operation ${operationId}: ${errors[code].title.toLowerCase()}`;
  return new HttpError(code, detail, { extra: { operation_id: operationId } });
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
    case "unacceptable":
      throw unacceptable(outcome.code, outcome.operationId);
    case "error":
      throw outcome.error instanceof Error
        ? outcome.error
        : new Error("a command failed", { cause: outcome.error });
  }
}

/** Whether partners have still to answer. */
function isUnderWay(operation: Operation): boolean {
  return operation.status === "processing" || operation.status === "needs_attention";
}

/** Answers what was asked for: 201 the first time, 200 on a repeat, 202 while it is under way. @throws HttpError where it was refused */
export function answerCreation(
  outcome: SubmittedOutcome,
  view: (operation: Operation, idempotent: boolean) => unknown,
): { status: number; body: unknown } {
  const { operation, idempotent } = operationOf(outcome);
  const code = refusalCodeOf(operation);
  if (code !== undefined) throw refusalOf(operation, code, idempotent);
  const status = isUnderWay(operation) ? 202 : idempotent ? 200 : 201;
  return { status, body: view(operation, idempotent) };
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
  status: "completed" | "processing" | "failed" | "conflict" | "error";
  code?: string;
  required?: string;
  available?: string;
  partner_code?: string;
  exceeded?: v1.ExceededLimit;
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
      if (isUnderWay(operation)) return { operation_id, status: "processing", ...repeat };
      if (code === undefined) return { operation_id, status: "completed", ...extra(operation), ...repeat };
      return { operation_id, status: "failed", code, ...refusalDetailsOf(operation), ...repeat };
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
