// Grants: what a principal or a partner may do beside what its role says.
import { type Static, Type } from "typebox";
import {
  amount,
  catalogIdPattern,
  closed,
  nullable,
  oneOf,
  pageOf,
  pageQuery,
  points,
  systemId,
  time,
  timeInQuery,
  userIdPattern,
} from "./shapes.ts";

/** What can be granted to a principal: what calls of /v1 ask of their caller. */
export const principalActions = [
  "read",
  "quote",
  "sign_in",
  "exchange",
  "move_points",
  "map_users",
  "open_accounts",
  "resolve",
  "approve",
  "administer",
] as const;

/** What can be granted to a partner: what begins something in the partner protocol, and reading. */
export const partnerActions = ["read", "credit", "hold", "provision", "agree_rates"] as const;

const actions = [...principalActions, "credit", "hold", "provision", "agree_rates"] as const;

const grantId = Type.String({
  pattern: catalogIdPattern,
  description: "Id of a grant: 1-64 of A-Z a-z 0-9 . _ - and no mark in front.",
});
const appliesTo = oneOf(
  ["principal", "partner"],
  "`principal`: a person or a service, with any of its API keys. `partner`: the node of a partner's system, where the system's `access` is `granted`.",
);
const subject = Type.String({
  pattern: userIdPattern,
  description: "The principal's name, or the id of a system of the partner.",
});
const action = oneOf(
  actions,
  "What may be done. Of a principal: `read`, `quote`, `sign_in`, `exchange`, `move_points`, `map_users`, `open_accounts`, `resolve`, `approve`, `administer`. Of a partner: `read`, `credit`, `hold`, `provision`, `agree_rates`.",
);

export const grantPath = closed("GrantPath", "Which grant.", { grant_id: grantId });

export const grantInput = closed("GrantInput", "A grant as it shall be.", {
  applies_to: appliesTo,
  subject,
  action,
  system_id: Type.Optional(systemId),
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  max_amount: Type.Optional(amount),
  expires_at: Type.Optional(timeInQuery),
});

export const grant = closed("Grant", "What somebody may do.", {
  grant_id: grantId,
  applies_to: appliesTo,
  subject,
  action,
  system_id: nullable(
    systemId,
    "The system that it is over; null where it is over a link or the whole node.",
  ),
  source_system: nullable(systemId, "With `target_system`: the link, in this direction."),
  target_system: nullable(systemId, "With `source_system`: the link, in this direction."),
  max_amount: nullable(points, "The most points of one exchange, credit, debit or hold."),
  expires_at: nullable(time, "From when on it counts for nothing; null for never."),
  created_by: Type.String({ description: "Who gave it." }),
  created_at: time,
  updated_at: time,
});

export const grantQuery = closed("GrantQuery", "Which grants, by id.", {
  ...pageQuery,
  applies_to: Type.Optional(appliesTo),
  subject: Type.Optional(subject),
});

export const grantPage = pageOf("GrantPage", grant);

export type GrantInput = Static<typeof grantInput>;
export type Grant = Static<typeof grant>;
