// Errors as RFC 9457 problems. The codes are those of the one error table.
import { type Static, Type } from "typebox";
import { exceededLimit } from "./limits.ts";
import { rateCycle, rateCycleGain } from "./rates.ts";
import { closed, operationId, points } from "./shapes.ts";

export const formError = closed("FormError", "One fault in the form of a request.", {
  path: Type.String({
    description:
      "JSON pointer into the body (`/exchanges/3/amount`), or `/query/NAME`, `/path/NAME`, `/header/NAME`; empty for the body as a whole.",
  }),
  message: Type.String({ description: "What is wrong and what is expected." }),
});

export const problem = closed("Problem", "An error (RFC 9457, application/problem+json).", {
  type: Type.String({ description: "An address of the code's description." }),
  title: Type.String({ description: "What the code means, in one line." }),
  status: Type.Integer({ minimum: 400, maximum: 599 }),
  detail: Type.String({ description: "What happened here, and what to do." }),
  code: Type.String({ description: "The error's code; the table is in docs/errors.md." }),
  retryable: Type.Boolean({ description: "Whether to send the very same request again." }),
  request_id: Type.String({ description: "Also in the X-Request-Id header and in the node's log." }),
  errors: Type.Optional(Type.Array(formError, { description: "Of a malformed request: each fault found." })),
  operation_id: Type.Optional(operationId),
  idempotent: Type.Optional(Type.Boolean({ description: "Of a refusal: it was stored by an earlier call." })),
  conflicting_field: Type.Optional(
    Type.String({ description: "Of operation_conflict: the first field that differs from the stored body." }),
  ),
  required: Type.Optional(points),
  available: Type.Optional(points),
  partner_code: Type.Optional(Type.String({ description: "With which code a partner refused." })),
  exceeded: Type.Optional({ ...exceededLimit, description: "Which limit refused." }),
  cycle: Type.Optional(rateCycle),
  gain: Type.Optional(rateCycleGain),
});

export type Problem = Static<typeof problem>;
export type FormError = Static<typeof formError>;
