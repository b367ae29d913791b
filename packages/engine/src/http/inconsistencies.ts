// Inconsistencies: list, GET, history, assign, resolve.
import { v1 } from "@pointbridge/protocol";
import {
  assignInconsistency,
  findInconsistency,
  type Inconsistency,
  type InconsistencyEntry,
  listHistory,
  listInconsistencies,
  resolveInconsistency,
  stateOf,
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
    severity: inconsistency.severity,
    status: inconsistency.status,
    state: stateOf(inconsistency),
    operation_id: inconsistency.operationId,
    source_system: inconsistency.sourceSystem,
    target_system: inconsistency.targetSystem,
    data: { ...inconsistency.data },
    assigned_to: inconsistency.assignedTo,
    assigned_at: inconsistency.assignedAt?.toISOString() ?? null,
    age_ms: Math.max(
      0,
      (inconsistency.resolvedAt ?? new Date()).getTime() - inconsistency.openedAt.getTime(),
    ),
    resolution: inconsistency.resolution,
    note: inconsistency.note,
    resolved_by: inconsistency.resolvedBy,
    opened_at: inconsistency.openedAt.toISOString(),
    resolved_at: inconsistency.resolvedAt?.toISOString() ?? null,
  };
}

function viewEntry(entry: InconsistencyEntry): v1.InconsistencyEntry {
  return {
    entry_number: entry.entryNumber,
    action: entry.action,
    at: entry.at.toISOString(),
    principal: entry.principal,
    assigned_to: entry.assignedTo,
    resolution: entry.resolution,
    note: entry.note,
    data: entry.data === null ? null : { ...entry.data },
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
    async handle({ query, form }, { database, shardCount }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const filter = {
        status: query.status,
        state: query.state,
        type: query.type,
        severity: query.severity,
        operationId: query.operation_id,
        sourceSystem: query.source_system,
        targetSystem: query.target_system,
        assignedTo: query.assigned_to,
        openedAfter: form.time(query.opened_after, "/query/opened_after"),
        openedBefore: form.time(query.opened_before, "/query/opened_before"),
        limit: limit + 1,
        before: beforeOf(query.cursor),
      };
      form.finish();
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
    method: "GET",
    path: "/v1/inconsistencies/{inconsistency_id}/history",
    name: "listInconsistencyHistory",
    tag,
    summary: "List what was done about an inconsistency, the first first",
    description: "Also what happened by itself, with its reason. Entries never change.",
    permission: "read",
    params,
    query: v1.inconsistencyHistoryQuery,
    answers: { 200: { description: "Entries.", schema: v1.inconsistencyHistoryPage } },
    errors: ["inconsistency_not_found"],
    async handle({ params: { inconsistency_id: id }, query }, { database, shardCount }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [after = "0"] = readCursor(query.cursor, [/^[1-9][0-9]{0,8}$/]) ?? [];
      const page = { inconsistencyId: id, after: Number(after), limit: limit + 1 };
      const found = await database.transaction(async (transaction) => {
        const inconsistency = await findInconsistency(transaction, shardCount, id);
        return inconsistency && listHistory(transaction, shardCount, page);
      });
      if (found === undefined) throw notFound("inconsistency_not_found", `no inconsistency has the id ${id}`);
      const keysOf = (entry: InconsistencyEntry) => [String(entry.entryNumber)];
      return { status: 200, body: toPage(found, limit, viewEntry, keysOf) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/inconsistencies/{inconsistency_id}/assign",
    name: "assignInconsistency",
    tag,
    summary: "Say who works on an inconsistency",
    description: "The caller, where nobody is named. It stays open. Whose it is already, it stays.",
    permission: "resolve",
    params,
    body: v1.assignmentInput,
    isBodyOptional: true,
    answers: { 200: { description: "The inconsistency.", schema: v1.inconsistency } },
    errors: ["inconsistency_not_found", "inconsistency_resolved"],
    async handle({ params: { inconsistency_id: id }, body, principal }, { database, shardCount }) {
      const assignedTo = body.assigned_to ?? principal.name;
      const assignment = { inconsistencyId: id, assignedTo, note: body.note ?? null };
      const inconsistency = await assignInconsistency(database, shardCount, assignment, principal.name);
      return { status: 200, body: viewInconsistency(inconsistency) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/inconsistencies/{inconsistency_id}/unassign",
    name: "unassignInconsistency",
    tag,
    summary: "Say that nobody works on an inconsistency any more",
    permission: "resolve",
    params,
    body: v1.unassignmentInput,
    isBodyOptional: true,
    answers: { 200: { description: "The inconsistency.", schema: v1.inconsistency } },
    errors: ["inconsistency_not_found", "inconsistency_resolved"],
    async handle({ params: { inconsistency_id: id }, body, principal }, { database, shardCount }) {
      const assignment = { inconsistencyId: id, assignedTo: null, note: body.note ?? null };
      const inconsistency = await assignInconsistency(database, shardCount, assignment, principal.name);
      return { status: 200, body: viewInconsistency(inconsistency) };
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
