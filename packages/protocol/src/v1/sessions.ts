// Sessions: who a caller is, and signing in from a browser.
import { type Static, Type } from "typebox";
import { apiKeyRoles } from "./api-keys.ts";
import { closed, nullable, oneOf, systemId, time } from "./shapes.ts";

export const session = closed("Session", "Who the caller is to this node.", {
  principal: Type.String({ description: "Whom the key stands for." }),
  role: oneOf(apiKeyRoles, "What the key lets its holder do."),
  systems: nullable(Type.Array(systemId), "The systems that the key is for; null for the whole node."),
  kind: oneOf(
    ["api_key", "session"],
    "How the caller has shown who it is: with a key, or a browser's session.",
  ),
  expires_at: nullable(time, "When the session ends; null for a caller with a key."),
  version: Type.String({ description: "The node's version." }),
});

export type Session = Static<typeof session>;
