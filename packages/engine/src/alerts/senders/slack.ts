// Slack's incoming webhook: blocks of plain text; a yes is the two letters "ok".
import type { AlertMessage } from "../message.ts";
import { type Paragraph, toText } from "../message-text.ts";
import type { Destination, SendResult, SendSurroundings } from "./sender.ts";
import { failed, failedByStatus, isResult, post, taken } from "./sender.ts";

const HEADER_LENGTH_MAX = 150;
const SECTION_LENGTH_MAX = 3_000;
/** Of 50 that a message may have, one of them the header and one the closing. */
const PARAGRAPHS_MAX = 45;
const NAMED_MAX = 5;
const FIRST_WAIT_MS = 30_000;

interface Block {
  readonly type: "header" | "section";
  readonly text: { readonly type: "plain_text"; readonly text: string; readonly emoji: false };
}

/** Plain text: no mention, no link, no mark means anything in it. */
function blockOf(type: Block["type"], text: string): Block {
  const lengthMax = type === "header" ? HEADER_LENGTH_MAX : SECTION_LENGTH_MAX;
  return { type, text: { type: "plain_text", text: text.slice(0, lengthMax).toWellFormed(), emoji: false } };
}

function sectionOf({ heading, lines, footer }: Paragraph): Block {
  return blockOf("section", [heading, ...lines, ...footer].join("\n"));
}

/** What a notification shows instead of the blocks. There these three have to be written otherwise. */
function escapeFallback(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export async function sendToSlack(
  message: AlertMessage,
  { secrets: { url = "" }, language }: Destination,
  surroundings: SendSurroundings,
): Promise<SendResult> {
  const { title, paragraphs, closing } = toText(message, language, NAMED_MAX);
  const blocks = [
    blockOf("header", title),
    ...paragraphs.slice(0, PARAGRAPHS_MAX).map(sectionOf),
    ...(closing.length === 0 ? [] : [blockOf("section", closing.join("\n"))]),
  ];
  const answer = await post(url, JSON.stringify({ text: escapeFallback(title), blocks }), {}, surroundings);
  if (isResult(answer)) return answer;
  if (answer.status === 200 && answer.text.trim() === "ok") return taken;
  if (answer.status === 200)
    return failed('answered 200 without "ok", as Slack never does; is the address right?');
  const result = failedByStatus(answer);
  return answer.status === 429 ? { ...result, retryAfterMs: answer.retryAfterMs ?? FIRST_WAIT_MS } : result;
}
