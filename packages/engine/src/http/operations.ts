// The operation log: list, GET.
import { v1 } from "@pointbridge/protocol";
import type { Operation, OperationKind, OperationStatus } from "../domain/index.ts";
import { writtenOperationId } from "../domain/index.ts";
import { findOperations, listOperations, type OperationFilter } from "../operations/index.ts";
import { readCursor, storedTime, toPage } from "./cursor.ts";
import { viewSteps } from "./exchange-steps.ts";
import { viewMetadata } from "./movements.ts";
import { viewFailure } from "./outcomes.ts";
import { notFound } from "./problem.ts";
import { mayRead } from "./reach.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Operations";
const params = v1.closed("LogPath", "Which operation.", { operation_id: v1.logId });

const typeOf: Readonly<Record<OperationKind, v1.OperationType>> = {
  exchange: "cross_system_exchange",
  partner_credit: "cross_system_add_credits",
  partner_hold: "cross_system_hold",
  credit: "add_credits",
  debit: "deduct_credits",
  hold: "hold_credits",
  opening: "open_account",
  rate_change: "exchange_rate_update",
  mapping_change: "mapping_update",
  api_key_change: "api_key_update",
  system_change: "system_update",
  credit_type_change: "credit_type_update",
  link_change: "link_update",
  limit_change: "limit_update",
  limit_settlement: "limit_settlement",
  adjustment: "reconciliation_adjustment",
  grant_change: "grant_update",
  user_change: "user_update",
  provisioning: "user_provisioning",
  node_key_change: "key_update",
  webhook_change: "webhook_update",
  alert_channel_change: "alert_channel_update",
  reconciliation: "cross_system_reconciliation",
};

const statusOf: Readonly<Record<OperationStatus, v1.OperationStatus>> = {
  processing: "in_progress",
  held: "in_progress",
  needs_attention: "retrying",
  pending_approval: "pending_approval",
  completed: "completed",
  captured: "completed",
  failed: "failed",
  released: "failed",
  expired: "failed",
  rolled_back: "failed",
};

function isRetrying(operation: Operation): boolean {
  return operation.status === "processing" && (operation.data?.crossing?.attempts ?? 0) > 0;
}

/** What has one step only, which is the operation itself. */
function viewOnlyStep(operation: Operation, status: v1.OperationStatus): v1.OperationStep {
  const isOver = status === "completed" || status === "failed";
  return {
    step: typeOf[operation.kind],
    status: status === "failed" ? "failed" : isOver ? "completed" : "pending",
    at: operation.updatedAt.toISOString(),
    ...(operation.failureCode === null ? {} : { error: operation.failureCode }),
  };
}

/** What is told elsewhere in the answer is left out: steps tell the crossing. */
function viewData(operation: Operation): Record<string, unknown> {
  const { crossing: _crossing, ...rest } = operation.data ?? {};
  return rest;
}

function textOf(amount: bigint | null): string | null {
  return amount === null ? null : String(amount);
}

function viewOperation(operation: Operation): v1.Operation {
  const status = isRetrying(operation) ? "retrying" : statusOf[operation.status];
  const writtenId = writtenOperationId(operation.operationId);
  return {
    operation_id: operation.operationId,
    type: typeOf[operation.kind],
    status,
    state: operation.status,
    principal: operation.principal,
    partner_operation_id: writtenId === operation.operationId ? null : writtenId,
    user_id: operation.userId,
    target_user_id: operation.targetUserId,
    source_system: operation.sourceSystem,
    target_system: operation.targetSystem,
    source_credit_type: operation.sourceCreditType,
    target_credit_type: operation.targetCreditType,
    source_amount: textOf(operation.sourceAmount),
    target_amount: textOf(operation.targetAmount),
    exchange_rate: operation.exchangeRate,
    rate_version: operation.rateVersion,
    quote_id: operation.quoteId,
    business_code: operation.businessCode,
    business_id: operation.businessId,
    steps: operation.kind === "exchange" ? viewSteps(operation) : [viewOnlyStep(operation, status)],
    data: viewData(operation),
    failure: viewFailure(operation),
    metadata: viewMetadata(operation.metadata),
    initiated_at: operation.initiatedAt?.toISOString() ?? null,
    created_at: operation.createdAt.toISOString(),
    updated_at: operation.updatedAt.toISOString(),
  };
}

