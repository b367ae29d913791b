// DingTalk's custom robot: markdown, signed in the query.
import { createHmac } from "node:crypto";
import type { AlertMessage } from "../message.ts";
import { fitText, type MessageText, toInert } from "../message-text.ts";
import { postToRobot } from "./robot.ts";
import type { Destination, SendResult, SendSurroundings } from "./sender.ts";

/** A body has 20 000 bytes at most; the rest is for its frame. */
const TEXT_BYTES_MAX = 15_000;

const rules = {
  codeFields: ["errcode"],
  busyCodes: [130101, 410100],
  // 310000: signature, keyword or address; 300001, 300005, 400101, 400102: token unknown or robot switched off.
  hopelessCodes: [310000, 300001, 300005, 400101, 400102],
} as const;

/** The signature is HMAC-SHA256 of "timestamp\nsecret" with the secret as key; milliseconds, an hour's leeway. */
export function signDingtalkUrl(url: string, secret: string, nowMs: number): string {
  const signature = createHmac("sha256", secret).update(`${nowMs}\n${secret}`).digest("base64");
  const signed = new URL(url);
  signed.searchParams.set("timestamp", String(nowMs));
  signed.searchParams.set("sign", signature);
  return signed.href;
}

export function renderDingtalk({ title, paragraphs, closing }: MessageText): string {
  const blocks = paragraphs.map(({ heading, lines, footer }) =>
    [
      `#### ${heading}`,
      lines.map((line) => `- ${toInert(line)}`).join("\n"),
      ...footer.map((line) => `> ${toInert(line)}`),
    ]
      .filter((block) => block !== "")
      .join("\n\n"),
  );
  return [`### ${title}`, ...blocks, ...closing.map((line) => toInert(line))].join("\n\n");
}

export function sendToDingtalk(
  message: AlertMessage,
  { secrets: { url = "", secret }, language }: Destination,
  surroundings: SendSurroundings,
): Promise<SendResult> {
  let title = "";
  const text = fitText(message, language, TEXT_BYTES_MAX, (fitted) => {
    title = fitted.title;
    return renderDingtalk(fitted);
  });
  const body = { msgtype: "markdown", markdown: { title, text }, at: { isAtAll: false } };
  const signedUrl = secret === undefined ? url : signDingtalkUrl(url, secret, Date.now());
  return postToRobot(signedUrl, body, rules, surroundings);
}
