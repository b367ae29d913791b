// Mappings: PUT, GET, history.
import { v1 } from "@pointbridge/protocol";
import { toFrom } from "../admin-log/index.ts";
import {
  findMapping,
  type Mapping,
  type MappingChange,
  mappingHistory,
  putMapping,
} from "../mappings/index.ts";
import { readCursor, storedTime, toPage } from "./cursor.ts";
import { notFound } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Mappings";

function viewMapping(mapping: Mapping): v1.Mapping {
  return {
    source_system: mapping.sourceSystem,
    source_user_id: mapping.sourceUserId,
    target_system: mapping.targetSystem,
    target_user_id: mapping.targetUserId,
    updated_at: mapping.updatedAt.toISOString(),
  };
}

function viewChange(change: MappingChange): v1.MappingChange {
  return {
    source_system: change.sourceSystem,
    source_user_id: change.sourceUserId,
    target_system: change.targetSystem,
    old_target_user_id: change.oldTargetUserId,
    new_target_user_id: change.newTargetUserId,
    operation_id: change.operationId,
    changed_by: change.changedBy,
    changed_at: change.changedAt.toISOString(),
  };
}

interface UserQuery {
  readonly source_system: string;
  readonly source_user_id: string;
  readonly target_system: string;
}

function toUser(query: UserQuery) {
  return {
    sourceSystem: query.source_system,
    sourceUserId: query.source_user_id,
    targetSystem: query.target_system,
  };
}

const putRoute = defineRoute({
  method: "PUT",
  path: "/v1/mappings",
  name: "putMapping",
  tag,
  summary: "Say who a user is at the target",
  description:
    "A user has one target user per pair of systems, and a target user belongs to one source user of that pair.",
  permission: "map_users",
  reach: ({ body }) => [{ source: body.source_system, target: body.target_system }],
  body: v1.mappingInput,
  answers: {
    200: { description: "It stood so, or was replaced.", schema: v1.mappingResult },
    201: { description: "Made.", schema: v1.mappingResult },
  },
  errors: ["system_not_found", "mapping_exists", "mapping_taken", "operation_conflict"],
  async handle({ body, by }, services) {
    const done = await putMapping(services.database, services.shardCount, {
      ...toUser(body),
      targetUserId: body.target_user_id,
      replace: body.replace,
      operationId: body.operation_id,
      principal: by.origin.principal,
      from: toFrom(by.origin),
    });
    const answer: v1.MappingResult = {
      ...viewMapping(done.mapping),
      operation_id: done.operationId,
      idempotent: done.idempotent,
    };
    const isMade = done.outcome === "created" && !done.idempotent;
    return { status: isMade ? 201 : 200, body: answer };
  },
});

const getRoute = defineRoute({
  method: "GET",
  path: "/v1/mappings",
  name: "getMapping",
  tag,
  summary: "Read who a user is at the target",
  permission: "read",
  reach: ({ query }) => [[query.source_system, query.target_system]],
  query: v1.mappingQuery,
  answers: { 200: { description: "The mapping.", schema: v1.mapping } },
  errors: [["mapping_not_found", 404]],
  async handle({ query }, services) {
    const mapping = await services.database.transaction((transaction) =>
      findMapping(transaction, services.shardCount, toUser(query)),
    );
    if (mapping === undefined) {
      const { source_user_id: userId, source_system: source, target_system: target } = query;
      throw notFound("mapping_not_found", `user ${userId} of ${source} is not mapped to a user of ${target}`);
    }
    return { status: 200, body: viewMapping(mapping) };
  },
});

const historyRoute = defineRoute({
  method: "GET",
  path: "/v1/mappings/history",
  name: "listMappingHistory",
  tag,
  summary: "List what became of a mapping",
  permission: "read",
  reach: ({ query }) => [[query.source_system, query.target_system]],
  query: v1.mappingHistoryQuery,
  answers: { 200: { description: "Changes, the oldest first.", schema: v1.mappingChangePage } },
  async handle({ query }, services) {
    const limit = query.limit ?? v1.pageLimitDefault;
    const keys = readCursor(query.cursor, [storedTime, new RegExp(v1.operationIdPattern)]);
    const after = keys && { changedAt: new Date(keys[0] ?? ""), operationId: keys[1] ?? "" };
    const found = await services.database.transaction((transaction) =>
      mappingHistory(transaction, services.shardCount, toUser(query), { limit: limit + 1, after }),
    );
    const keysOf = (change: MappingChange) => [change.changedAt.toISOString(), change.operationId];
    return { status: 200, body: toPage(found, limit, viewChange, keysOf) };
  },
});

export const mappingRoutes: readonly Route[] = [putRoute, getRoute, historyRoute];
