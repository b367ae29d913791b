// Links: the agreement that points may go from one system to another. Directed; without one nothing moves.
import { type Static, Type } from "typebox";
import { closed, oneOf, pageOf, pageQuery, systemId, time } from "./shapes.ts";

const userMapping = oneOf(
  ["same_id", "mapped"],
  "`same_id`: a user has the same id in both systems. `mapped`: a mapping says who the user is at the target.",
);

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
});

export const link = closed("Link", "The agreement that points may go from one system to another.", {
  source_system: systemId,
  target_system: systemId,
  user_mapping: userMapping,
  auto_provision: Type.Boolean(),
  enabled: Type.Boolean(),
  allow_gaining_cycles: Type.Boolean(),
  created_at: time,
  updated_at: time,
});

export const linkPage = pageOf("LinkPage", link);

export const linkQuery = closed("LinkQuery", "Which links.", {
  source_system: Type.Optional(systemId),
  target_system: Type.Optional(systemId),
  ...pageQuery,
});

export type LinkInput = Static<typeof linkInput>;
export type Link = Static<typeof link>;
