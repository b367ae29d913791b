// Alerts: what somebody should be told, and the channels that tell them.
export * from "./alert-types.ts";
export {
  type AlertSubject,
  clearAlert,
  clearAlerts,
  type NewAlert,
  raiseAlert,
  raiseAlerts,
} from "./raise-alerts.ts";
