// What an exchange would come to: quotes, whose price is kept, and simulations, which promise nothing.
import { v1 } from "@pointbridge/protocol";
import type { ExchangeCommand, Operation, Quote } from "../domain/index.ts";
import { toExchangeCommand } from "./exchanges.ts";
import { operationOf, refusalCodeOf } from "./outcomes.ts";
import { notFound } from "./problem.ts";
import { mayReadOf } from "./reach.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Quotes";
const params = v1.closed("QuotePath", "Which quote.", { quote_id: v1.quote.properties.quote_id });

function viewQuote(quote: Quote): v1.Quote {
  return {
    quote_id: quote.quoteId,
    operation_id: quote.operationId,
    user_id: quote.userId,
    source_system: quote.sourceSystem,
    target_system: quote.targetSystem,
    source_credit_type: quote.sourceCreditType,
    target_credit_type: quote.targetCreditType,
    source_amount: String(quote.amount),
    target_amount: String(quote.targetAmount),
    exchange_rate: quote.exchangeRate,
    rate_version: quote.rateVersion,
    created_at: quote.createdAt.toISOString(),
    expires_at: quote.expiresAt.toISOString(),
    used_by: quote.usedBy,
  };
}

const postRoute = defineRoute({
  method: "POST",
  path: "/v1/quotes",
  name: "createQuote",
  tag,
  summary: "Ask for a price that is kept for an exchange",
  description:
    "The price holds until `expires_at` though the rate changes, for one exchange with these fields. It says nothing of balances and users. What would be refused for its route, rate or amount is a 422 with the exchange's code, and nothing is kept. Asking again gives another quote.",
  permission: "quote",
  reach: ({ body }) => [{ source: body.source_system, target: body.target_system }],
  body: v1.quoteInput,
  answers: { 201: { description: "Kept.", schema: v1.quote } },
  errors: [
    "system_not_found",
    "system_suspended",
    "link_not_found",
    "link_disabled",
    "exchange_rate_not_found",
    "amount_too_small",
    "amount_too_large",
  ],
  async handle({ body, form, principal }, { quoting }) {
    const request = {
      operationId: body.operation_id ?? null,
      userId: body.user_id,
      sourceSystem: body.source_system,
      targetSystem: body.target_system,
      sourceCreditType: body.source_credit_type,
      targetCreditType: body.target_credit_type,
      amount: form.amount(body.amount, "/amount"),
      principal: principal.name,
    };
    form.finish();
    return { status: 201, body: viewQuote(await quoting.create(request)) };
  },
});

const getRoute = defineRoute({
  method: "GET",
  path: "/v1/quotes/{quote_id}",
  name: "getQuote",
  tag,
  summary: "Read a quote, also one that is used or whose time is up",
  description: "A quote can be read for a week after its time is up.",
  permission: "read",
  reach: "found",
  params,
  answers: { 200: { description: "The quote.", schema: v1.quote } },
  errors: ["quote_not_found"],
  async handle({ params: { quote_id: quoteId }, principal }, { quoting }) {
    const quote = await quoting.find(quoteId);
    const systems = quote === undefined ? [] : [quote.sourceSystem, quote.targetSystem];
    const concerns = systems.some((systemId) => mayReadOf(principal, systemId));
    if (quote === undefined || !concerns) throw notFound("quote_not_found", `no quote has the id ${quoteId}`);
    return { status: 200, body: viewQuote(quote) };
  },
});

function viewSimulation(
  command: ExchangeCommand,
  operation: Operation,
  available: bigint | undefined,
  isRepeat: boolean,
): v1.ExchangeSimulation {
  return {
    status: operation.status as v1.ExchangeSimulation["status"],
    code: refusalCodeOf(operation) ?? null,
    user_id: command.userId,
    target_user_id: operation.targetUserId,
    source_system: command.sourceSystem,
    target_system: command.targetSystem,
    source_credit_type: command.sourceCreditType,
    target_credit_type: command.targetCreditType,
    source_amount: String(command.amount),
    target_amount: operation.targetAmount === null ? null : String(operation.targetAmount),
    exchange_rate: operation.exchangeRate,
    rate_version: operation.rateVersion,
    quote_id: command.quoteId,
    available: available === undefined ? null : String(available),
    balance_suffices: available === undefined ? null : available >= command.amount,
    idempotent: isRepeat,
  };
}

const simulateRoute = defineRoute({
  method: "POST",
  path: "/v1/exchanges/simulate",
  name: "simulateExchange",
  tag,
  summary: "Try an exchange without making it",
  description:
    "Judges the exchange as it would be judged now and answers what it would come to. Nothing is written, no operation id is used up, and nothing is promised: the next moment may judge otherwise. What a partner or a profile would decide is not asked.",
  permission: "quote",
  reach: ({ body }) => [{ source: body.source_system, target: body.target_system }],
  body: v1.exchangeInput,
  answers: {
    200: { description: "What it would come to, a refusal included.", schema: v1.exchangeSimulation },
  },
  errors: ["operation_conflict"],
  async handle({ body, form, principal, trace }, { quoting }) {
    const command = toExchangeCommand(body, "", form, { principal, trace });
    form.finish();
    const { outcome, available } = await quoting.rehearse(command);
    const { operation, idempotent } = operationOf(outcome);
    return { status: 200, body: viewSimulation(command, operation, available, idempotent) };
  },
});

export const quoteRoutes: readonly Route[] = [postRoute, getRoute, simulateRoute];
