// WeCom's group robot: markdown; the key is in the address, and there is no signature.
import type { AlertMessage } from "../message.ts";
import { fitText, type MessageText, type Paragraph, toInert } from "../message-text.ts";
import { postToRobot } from "./robot.ts";
import type { Destination, SendResult, SendSurroundings } from "./sender.ts";

/** Of UTF-8; more is refused. */
const CONTENT_BYTES_MAX = 4_096;

const rules = {
  codeFields: ["errcode"],
  busyCodes: [45009, 45033],
  // 93000: the key is unknown; 40008, 40058: the message is malformed.
  hopelessCodes: [93000, 40008, 40058],
} as const;

function colourOf({ isOver, severity }: Paragraph): string {
  if (isOver) return "info";
  return severity === "info" ? "comment" : "warning";
}

export function renderWecom({ title, paragraphs, closing }: MessageText): string {
  const blocks = paragraphs.map((paragraph) =>
    [
      `<font color="${colourOf(paragraph)}">${paragraph.heading}</font>`,
      ...[...paragraph.lines, ...paragraph.footer].map((line) => `> ${toInert(line)}`),
    ].join("\n"),
  );
  return [`### ${title}`, ...blocks, ...closing.map((line) => toInert(line))].join("\n\n");
}

export function sendToWecom(
  message: AlertMessage,
  { secrets: { url = "" }, language }: Destination,
  surroundings: SendSurroundings,
): Promise<SendResult> {
  const content = fitText(message, language, CONTENT_BYTES_MAX, renderWecom);
  return postToRobot(url, { msgtype: "markdown", markdown: { content } }, rules, surroundings);
}
