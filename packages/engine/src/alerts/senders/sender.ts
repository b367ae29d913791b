// What every kind of channel does: sends one message, and says what came of it.
//
// N4  Sending never throws for what the other side does, ends within its time, and is done outside of any
//     transaction. What is not a yes in the place's own words is a failure.
import { describeOutsideError, type OutsideAnswer, type OutsideCalls } from "../../egress/index.ts";
import type { Log } from "../../system/index.ts";
import type { AlertLanguage, ChannelSecrets, ChannelSettings } from "../channel.ts";
import type { AlertMessage } from "../message.ts";

export interface Taken {
  readonly isTaken: true;
  /** Not all is well, though the message need not be sent again. */
  readonly warning?: string;
}

export interface Failed {
  readonly isTaken: false;
  readonly reason: string;
  /** The place asked to be left alone for so long. */
  readonly retryAfterMs?: number;
  /** Trying the same again is of no use before somebody has changed something. */
  readonly isHopeless?: boolean;
}

export type SendResult = Taken | Failed;

export interface Destination {
  readonly channelId: string;
  readonly language: AlertLanguage;
  readonly settings: ChannelSettings;
  readonly secrets: ChannelSecrets;
}

export interface SendSurroundings {
  readonly outside: OutsideCalls;
  /** Mail servers, in lower case, that may be in a private network: whoever runs the node has said so. */
  readonly mailRelays: ReadonlySet<string>;
  readonly log: Log;
  readonly timeoutMs: number;
  /** Ends the attempt wherever it is. */
  readonly signal: AbortSignal;
}

export type Send = (
  message: AlertMessage,
  destination: Destination,
  surroundings: SendSurroundings,
) => Promise<SendResult>;

export const taken: Taken = { isTaken: true };

export function failed(reason: string, more: Pick<Failed, "retryAfterMs" | "isHopeless"> = {}): Failed {
  return { isTaken: false, reason, ...more };
}

export interface PostAnswer {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | undefined;
}

const ANSWER_BYTES_MAX = 64 * 1024;

/** Retry-After in seconds; a date says no more than waiting as usual does. */
function readRetryAfter(headers: OutsideAnswer["headers"]): number | undefined {
  const text = headers["retry-after"];
  return typeof text === "string" && /^[0-9]{1,6}$/.test(text) ? Number(text) * 1_000 : undefined;
}

/** Posts a body; a failure of the network becomes a result. */
export async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  { outside, timeoutMs, signal }: SendSurroundings,
): Promise<PostAnswer | SendResult> {
  try {
    const answer = await outside.callOutside(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8", ...headers },
      body,
      timeoutMs,
      signal,
      maxBytes: ANSWER_BYTES_MAX,
      isBodyOptional: true,
    });
    const text = Buffer.from(answer.body).toString("utf8");
    return { status: answer.status, text, retryAfterMs: readRetryAfter(answer.headers) };
  } catch (error) {
    return failed(describeOutsideError(error, timeoutMs));
  }
}

export function isResult(answer: PostAnswer | SendResult): answer is SendResult {
  return "isTaken" in answer;
}

/** Statuses after which the same request is refused again: the address or the key is wrong. */
const hopelessStatuses: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 410, 413, 415, 422]);

/** Cut to what is shown only when secrets have been taken out of it. */
function excerptOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]+/gu, " ").slice(0, 4_000);
}

/** A status that is no yes. */
export function failedByStatus({ status, text, retryAfterMs }: PostAnswer): Failed {
  const said = text === "" ? "" : `: ${excerptOf(text)}`;
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  return failed(`answered ${status}${said}`, { ...wait, isHopeless: hopelessStatuses.has(status) });
}

/** The code that robots answer in a JSON body with status 200; undefined where there is none. */
export function readCode(text: string, names: readonly string[]): { code: number; said: string } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const body = parsed as Readonly<Record<string, unknown>>;
  for (const name of names) {
    const code = body[name];
    if (typeof code !== "number") continue;
    const said = body["errmsg"] ?? body["msg"] ?? body["StatusMessage"] ?? "";
    return { code, said: typeof said === "string" ? excerptOf(said) : "" };
  }
  return undefined;
}
