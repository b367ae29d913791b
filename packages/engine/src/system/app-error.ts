// The one error that the engine throws on purpose: a code of the error table and what to do about it.
import type { ErrorCode } from "@pointbridge/protocol";

export class AppError extends Error {
  readonly code: ErrorCode;
  /** Fields that belong to the code, such as conflicting_field; shown to the caller. */
  readonly extra: Readonly<Record<string, unknown>>;

  /** @param detail what is wrong, where, and what to do; shown to the caller */
  constructor(code: ErrorCode, detail: string, extra?: Readonly<Record<string, unknown>>, cause?: unknown) {
    super(detail, { cause });
    this.name = "AppError";
    this.code = code;
    this.extra = extra ?? {};
  }
}
