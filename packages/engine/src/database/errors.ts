// Database errors, classified by what may be done about them. SQLSTATEs are named here and nowhere else.

/**
 * - `conflict`: another transaction was in the way; nothing was kept; running it again may succeed.
 * - `unavailable`: the server did not answer or is going away; the outcome is not known.
 * - `fault`: the statement itself can't succeed.
 */
export type DatabaseErrorKind = "conflict" | "unavailable" | "fault";

export class DatabaseError extends Error {
  readonly kind: DatabaseErrorKind;
  readonly sqlState: string | undefined;
  readonly constraint: string | undefined;

  constructor(
    kind: DatabaseErrorKind,
    message: string,
    details: { sqlState?: string | undefined; constraint?: string | undefined; cause?: unknown },
  ) {
    super(message, { cause: details.cause });
    this.name = "DatabaseError";
    this.kind = kind;
    this.sqlState = details.sqlState;
    this.constraint = details.constraint;
  }
}

// A unique violation is a conflict: every unique key of ours guards something that another transaction
// has just made, and that the next try will find.
const conflictStates = new Set(["40001", "40P01", "23505", "55P03"]);

// Statement timeout, too many connections, shutting down, starting up, read-only standby, out of resources.
const unavailableStates = new Set(["57014", "25P03", "25P04", "25006", "57P01", "57P02", "57P03", "57P05"]);

function fieldOf(error: unknown, field: string): string | undefined {
  if (typeof error !== "object" || error === null || !(field in error)) return undefined;
  const value = (error as Record<string, unknown>)[field];
  return typeof value === "string" ? value : undefined;
}

/** Five characters, a digit among them: which tells `57P01` from `EPIPE`. */
function isSqlState(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && /[0-9]/.test(code);
}

function kindOf(code: string | undefined, message: string): DatabaseErrorKind {
  if (code === undefined) {
    return /connection terminated|not queryable|timeout exceeded|closed the connection/i.test(message)
      ? "unavailable"
      : "fault";
  }
  if (conflictStates.has(code)) return "conflict";
  if (unavailableStates.has(code)) return "unavailable";
  // What is neither a SQLSTATE nor a misuse of the driver came from the network, by whatever name.
  if (!isSqlState(code)) return code.startsWith("ERR_INVALID") ? "fault" : "unavailable";
  if (code.startsWith("08") || code.startsWith("53") || code.startsWith("58")) return "unavailable";
  return "fault";
}

/** Classifies whatever a driver threw. */
export function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  const sqlState = fieldOf(error, "code");
  const message = error instanceof Error ? error.message : String(error);
  const constraint = fieldOf(error, "constraint");
  return new DatabaseError(kindOf(sqlState, message), message, { sqlState, constraint, cause: error });
}
