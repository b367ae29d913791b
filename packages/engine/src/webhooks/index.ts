// Webhooks: events sent to addresses that somebody put, in order, again and again until they are taken.
export type { Verdict } from "./attempt.ts";
export { defaultRetryLadder, type RetryLadder } from "./retry-ladder.ts";
export type { DeliverableEvent, DisabledReason, EventPage, EventSource, Webhook } from "./webhook.ts";
export { defaultDelivererSettings, type DelivererSettings, WebhookDeliverer } from "./webhook-deliverer.ts";
export { defaultOverlapMs, longestOverlapMs, prepareWebhookKeys } from "./webhook-keys.ts";
export {
  type KeyedWebhook,
  type PutWebhook,
  type WebhookDelivery,
  WebhookRegistry,
} from "./webhook-registry.ts";
