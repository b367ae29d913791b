// The operation log: everything that has an operation id, in one form.
import { type Static, Type } from "typebox";
import { failure } from "./credits.ts";
import {
  businessText,
  closed,
  creditTypeId,
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

export const operationTypes = [
  "cross_system_exchange",
  "cross_system_add_credits",
  "cross_system_hold",
  "add_credits",
  "deduct_credits",
  "hold_credits",
  "open_account",
  "exchange_rate_update",
  "mapping_update",
  "api_key_update",
  "system_update",
  "credit_type_update",
  "link_update",
  "limit_update",
  "limit_settlement",
  "reconciliation_adjustment",
  "grant_update",
  "user_update",
  "user_provisioning",
  "key_update",
  "webhook_update",
  "alert_channel_update",
  "cross_system_reconciliation",
] as const;
const type = oneOf(
  operationTypes,
  "`cross_system_add_credits`, `cross_system_hold`: a partner asked for it. `add_credits`, `deduct_credits`, `hold_credits`: a caller of this API did. `open_account`: an imported balance.",
);

export const operationStatuses = [
  "started",
  "in_progress",
  "retrying",
  "pending_approval",
  "completed",
  "failed",
] as const;
const status = oneOf(
  operationStatuses,
  "`in_progress`: also a hold that is held. `retrying`: a partner has not answered yet, and is asked again. `failed`: nothing moved, or all of it was put back; also what was rolled back or released, has expired, or was rejected.",
);

/** An id as the log has it: what a partner asked for is kept under the partner's own, with a name in front. */
export const logIdPattern =
  "^(pxp/(credit|hold)/[A-Za-z0-9][A-Za-z0-9._-]{0,63}/[A-Za-z0-9][A-Za-z0-9._-]{0,63}/)?[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$";
export const logId = Type.String({
  pattern: logIdPattern,
  description:
    "The operation's id. Of what a partner asked for: `pxp/credit/` or `pxp/hold/`, the partner's node, the system, and the partner's id.",
});

const operationStep = closed("OperationStep", "A step of an operation.", {
  step: Type.String({ description: "Which step; of an exchange as there, else the operation's own type." }),
  status: oneOf(["pending", "completed", "failed"], "Where it stands."),
  at: time,
  attempts: Type.Optional(Type.Integer({ minimum: 1 })),
  error: Type.Optional(Type.String({ description: "What went wrong: a code, or why there was no answer." })),
});

export const operation = closed("Operation", "An operation in the log. What a type does not have is null.", {
  operation_id: logId,
  type,
  status,
  state: Type.String({ description: "The status in the words of the type's own calls, such as `captured`." }),
  principal: Type.String({ description: "Who asked for it; `partner NODE` for what a partner did." }),
  partner_operation_id: nullable(operationId, "Of what a partner asked for: the id as the partner wrote it."),
  user_id: nullable(userId, "Whom it is about; of an exchange the source's user."),
  target_user_id: nullable(userId, "Of an exchange or a mapping."),
  source_system: nullable(systemId, "Where points come from."),
  target_system: nullable(systemId, "Where points go to."),
  source_credit_type: nullable(creditTypeId, "Of the source."),
  target_credit_type: nullable(creditTypeId, "Of the target."),
  source_amount: nullable(points, "What the source gives."),
  target_amount: nullable(points, "What the target gets."),
  exchange_rate: nullable(rate, "Of an exchange, or the new one of a rate's update."),
  rate_version: nullable(Type.Integer({ minimum: 1 }), "Of the rate."),
  quote_id: nullable(operationId, "As given."),
  business_code: nullable(businessText, "As given."),
  business_id: nullable(businessText, "As given."),
  steps: Type.Array(operationStep),
  data: Type.Unsafe<Record<string, unknown>>({
    type: "object",
    description: "What belongs to its type only.",
  }),
  failure: nullable(failure, "Why it failed, where it was refused."),
  metadata: nullable(metadata, "As given."),
  initiated_at: nullable(time, "Of what a partner asked for: when its exchange was made, as its hub says."),
  created_at: time,
  updated_at: time,
});

export const operationPage = pageOf("OperationPage", operation);

export const operationQuery = closed("OperationQuery", "Which operations, newest first.", {
  type: Type.Optional(type),
  status: Type.Optional(status),
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  user_id: Type.Optional(userId),
  created_after: Type.Optional(timeInQuery),
  created_before: Type.Optional(timeInQuery),
  business_code: Type.Optional(businessText),
  business_id: Type.Optional(businessText),
  ...pageQuery,
});

export type Operation = Static<typeof operation>;
export type OperationStep = Static<typeof operationStep>;
export type OperationType = Operation["type"];
export type OperationStatus = Operation["status"];
