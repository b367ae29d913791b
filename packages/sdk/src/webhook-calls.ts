// Webhooks: where events are sent, and what waits or was given up. Receivers find what they need in
// `@pointbridge/sdk/webhooks`.
import { Listing } from "./listing.ts";
import type {
  NewWebhook,
  PageFilter,
  Webhook,
  WebhookDelivery,
  WebhookDeliveryFilter,
  WebhookInput,
  WebhookReplay,
  WebhookReplayInput,
  WebhookRotationInput,
  WebhookTest,
} from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export class WebhookCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Makes a webhook, or makes one as given. Where it is new, the answer has its `secret`, and no other answer does:
   * where that was lost, rotate.
   */
  put(webhookId: string, input: WebhookInput, options?: CallOptions): Promise<Webhook | NewWebhook> {
    const parts = { path: { webhook_id: webhookId }, body: input };
    return this.#transport.call("put", "/v1/webhooks/{webhook_id}", parts, options);
  }

  get(webhookId: string, options?: CallOptions): Promise<Webhook> {
    const path = { webhook_id: webhookId };
    return this.#transport.call("get", "/v1/webhooks/{webhook_id}", { path }, options);
  }

  /** By id. */
  list(filter: PageFilter = {}, options?: CallOptions): Listing<Webhook> {
    const read = (cursor: string | undefined) =>
      this.#transport.call("get", "/v1/webhooks", { query: { ...filter, cursor } }, options);
    return new Listing(read, filter.cursor);
  }

  /** Removes a webhook, its keys and its deliveries; answers it as it was. */
  delete(webhookId: string, options?: CallOptions): Promise<Webhook> {
    const path = { webhook_id: webhookId };
    return this.#transport.call("delete", "/v1/webhooks/{webhook_id}", { path }, options);
  }

  /** Makes new keys; the ones before sign beside them for a while. Sent once: a repeat would make another pair. */
  rotate(webhookId: string, input: WebhookRotationInput = {}, options?: CallOptions): Promise<NewWebhook> {
    const parts = { path: { webhook_id: webhookId }, body: input };
    const once = { ...options, retries: 0 };
    return this.#transport.call("post", "/v1/webhooks/{webhook_id}/rotate", parts, once);
  }

  /** Events that were not taken at once, the newest first. */
  deliveries(
    webhookId: string,
    filter: WebhookDeliveryFilter = {},
    options?: CallOptions,
  ): Listing<WebhookDelivery> {
    const path = { webhook_id: webhookId };
    const read = (cursor: string | undefined) => {
      const parts = { path, query: { ...filter, cursor } };
      return this.#transport.call("get", "/v1/webhooks/{webhook_id}/deliveries", parts, options);
    };
    return new Listing(read, filter.cursor);
  }

  /** Sends one event again. */
  replayDelivery(webhookId: string, deliveryId: string, options?: CallOptions): Promise<WebhookDelivery> {
    const path = { webhook_id: webhookId, delivery_id: deliveryId };
    const url = "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay";
    return this.#transport.call("post", url, { path }, options);
  }

  /** Sends again from a cursor or a time on, or what was given up. */
  replay(webhookId: string, input: WebhookReplayInput, options?: CallOptions): Promise<WebhookReplay> {
    const parts = { path: { webhook_id: webhookId }, body: input };
    return this.#transport.call("post", "/v1/webhooks/{webhook_id}/replay", parts, options);
  }

  /** One attempt with an event of type `webhook.test`. */
  test(webhookId: string, options?: CallOptions): Promise<WebhookTest> {
    const path = { webhook_id: webhookId };
    return this.#transport.call("post", "/v1/webhooks/{webhook_id}/test", { path }, options);
  }
}
