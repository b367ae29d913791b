// Limits: how much may leave a source or be credited to a target, and how much of it has been used.
import { type Static, Type } from "typebox";
import {
  amount,
  catalogIdPattern,
  closed,
  creditTypeId,
  idempotent,
  note,
  nullable,
  oneOf,
  operationId,
  pageOf,
  pageQuery,
  points,
  systemId,
  time,
  userId,
} from "./shapes.ts";

const limitId = Type.String({
  pattern: catalogIdPattern,
  description: "Id of a limit: 1-64 of A-Z a-z 0-9 . _ - and no mark in front.",
});
const side = oneOf(
  ["source", "target"],
  "Whose points are measured. `source`: what exchanges take, and what partners hold. `target`: what partners credit.",
);
const subject = oneOf(
  ["member", "everybody"],
  "`member`: each member has the whole limit. `everybody`: all have it together.",
);
const measure = oneOf(
  ["exchange_amount", "day_amount", "day_count", "balance_left", "position"],
  "`exchange_amount`: points of one exchange, at most. `day_amount`, `day_count`: points, exchanges of a day, at most. `balance_left`: points that have to stay available, at least. `position`: points taken and not yet settled, at most.",
);
const anySystem = "Null: any.";

export const limitPath = closed("LimitPath", "Which limit.", { limit_id: limitId });

export const limitInput = closed("LimitInput", "A limit as it shall be.", {
  side,
  source_system: Type.Optional({
    ...systemId,
    description: "Has to be given where `side` is `source`; else left out for any.",
  }),
  target_system: Type.Optional({
    ...systemId,
    description: "Has to be given where `side` is `target`; else left out for any.",
  }),
  credit_type_id: { ...creditTypeId, description: "Of the side's system: points of this type are measured." },
  subject: Type.Optional({ ...subject, default: "member" }),
  measure,
  bound: amount,
  utc_offset_minutes: Type.Optional(
    Type.Integer({
      minimum: -840,
      maximum: 840,
      default: 0,
      description: "Where the day of a daily limit begins: minutes east of UTC, 480 for China.",
    }),
  ),
});

export const limit = closed("Limit", "How much may be exchanged.", {
  limit_id: limitId,
  side,
  source_system: nullable(systemId, anySystem),
  target_system: nullable(systemId, anySystem),
  credit_type_id: creditTypeId,
  subject,
  measure,
  bound: points,
  utc_offset_minutes: Type.Integer(),
  created_at: time,
  updated_at: time,
});

export const limitPage = pageOf("LimitPage", limit);

export const limitQuery = closed("LimitQuery", "Which limits.", {
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  ...pageQuery,
});

export const limitUsageQuery = closed("LimitUsageQuery", "Whose use.", {
  user_id: Type.Optional({ ...userId, description: "Has to be given where each member has the limit." }),
});

export const limitUsage = closed("LimitUsage", "What has been used of a limit.", {
  limit_id: limitId,
  user_id: nullable(userId, "Null where all have it together."),
  day: nullable(Type.String(), "The day that is counted, like 2026-11-23; null for a position."),
  used_amount: points,
  used_count: points,
  bound: points,
});

export const limitSettlementInput = closed("LimitSettlementInput", "What was settled of a position.", {
  operation_id: Type.Optional(operationId),
  user_id: Type.Optional({ ...userId, description: "Has to be given where each member has the limit." }),
  amount,
  note: Type.Optional(note),
});

export const limitSettlement = closed("LimitSettlement", "What was taken off a position.", {
  operation_id: operationId,
  limit_id: limitId,
  settled: { ...points, description: "Less than was asked where less was open." },
  idempotent,
});

/** Which limit refused something. */
export const exceededLimit = closed("ExceededLimit", "The limit that would be passed.", {
  limit_id: limitId,
  measure,
  subject,
  bound: points,
  used: Type.Optional({ ...points, description: "Before this one; left out where nothing is counted." }),
});

export type LimitInput = Static<typeof limitInput>;
export type Limit = Static<typeof limit>;
export type LimitUsage = Static<typeof limitUsage>;
export type LimitSettlementInput = Static<typeof limitSettlementInput>;
export type LimitSettlement = Static<typeof limitSettlement>;
export type ExceededLimit = Static<typeof exceededLimit>;
