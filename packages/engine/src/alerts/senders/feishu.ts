// Feishu's custom robot (Lark elsewhere): a card, signed in the body.
import { createHmac } from "node:crypto";
import type { AlertMessage } from "../message.ts";
import { fitText, type MessageText, toPlainText, toText } from "../message-text.ts";
import { postToRobot } from "./robot.ts";
import type { Destination, SendResult, SendSurroundings } from "./sender.ts";

/** A body has 20 KB at most; the rest is for its frame. */
const TEXT_BYTES_MAX = 12_000;

const rules = {
  // The older answer says StatusCode.
  codeFields: ["code", "StatusCode"],
  busyCodes: [11232, 99991400],
  // 19001: the address; 19021: signature or time; 19022: permitted addresses; 19024: keyword; 9499: malformed.
  hopelessCodes: [19001, 19021, 19022, 19024, 9499],
} as const;

/** The signature is HMAC-SHA256 of nothing with "timestamp\nsecret" as key; seconds, an hour's leeway. */
export function signFeishu(secret: string, nowMs: number): { timestamp: string; sign: string } {
  const timestamp = String(Math.floor(nowMs / 1_000));
  return { timestamp, sign: createHmac("sha256", `${timestamp}\n${secret}`).digest("base64") };
}

function colourOf(message: AlertMessage): string {
  const open = message.groups.filter(({ news }) => news === "raised");
  if (message.isTest) return "blue";
  if (open.length === 0) return "green";
  if (open.some(({ severity }) => severity === "critical")) return "red";
  return open.some(({ severity }) => severity === "warning") ? "orange" : "blue";
}

/** Everything but the title, which is the card's head. */
function renderBody(text: MessageText): string {
  return toPlainText({ ...text, title: "" });
}

export function sendToFeishu(
  message: AlertMessage,
  { secrets: { url = "", secret }, language }: Destination,
  surroundings: SendSurroundings,
): Promise<SendResult> {
  const content = fitText(message, language, TEXT_BYTES_MAX, renderBody);
  const { title } = toText(message, language, 0);
  const card = {
    config: { wide_screen_mode: true },
    header: { template: colourOf(message), title: { tag: "plain_text", content: title } },
    // Plain text, in which nothing is a mention or a link.
    elements: [{ tag: "div", text: { tag: "plain_text", content } }],
  };
  const signature = secret === undefined ? {} : signFeishu(secret, Date.now());
  return postToRobot(url, { ...signature, msg_type: "interactive", card }, rules, surroundings);
}
