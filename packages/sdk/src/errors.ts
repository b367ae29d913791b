// The two ways in which a call fails: the node says no, or nothing can be had from it.
import type { ErrorCode } from "@pointbridge/protocol";
import type { components } from "./generated/openapi.ts";
import type { Answer } from "./points.ts";

export type Problem = Answer<components["schemas"]["Problem"]>;
export type FormError = Answer<components["schemas"]["FormError"]>;

/** What was asked, as far as it says whether something may have happened. */
export interface FailedRequest {
  readonly method: string;
  readonly path: string;
  /** The ids that were sent, made by the client or given: send them again to learn what came of them. */
  readonly operationIds: readonly string[];
}

abstract class CallError extends Error {
  readonly request: FailedRequest;
  /** The id that was sent, where it was one. */
  readonly operationId: string | undefined;

  constructor(message: string, request: FailedRequest, options?: ErrorOptions) {
    super(message, options);
    this.request = request;
    this.operationId = request.operationIds.length === 1 ? request.operationIds[0] : undefined;
  }
}

/** A code of the error table, or `http_STATUS` where something before the node answered without a problem. */
export type ProblemCode = ErrorCode | `http_${number}`;

export interface ProblemAnswer {
  readonly status: number;
  /** Undefined where the answer was not a problem. */
  readonly problem: Problem | undefined;
  readonly retryAfterMs: number | undefined;
}

/** The node answered with an error: a refusal (422), a conflict (409), a malformed request (400) and so on. */
export class PointbridgeError extends CallError {
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly requestId: string | undefined;
  /** Whether the very same request, with the same operation id, may be sent again. */
  readonly retryable: boolean;
  /** Each fault in the form of a malformed request. */
  readonly errors: readonly FormError[];
  /** The whole problem, with `required` and `available` as bigint; undefined where the answer was none. */
  readonly body: Problem | undefined;
  readonly retryAfterMs: number | undefined;

  constructor({ status, problem, retryAfterMs }: ProblemAnswer, request: FailedRequest) {
    const code = problem === undefined ? (`http_${status}` as const) : (problem.code as ErrorCode);
    const detail =
      problem?.detail ??
      `${request.method} ${request.path} was answered with ${status} and no problem document; is url the address of a node?`;
    super(`${code}: ${detail}`, request);
    this.name = "PointbridgeError";
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.requestId = problem?.request_id;
    // Where a proxy answers for the node, its status is all there is.
    this.retryable = problem?.retryable === true || status === 429 || (problem === undefined && status > 501);
    this.errors = problem?.errors ?? [];
    this.body = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/** No answer, or none of a node: what the call came to is not known. Sending it again with the same ids is safe. */
export class UnreachableError extends CallError {
  /** Whether there was no answer at all, so that a further attempt may have one. */
  readonly retryable: boolean;

  constructor(
    message: string,
    request: FailedRequest,
    options: ErrorOptions & { readonly retryable: boolean },
  ) {
    super(message, request, options);
    this.name = "UnreachableError";
    this.retryable = options.retryable;
  }
}
