// The node's own log: one line for each group, as grave as its alerts.
import { runbookOf } from "../alert-types.ts";
import type { AlertMessage } from "../message.ts";
import { toText } from "../message-text.ts";
import type { Destination, SendResult, SendSurroundings } from "./sender.ts";
import { taken } from "./sender.ts";

const levels = { critical: "error", warning: "warn", info: "info" } as const;

export async function writeToLog(
  message: AlertMessage,
  { language }: Destination,
  { log }: SendSurroundings,
): Promise<SendResult> {
  const { title, paragraphs } = toText(message, language, 0);
  if (message.isTest) log.info({ message_id: message.messageId }, title);
  for (const [index, { type, severity, news, total, items }] of message.groups.entries()) {
    const alerts = items.map(({ alertId, key, subject, firstSeenAt }) => ({
      alert_id: alertId,
      key,
      ...subject,
      first_seen_at: firstSeenAt,
    }));
    const level = news === "raised" ? levels[severity] : "info";
    const fields = { alert: type, severity, news, count: total, alerts, runbook: runbookOf(type) };
    log[level](fields, paragraphs[index]?.heading ?? title);
  }
  return taken;
}
