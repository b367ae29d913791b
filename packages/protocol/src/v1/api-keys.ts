// API keys: who may call, and as what.
import { type Static, Type } from "typebox";
import {
  closed,
  name,
  nullable,
  oneOf,
  operationIdPattern,
  pageOf,
  pageQuery,
  systemId,
  time,
  timeInQuery,
} from "./shapes.ts";

export const apiKeyRoles = [
  "viewer",
  "operator",
  "approver",
  "administrator",
  "service",
  "partner",
  "none",
] as const;
const role = oneOf(
  apiKeyRoles,
  "What the key lets its holder do. `viewer`: every GET, and quotes. `operator`: also exchanges, mappings, users, accounts, and what is stuck. `approver`: also approving. `administrator`: everything. `service`: exchanges, credits, debits, holds, users and mappings of its `systems`. `partner`: reading what concerns its `systems`. `none`: what its principal is granted, and nothing else.",
);
const principal = Type.String({
  pattern: "^[A-Za-z0-9][A-Za-z0-9._@:-]{0,127}$",
  description:
    "Whom the key stands for, in the log and where two people are needed: two keys of one principal are one. 1-128 of A-Z a-z 0-9 . _ @ : - and no mark in front.",
});
const systems = Type.Array(systemId, {
  minItems: 1,
  maxItems: 100,
  description:
    "The systems that the key is for. A service and a partner need them; any other key is narrowed to them.",
});

export const apiKeyIdPattern = operationIdPattern;
export const apiKeyId = Type.String({ pattern: apiKeyIdPattern, description: "Id of an API key." });

export const apiKeyInput = closed("ApiKeyInput", "An API key to make.", {
  name,
  principal,
  role,
  systems: Type.Optional(systems),
  expires_at: Type.Optional(timeInQuery),
});

const fields = {
  api_key_id: apiKeyId,
  name,
  principal,
  role,
  systems: nullable(Type.Array(systemId), "The systems that it is for; null for the whole node."),
  created_by: Type.String({ description: "Who made it." }),
  created_at: time,
  expires_at: nullable(time, "From when on it is refused; null for never."),
  revoked_at: nullable(time, "Null while it is not revoked."),
  revoked_by: nullable(Type.String(), "Who revoked it."),
};

export const apiKey = closed("ApiKey", "An API key, without the key.", fields);
export const newApiKey = closed("NewApiKey", "An API key just made: the only answer that shows the key.", {
  ...fields,
  api_key: Type.String({ description: "The key itself. It is kept nowhere; store it now." }),
});
export const apiKeyPage = pageOf("ApiKeyPage", apiKey);
export const apiKeyQuery = closed("ApiKeyQuery", "Which API keys, newest first.", { ...pageQuery });

export type ApiKeyInput = Static<typeof apiKeyInput>;
export type ApiKey = Static<typeof apiKey>;
export type NewApiKey = Static<typeof newApiKey>;
