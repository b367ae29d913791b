// Exchanges: points of one system become points of another.
import { type Static, Type } from "typebox";
import { failure } from "./credits.ts";
import { exceededLimit } from "./limits.ts";
import {
  amount,
  batchLinesMax,
  closed,
  creditTypeId,
  idempotent,
  metadata,
  nullable,
  oneOf,
  operationId,
  pageOf,
  pageQuery,
  points,
  rate,
  systemId,
  time,
  timeInQuery,
  userId,
} from "./shapes.ts";

export const exchangeInput = closed("ExchangeInput", "An exchange to make.", {
  operation_id: Type.Optional(operationId),
  user_id: userId,
  source_system: systemId,
  target_system: systemId,
  source_credit_type: creditTypeId,
  target_credit_type: creditTypeId,
  amount,
  quote_id: Type.Optional(operationId),
  metadata: Type.Optional(metadata),
});

export const exchangeStatuses = ["started", "processing", "completed", "failed", "needs_attention"] as const;
const status = oneOf(
  exchangeStatuses,
  "`failed`: nothing moved, or all of it was put back. `needs_attention`: an open inconsistency names it.",
);

const exchangeStep = closed("ExchangeStep", "A step of an exchange.", {
  step: oneOf(
    [
      "deduct_source_credits",
      "add_target_credits",
      "confirm_source_deduction",
      "rollback_target_addition",
      "rollback_source_freeze",
    ],
    "Which step.",
  ),
  status: oneOf(["pending", "completed", "failed"], "Where it stands."),
  at: time,
  attempts: Type.Optional(Type.Integer({ minimum: 1 })),
  error: Type.Optional(Type.String({ description: "What went wrong: a code, or why there was no answer." })),
});

const writeOff = closed("WriteOff", "Writing an exchange off against the suspense account: by two people.", {
  proposed_by: Type.String(),
  proposed_at: time,
  note: Type.String(),
  approved_by: nullable(Type.String(), "Null while nobody has approved it."),
});

export const exchange = closed("Exchange", "An exchange.", {
  operation_id: operationId,
  status,
  user_id: userId,
  target_user_id: nullable(userId, "Who gets the points; null where a refusal came before that was known."),
  source_system: systemId,
  target_system: systemId,
  source_credit_type: creditTypeId,
  target_credit_type: creditTypeId,
  source_amount: points,
  target_amount: nullable(points, "Source amount x rate, rounded down; null where a refusal came before."),
  exchange_rate: nullable(rate, "Frozen in the exchange; null where a refusal came before."),
  rate_version: nullable(Type.Integer({ minimum: 1 }), "Of the rate; null where a refusal came before."),
  quote_id: nullable(operationId, "As given."),
  steps: Type.Array(exchangeStep),
  write_off: nullable(writeOff, "That it be written off, as proposed; null where nobody did."),
  failure: nullable(failure, "Why it failed; null if it did not."),
  metadata: nullable(metadata, "As given."),
  created_at: time,
  updated_at: time,
  idempotent,
});

export const exchangePage = pageOf("ExchangePage", exchange);

export const exchangeQuery = closed("ExchangeQuery", "Which exchanges, newest first.", {
  status: Type.Optional(status),
  user_id: Type.Optional(userId),
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  created_after: Type.Optional(timeInQuery),
  created_before: Type.Optional(timeInQuery),
  ...pageQuery,
});

export const exchangeBatch = closed(
  "ExchangeBatch",
  "Exchanges, with the effects of being done one by one in this order.",
  { exchanges: Type.Array(exchangeInput, { maxItems: batchLinesMax }) },
);

export const exchangeBatchLine = closed("ExchangeBatchLine", "What one line of a batch came to.", {
  operation_id: operationId,
  status: oneOf(
    ["completed", "processing", "failed", "conflict", "error"],
    "`conflict`: the id belongs to another body, nothing changed. `error`: the outcome is not known, send the line again.",
  ),
  code: Type.Optional(Type.String({ description: "Of failed, conflict and error." })),
  target_amount: Type.Optional(points),
  required: Type.Optional(points),
  available: Type.Optional(points),
  partner_code: Type.Optional(Type.String({ description: "With which code a partner refused." })),
  exceeded: Type.Optional({ ...exceededLimit, description: "Which limit refused." }),
  conflicting_field: Type.Optional(Type.String()),
  idempotent: Type.Optional(Type.Boolean()),
});

export const exchangeBatchResult = closed(
  "ExchangeBatchResult",
  "One result per line, in the lines' order.",
  {
    results: Type.Array(exchangeBatchLine),
  },
);

export type ExchangeInput = Static<typeof exchangeInput>;
export type Exchange = Static<typeof exchange>;
export type ExchangeStep = Static<typeof exchangeStep>;
export type ExchangeBatchLine = Static<typeof exchangeBatchLine>;
