// What went wrong with a partner's call, as an answer that decides nothing.
import { toProblem } from "../problem.ts";
import type { PartnerAnswer } from "./handler.ts";

/** The time of the answer stands in it, for a caller whose clock is off. */
export function refuseSignature(code: string, detail: string): PartnerAnswer {
  return { status: 401, body: { code, detail, time: new Date().toISOString() } };
}

/** Whether the node is at fault, so that its log has to say more, beside the answer. */
export function toFailureAnswer(
  error: unknown,
  requestId: string,
): { readonly answer: PartnerAnswer; readonly isFault: boolean } {
  const problem = toProblem(error, requestId);
  const { type: _type, title: _title, status: _status, retryable: _retryable, ...body } = problem.body;
  return { answer: { status: problem.status, body, headers: problem.headers }, isFault: problem.isFault };
}
