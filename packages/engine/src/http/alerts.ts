// Alerts: list, GET, acknowledge.
import { v1 } from "@pointbridge/protocol";
import {
  type Alert,
  acknowledgeAlert,
  alertTypes,
  findAlert,
  listAlerts,
  runbookOf,
} from "../alerts/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { notFound } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Alerts";
const params = v1.closed("AlertPath", "Which alert.", { alert_id: v1.alertId });

function viewAlert(alert: Alert): v1.Alert {
  return {
    alert_id: alert.alertId,
    type: alert.type,
    severity: alert.severity,
    // A newer node on the same database may have raised what this one has no words for.
    title: alertTypes[alert.type]?.title.en ?? alert.type,
    key: alert.key,
    state: alert.state,
    subject: { ...alert.subject },
    data: { ...alert.data },
    count: Number(alert.count),
    first_seen_at: alert.firstSeenAt.toISOString(),
    last_seen_at: alert.lastSeenAt.toISOString(),
    acknowledged_at: alert.acknowledgedAt?.toISOString() ?? null,
    acknowledged_by: alert.acknowledgedBy,
    note: alert.note,
    cleared_at: alert.clearedAt?.toISOString() ?? null,
    runbook: runbookOf(alert.type),
  };
}

export const alertRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/alerts",
    name: "listAlerts",
    tag,
    summary: "List alerts, newest first",
    description: "Those that stand are `open` or `acknowledged`; `cleared` ones are kept for 90 days.",
    permission: "read",
    query: v1.alertQuery,
    answers: { 200: { description: "Alerts.", schema: v1.alertPage } },
    async handle({ query }, { database }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [before] = readCursor(query.cursor, [new RegExp(v1.alertIdPattern)]) ?? [];
      const { state, type, severity, key, operation_id: operationId } = query;
      const filter = { state, type, severity, key, operationId, limit: limit + 1, before };
      const found = await database.transaction((transaction) => listAlerts(transaction, filter));
      return { status: 200, body: toPage(found, limit, viewAlert, (alert) => [alert.alertId]) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/alerts/{alert_id}",
    name: "getAlert",
    tag,
    summary: "Read an alert",
    permission: "read",
    params,
    answers: { 200: { description: "The alert.", schema: v1.alert } },
    errors: ["alert_not_found"],
    async handle({ params: { alert_id: id } }, { database }) {
      const found = await database.transaction((transaction) => findAlert(transaction, id));
      if (found === undefined) throw notFound("alert_not_found", `no alert has the id ${id}`);
      return { status: 200, body: viewAlert(found) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/alerts/{alert_id}/acknowledge",
    name: "acknowledgeAlert",
    tag,
    summary: "Say that somebody looks after an alert",
    description:
      "Until it is cleared, or becomes graver. Settles nothing. One that is acknowledged or cleared stays as it is.",
    permission: "resolve",
    params,
    body: v1.acknowledgement,
    isBodyOptional: true,
    answers: { 200: { description: "The alert.", schema: v1.alert } },
    errors: ["alert_not_found"],
    async handle({ params: { alert_id: id }, body, principal }, { database }) {
      const alert = await acknowledgeAlert(database, id, body.note ?? null, principal.name);
      return { status: 200, body: viewAlert(alert) };
    },
  }),
];
