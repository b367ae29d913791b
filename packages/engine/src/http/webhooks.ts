// Webhooks: PUT, GET, list, DELETE; their keys, their deliveries, sending again, and a test.
import { v1 } from "@pointbridge/protocol";
import { findAddressFault } from "../egress/index.ts";
import type { Form } from "../form/index.ts";
import {
  defaultOverlapMs,
  type KeyedWebhook,
  type Webhook,
  type WebhookDelivery,
  type WebhookSettings,
} from "../webhooks/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { HttpError } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";

const tag = "Webhooks";
const params = v1.closed("WebhookPath", "Which webhook.", { webhook_id: v1.webhookId });
const deliveryParams = v1.closed("WebhookDeliveryPath", "Which delivery.", {
  webhook_id: v1.webhookId,
  delivery_id: v1.webhookDeliveryId,
});

function stateOf({ isEnabled, failingSince }: Webhook): v1.Webhook["state"] {
  if (!isEnabled) return "disabled";
  return failingSince === null ? "delivering" : "failing";
}

function viewWebhook({ webhook, keys, pendingCount, deadCount }: KeyedWebhook): v1.Webhook {
  const [newest, ...older] = keys;
  if (newest === undefined) throw new Error(`the webhook ${webhook.webhookId} has no keys`);
  return {
    webhook_id: webhook.webhookId,
    url: webhook.url,
    types: webhook.types === null ? null : [...webhook.types],
    systems: webhook.systems === null ? null : [...webhook.systems],
    timeout_ms: webhook.timeoutMs,
    enabled: webhook.isEnabled,
    state: stateOf(webhook),
    disabled_reason: webhook.disabledReason,
    disabled_at: webhook.disabledAt?.toISOString() ?? null,
    cursor: webhook.cursor,
    delivered_count: Number(webhook.deliveredCount),
    pending_count: pendingCount,
    dead_count: deadCount,
    last_delivered_at: webhook.lastDeliveredAt?.toISOString() ?? null,
    failing_since: webhook.failingSince?.toISOString() ?? null,
    last_error: webhook.lastError,
    last_error_at: webhook.lastErrorAt?.toISOString() ?? null,
    public_key: newest.publicKey,
    older_public_keys: older.map(({ publicKey, expiresAt }) => ({
      public_key: publicKey,
      expires_at: (expiresAt ?? webhook.updatedAt).toISOString(),
    })),
    created_at: webhook.createdAt.toISOString(),
    updated_at: webhook.updatedAt.toISOString(),
    updated_by: webhook.updatedBy,
  };
}

function viewDelivery(delivery: WebhookDelivery): v1.WebhookDelivery {
  return {
    delivery_id: delivery.eventId,
    event_type: delivery.eventType,
    ordering_key: delivery.orderingKey,
    state: delivery.state,
    attempts: delivery.attempts,
    first_attempt_at: delivery.firstAttemptAt?.toISOString() ?? null,
    last_attempt_at: delivery.lastAttemptAt?.toISOString() ?? null,
    next_attempt_at: delivery.nextAttemptAt?.toISOString() ?? null,
    last_status: delivery.lastStatus,
    last_error: delivery.lastError,
    created_at: delivery.createdAt.toISOString(),
    ended_at: delivery.endedAt?.toISOString() ?? null,
  };
}

function webhookNotFound(webhookId: string): HttpError {
  return new HttpError("webhook_not_found", `no webhook has the id ${webhookId}`);
}

function toSettings(body: v1.WebhookInput, form: Form, allowLoopback: boolean): WebhookSettings {
  const fault = findAddressFault(body.url, allowLoopback);
  if (fault !== undefined) form.fault("/url", fault);
  form.finish();
  return {
    url: body.url,
    types: body.types === undefined ? null : [...new Set(body.types)].sort(),
    systems: body.systems === undefined ? null : [...new Set(body.systems)].sort(),
    timeoutMs: body.timeout_ms ?? v1.webhookTimeoutDefaultMs,
    isEnabled: body.enabled ?? true,
  };
}

const resourceRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/webhooks/{webhook_id}",
    name: "putWebhook",
    tag,
    summary: "Make a webhook, or make one as given",
    description:
      "A new one begins with what happens from now on; its answer is the only one that shows its secret. One that was switched off, by itself too, is switched on unless `enabled` is false, and goes on where it stood.",
    permission: "administer",
    params,
    body: v1.webhookInput,
    answers: {
      200: { description: "It stood, and is as given now.", schema: v1.webhook },
      201: { description: "Made, with its secret.", schema: v1.newWebhook },
    },
    async handle({ params: { webhook_id: webhookId }, body, form, by }, { webhooks, partners }) {
      const settings = toSettings(body, form, partners.allowLoopback);
      const put = await webhooks.put(webhookId, settings, by);
      if (put.secret === undefined) return { status: 200, body: viewWebhook(put) };
      return { status: 201, body: { ...viewWebhook(put), secret: put.secret } };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/webhooks/{webhook_id}",
    name: "getWebhook",
    tag,
    summary: "Read a webhook and how it is doing",
    permission: "read",
    params,
    answers: { 200: { description: "The webhook.", schema: v1.webhook } },
    errors: ["webhook_not_found"],
    async handle({ params: { webhook_id: webhookId } }, { webhooks }) {
      const found = await webhooks.registry.find(webhookId);
      if (found === undefined) throw webhookNotFound(webhookId);
      return { status: 200, body: viewWebhook(found) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/webhooks",
    name: "listWebhooks",
    tag,
    summary: "List webhooks by id",
    permission: "read",
    query: v1.webhookQuery,
    answers: { 200: { description: "Webhooks.", schema: v1.webhookPage } },
    async handle({ query }, { webhooks }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [after] = readCursor(query.cursor, [new RegExp(v1.webhookIdPattern)]) ?? [];
      const found = await webhooks.registry.list(after ?? "", limit + 1);
      return { status: 200, body: toPage(found, limit, viewWebhook, ({ webhook }) => [webhook.webhookId]) };
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/v1/webhooks/{webhook_id}",
    name: "deleteWebhook",
    tag,
    summary: "Remove a webhook, its keys and its deliveries",
    description: "Answers it as it was. What is under way at this moment may still arrive.",
    permission: "administer",
    params,
    answers: { 200: { description: "Removed; this is what it was.", schema: v1.webhook } },
    errors: ["webhook_not_found"],
    async handle({ params: { webhook_id: webhookId }, by }, { webhooks }) {
      const removed = await webhooks.remove(webhookId, by);
      if (removed === undefined) throw webhookNotFound(webhookId);
      return { status: 200, body: viewWebhook(removed) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/webhooks/{webhook_id}/rotate",
    name: "rotateWebhookKeys",
    tag,
    summary: "Make a new secret and a new key pair",
    description:
      "The ones before sign beside them for a while, so that the receiver can change over at any time in between. The answer is the only one that shows the secret.",
    permission: "administer",
    params,
    body: v1.webhookRotationInput,
    isBodyOptional: true,
    answers: { 200: { description: "New keys.", schema: v1.newWebhook } },
    errors: ["webhook_not_found"],
    async handle({ params: { webhook_id: webhookId }, body, by }, { webhooks }) {
      const rotated = await webhooks.rotate(webhookId, body.overlap_ms ?? defaultOverlapMs, by);
      if (rotated?.secret === undefined) throw webhookNotFound(webhookId);
      return { status: 200, body: { ...viewWebhook(rotated), secret: rotated.secret } };
    },
  }),
];

const deliveryRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/webhooks/{webhook_id}/deliveries",
    name: "listWebhookDeliveries",
    tag,
    summary: "List events that were not taken at once, newest first",
    description:
      "What waits, what was given up, and for 30 days what was taken later. An event up to the webhook's `cursor` that is not listed was taken at its first attempt.",
    permission: "read",
    params,
    query: v1.webhookDeliveryQuery,
    answers: { 200: { description: "Deliveries.", schema: v1.webhookDeliveryPage } },
    errors: ["webhook_not_found"],
    async handle({ params: { webhook_id: webhookId }, query }, { webhooks }) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [before] = readCursor(query.cursor, [/^[1-9][0-9]{0,17}$/]) ?? [];
      const filter = {
        state: query.state,
        eventId: query.delivery_id,
        before: before === undefined ? undefined : BigInt(before),
        limit: limit + 1,
      };
      const found = await webhooks.registry.listDeliveries(webhookId, filter);
      if (found === undefined) throw webhookNotFound(webhookId);
      const keysOf = (delivery: WebhookDelivery) => [String(delivery.deliveryNumber)];
      return { status: 200, body: toPage(found, limit, viewDelivery, keysOf) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay",
    name: "replayWebhookDelivery",
    tag,
    summary: "Send one event again",
    description: "One that waits is sent at once, with whatever of its key stands before it.",
    permission: "resolve",
    params: deliveryParams,
    answers: { 200: { description: "It is in line.", schema: v1.webhookDelivery } },
    errors: ["webhook_delivery_not_found"],
    async handle({ params: { webhook_id: webhookId, delivery_id: eventId } }, { webhooks }) {
      const delivery = await webhooks.replayDelivery(webhookId, eventId);
      if (delivery === undefined) {
        const detail = `the webhook ${webhookId} has no delivery ${eventId}; replay from a cursor before it`;
        throw new HttpError("webhook_delivery_not_found", detail);
      }
      return { status: 200, body: viewDelivery(delivery) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/webhooks/{webhook_id}/replay",
    name: "replayWebhook",
    tag,
    summary: "Send again from a cursor or a time on, or what was given up",
    description:
      "Everything after `after`, or from `since` on and up to a minute before it, is sent again in order under its old ids. A cursor ahead of where the webhook stands leaves out what lies between.",
    permission: "resolve",
    params,
    body: v1.webhookReplayInput,
    answers: { 200: { description: "It is being sent.", schema: v1.webhookReplay } },
    errors: ["webhook_not_found", "cursor_unknown", "cursor_expired"],
    async handle({ params: { webhook_id: webhookId }, body, form, by }, { webhooks }) {
      const { after, since, dead_letters: isDead } = body;
      const given = [after, since, isDead === true ? isDead : undefined].filter((one) => one !== undefined);
      if (given.length !== 1) form.fault("", "must have one of after, since and dead_letters: true");
      const time = form.time(since, "/since");
      form.finish();
      const replay = await webhooks.replay(webhookId, { after, since: time }, by);
      if (replay === undefined) throw webhookNotFound(webhookId);
      const { cursor, deadCount } = replay;
      return { status: 200, body: { webhook_id: webhookId, cursor, dead_letters_count: deadCount } };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/webhooks/{webhook_id}/test",
    name: "testWebhook",
    tag,
    summary: "Make one attempt with an event of type webhook.test",
    description: "At once, whatever the state of the webhook is, and outside its order.",
    permission: "resolve",
    params,
    answers: { 200: { description: "What came of it.", schema: v1.webhookTest } },
    errors: ["webhook_not_found"],
    async handle({ params: { webhook_id: webhookId } }, { webhooks }) {
      const test = await webhooks.test(webhookId);
      if (test === undefined) throw webhookNotFound(webhookId);
      const { verdict, eventId, durationMs } = test;
      const came = {
        delivered: verdict.isTaken,
        status: verdict.status,
        error: verdict.isTaken ? null : verdict.error,
      };
      const ids = { webhook_id: webhookId, delivery_id: eventId };
      return { status: 200, body: { ...ids, ...came, duration_ms: durationMs } };
    },
  }),
];

export const webhookRoutes: readonly Route[] = [...resourceRoutes, ...deliveryRoutes];
