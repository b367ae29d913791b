// Inconsistencies: list, GET, resolve.
import { v1 } from "@pointbridge/protocol";
import {
  findInconsistency,
  type Inconsistency,
  listInconsistencies,
  resolveInconsistency,
} from "../inconsistencies/index.ts";
import { readCursor, storedTime, toPage } from "./cursor.ts";
import { notFound } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Inconsistencies";
const params = v1.closed("InconsistencyPath", "Which inconsistency.", {
  inconsistency_id: v1.inconsistencyId,
});

function viewInconsistency(inconsistency: Inconsistency): v1.Inconsistency {
  return {
    id: inconsistency.inconsistencyId,
    type: inconsistency.type,
    status: inconsistency.status,
    operation_id: inconsistency.operationId,
    source_system: inconsistency.sourceSystem,
    target_system: inconsistency.targetSystem,
    data: { ...inconsistency.data },
    resolution: inconsistency.resolution,
    note: inconsistency.note,
    resolved_by: inconsistency.resolvedBy,
    opened_at: inconsistency.openedAt.toISOString(),
    resolved_at: inconsistency.resolvedAt?.toISOString() ?? null,
  };
}

function beforeOf(cursor: string | undefined): { openedAt: Date; inconsistencyId: string } | undefined {
  const patterns = [storedTime, new RegExp(v1.inconsistencyIdPattern)];
  const [openedAt, inconsistencyId] = readCursor(cursor, patterns) ?? [];
  if (openedAt === undefined || inconsistencyId === undefined) return undefined;
  return { openedAt: new Date(openedAt), inconsistencyId };
}

export const inconsistencyRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/inconsistencies",
    name: "listInconsistencies",
    tag,
    summary: "List what needs a person, newest first",
    permission: "read",
    query: v1.inconsistencyQuery,
    answers: { 200: { description: "Inconsistencies.", schema: v1.inconsistencyPage } },
    async handle({ query }, { database, shardCount }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const filter = {
        status: query.status,
        type: query.type,
        operationId: query.operation_id,
        limit: limit + 1,
        before: beforeOf(query.cursor),
      };
      const found = await database.transaction((transaction) =>
        listInconsistencies(transaction, shardCount, filter),
      );
      const keysOf = (one: Inconsistency) => [one.openedAt.toISOString(), one.inconsistencyId];
      return { status: 200, body: toPage(found, limit, viewInconsistency, keysOf) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/inconsistencies/{inconsistency_id}",
    name: "getInconsistency",
    tag,
    summary: "Read an inconsistency",
    permission: "read",
    params,
    answers: { 200: { description: "The inconsistency.", schema: v1.inconsistency } },
    errors: ["inconsistency_not_found"],
    async handle({ params: { inconsistency_id: id } }, { database, shardCount }) {
      const found = await database.transaction((transaction) =>
        findInconsistency(transaction, shardCount, id),
      );
      if (found === undefined) throw notFound("inconsistency_not_found", `no inconsistency has the id ${id}`);
      return { status: 200, body: viewInconsistency(found) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/inconsistencies/{inconsistency_id}/resolve",
    name: "resolveInconsistency",
    tag,
    summary: "Say how an inconsistency was settled",
    description:
      "Moves no points. One that was resolved before stays as it is. That of an exchange which still needs attention can't be resolved: the exchange has to end.",
    permission: "resolve",
    params,
    body: v1.resolutionInput,
    answers: { 200: { description: "Resolved.", schema: v1.inconsistency } },
    errors: ["inconsistency_not_found", "exchange_under_way"],
    async handle({ params: { inconsistency_id: id }, body, principal }, { database, shardCount }) {
      const resolution = { inconsistencyId: id, resolution: body.resolution, note: body.note };
      const { inconsistency } = await resolveInconsistency(database, shardCount, resolution, principal.name);
      return { status: 200, body: viewInconsistency(inconsistency) };
    },
  }),
];
