// Credits and debits: points that come to a member's account from the issuer, or go back to it.
// Both have the same shapes; holds share the request's fields.
import { type Static, Type } from "typebox";
import { exceededLimit } from "./limits.ts";
import {
  amount,
  batchLinesMax,
  businessText,
  closed,
  creditTypeId,
  idempotent,
  metadata,
  nullable,
  oneOf,
  operationId,
  points,
  systemId,
  time,
  userId,
} from "./shapes.ts";

/** What a credit, a debit and a hold are asked with. */
export const movementFields = {
  operation_id: Type.Optional(operationId),
  system_id: systemId,
  user_id: userId,
  credit_type_id: creditTypeId,
  amount,
  business_code: Type.Optional(businessText),
  business_id: Type.Optional(businessText),
  metadata: Type.Optional(metadata),
};

export const failure = closed("Failure", "Why an operation was refused.", {
  code: Type.String({ description: "A code of the error table." }),
  message: Type.String(),
  required: Type.Optional(points),
  available: Type.Optional(points),
  partner_code: Type.Optional(Type.String({ description: "With which code a partner refused." })),
  exceeded: Type.Optional({ ...exceededLimit, description: "Which limit refused." }),
});

const whenFenced = "Null where a rollback or release came first, so that the request itself was never seen.";

/** What a credit, a debit and a hold answer with. */
export const movementAnswerFields = {
  operation_id: operationId,
  system_id: nullable(systemId, whenFenced),
  user_id: nullable(userId, whenFenced),
  credit_type_id: nullable(creditTypeId, whenFenced),
  amount: nullable(points, whenFenced),
  business_code: nullable(
    businessText,
    "The caller's own reference, with business_id unique within system and kind.",
  ),
  business_id: nullable(businessText, "The caller's own reference."),
  transaction_id: nullable(
    Type.String(),
    "The entry that it made: the account's id, a dot, and the line's number.",
  ),
  new_balance: nullable(points, "The account's available points right after it last changed this account."),
  failure: nullable(failure, "Why it was refused; null if it was not."),
  metadata: nullable(metadata, "As given."),
  created_at: time,
  updated_at: time,
  idempotent,
};

const movementStatus = oneOf(
  ["completed", "failed", "rolled_back"],
  "`failed`: refused, nothing moved. `rolled_back`: taken back, or fenced before it arrived.",
);

export const creditInput = closed("CreditInput", "Points to add to a member's account.", movementFields);
export const debitInput = closed("DebitInput", "Points to take from a member's account.", movementFields);

export const credit = closed("Credit", "A credit.", { ...movementAnswerFields, status: movementStatus });
export const debit = closed("Debit", "A debit.", { ...movementAnswerFields, status: movementStatus });

export const creditBatch = closed("CreditBatch", "Credits, done one after the other.", {
  credits: Type.Array(creditInput, { maxItems: batchLinesMax }),
});
export const debitBatch = closed("DebitBatch", "Debits, done one after the other.", {
  debits: Type.Array(debitInput, { maxItems: batchLinesMax }),
});

export const movementBatchLine = closed("MovementBatchLine", "What one line of a batch came to.", {
  operation_id: operationId,
  status: oneOf(
    ["completed", "failed", "conflict", "error"],
    "`conflict`: the id belongs to another body, nothing changed. `error`: the outcome is not known, send the line again.",
  ),
  code: Type.Optional(Type.String({ description: "Of every status but completed." })),
  transaction_id: Type.Optional(Type.String()),
  new_balance: Type.Optional(points),
  required: Type.Optional(points),
  available: Type.Optional(points),
  conflicting_field: Type.Optional(Type.String()),
  idempotent: Type.Optional(Type.Boolean()),
});

export const movementBatchResult = closed(
  "MovementBatchResult",
  "One result per line, in the lines' order.",
  {
    results: Type.Array(movementBatchLine),
  },
);

export type MovementInput = Static<typeof creditInput>;
export type Credit = Static<typeof credit>;
export type Debit = Static<typeof debit>;
export type Failure = Static<typeof failure>;
export type MovementBatchLine = Static<typeof movementBatchLine>;
