// What a receiver of webhooks needs: whether a request is one of the node's, and the event that it brings.
import {
  type VerifiedWebhook,
  type VerifyOptions,
  verifyWebhookSignature,
  type WebhookRequestHeaders,
  WebhookSignatureError,
} from "@pointbridge/protocol/webhooks";

/** An event in the form of CloudEvents 1.0, as a webhook's body has it. */
export interface WebhookEvent {
  readonly specversion: "1.0";
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  readonly time?: string;
  readonly data?: unknown;
  readonly [extension: string]: unknown;
}

export interface ReceivedWebhook extends VerifiedWebhook {
  readonly event: WebhookEvent;
}

function readEvent(rawBody: string | Uint8Array): WebhookEvent {
  const text = typeof rawBody === "string" ? rawBody : new TextDecoder().decode(rawBody);
  const event = JSON.parse(text) as Partial<WebhookEvent> | null;
  if (event?.specversion !== "1.0" || typeof event.id !== "string" || typeof event.type !== "string") {
    throw new WebhookSignatureError("malformed_body", "the body is signed, but no event of CloudEvents 1.0");
  }
  return event as WebhookEvent;
}

/**
 * Takes a request that a webhook brought, or throws. Answer 2xx once the event is stored under `id`, also where it
 * was stored before: an event may come more than once.
 * @param rawBody the bytes as they came: a body that was parsed and written again does not fit its signature
 * @param secretOrPublicKey `whsec_…` or `whpk_…`; a list while keys are rotated
 * @throws WebhookSignatureError; answer it with 400 or 401. TypeError where the key is none
 */
export function verifyWebhook(
  headers: WebhookRequestHeaders,
  rawBody: string | Uint8Array,
  secretOrPublicKey: string | readonly string[],
  options: VerifyOptions = {},
): ReceivedWebhook {
  const verified = verifyWebhookSignature(headers, rawBody, secretOrPublicKey, options);
  return { ...verified, event: readEvent(rawBody) };
}
