// Limits on requests: PUT, GET, list, DELETE; and what an answer says of them.
import { v1 } from "@pointbridge/protocol";
import {
  type Allowance,
  deleteRequestLimit,
  findRequestLimit,
  listRequestLimits,
  putRequestLimit,
  type RequestLimit,
} from "../request-limits/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { HttpError, notFound } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Limits";
const params = v1.requestLimitPath;
const id = new RegExp(v1.catalogIdPattern);

/** What every answer says to whom a limit applies, in the words of the RateLimit header fields draft. */
export function allowanceHeaders(allowance: Allowance): Record<string, string> {
  const { requestLimitId, requests, windowSeconds, remaining, resetSeconds } = allowance;
  return {
    "ratelimit-policy": `"${requestLimitId}";q=${requests};w=${windowSeconds}`,
    ratelimit: `"${requestLimitId}";r=${remaining};t=${resetSeconds}`,
  };
}

/** @throws HttpError too_many_requests */
export function judgeAllowance(allowance: Allowance): void {
  if (allowance.isGranted) return;
  const { requestLimitId, requests, windowSeconds, retryAfterSeconds } = allowance;
  throw new HttpError(
    "too_many_requests",
    `limit ${requestLimitId} allows ${requests} requests in ${windowSeconds} s; send the same again in ${retryAfterSeconds} s`,
    { headers: { ...allowanceHeaders(allowance), "retry-after": String(retryAfterSeconds) } },
  );
}

function viewLimit(limit: RequestLimit): v1.RequestLimit {
  return {
    request_limit_id: limit.requestLimitId,
    applies_to: limit.appliesTo,
    subject: limit.subject,
    requests: limit.requests,
    window_ms: limit.windowMs,
    created_at: limit.createdAt.toISOString(),
    updated_at: limit.updatedAt.toISOString(),
  };
}

function absent(requestLimitId: string): HttpError {
  return notFound("limit_not_found", `no limit on requests has the id ${requestLimitId}`);
}

export const requestLimitRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/request-limits/{request_limit_id}",
    name: "putRequestLimit",
    tag,
    summary: "Set how many requests a principal or a partner may send",
    description:
      "Shared by all nodes of the database: on this one from the answer on, on the others within seconds. What is above it is answered 429 `too_many_requests` with `Retry-After`; nothing is done and no id is used up. Every answer under a limit carries `RateLimit` and `RateLimit-Policy`.",
    permission: "administer",
    params,
    body: v1.requestLimitInput,
    answers: {
      200: { description: "It stood, and is as given now.", schema: v1.requestLimit },
      201: { description: "Made.", schema: v1.requestLimit },
    },
    errors: ["limit_fixed"],
    async handle({ params: { request_limit_id: requestLimitId }, body, form, by }, services) {
      form.finish();
      const { applies_to: appliesTo, subject, requests, window_ms: windowMs = 60_000 } = body;
      const input = { requestLimitId, appliesTo, subject, requests, windowMs };
      const { limit, isNew } = await putRequestLimit(services.database, input, by);
      await services.requestGate.refresh();
      return { status: isNew ? 201 : 200, body: viewLimit(limit) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/request-limits/{request_limit_id}",
    name: "getRequestLimit",
    tag,
    summary: "Read a limit on requests",
    permission: "read",
    params,
    answers: { 200: { description: "The limit.", schema: v1.requestLimit } },
    errors: ["limit_not_found"],
    async handle({ params: { request_limit_id: requestLimitId } }, { database }) {
      const limit = await database.transaction((transaction) =>
        findRequestLimit(transaction, requestLimitId),
      );
      if (limit === undefined) throw absent(requestLimitId);
      return { status: 200, body: viewLimit(limit) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/request-limits",
    name: "listRequestLimits",
    tag,
    summary: "List limits on requests",
    permission: "read",
    query: v1.pageOnlyQuery,
    answers: { 200: { description: "Limits by id.", schema: v1.requestLimitPage } },
    async handle({ query }, { database }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [after] = readCursor(query.cursor, [id]) ?? [];
      const found = await database.transaction((transaction) =>
        listRequestLimits(transaction, { after, limit: limit + 1 }),
      );
      return {
        status: 200,
        body: toPage(found, limit, viewLimit, ({ requestLimitId }) => [requestLimitId]),
      };
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/v1/request-limits/{request_limit_id}",
    name: "deleteRequestLimit",
    tag,
    summary: "Remove a limit on requests",
    permission: "administer",
    params,
    answers: { 200: { description: "The limit as it was.", schema: v1.requestLimit } },
    errors: ["limit_not_found"],
    async handle({ params: { request_limit_id: requestLimitId }, by }, services) {
      const removed = await deleteRequestLimit(services.database, requestLimitId, by);
      if (removed === undefined) throw absent(requestLimitId);
      await services.requestGate.refresh();
      return { status: 200, body: viewLimit(removed) };
    },
  }),
];
