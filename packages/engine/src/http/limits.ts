// Limits: PUT, GET, list, DELETE, what has been used of them, and settlements of a position.
import { v1 } from "@pointbridge/protocol";
import type { Form } from "../form/index.ts";
import {
  findLimit,
  type Limit,
  listLimits,
  putLimit,
  readUsage,
  removeLimit,
  settleLimit,
} from "../limits/index.ts";
import { newOperationId } from "../system/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import type { Caller } from "./principal.ts";
import { type HttpError, notFound } from "./problem.ts";
import { mayRead } from "./reach.ts";
import { defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Limits";
const params = v1.limitPath;
const id = new RegExp(v1.catalogIdPattern);

function viewLimit(limit: Limit): v1.Limit {
  return {
    limit_id: limit.limitId,
    side: limit.side,
    source_system: limit.sourceSystem,
    target_system: limit.targetSystem,
    credit_type_id: limit.creditTypeId,
    subject: limit.subject,
    measure: limit.measure,
    bound: String(limit.value),
    utc_offset_minutes: limit.utcOffsetMinutes,
    created_at: limit.createdAt.toISOString(),
    updated_at: limit.updatedAt.toISOString(),
  };
}

/** What the schema can't say: that the measured side's system is named. */
function judgeSystems(body: v1.LimitInput, form: Form): void {
  const field = body.side === "source" ? "source_system" : "target_system";
  if (body[field] === undefined) form.fault(`/${field}`, `must be given where side is ${body.side}`);
  if (body.source_system !== undefined && body.source_system === body.target_system) {
    form.fault("/target_system", "must differ from source_system");
  }
  if (body.side === "target" && body.measure === "balance_left") {
    form.fault("/measure", "what is left is a matter of the source: use side source");
  }
}

function absent(limitId: string): HttpError {
  return notFound("limit_not_found", `no limit has the id ${limitId}`);
}

/** @throws HttpError limit_not_found, also where it is a limit of others */
async function readLimit(limitId: string, principal: Caller, { database }: Services): Promise<Limit> {
  const limit = await database.transaction((transaction) => findLimit(transaction, limitId));
  if (limit === undefined || !mayRead(principal, limit)) throw absent(limitId);
  return limit;
}

/** A member has to be named where each has the limit, and only there. */
function judgeMember(limit: Limit, userId: string | undefined, path: string, form: Form): void {
  if (limit.subject === "member" && userId === undefined) {
    form.fault(path, `must be given: each member has limit ${limit.limitId}`);
  }
  if (limit.subject === "everybody" && userId !== undefined) {
    form.fault(path, `must be left out: all members have limit ${limit.limitId} together`);
  }
  form.finish();
}

const putRoute = defineRoute({
  method: "PUT",
  path: "/v1/limits/{limit_id}",
  name: "putLimit",
  tag,
  summary: "Set how much may be exchanged",
  description:
    "Makes a limit or changes its bound; what it measures is fixed once it is made. It starts to count when it is made, and holds for every exchange that is decided after the answer. What passes it is refused as `limit_exceeded`, with the limit named in `exceeded`.",
  permission: "administer",
  params,
  body: v1.limitInput,
  answers: {
    200: { description: "It stood, and is as given now.", schema: v1.limit },
    201: { description: "Made.", schema: v1.limit },
  },
  errors: ["system_not_found", "credit_type_not_found", "limit_fixed"],
  async handle({ params: { limit_id: limitId }, body, form, by }, { database }) {
    const value = form.amount(body.bound, "/bound");
    judgeSystems(body, form);
    form.finish();
    const { limit, outcome } = await putLimit(
      database,
      {
        limitId,
        side: body.side,
        sourceSystem: body.source_system ?? null,
        targetSystem: body.target_system ?? null,
        creditTypeId: body.credit_type_id,
        subject: body.subject ?? "member",
        measure: body.measure,
        value,
        utcOffsetMinutes: body.utc_offset_minutes ?? 0,
      },
      by,
    );
    return { status: outcome === "created" ? 201 : 200, body: viewLimit(limit) };
  },
});

const getRoute = defineRoute({
  method: "GET",
  path: "/v1/limits/{limit_id}",
  name: "getLimit",
  tag,
  summary: "Read a limit",
  permission: "read",
  reach: "found",
  params,
  answers: { 200: { description: "The limit.", schema: v1.limit } },
  errors: ["limit_not_found"],
  async handle({ params: { limit_id: limitId }, principal }, services) {
    return { status: 200, body: viewLimit(await readLimit(limitId, principal, services)) };
  },
});

const listRoute = defineRoute({
  method: "GET",
  path: "/v1/limits",
  name: "listLimits",
  tag,
  summary: "List limits",
  description: "Those of any system are among them whatever system is asked for.",
  permission: "read",
  reach: ({ query }) => [[query.source_system, query.target_system]],
  query: v1.limitQuery,
  answers: { 200: { description: "Limits by id.", schema: v1.limitPage } },
  async handle({ query }, { database }) {
    const limit = query.limit ?? v1.pageLimitDefault;
    const [after] = readCursor(query.cursor, [id]) ?? [];
    const found = await database.transaction((transaction) =>
      listLimits(transaction, {
        sourceSystem: query.source_system,
        targetSystem: query.target_system,
        after,
        limit: limit + 1,
      }),
    );
    return { status: 200, body: toPage(found, limit, viewLimit, ({ limitId }) => [limitId]) };
  },
});

const deleteRoute = defineRoute({
  method: "DELETE",
  path: "/v1/limits/{limit_id}",
  name: "deleteLimit",
  tag,
  summary: "Remove a limit, and what was counted by it",
  permission: "administer",
  params,
  answers: { 200: { description: "The limit as it was.", schema: v1.limit } },
  errors: ["limit_not_found"],
  async handle({ params: { limit_id: limitId }, by }, { database }) {
    const removed = await removeLimit(database, limitId, by);
    if (removed === undefined) throw absent(limitId);
    return { status: 200, body: viewLimit(removed) };
  },
});

const usageRoute = defineRoute({
  method: "GET",
  path: "/v1/limits/{limit_id}/usage",
  name: "getLimitUsage",
  tag,
  summary: "Read what has been used of a limit today, or of a position since it was settled",
  permission: "read",
  reach: "found",
  params,
  query: v1.limitUsageQuery,
  answers: { 200: { description: "What has been used.", schema: v1.limitUsage } },
  errors: ["limit_not_found"],
  async handle({ params: { limit_id: limitId }, query, form, principal }, services) {
    const { database, shardCount } = services;
    judgeMember(await readLimit(limitId, principal, services), query.user_id, "/user_id", form);
    const usage = await database.transaction((transaction) =>
      readUsage(transaction, shardCount, limitId, query.user_id),
    );
    if (usage === undefined) throw absent(limitId);
    const body = {
      limit_id: limitId,
      user_id: usage.subject === "" ? null : usage.subject,
      day: usage.period === "" ? null : usage.period,
      used_amount: String(usage.amount),
      used_count: String(usage.count),
      bound: String(usage.limit.value),
    };
    return { status: 200, body };
  },
});

const settleRoute = defineRoute({
  method: "POST",
  path: "/v1/limits/{limit_id}/settlements",
  name: "settleLimit",
  tag,
  summary: "Take what was settled with a partner off a position",
  permission: "administer",
  params,
  body: v1.limitSettlementInput,
  answers: {
    200: { description: "It was settled before under this id.", schema: v1.limitSettlement },
    201: { description: "Settled.", schema: v1.limitSettlement },
  },
  errors: ["limit_not_found", "limit_not_settled", "operation_conflict"],
  async handle({ params: { limit_id: limitId }, body, form, principal, by }, services) {
    const amount = form.amount(body.amount, "/amount");
    form.finish();
    judgeMember(await readLimit(limitId, principal, services), body.user_id, "/user_id", form);
    const settlement = {
      operationId: body.operation_id ?? newOperationId(),
      limitId,
      userId: body.user_id,
      amount,
      note: body.note,
    };
    const { operationId, settled, idempotent } = await settleLimit(services.database, settlement, by);
    const answer = { operation_id: operationId, limit_id: limitId, settled: String(settled), idempotent };
    return { status: idempotent ? 200 : 201, body: answer };
  },
});

export const limitRoutes: readonly Route[] = [
  putRoute,
  getRoute,
  listRoute,
  deleteRoute,
  usageRoute,
  settleRoute,
];
