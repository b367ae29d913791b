// What a hub may get instead of an answer, or as an answer that is not to its request. None of it proves
// anything (CONTRACT: the caller's rules), so with all rules on no exploration has a step for it.
import type { Answer, Request } from "./world.ts";

export interface NoisyAnswer {
  readonly name: string;
  /** Undefined: none in time. */
  readonly answer: Answer | undefined;
}

const statuses = [301, 400, 401, 403, 404, 429, 500, 503];

const refused: Answer = { status: 422, outcome: "refused", code: "limit_reached" };

export function noiseFor(request: Request): NoisyAnswer[] {
  const answers: NoisyAnswer[] = [
    { name: "no answer in time", answer: undefined },
    ...statuses.map((status) => ({ name: `a ${status} without an outcome`, answer: { status } })),
  ];
  if (request.call === "users") return answers;
  return [
    ...answers,
    {
      name: "a 409 operation_conflict",
      answer: { ...refused, status: 409, code: "operation_conflict" },
    },
    { name: "an unsigned refusal", answer: { ...refused, proof: "unsigned" } },
    { name: "a refusal signed for another request's nonce", answer: { ...refused, proof: "other_nonce" } },
    { name: "a refusal of another operation", answer: { ...refused, id: "exchange-2" } },
    {
      name: "a completion of another amount",
      answer: { status: 200, outcome: "completed", amount: request.amount + 1 },
    },
    {
      name: "a batch with the other call's refusal twice and no result of ours",
      answer: {
        status: 200,
        results: [
          { ...refused, id: "exchange-2" },
          { ...refused, id: "exchange-2" },
        ],
      },
    },
  ];
}
