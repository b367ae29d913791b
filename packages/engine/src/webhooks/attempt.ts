// One attempt at delivering one message, and what the receiver's answer says.
//
// W5  2xx alone is taken; its body says nothing and is read to a bound only, so that connections can be kept.
//     Everything else is not: 3xx (no redirect is followed), 4xx, 5xx, silence, a broken connection, an address
//     that may not be called. 410 asks never to be called again.
import { describeOutsideError, type OutsideAnswer, type OutsideCalls } from "../egress/index.ts";
import type { MessageSigner } from "./webhook-keys.ts";

const ANSWER_BYTES_MAX = 16 * 1024;
const ERROR_LENGTH_MAX = 300;

export interface Message {
  readonly eventId: string;
  readonly body: string;
}

export interface Taken {
  readonly isTaken: true;
  readonly status: number;
}

export interface NotTaken {
  readonly isTaken: false;
  /** Null where there was no answer. */
  readonly status: number | null;
  /** For people. */
  readonly error: string;
  /** How long the receiver asked to be left alone. */
  readonly retryAfterMs?: number;
  readonly isGone?: true;
}

export type Verdict = Taken | NotTaken;

function readRetryAfter(headers: OutsideAnswer["headers"], nowMs: number): number | undefined {
  const text = headers["retry-after"];
  if (typeof text !== "string") return undefined;
  const waitMs = /^[0-9]{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(waitMs) || waitMs <= 0 ? undefined : waitMs;
}

export function judgeAnswer({ status, headers }: Pick<OutsideAnswer, "status" | "headers">): Verdict {
  if (status >= 200 && status < 300) return { isTaken: true, status };
  if (status === 410) {
    return { isTaken: false, status, error: "answered 410: gone, and not to be called again", isGone: true };
  }
  if (status >= 300 && status < 400) {
    const error = `answered ${status}: redirects are not followed; put the address that it leads to`;
    return { isTaken: false, status, error };
  }
  const waitMs = status === 429 || status === 503 ? readRetryAfter(headers, Date.now()) : undefined;
  const failure = { isTaken: false, status, error: `answered ${status}` } as const;
  return waitMs === undefined ? failure : { ...failure, retryAfterMs: waitMs };
}

/** Never throws for what a receiver or the network does. */
export async function attemptDelivery(
  outside: OutsideCalls,
  signer: MessageSigner,
  target: { readonly url: string; readonly timeoutMs: number },
  { eventId, body }: Message,
): Promise<Verdict> {
  const { url, timeoutMs } = target;
  const headers = {
    "content-type": "application/cloudevents+json; charset=utf-8",
    "user-agent": "Pointbridge",
    ...signer.headersOf(eventId, new Date(), body),
  };
  const call = { method: "POST", headers, body, timeoutMs, maxBytes: ANSWER_BYTES_MAX } as const;
  try {
    return judgeAnswer(await outside.callOutside(url, { ...call, isBodyOptional: true }));
  } catch (error) {
    const text = describeOutsideError(error, timeoutMs).toWellFormed().replaceAll("\0", "");
    return { isTaken: false, status: null, error: text.slice(0, ERROR_LENGTH_MAX) };
  }
}
