// A webhook of one's own: JSON, signed after Standard Webhooks (v1, HMAC-SHA256) where a secret is set.
import { createHmac } from "node:crypto";
import { alertTypes, runbookOf } from "../alert-types.ts";
import type { AlertGroup, AlertMessage } from "../message.ts";
import { toText } from "../message-text.ts";
import type { Destination, SendResult, SendSurroundings } from "./sender.ts";
import { failedByStatus, isResult, post, taken } from "./sender.ts";

/** `whsec_` and base64 is the key in that form; anything else is taken as it is written. */
function keyOf(secret: string): Buffer {
  return secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret, "utf8");
}

/** The signature is HMAC-SHA256 of "id.timestamp.body". */
export function signWebhook(secret: string, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac("sha256", keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

function viewGroup(group: AlertGroup) {
  return {
    type: group.type,
    severity: group.severity,
    news: group.news,
    title: alertTypes[group.type]?.title.en ?? group.type,
    count: group.total,
    runbook: runbookOf(group.type),
    alerts: group.items.map((item) => ({
      alert_id: item.alertId,
      key: item.key,
      subject: item.subject,
      count: Number(item.count),
      first_seen_at: item.firstSeenAt.toISOString(),
      last_seen_at: item.lastSeenAt.toISOString(),
      cleared_at: item.clearedAt?.toISOString() ?? null,
    })),
  };
}

export async function sendToWebhook(
  message: AlertMessage,
  { channelId, secrets: { url = "", secret }, language }: Destination,
  surroundings: SendSurroundings,
): Promise<SendResult> {
  const body = JSON.stringify({
    message_id: message.messageId,
    channel_id: channelId,
    source: message.source ?? null,
    sent_at: message.sentAt.toISOString(),
    test: message.isTest,
    title: toText(message, language, 0).title,
    count: message.total,
    groups: message.groups.map(viewGroup),
  });
  const timestamp = String(Math.floor(message.sentAt.getTime() / 1_000));
  const signature =
    secret === undefined ? undefined : signWebhook(secret, message.messageId, timestamp, body);
  const headers = {
    "webhook-id": message.messageId,
    "webhook-timestamp": timestamp,
    ...(signature === undefined ? {} : { "webhook-signature": signature }),
  };
  const answer = await post(url, body, headers, surroundings);
  if (isResult(answer)) return answer;
  return answer.status >= 200 && answer.status < 300 ? taken : failedByStatus(answer);
}
