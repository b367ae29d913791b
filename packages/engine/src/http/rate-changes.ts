// Changes of rates that wait for a second person: list, GET, approve, reject.
import { type RefusalCode, v1 } from "@pointbridge/protocol";
import {
  type DecidedRateChange,
  decideRateChange,
  describeRefusal,
  getRateChange,
  listPendingRateChanges,
  type RateChangeState,
  type RateDecision,
  viewCycle,
} from "../rates/index.ts";
import { readCursor, storedTime, toPage } from "./cursor.ts";
import { operationPath } from "./operation-lookup.ts";
import { HttpError, notFound } from "./problem.ts";
import { mayRead } from "./reach.ts";
import { type Answer, defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Rates";

function refusalOf({ cycle, gain, agreement }: RateChangeState) {
  return { cycle, gain, partnerCode: agreement?.partner_code };
}

/** The cycle that a change was refused for, if it was. */
function viewGain({ cycle, gain }: RateChangeState) {
  return {
    ...(cycle === undefined ? {} : { cycle: viewCycle(cycle) }),
    ...(gain === undefined ? {} : { gain }),
  };
}

function viewAgreement({ agreement }: RateChangeState): v1.RateChangeState["agreement"] {
  return (
    agreement && {
      agreement_id: agreement.id,
      partner_system: agreement.partner_system,
      proposed_by: agreement.proposed_by,
      accepted_by: agreement.accepted_by ?? null,
      partner_code: agreement.partner_code ?? null,
    }
  );
}

function viewChange(change: RateChangeState, idempotent: boolean): v1.RateChangeState {
  const { failureCode } = change;
  const failure =
    failureCode === null
      ? null
      : {
          code: failureCode,
          message: describeRefusal(failureCode, change, refusalOf(change)),
          ...viewGain(change),
        };
  return {
    operation_id: change.operationId,
    status: change.status,
    source_system: change.sourceSystem,
    target_system: change.targetSystem,
    source_credit_type: change.sourceCreditType,
    target_credit_type: change.targetCreditType,
    old_rate: change.oldRate,
    new_rate: change.newRate,
    min_source_amount: String(change.minSourceAmount),
    change_percentage: change.changePercentage,
    rate_version: change.rateVersion,
    proposed_by: change.proposedBy,
    approved_by: change.approvedBy,
    rejected_by: change.rejectedBy,
    effective_at: change.effectiveAt?.toISOString() ?? null,
    agreement: viewAgreement(change),
    created_at: change.createdAt.toISOString(),
    expires_at: change.expiresAt?.toISOString() ?? null,
    ended_at: change.endedAt?.toISOString() ?? null,
    failure,
    idempotent,
  };
}

/** What a change that waits no longer is told as, to somebody who decides it otherwise: a conflict with its state. */
const conflictCodes: ReadonlySet<RefusalCode> = new Set([
  "rate_change_rejected",
  "rate_change_expired",
  "rate_change_stale",
]);

function refuseDecision({ change, idempotent }: DecidedRateChange): HttpError {
  const { operationId, failureCode } = change;
  const extra = { operation_id: operationId, idempotent };
  if (failureCode === null && change.status === "pending_agreement") {
    const detail = `the change ${operationId} is promised to the partner, whose word decides now; propose another one once it is in force or has ended`;
    return new HttpError("rate_change_under_way", detail, { extra });
  }
  if (failureCode === null) {
    return new HttpError(
      "rate_change_completed",
      `the change ${operationId} is completed, with rate version ${change.rateVersion}; propose another one to change the rate`,
      { extra },
    );
  }
  return new HttpError(failureCode, describeRefusal(failureCode, change, refusalOf(change)), {
    extra: { ...extra, ...viewGain(change) },
    ...(conflictCodes.has(failureCode) ? { status: 409 } : {}),
  });
}

async function decide(services: Services, decision: RateDecision): Promise<Answer> {
  const { database, shardCount, rateRules } = services;
  const decided = await decideRateChange(database, shardCount, decision, rateRules);
  services.rateAgreements.wake();
  if (!decided.isDone) throw refuseDecision(decided);
  return { status: 200, body: viewChange(decided.change, decided.idempotent) };
}

const decisionErrors = [
  "operation_not_found",
  "rate_change_completed",
  "rate_change_under_way",
  ["rate_change_rejected", 409],
  ["rate_change_expired", 409],
  ["rate_change_stale", 409],
  "rate_not_accepted",
  "rate_cycle_gains",
  "system_not_found",
  "credit_type_not_found",
] as const;

export const rateChangeRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/rate-changes",
    name: "listRateChanges",
    tag,
    summary: "List the changes of rates that wait for approval, or for a partner",
    permission: "read",
    reach: ({ query }) => [[query.source_system, query.target_system]],
    query: v1.rateQuery,
    answers: { 200: { description: "Changes, the oldest first.", schema: v1.rateChangePage } },
    async handle({ query }, { database, shardCount }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const patterns = [storedTime, new RegExp(v1.operationIdPattern)];
      const [createdAt, operationId] = readCursor(query.cursor, patterns) ?? [];
      const isFirst = createdAt === undefined || operationId === undefined;
      const filter = {
        sourceSystem: query.source_system,
        targetSystem: query.target_system,
        limit: limit + 1,
        after: isFirst ? undefined : { createdAt: new Date(createdAt), operationId },
      };
      const found = await database.transaction((transaction) =>
        listPendingRateChanges(transaction, shardCount, filter),
      );
      const keysOf = (change: RateChangeState) => [change.createdAt.toISOString(), change.operationId];
      return { status: 200, body: toPage(found, limit, (change) => viewChange(change, false), keysOf) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/rate-changes/{operation_id}",
    name: "getRateChange",
    tag,
    summary: "Read a change of a rate",
    permission: "read",
    reach: "found",
    params: operationPath,
    answers: { 200: { description: "The change as it stands.", schema: v1.rateChangeState } },
    errors: ["operation_not_found"],
    async handle({ params: { operation_id: operationId }, principal }, { database, shardCount }) {
      const change = await database.transaction((transaction) =>
        getRateChange(transaction, shardCount, operationId),
      );
      if (change === undefined || !mayRead(principal, change)) {
        throw notFound("operation_not_found", `no change of a rate has the id ${operationId}`);
      }
      return { status: 200, body: viewChange(change, change.status !== "pending_approval") };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/rate-changes/{operation_id}/approve",
    name: "approveRateChange",
    tag,
    summary: "Approve a change of a rate",
    description:
      "By another principal than the one who proposed it. The rate is in force from then on. Where the pair's rate was changed meanwhile, or a cycle of rates would gain by now, the change can't be had any more and ends as failed.",
    permission: "approve",
    params: operationPath,
    answers: { 200: { description: "The rate is in force.", schema: v1.rateChangeState } },
    errors: [...decisionErrors, "four_eyes_required"],
    handle({ params, principal }, services) {
      const { operation_id: operationId } = params;
      return decide(services, { operationId, verdict: "approve", principal: principal.name });
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/rate-changes/{operation_id}/reject",
    name: "rejectRateChange",
    tag,
    summary: "Reject a change of a rate",
    description: "Also one's own. The rate stays as it is.",
    permission: "approve",
    params: operationPath,
    answers: { 200: { description: "The change is rejected.", schema: v1.rateChangeState } },
    errors: decisionErrors,
    handle({ params, principal }, services) {
      const { operation_id: operationId } = params;
      return decide(services, { operationId, verdict: "reject", principal: principal.name });
    },
  }),
];
