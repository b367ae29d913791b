// Exchanges: POST, batch, GET, list. Between hosted systems an exchange is decided by the time it is answered;
// where a partner has a part in it, `Prefer` says how long to wait for its end.
import { v1 } from "@pointbridge/protocol";
import type { ExchangeCommand, Operation, OperationStatus, TraceContext } from "../domain/index.ts";
import type { Form } from "../form/index.ts";
import type { Move } from "../grants/index.ts";
import { listOperations } from "../operations/index.ts";
import { newOperationId } from "../system/index.ts";
import { readCursor, storedTime, toPage } from "./cursor.ts";
import { viewExchange } from "./exchange-view.ts";
import { operationPath, requireOperation } from "./operation-lookup.ts";
import { answerCreation, viewLine } from "./outcomes.ts";
import { readWaitMs } from "./prefer.ts";
import type { Principal } from "./principal.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Exchanges";
const prefer = { Prefer: "`wait=SECONDS` (default 10) or `respond-async`." };

/** What a request asks for; a wrong field is a fault of the form. */
export function toExchangeCommand(
  input: v1.ExchangeInput,
  path: string,
  form: Form,
  caller: { readonly principal: Principal; readonly trace: TraceContext },
): ExchangeCommand {
  return {
    type: "exchange",
    operationId: input.operation_id ?? newOperationId(),
    principal: caller.principal.name,
    trace: caller.trace,
    userId: input.user_id,
    sourceSystem: input.source_system,
    targetSystem: input.target_system,
    sourceCreditType: input.source_credit_type,
    targetCreditType: input.target_credit_type,
    amount: form.amount(input.amount, `${path}/amount`),
    quoteId: input.quote_id ?? null,
    metadata: form.metadata(input.metadata, `${path}/metadata`),
  };
}

function viewExchangeLine(operation: Operation): { target_amount: string } {
  return { target_amount: String(operation.targetAmount) };
}

/** What a line asks for, as grants judge it. */
function moveOf({ source_system: source, target_system: target, amount }: v1.ExchangeInput): Move {
  return { source, target, amount };
}

const postRoute = defineRoute({
  method: "POST",
  path: "/v1/exchanges",
  name: "createExchange",
  tag,
  summary: "Exchange points of one system for points of another",
  description:
    "A refusal is a 422 with the first code that applies, kept under the operation's id for good. The same body again answers with the present state and `idempotent: true`.",
  permission: "exchange",
  reach: ({ body }) => [moveOf(body)],
  body: v1.exchangeInput,
  headers: prefer,
  answers: {
    200: { description: "Completed before.", schema: v1.exchange },
    201: { description: "Completed.", schema: v1.exchange },
    202: { description: "Still under way: a partner has not answered yet.", schema: v1.exchange },
  },
  errors: [
    "system_not_found",
    "system_suspended",
    "link_not_found",
    "link_disabled",
    "exchange_rate_not_found",
    "quote_mismatch",
    "quote_expired",
    "amount_too_small",
    "mapping_not_found",
    "user_not_found",
    "limit_exceeded",
    "insufficient_balance",
    "amount_too_large",
    "source_refused",
    "source_unknown",
    "target_refused",
    "target_unknown",
    "operation_conflict",
  ],
  async handle({ body, form, prefer: preference, principal, trace }, services) {
    const command = toExchangeCommand(body, "", form, { principal, trace });
    form.finish();
    const [outcome] = await services.crossings.submit([command], readWaitMs(preference));
    if (outcome === undefined) throw new Error(`exchange ${command.operationId} came to nothing`);
    return answerCreation(outcome, viewExchange);
  },
});

const batchRoute = defineRoute({
  method: "POST",
  path: "/v1/exchanges/batch",
  name: "createExchanges",
  tag,
  summary: "Up to 1000 exchanges, with the effects of being done one by one in their order",
  description: "One malformed line refuses the whole batch; a refused line is a result like any other.",
  permission: "exchange",
  reach: ({ body }) => body.exchanges.map(moveOf),
  body: v1.exchangeBatch,
  headers: prefer,
  answers: { 200: { description: "One result per line, in order.", schema: v1.exchangeBatchResult } },
  async handle({ body, form, prefer: preference, principal, trace }, services) {
    const caller = { principal, trace };
    const commands = body.exchanges.map((line, index) =>
      toExchangeCommand(line, `/exchanges/${index}`, form, caller),
    );
    form.finish();
    const outcomes = await services.crossings.submit(commands, readWaitMs(preference));
    return {
      status: 200,
      body: { results: outcomes.map((outcome) => viewLine(outcome, viewExchangeLine)) },
    };
  },
});

const getRoute = defineRoute({
  method: "GET",
  path: "/v1/exchanges/{operation_id}",
  name: "getExchange",
  tag,
  summary: "Read an exchange, also a refused one",
  permission: "read",
  reach: "found",
  params: operationPath,
  answers: { 200: { description: "The exchange.", schema: v1.exchange } },
  errors: ["operation_not_found"],
  async handle({ params: { operation_id: operationId }, principal }, services) {
    const operation = await requireOperation(services, operationId, "exchange", principal);
    return { status: 200, body: viewExchange(operation, false) };
  },
});

function beforeOf(cursor: string | undefined): { createdAt: Date; operationId: string } | undefined {
  const [createdAt, operationId] = readCursor(cursor, [storedTime, new RegExp(v1.operationIdPattern)]) ?? [];
  if (createdAt === undefined || operationId === undefined) return undefined;
  return { createdAt: new Date(createdAt), operationId };
}

/** Nothing of an exchange is stored before it has been judged, so none is found as `started`. */
const statusesOf: Readonly<Record<v1.Exchange["status"], readonly OperationStatus[]>> = {
  started: [],
  processing: ["processing"],
  needs_attention: ["needs_attention"],
  completed: ["completed"],
  failed: ["failed"],
};

const listRoute = defineRoute({
  method: "GET",
  path: "/v1/exchanges",
  name: "listExchanges",
  tag,
  summary: "List exchanges, newest first",
  permission: "read",
  reach: ({ query }) => [[query.source_system, query.target_system]],
  query: v1.exchangeQuery,
  answers: {
    200: {
      description: "Exchanges created in [created_after, created_before).",
      schema: v1.exchangePage,
    },
  },
  async handle({ query, form }, services) {
    const limit = query.limit ?? v1.pageLimitDefault;
    const before = beforeOf(query.cursor);
    const createdAfter = form.time(query.created_after, "/query/created_after");
    const createdBefore = form.time(query.created_before, "/query/created_before");
    form.finish();
    const found = await services.database.transaction((transaction) =>
      listOperations(transaction, services.shardCount, {
        kinds: ["exchange"],
        statuses: query.status === undefined ? undefined : statusesOf[query.status],
        userId: query.user_id,
        sourceSystem: query.source_system,
        targetSystem: query.target_system,
        createdAfter,
        createdBefore,
        limit: limit + 1,
        before,
      }),
    );
    const keysOf = (operation: Operation) => [operation.createdAt.toISOString(), operation.operationId];
    return { status: 200, body: toPage(found, limit, (operation) => viewExchange(operation, false), keysOf) };
  },
});

export const exchangeRoutes: readonly Route[] = [postRoute, batchRoute, getRoute, listRoute];