function keysWith<K extends string, V extends string>(table: Readonly<Record<K, V>>, value: V): K[] {
  return (Object.keys(table) as K[]).filter((key) => table[key] === value);
}

function toStatusFilter(
  status: v1.OperationStatus | undefined,
): Pick<OperationFilter, "statuses" | "isRetrying"> {
  switch (status) {
    case undefined:
      return {};
    case "in_progress":
      return { statuses: keysWith(statusOf, status), isRetrying: false };
    case "retrying":
      return { statuses: ["processing", "needs_attention"], isRetrying: true };
    default:
      return { statuses: keysWith(statusOf, status) };
  }
}

function beforeOf(cursor: string | undefined): OperationFilter["before"] {
  const [createdAt, operationId] = readCursor(cursor, [storedTime, new RegExp(v1.logIdPattern)]) ?? [];
  if (createdAt === undefined || operationId === undefined) return undefined;
  return { createdAt: new Date(createdAt), operationId };
}

const listRoute = defineRoute({
  method: "GET",
  path: "/v1/operations",
  name: "listOperations",
  tag,
  summary: "Search the log of everything, newest first",
  description:
    "Exchanges, credits, debits, holds, what partners asked for, and changes of rates, mappings, systems, credit types, links, profiles, keys, webhooks and alert channels, refused ones too. Filters may be combined.",
  permission: "read",
  reach: ({ query }) => [[query.source_system, query.target_system]],
  query: v1.operationQuery,
  answers: {
    200: {
      description: "Operations created in [created_after, created_before).",
      schema: v1.operationPage,
    },
  },
  async handle({ query, form }, { database, shardCount }) {
    const limit = query.limit ?? v1.pageLimitDefault;
    const before = beforeOf(query.cursor);
    const createdAfter = form.time(query.created_after, "/query/created_after");
    const createdBefore = form.time(query.created_before, "/query/created_before");
    const { business_code: code, business_id: id, type } = query;
    if (code !== undefined && id === undefined)
      form.fault("/query/business_id", "is missing: the two go together");
    if (id !== undefined && code === undefined)
      form.fault("/query/business_code", "is missing: the two go together");
    form.finish();
    const filter: OperationFilter = {
      ...toStatusFilter(query.status),
      kinds: type === undefined ? undefined : keysWith(typeOf, type),
      userId: query.user_id,
      sourceSystem: query.source_system,
      targetSystem: query.target_system,
      createdAfter,
      createdBefore,
      business: code === undefined || id === undefined ? undefined : { code, id },
      limit: limit + 1,
      before,
    };
    const found = await database.transaction((transaction) =>
      listOperations(transaction, shardCount, filter),
    );
    const keysOf = (operation: Operation) => [operation.createdAt.toISOString(), operation.operationId];
    return { status: 200, body: toPage(found, limit, viewOperation, keysOf) };
  },
});

const getRoute = defineRoute({
  method: "GET",
  path: "/v1/operations/{operation_id}",
  name: "getOperation",
  tag,
  summary: "Read an operation of whatever type",
  permission: "read",
  reach: "found",
  params,
  answers: { 200: { description: "The operation.", schema: v1.operation } },
  errors: ["operation_not_found"],
  async handle({ params: { operation_id: operationId }, principal }, { database, shardCount }) {
    const [operation] = await database.transaction((transaction) =>
      findOperations(transaction, shardCount, [operationId]),
    );
    if (operation === undefined || !mayRead(principal, operation)) {
      throw notFound("operation_not_found", `no operation has the id ${operationId}`);
    }
    return { status: 200, body: viewOperation(operation) };
  },
});

export const operationRoutes: readonly Route[] = [listRoute, getRoute];
