// For receivers of webhooks. For Node; the client of /v1, which runs in browsers too, is the package's main entry.
export {
  type VerifiedWebhook,
  type VerifyOptions,
  type WebhookFault,
  type WebhookRequestHeaders,
  WebhookSignatureError,
} from "@pointbridge/protocol/webhooks";
export { type ReceivedWebhook, verifyWebhook, type WebhookEvent } from "./verify-webhook.ts";
