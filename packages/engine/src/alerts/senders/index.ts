// How each kind of channel is told.
import type { ChannelKind } from "../channel.ts";
import { sendToDingtalk } from "./dingtalk.ts";
import { sendToFeishu } from "./feishu.ts";
import { writeToLog } from "./log.ts";
import type { Send } from "./sender.ts";
import { sendToSlack } from "./slack.ts";
import { sendMail } from "./smtp.ts";
import { sendToWebhook } from "./webhook.ts";
import { sendToWecom } from "./wecom.ts";

export type { Destination, Failed, SendResult } from "./sender.ts";

export const senders: Readonly<Record<ChannelKind, Send>> = {
  log: writeToLog,
  webhook: sendToWebhook,
  dingtalk: sendToDingtalk,
  wecom: sendToWecom,
  feishu: sendToFeishu,
  slack: sendToSlack,
  smtp: sendMail,
};
