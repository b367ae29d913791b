// How pairs are reconciled: PUT, list.
import { v1 } from "@pointbridge/protocol";
import { runRetried } from "../database/index.ts";
import type { Form } from "../form/index.ts";
import { defaultPolicy, listPolicies, type Policy, parseCron, putPolicy } from "../reconcile/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { viewPolicy } from "./reconciliation-view.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Reconciliations";
const id = new RegExp(v1.catalogIdPattern);

function pointsOf(value: string | undefined, otherwise: bigint): bigint {
  return value === undefined ? otherwise : BigInt(value);
}

function thresholdOf<T>(value: T | null | undefined, otherwise: T | null): T | null {
  return value === undefined ? otherwise : value;
}

function judgeCron(cron: string | null, form: Form): void {
  const calendar = cron === null ? undefined : parseCron(cron);
  if (typeof calendar === "string") form.fault("/cron", `is no calendar: ${calendar}`);
}

/** What is left out takes its default. */
function toPolicy(body: v1.ReconciliationPolicyInput, form: Form): Policy {
  const { alerts, severity, repairs } = defaultPolicy;
  const cron = body.cron ?? null;
  judgeCron(cron, form);
  const alertValue = thresholdOf(body.alert_value, null);
  const policy: Policy = {
    cron,
    intervalMs: body.interval_ms ?? null,
    windowMs: body.window_ms ?? defaultPolicy.windowMs,
    graceMs: body.grace_ms ?? defaultPolicy.graceMs,
    repair: body.repair ?? "none",
    alerts: {
      count: thresholdOf(body.alert_count, alerts.count),
      value: alertValue === null ? null : BigInt(alertValue),
      ageMs: thresholdOf(body.alert_age_ms, alerts.ageMs),
    },
    severity: {
      warningValue: pointsOf(body.warning_value, severity.warningValue),
      criticalValue: pointsOf(body.critical_value, severity.criticalValue),
      warningAgeMs: body.warning_age_ms ?? severity.warningAgeMs,
      criticalAgeMs: body.critical_age_ms ?? severity.criticalAgeMs,
    },
    repairs: {
      countMax: body.repair_count_max ?? repairs.countMax,
      valueMax: pointsOf(body.repair_value_max, repairs.valueMax),
      fourEyesAbove: pointsOf(body.four_eyes_above, repairs.fourEyesAbove),
      stopSharePercent: body.stop_share_percent ?? repairs.stopSharePercent,
      stopCountMin: body.stop_count_min ?? repairs.stopCountMin,
    },
  };
  if (body.source_system === body.target_system)
    form.fault("/target_system", "must differ from source_system");
  form.finish();
  return policy;
}

export const reconciliationPolicyRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/reconciliation-policies",
    name: "putReconciliationPolicy",
    tag,
    summary: "Say when a pair is reconciled by itself, and what holds for its runs",
    description:
      "Replaces the whole: what is left out takes its default. Holds for runs that begin afterwards, also for those that are asked for. Scheduled runs end a grace before now.",
    permission: "administer",
    body: v1.reconciliationPolicyInput,
    answers: { 200: { description: "As it holds now.", schema: v1.reconciliationPolicy } },
    errors: ["system_not_found"],
    async handle({ body, form, principal }, { database }) {
      const policy = toPolicy(body, form);
      const { source_system: sourceSystem, target_system: targetSystem } = body;
      const stored = await runRetried(database, (transaction) =>
        putPolicy(transaction, { sourceSystem, targetSystem, policy, principal: principal.name }),
      );
      return { status: 200, body: viewPolicy(stored) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/reconciliation-policies",
    name: "listReconciliationPolicies",
    tag,
    summary: "List the policies of pairs; a pair without one has the defaults, and no schedule",
    permission: "read",
    reach: ({ query }) => [[query.source_system, query.target_system]],
    query: v1.reconciliationPolicyQuery,
    answers: { 200: { description: "Policies by source and target.", schema: v1.reconciliationPolicyPage } },
    async handle({ query }, { database }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [sourceSystem, targetSystem] = readCursor(query.cursor, [id, id]) ?? [];
      const isFirst = sourceSystem === undefined || targetSystem === undefined;
      const found = await database.transaction((transaction) =>
        listPolicies(transaction, {
          sourceSystem: query.source_system,
          targetSystem: query.target_system,
          limit: limit + 1,
          after: isFirst ? undefined : { sourceSystem, targetSystem },
        }),
      );
      const keysOf = (one: (typeof found)[number]) => [one.sourceSystem, one.targetSystem];
      return { status: 200, body: toPage(found, limit, viewPolicy, keysOf) };
    },
  }),
];
