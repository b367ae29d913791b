// Systems: PUT, GET, list.
import { v1 } from "@pointbridge/protocol";
import { canonicalBaseUrl, toPublicKey } from "@pointbridge/protocol/pxp";
import { getSystem, listSystems, putSystem, type System } from "../catalog/index.ts";
import { findAddressFault } from "../egress/index.ts";
import type { Form } from "../form/index.ts";
import { registerKeys } from "../partner/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { notFound } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Systems";
const params = v1.closed("SystemPath", "Which system.", { system_id: v1.systemId });

function viewSystem(system: System): v1.System {
  const { baseUrl, keys, speaksFor, timeoutMs, rateLimit, access } = system;
  return {
    system_id: system.systemId,
    name: system.name,
    kind: system.kind,
    status: system.status,
    ...(baseUrl === undefined ? {} : { base_url: baseUrl }),
    // Stored as it was accepted, so it has the accepted form.
    ...(keys === undefined ? {} : { keys: keys as unknown as NonNullable<v1.System["keys"]> }),
    ...(speaksFor === undefined ? {} : { speaks_for: [...speaksFor] }),
    ...(timeoutMs === undefined ? {} : { timeout_ms: timeoutMs }),
    ...(rateLimit === undefined ? {} : { rate_limit: rateLimit }),
    ...(access === undefined ? {} : { access }),
    created_at: system.createdAt.toISOString(),
    updated_at: system.updatedAt.toISOString(),
  };
}

/** In the one spelling that both sides sign, and nowhere where this node must not call. */
function judgeBaseUrl(text: string | undefined, allowLoopback: boolean, form: Form): void {
  if (text === undefined) return;
  let canonical: string;
  try {
    canonical = canonicalBaseUrl(text);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    form.fault("/base_url", `can't be called: ${error.message}`);
    return;
  }
  if (canonical !== text) {
    form.fault("/base_url", `must be written without a trailing slash, as ${canonical.slice(0, 200)}`);
    return;
  }
  const fault = findAddressFault(text, allowLoopback);
  if (fault !== undefined) form.fault("/base_url", fault);
}

/** What the schema can't say: keys that are none, and keys that are listed twice. */
function judgeKeys(keys: NonNullable<v1.SystemInput["keys"]> | undefined, form: Form): void {
  const listed = new Set<string>();
  for (const [index, { x }] of (keys?.keys ?? []).entries()) {
    const path = `/keys/keys/${index}/x`;
    try {
      toPublicKey({ kty: "OKP", crv: "Ed25519", x });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      form.fault(path, `is no Ed25519 public key: ${error.message}`);
      continue;
    }
    if (listed.has(x)) form.fault(path, "is listed twice");
    listed.add(x);
  }
}

export const systemRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/systems/{system_id}",
    name: "putSystem",
    tag,
    summary: "Create a system or change it",
    description:
      "Replaces the whole: what is left out takes its default, but keys that are left out stay. A list of keys replaces the one before: a key that is not in it any longer is revoked for good. The partner is never contacted. A system's kind is fixed once made.",
    permission: "administer",
    params,
    body: v1.systemInput,
    answers: {
      200: { description: "It stood, and is as given now.", schema: v1.system },
      201: { description: "Made.", schema: v1.system },
    },
    errors: ["system_kind_fixed", "key_registered", "key_revoked"],
    async handle({ params: { system_id: systemId }, body, form, by }, services) {
      judgeBaseUrl(body.base_url, services.partners.allowLoopback, form);
      judgeKeys(body.keys, form);
      form.finish();
      const input = {
        systemId,
        name: body.name,
        kind: body.kind,
        status: body.status,
        baseUrl: body.base_url,
        keys: body.keys,
        speaksFor: body.speaks_for,
        timeoutMs: body.timeout_ms,
        rateLimit: body.rate_limit,
        access: body.access,
      };
      const put = await putSystem(services.database, input, "default", registerKeys, by);
      const { system, outcome } = put;
      return { status: outcome === "created" ? 201 : 200, body: viewSystem(system) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/systems/{system_id}",
    name: "getSystem",
    tag,
    summary: "Read a system",
    permission: "read",
    reach: ({ params: { system_id: systemId } }) => [[systemId]],
    params,
    answers: { 200: { description: "The system.", schema: v1.system } },
    errors: [["system_not_found", 404]],
    async handle({ params: { system_id: systemId } }, services) {
      const system = await services.database.transaction((transaction) => getSystem(transaction, systemId));
      if (system === undefined) throw notFound("system_not_found", `no system has the id ${systemId}`);
      return { status: 200, body: viewSystem(system) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/systems",
    name: "listSystems",
    tag,
    summary: "List systems",
    permission: "read",
    query: v1.pageOnlyQuery,
    answers: { 200: { description: "Systems by id.", schema: v1.systemPage } },
    async handle({ query }, services) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [after] = readCursor(query.cursor, [new RegExp(v1.catalogIdPattern)]) ?? [];
      const systems = await services.database.transaction((transaction) =>
        listSystems(transaction, { limit: limit + 1, after }),
      );
      return { status: 200, body: toPage(systems, limit, viewSystem, (system) => [system.systemId]) };
    },
  }),
];
