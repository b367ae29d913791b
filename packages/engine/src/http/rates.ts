// Rates: PUT, those in force, history.
import { v1 } from "@pointbridge/protocol";
import {
  type RateChangeResult,
  type RateFilter,
  type RateVersion,
  rateHistory,
  ratesInForce,
  scheduledRates,
  setRate,
} from "../rates/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Rates";
const id = new RegExp(v1.catalogIdPattern);
const version = /^[1-9][0-9]{0,8}$/;

function viewRate(rate: RateVersion): v1.ExchangeRate {
  return {
    source_system: rate.sourceSystem,
    target_system: rate.targetSystem,
    source_credit_type: rate.sourceCreditType,
    target_credit_type: rate.targetCreditType,
    rate: rate.rate,
    rate_version: rate.rateVersion,
    rounding: rate.rounding,
    min_source_amount: String(rate.minSourceAmount),
    operation_id: rate.operationId,
    proposed_by: rate.proposedBy,
    approved_by: rate.approvedBy,
    effective_at: rate.effectiveAt.toISOString(),
    superseded_at: rate.supersededAt?.toISOString() ?? null,
  };
}

interface RateQuery {
  readonly source_system?: string;
  readonly target_system?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

function readAfter(cursor: string | undefined): RateFilter["after"] {
  const keys = readCursor(cursor, [id, id, id, id, version]);
  if (keys === undefined) return undefined;
  const [sourceSystem = "", targetSystem = "", sourceCreditType = "", targetCreditType = "", rateVersion] =
    keys;
  return { sourceSystem, targetSystem, sourceCreditType, targetCreditType, rateVersion: Number(rateVersion) };
}

function toFilter(query: RateQuery): RateFilter {
  return {
    sourceSystem: query.source_system,
    targetSystem: query.target_system,
    limit: (query.limit ?? v1.pageLimitDefault) + 1,
    after: readAfter(query.cursor),
  };
}

function viewPage(found: readonly RateVersion[], query: RateQuery) {
  return toPage(found, query.limit ?? v1.pageLimitDefault, viewRate, (rate) => [
    rate.sourceSystem,
    rate.targetSystem,
    rate.sourceCreditType,
    rate.targetCreditType,
    String(rate.rateVersion),
  ]);
}

function viewResult(result: RateChangeResult): v1.RateChange | v1.PendingRateChange {
  const { operationId: operation_id, newRate: new_rate, idempotent } = result;
  const effective_at = result.effectiveAt?.toISOString() ?? null;
  if (result.status === "completed") {
    const { status, oldRate: old_rate, rateVersion: rate_version } = result;
    return { status, operation_id, old_rate, new_rate, rate_version, effective_at, idempotent };
  }
  return {
    status: result.status,
    needs_approval: result.status === "pending_approval",
    operation_id,
    old_rate: result.oldRate,
    new_rate,
    change_percentage: result.changePercentage,
    effective_at,
    expires_at: result.expiresAt.toISOString(),
    idempotent,
  };
}

const putRoute = defineRoute({
  method: "PUT",
  path: "/v1/rates",
  name: "putRate",
  tag,
  summary: "Put a rate in force, or propose it",
  description:
    "In force for every exchange that is judged after the answer. The rate in force already makes no new version. A change of more than 20 %, up or down, against the rate in force or the oldest one in force in the last 24 hours waits for approval by another principal; an approved rate starts the 24 hours afresh. A first rate is not measured. A rate that would let points grow by going round a cycle of rates is refused, unless the link has `allow_gaining_cycles`. With `effective_at` it comes into force then; with `agree` the partner's node has to accept it, and it is in force on both from one time.",
  permission: "administer",
  body: v1.rateInput,
  answers: {
    200: { description: "The rate is in force.", schema: v1.rateChange },
    202: { description: "The change waits for approval.", schema: v1.pendingRateChange },
  },
  errors: [
    "system_not_found",
    "credit_type_not_found",
    "rate_cycle_gains",
    "rate_change_rejected",
    "rate_change_expired",
    "rate_change_stale",
    "rate_not_accepted",
    "operation_conflict",
    "rate_change_under_way",
    "rate_partner_missing",
    "effective_time_passed",
  ],
  async handle({ body, form, principal, by }, services) {
    const rate = form.rate(body.rate, "/rate");
    const { min_source_amount: minSourceAmount } = body;
    const minimum =
      minSourceAmount === undefined ? undefined : form.amount(minSourceAmount, "/min_source_amount");
    const effectiveAt = form.time(body.effective_at, "/effective_at");
    form.finish();
    const change = {
      operationId: body.operation_id,
      sourceSystem: body.source_system,
      targetSystem: body.target_system,
      sourceCreditType: body.source_credit_type,
      targetCreditType: body.target_credit_type,
      rate,
      rounding: body.rounding ?? "down",
      minSourceAmount: minimum,
      effectiveAt,
      agree: body.agree ?? false,
      principal: principal.name,
      origin: by.origin,
    };
    const { database, shardCount, rateRules } = services;
    const result = await setRate(database, shardCount, change, rateRules);
    if (result.status === "pending_agreement") services.rateAgreements.wake();
    return { status: result.status === "completed" ? 200 : 202, body: viewResult(result) };
  },
});

const inForceRoute = defineRoute({
  method: "GET",
  path: "/v1/rates",
  name: "listRates",
  tag,
  summary: "List the rates in force",
  permission: "read",
  reach: ({ query }) => [[query.source_system, query.target_system]],
  query: v1.rateQuery,
  answers: { 200: { description: "Rates by systems and credit types.", schema: v1.exchangeRatePage } },
  async handle({ query }, services) {
    const filter = toFilter(query);
    const found = await services.database.transaction((transaction) => ratesInForce(transaction, filter));
    return { status: 200, body: viewPage(found, query) };
  },
});

const historyRoute = defineRoute({
  method: "GET",
  path: "/v1/rates/history",
  name: "listRateHistory",
  tag,
  summary: "List every rate that was ever in force",
  permission: "read",
  reach: ({ query }) => [[query.source_system, query.target_system]],
  query: v1.rateQuery,
  answers: {
    200: { description: "Versions, the oldest of each pair first.", schema: v1.exchangeRatePage },
  },
  async handle({ query }, services) {
    const filter = toFilter(query);
    const found = await services.database.transaction((transaction) => rateHistory(transaction, filter));
    return { status: 200, body: viewPage(found, query) };
  },
});

const scheduledRoute = defineRoute({
  method: "GET",
  path: "/v1/rates/scheduled",
  name: "listScheduledRates",
  tag,
  summary: "List the rates that are set for later",
  permission: "read",
  reach: ({ query }) => [[query.source_system, query.target_system]],
  query: v1.rateQuery,
  answers: {
    200: { description: "Versions whose effective_at lies ahead.", schema: v1.exchangeRatePage },
  },
  async handle({ query }, services) {
    const filter = toFilter(query);
    const found = await services.database.transaction((transaction) => scheduledRates(transaction, filter));
    return { status: 200, body: viewPage(found, query) };
  },
});

export const rateRoutes: readonly Route[] = [putRoute, inForceRoute, historyRoute, scheduledRoute];
