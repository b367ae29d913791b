// How a command that failed says so: words on standard error, with --json a document on standard output too.
import { PointbridgeError, UnreachableError } from "@pointbridge/sdk";
import { AppError } from "../system/index.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";

export interface Failure {
  readonly exitCode: number;
  readonly message: string;
  /** What --json prints. */
  readonly document: Readonly<Record<string, unknown>>;
}

function exitCodeOfStatus(status: number): number {
  if (status >= 500 || status === 429) return exitCodes.unreachable;
  return status === 400 || status === 413 || status === 415 ? exitCodes.badInput : exitCodes.refused;
}

function fromProblem(error: PointbridgeError): Failure {
  const faults = error.errors.map(({ path, message }) => `\n${path || "the request"}: ${message}`).join("");
  const { status, code, detail, operationId } = error;
  const id = operationId === undefined ? {} : { operation_id: operationId };
  const document = error.body === undefined ? { code, status, detail, ...id } : { ...id, ...error.body };
  return { exitCode: exitCodeOfStatus(status), message: `${code}: ${detail}${faults}`, document };
}

function causeOf(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return "";
  // The platform's fetch hides what happened one level further down.
  const inner = cause.cause instanceof Error ? cause.cause : cause;
  return inner.message === "" ? "" : ` (${inner.message})`;
}

export function toFailure(error: unknown): Failure {
  if (error instanceof CommandError) {
    const { exitCode, message, report } = error;
    const [detail = message] = message.split("\n", 1);
    const code = exitCode === exitCodes.badInput ? "bad_input" : "failed";
    return { exitCode, message, document: { code, detail, ...report } };
  }
  if (error instanceof PointbridgeError) return fromProblem(error);
  if (error instanceof UnreachableError) {
    const message = `${error.message}${causeOf(error)}`;
    const id = error.operationId === undefined ? {} : { operation_id: error.operationId };
    return {
      exitCode: exitCodes.unreachable,
      message,
      document: { code: "unreachable", detail: message, ...id },
    };
  }
  if (error instanceof AppError) {
    const isAway = error.code === "database_unavailable" || error.code === "overloaded";
    const exitCode = isAway ? exitCodes.unreachable : exitCodes.badInput;
    return { exitCode, message: error.message, document: { code: error.code, detail: error.message } };
  }
  // A database that can't be reached among them.
  const message = error instanceof Error ? error.message : String(error);
  return { exitCode: exitCodes.unreachable, message, document: { code: "internal_error", detail: message } };
}
