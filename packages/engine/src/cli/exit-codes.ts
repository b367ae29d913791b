// How a command ends: the exit codes of the command line, and the errors that lead to them.
import { AppError } from "../system/index.ts";

export const exitCodes = {
  done: 0,
  /** Refused, or differences were found. */
  refused: 1,
  /** Bad usage or bad input; nothing was applied. */
  badInput: 2,
  /** The node can't be reached or answered 5xx. */
  unreachable: 3,
} as const;

/** Ends a command with a message for people and an exit code. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.name = "CommandError";
    this.exitCode = exitCode;
  }
}

/** The exit code that an error of the node's own start leads to. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommandError) return error.exitCode;
  if (error instanceof AppError) {
    return error.code === "database_unavailable" ? exitCodes.unreachable : exitCodes.badInput;
  }
  return exitCodes.unreachable;
}
