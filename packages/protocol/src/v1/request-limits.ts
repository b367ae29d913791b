// Limits on requests: how many a principal or a partner may send.
import { type Static, Type } from "typebox";
import { catalogIdPattern, closed, oneOf, pageOf, time, userIdPattern } from "./shapes.ts";

const requestLimitId = Type.String({
  pattern: catalogIdPattern,
  description: "Id of a limit on requests: 1-64 of A-Z a-z 0-9 . _ - and no mark in front.",
});
const appliesTo = oneOf(
  ["principal", "partner"],
  "`principal`: requests to /v1 with any of its API keys. `partner`: signed calls of the node that a system is of.",
);
const subject = Type.String({
  pattern: userIdPattern,
  description: "The principal's name, or the id of a system of the partner.",
});
const requests = Type.Integer({ minimum: 1, maximum: 1_000_000, description: "How many in a window." });
const windowMs = Type.Integer({
  minimum: 1_000,
  maximum: 86_400_000,
  default: 60_000,
  description: "Milliseconds.",
});

export const requestLimitPath = closed("RequestLimitPath", "Which limit.", {
  request_limit_id: requestLimitId,
});

export const requestLimitInput = closed("RequestLimitInput", "A limit on requests as it shall be.", {
  applies_to: appliesTo,
  subject,
  requests,
  window_ms: Type.Optional(windowMs),
});

export const requestLimit = closed("RequestLimit", "How many requests somebody may send.", {
  request_limit_id: requestLimitId,
  applies_to: appliesTo,
  subject,
  requests,
  window_ms: windowMs,
  created_at: time,
  updated_at: time,
});

export const requestLimitPage = pageOf("RequestLimitPage", requestLimit);

export type RequestLimitInput = Static<typeof requestLimitInput>;
export type RequestLimit = Static<typeof requestLimit>;
