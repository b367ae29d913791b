// API keys: POST, list, DELETE.
import { v1 } from "@pointbridge/protocol";
import { type ApiKey, createApiKey, isForSomeSystems, listApiKeys, revokeApiKey } from "../api-keys/index.ts";
import type { Form } from "../form/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { HttpError } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "API keys";
const params = v1.closed("ApiKeyPath", "Which API key.", { api_key_id: v1.apiKeyId });

/** Names that the node itself acts under. */
const reserved: ReadonlySet<string> = new Set(["node"]);

function viewApiKey(apiKey: ApiKey): v1.ApiKey {
  return {
    api_key_id: apiKey.apiKeyId,
    name: apiKey.name,
    principal: apiKey.principal,
    role: apiKey.role,
    systems: apiKey.systems === null ? null : [...apiKey.systems],
    created_by: apiKey.createdBy,
    created_at: apiKey.createdAt.toISOString(),
    expires_at: apiKey.expiresAt?.toISOString() ?? null,
    revoked_at: apiKey.revokedAt?.toISOString() ?? null,
    revoked_by: apiKey.revokedBy,
  };
}

function judgeInput(body: v1.ApiKeyInput, form: Form): Date | undefined {
  const { principal, role, systems } = body;
  if (reserved.has(principal)) form.fault("/principal", "is a name that the node itself acts under");
  if (isForSomeSystems(role) && systems === undefined) {
    form.fault("/systems", `is missing: a ${role} is for some systems only`);
  }
  return form.time(body.expires_at, "/expires_at");
}

export const apiKeyRoutes: readonly Route[] = [
  defineRoute({
    method: "POST",
    path: "/v1/api-keys",
    name: "createApiKey",
    tag,
    summary: "Make an API key",
    description:
      "The answer is the only one that has the key. Each call makes one, so where the answer was lost, list the keys and revoke the one that nobody has.",
    permission: "administer",
    body: v1.apiKeyInput,
    answers: {
      201: { description: "Made, and in force on every node of the database.", schema: v1.newApiKey },
    },
    errors: ["system_not_found"],
    async handle({ body, form, principal, by }, { database, shardCount }) {
      const expiresAt = judgeInput(body, form) ?? null;
      form.finish();
      const { apiKey, key } = await createApiKey(database, shardCount, {
        name: body.name,
        principal: body.principal,
        role: body.role,
        systems: body.systems ?? null,
        expiresAt,
        createdBy: principal.name,
        origin: by.origin,
      });
      return { status: 201, body: { ...viewApiKey(apiKey), api_key: key } };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/api-keys",
    name: "listApiKeys",
    tag,
    summary: "List API keys, newest first",
    description: "Revoked and expired ones too; the keys themselves never.",
    permission: "read",
    query: v1.apiKeyQuery,
    answers: { 200: { description: "API keys.", schema: v1.apiKeyPage } },
    async handle({ query }, { database }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [before] = readCursor(query.cursor, [new RegExp(v1.apiKeyIdPattern)]) ?? [];
      const found = await database.transaction((transaction) =>
        listApiKeys(transaction, { limit: limit + 1, before }),
      );
      return { status: 200, body: toPage(found, limit, viewApiKey, (apiKey) => [apiKey.apiKeyId]) };
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/v1/api-keys/{api_key_id}",
    name: "revokeApiKey",
    tag,
    summary: "Revoke an API key",
    description:
      "For good, and on every node of the database from the moment of the answer. One that was revoked before stays as it is.",
    permission: "administer",
    params,
    answers: { 200: { description: "Revoked.", schema: v1.apiKey } },
    errors: ["api_key_not_found"],
    async handle({ params: { api_key_id: id }, principal, by }, { database, shardCount }) {
      const revoked = await revokeApiKey(database, shardCount, id, principal.name, by.origin);
      if (revoked === undefined) throw new HttpError("api_key_not_found", `no API key has the id ${id}`);
      return { status: 200, body: viewApiKey(revoked) };
    },
  }),
];
