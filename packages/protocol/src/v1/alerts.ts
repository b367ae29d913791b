// Alerts: what somebody should be told.
import { type Static, Type } from "typebox";
import {
  closed,
  note,
  nullable,
  oneOf,
  operationId,
  operationIdPattern,
  pageOf,
  pageQuery,
  printableText,
  time,
} from "./shapes.ts";

export const alertSeverities = ["info", "warning", "critical"] as const;
export const alertSeverity = oneOf(alertSeverities, "How grave it is.");

export const alertStates = ["open", "acknowledged", "cleared"] as const;
const state = oneOf(
  alertStates,
  "`acknowledged`: somebody looks after it. `cleared`: what it tells is over.",
);

export const alertIdPattern = operationIdPattern;
export const alertId = Type.String({ pattern: alertIdPattern, description: "Id of an alert." });
export const alertTypePattern = "^[a-z][a-z_]{0,63}$";
export const alertType = Type.String({
  pattern: alertTypePattern,
  description:
    "What kind of alert it is, such as exchange_needs_attention. docs/runbook has a page for each.",
});

export const alert = closed("Alert", "What somebody should be told.", {
  alert_id: alertId,
  type: alertType,
  severity: alertSeverity,
  title: Type.String({ description: "The type in words." }),
  key: Type.String({ description: "What it is about: one alert stands for a type and key." }),
  state,
  subject: Type.Unsafe<Record<string, unknown>>({
    type: "object",
    description: "Ids of what it is about, such as operation_id or system_id.",
  }),
  data: Type.Unsafe<Record<string, unknown>>({ type: "object", description: "What was found." }),
  count: Type.Integer({ minimum: 1, description: "How often it was raised." }),
  first_seen_at: time,
  last_seen_at: time,
  acknowledged_at: nullable(time, "Null until somebody has acknowledged it."),
  acknowledged_by: nullable(Type.String(), "Who looks after it."),
  note: nullable(Type.String(), "What they said."),
  cleared_at: nullable(time, "Null while it stands."),
  runbook: Type.String({ description: "The page that says what to do, in the project's repository." }),
});

export const alertPage = pageOf("AlertPage", alert);

export const alertQuery = closed("AlertQuery", "Which alerts, newest first.", {
  state: Type.Optional(state),
  type: Type.Optional(alertType),
  severity: Type.Optional(alertSeverity),
  key: Type.Optional(printableText(256, "With this key.")),
  operation_id: Type.Optional(operationId),
  ...pageQuery,
});

export const acknowledgement = closed("Acknowledgement", "That somebody looks after an alert.", {
  note: Type.Optional(note),
});

export type Alert = Static<typeof alert>;
export type Acknowledgement = Static<typeof acknowledgement>;
