// Links: the agreement that points may go from one system to another. Directed; without one nothing moves.
import { type Static, Type } from "typebox";
import { closed, nullable, oneOf, operationId, pageOf, pageQuery, systemId, time } from "./shapes.ts";

const userMapping = oneOf(
  ["same_id", "mapped"],
  "`same_id`: a user has the same id in both systems. `mapped`: a mapping says who the user is at the target.",
);

/** 0 or more, at most 6 integer and 6 fractional digits. */
export const percentPattern = "^(0|[1-9][0-9]{0,5})(\\.[0-9]{1,6})?$";
const limitText =
  "How much a rate of this link may change, up or down, without a second person's approval, in per cent: a decimal string, usually `20`; `0` leaves no change to one person.";
const windowText =
  "How far back a change is measured, in milliseconds, usually 86400000 (24 hours): against the oldest rate in force within it.";
const looser =
  "What leaves more to one person, a higher limit or a shorter window, waits for a second person's approval; what leaves less is in force at once. Left out: as it is.";

function limitPercent(description: string) {
  return Type.String({ pattern: percentPattern, description });
}

function windowMs(description: string) {
  return Type.Integer({ minimum: 60_000, maximum: 31_536_000_000, description });
}

export const linkInput = closed("LinkInput", "A link as it shall be.", {
  source_system: systemId,
  target_system: systemId,
  user_mapping: userMapping,
  auto_provision: Type.Optional(
    Type.Boolean({ default: false, description: "Create the target's user where no mapping is known." }),
  ),
  enabled: Type.Optional(Type.Boolean({ default: true, description: "Whether new exchanges are taken." })),
  allow_gaining_cycles: Type.Optional(
    Type.Boolean({ default: false, description: "Allow rates that gain points round a cycle." }),
  ),
  rate_change_limit_percent: Type.Optional(limitPercent(`${limitText} ${looser}`)),
  rate_change_window_ms: Type.Optional(windowMs(`${windowText} ${looser}`)),
});

export const link = closed("Link", "The agreement that points may go from one system to another.", {
  source_system: systemId,
  target_system: systemId,
  user_mapping: userMapping,
  auto_provision: Type.Boolean(),
  enabled: Type.Boolean(),
  allow_gaining_cycles: Type.Boolean(),
  rate_change_limit_percent: limitPercent(limitText),
  rate_change_window_ms: windowMs(windowText),
  waiting_operation_id: Type.Optional({
    ...operationId,
    description: "Of a PUT that asks for a looser guard: what a second person has to approve.",
  }),
  created_at: time,
  updated_at: time,
});

export const linkPage = pageOf("LinkPage", link);

export const linkQuery = closed("LinkQuery", "Which links.", {
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  ...pageQuery,
});

export const linkChange = closed("LinkChange", "A looser guard of a link, as it was decided.", {
  operation_id: operationId,
  source_system: systemId,
  target_system: systemId,
  status: oneOf(["completed", "failed"], "In force now; or rejected, overdue or stale, as `code` says."),
  code: nullable(Type.String(), "Why it failed."),
  idempotent: Type.Boolean({ description: "True where it had ended before this call." }),
});

export type LinkChange = Static<typeof linkChange>;
export type LinkInput = Static<typeof linkInput>;
export type Link = Static<typeof link>;
