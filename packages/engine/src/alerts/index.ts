// Alerts: what somebody should be told, and the channels that tell them.
export { AlertDelivery, type AlertListener } from "./alert-delivery.ts";
export * from "./alert-types.ts";
export {
  type Alert,
  type AlertFilter,
  acknowledgeAlert,
  alertStates,
  findAlert,
  listAlerts,
  listStandingKeys,
} from "./alerts.ts";
export {
  alertLanguages,
  type Channel,
  type ChannelField,
  type ChannelKind,
  channelFields,
  channelKinds,
  fieldsOfKind,
  mailSecurities,
  openSecrets,
  originOf,
} from "./channel.ts";
export {
  type ChannelInput,
  channelNotFound,
  deleteChannel,
  findChannel,
  listChannels,
  MissingChannelFieldError,
  putChannel,
} from "./channels.ts";
export { countPending, type DeliverySettings, defaultDeliverySettings } from "./deliveries.ts";
export {
  type AlertSubject,
  clearAlert,
  clearAlerts,
  type NewAlert,
  raiseAlert,
  raiseAlerts,
} from "./raise-alerts.ts";
