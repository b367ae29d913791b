// Links: PUT, list.
import { v1 } from "@pointbridge/protocol";
import { decideLinkChange, type Link, type LinkDecision, listLinks, putLink } from "../catalog/index.ts";
import { parsePercent } from "../domain/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { operationPath } from "./operation-lookup.ts";
import { HttpError } from "./problem.ts";
import { type Answer, defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Links";
const id = new RegExp(v1.catalogIdPattern);

function viewLink(link: Link): v1.Link {
  return {
    source_system: link.sourceSystem,
    target_system: link.targetSystem,
    user_mapping: link.userMapping,
    auto_provision: link.autoProvision,
    enabled: link.enabled,
    allow_gaining_cycles: link.allowGainingCycles,
    rate_change_limit_percent: link.rateGuard.limitPercent,
    rate_change_window_ms: link.rateGuard.windowMs,
    created_at: link.createdAt.toISOString(),
    updated_at: link.updatedAt.toISOString(),
  };
}

async function decide(decision: LinkDecision, { database, shardCount }: Services): Promise<Answer> {
  const { operationId } = decision;
  const decided = await decideLinkChange(database, shardCount, decision);
  const { sourceSystem, targetSystem, status, failureCode: code, idempotent, isDone } = decided;
  if (!isDone) {
    const state = code === null ? "completed" : `ended as ${code}`;
    const detail = `the change ${operationId} of the link is ${state}; put the link anew to change it`;
    const error = { rate_change_rejected: 1, rate_change_expired: 1, rate_change_stale: 1 };
    const told = code !== null && code in error ? (code as keyof typeof error) : "rate_change_completed";
    throw new HttpError(told, detail, { extra: { operation_id: operationId, idempotent }, status: 409 });
  }
  const pair = { source_system: sourceSystem, target_system: targetSystem };
  return { status: 200, body: { operation_id: operationId, ...pair, status, code, idempotent } };
}

const decisionErrors = [
  "operation_not_found",
  "rate_change_completed",
  ["rate_change_rejected", 409],
  ["rate_change_expired", 409],
  ["rate_change_stale", 409],
] as const;

export const linkRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/links",
    name: "putLink",
    tag,
    summary: "Let points go from one system to another",
    description:
      "Replaces the whole: what is left out takes its default. Directed: the way back is a link of its own. A limit or window that is left out stays as it is; one that leaves more to one person waits for a second person's approval under `waiting_operation_id`, whatever else changes at once.",
    permission: "administer",
    body: v1.linkInput,
    answers: {
      200: { description: "It stood, and is as given now.", schema: v1.link },
      201: { description: "Made.", schema: v1.link },
    },
    errors: ["system_not_found"],
    async handle({ body, form, by }, services) {
      if (body.source_system === body.target_system) {
        form.fault("/target_system", "must differ from source_system");
      }
      form.finish();
      const limit = body.rate_change_limit_percent;
      const input = {
        sourceSystem: body.source_system,
        targetSystem: body.target_system,
        userMapping: body.user_mapping,
        autoProvision: body.auto_provision,
        enabled: body.enabled,
        allowGainingCycles: body.allow_gaining_cycles,
        rateChangeLimitPercent: limit === undefined ? undefined : parsePercent(limit)?.text,
        rateChangeWindowMs: body.rate_change_window_ms,
      };
      const { link, outcome, waitingOperationId } = await putLink(services.database, input, { by });
      const waiting = waitingOperationId === undefined ? {} : { waiting_operation_id: waitingOperationId };
      return { status: outcome === "created" ? 201 : 200, body: { ...viewLink(link), ...waiting } };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/links",
    name: "listLinks",
    tag,
    summary: "List links",
    permission: "read",
    reach: ({ query }) => [[query.source_system, query.target_system]],
    query: v1.linkQuery,
    answers: { 200: { description: "Links by source and target.", schema: v1.linkPage } },
    async handle({ query }, services) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [sourceSystem, targetSystem] = readCursor(query.cursor, [id, id]) ?? [];
      const isNext = sourceSystem !== undefined && targetSystem !== undefined;
      const found = await services.database.transaction((transaction) =>
        listLinks(transaction, {
          sourceSystem: query.source_system,
          targetSystem: query.target_system,
          limit: limit + 1,
          after: isNext ? { sourceSystem, targetSystem } : undefined,
        }),
      );
      const body = toPage(found, limit, viewLink, (link) => [link.sourceSystem, link.targetSystem]);
      return { status: 200, body };
    },
  }),
  ...(["approve", "reject"] as const).map((verdict) =>
    defineRoute({
      method: "POST",
      path: `/v1/link-changes/{operation_id}/${verdict}`,
      name: `${verdict}LinkChange`,
      tag,
      summary:
        verdict === "approve"
          ? "Approve a looser guard of a link that another person asked for"
          : "Reject a looser guard of a link, or take one's own back",
      permission: "approve",
      params: operationPath,
      answers: { 200: { description: "It stands as decided.", schema: v1.linkChange } },
      errors: verdict === "approve" ? ["four_eyes_required", ...decisionErrors] : decisionErrors,
      handle({ params: { operation_id: operationId }, principal }, services) {
        return decide({ operationId, verdict, principal: principal.name }, services);
      },
    }),
  ),
];
