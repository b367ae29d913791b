// Problem mapping: the one place where an error becomes an RFC 9457 problem.
import { type ErrorCode, errors, type v1 } from "@pointbridge/protocol";
import { DatabaseError } from "../database/index.ts";
import { FormError } from "../form/index.ts";
import { AppError } from "../system/index.ts";

/** An error with a code of the table, and with another status where the table's is not the place's. */
export class HttpError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  /** @param detail what is wrong and what to do; shown to the caller */
  constructor(
    code: ErrorCode,
    detail: string,
    options: {
      readonly status?: number;
      readonly extra?: Readonly<Record<string, unknown>>;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ) {
    super(detail);
    this.name = "HttpError";
    this.code = code;
    this.status = options.status ?? errors[code].status;
    this.extra = options.extra ?? {};
    this.headers = options.headers ?? {};
  }
}

/** For a GET of something that is not there, whose code is a 422 where it refuses an operation. */
export function notFound(code: ErrorCode, detail: string): HttpError {
  return new HttpError(code, detail, { status: 404 });
}

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: v1.Problem;
  /** The node is at fault, so that the log has to say more; what is turned away in a crowd would fill it. */
  readonly isFault: boolean;
}

const headersByCode: Partial<Record<ErrorCode, Readonly<Record<string, string>>>> = {
  unauthenticated: { "www-authenticate": "Bearer" },
  overloaded: { "retry-after": "1" },
  node_closed: { "retry-after": "30" },
  database_unavailable: { "retry-after": "1" },
};

function hasCode(error: unknown): error is { readonly code: string; readonly statusCode?: number } {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string";
}

/** What Fastify itself refuses, in our words. */
function fromFramework(error: unknown): HttpError | undefined {
  if (!hasCode(error)) return undefined;
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new HttpError("request_too_large", "split the request: a body may have at most 4 MiB");
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
    case "FST_ERR_CTP_EMPTY_TYPE":
      return new HttpError("unsupported_media_type", "send the header Content-Type: application/json");
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new HttpError("invalid_request", "the body's length differs from the Content-Length header");
    case "FST_ERR_BAD_URL":
      return new HttpError("invalid_request", "the address is not percent-encoded UTF-8");
    default: {
      const isClients = error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500;
      return isClients ? new HttpError("invalid_request", "the request could not be read") : undefined;
    }
  }
}

function fromForm(error: FormError): HttpError {
  const count = error.faults.length;
  const detail = count === 1 ? error.message : `${count} faults in the request; see errors`;
  return new HttpError("invalid_request", detail, { extra: { errors: error.faults } });
}

function fromDatabase(error: DatabaseError): HttpError | undefined {
  if (error.kind === "fault") return undefined;
  return new HttpError(
    "database_unavailable",
    "send the same request again; an operation id makes that safe",
  );
}

function toHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  if (error instanceof FormError) return fromForm(error);
  if (error instanceof AppError) return new HttpError(error.code, error.message, { extra: error.extra });
  const known = error instanceof DatabaseError ? fromDatabase(error) : fromFramework(error);
  // What went wrong inside is for the log, not for the caller.
  return known ?? new HttpError("internal_error", "the node's log says more, under this request_id");
}

export function toProblem(error: unknown, requestId: string): ProblemAnswer {
  const { code, status, message, extra, headers } = toHttpError(error);
  const entry = errors[code];
  const body: v1.Problem = {
    type: `/docs#error-${code}`,
    title: entry.title,
    status,
    detail: message,
    code,
    retryable: entry.class === "transient",
    request_id: requestId,
    ...extra,
  };
  return {
    status,
    headers: { ...headersByCode[code], ...headers },
    body,
    isFault: status >= 500 && code !== "overloaded" && code !== "node_closed",
  };
}
