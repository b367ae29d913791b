// Webhooks: events sent to addresses that somebody put, in order, again and again until they are taken.
export type { Verdict } from "./attempt.ts";
export { feedSource } from "./event-source.ts";
export type { EventSource, Webhook, WebhookSettings } from "./webhook.ts";
export type { DelivererSettings } from "./webhook-deliverer.ts";
export { defaultOverlapMs } from "./webhook-keys.ts";
export type { KeyedWebhook, WebhookDelivery } from "./webhook-registry.ts";
export { Webhooks } from "./webhooks.ts";
