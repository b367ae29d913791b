// The signed client: one call to a partner's node, and whether its answer counts.
//
// S1  An answer counts only if a key of the called node signed it with the request's nonce, and that key is still
//     in force when the answer is judged. Everything else is unknown, with a reason for people.
// S2  Nothing that a partner or the network does is thrown.
// S3  A partner that does not take the key gets the call once more under each of the others, the active key first.
import { canonicalBaseUrl, signRequest, targetUriOf, verifyAnswer } from "@pointbridge/protocol/pxp";
import { describeOutsideError, type OutsideAnswer, type OutsideCalls } from "../egress/index.ts";
import type { Log } from "../system/index.ts";
import type { NodeKey } from "./node-keys.ts";
import type { PartnerBook } from "./partner-book.ts";
import type { PartnerRegistry } from "./registry.ts";

export interface CallTarget {
  /** The node whose keys the answer must be signed with. */
  readonly nodeId: string;
  readonly baseUrl: string;
  /** For everything: connecting, sending, reading. */
  readonly timeoutMs: number;
  /** Sent along unsigned, such as a trace context. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Begins with the active key, even where the partner did not know it a moment ago. */
  readonly isActiveKeyTried?: boolean;
}

/** A signed answer: whatever its status is, the partner said so. */
export interface PartnerReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As parsed from JSON; undefined where it is not JSON. */
  readonly body: unknown;
  readonly keyId: string;
  /** Of the body as it came. */
  readonly bodyBytes: number;
  /** What Retry-After asks for. */
  readonly retryAfterMs?: number;
}

export interface PartnerUnknown {
  /** Why, for people. */
  readonly unknown: string;
  /** Nothing left this node. */
  readonly isUnsent?: true;
  readonly retryAfterMs?: number;
}

export type CallResult = PartnerReply | PartnerUnknown;

const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
/** Longer waits are not taken from a header that nobody signed; a partner may be back sooner than it thought. */
const LONGEST_RETRY_AFTER_MS = 60_000;
/** How long a partner that did not know the active key is spoken to with the old one before it is tried again. */
const OLD_KEY_MS = 15_000;

export function readRetryAfter(headers: PartnerReply["headers"], now: Date): number | undefined {
  const text = headers["retry-after"];
  if (typeof text !== "string") return undefined;
  const waitMs = /^[0-9]{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now.getTime();
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), LONGEST_RETRY_AFTER_MS);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) as unknown;
  } catch {
    // Not JSON is what the caller sees as undefined; a judge finds that it fits no table.
    return undefined;
  }
}

function codeOf(body: unknown): string | undefined {
  if (typeof body !== "object" || body === null || !("code" in body)) return undefined;
  return typeof body.code === "string" ? body.code.slice(0, 64) : undefined;
}

interface Attempt {
  readonly result: CallResult;
  readonly isKeyUnknown: boolean;
}

export class PartnerClient {
  readonly #outside: OutsideCalls;
  readonly #registry: PartnerRegistry;
  readonly #log: Log;
  /** Until when a node is spoken to with this key first. */
  readonly #oldKeys = new Map<string, { readonly keyId: string; readonly untilMs: number }>();

  constructor(outside: OutsideCalls, registry: PartnerRegistry, log: Log) {
    this.#outside = outside;
    this.#registry = registry;
    this.#log = log;
  }

  /** Calls a node. @param path from /pxp/v1/ on. @param body is sent as it is */
  async call(target: CallTarget, path: string, body: Uint8Array): Promise<CallResult> {
    try {
      if (target.isActiveKeyTried === true) this.#oldKeys.delete(target.nodeId);
      const signal = AbortSignal.timeout(target.timeoutMs);
      const book = await this.#registry.latest();
      let last: Attempt | undefined;
      for (const key of this.#keysFor(book, target.nodeId)) {
        last = await this.#attempt(book, key, target, path, body, signal);
        if (!last.isKeyUnknown) break;
      }
      return last?.result ?? { unknown: "the node has no key to sign with" };
    } catch (error) {
      return { unknown: describeOutsideError(error, target.timeoutMs) };
    }
  }

  #keysFor(book: PartnerBook, nodeId: string): readonly NodeKey[] {
    const old = this.#oldKeys.get(nodeId);
    if (old === undefined) return book.nodeKeys;
    if (old.untilMs < Date.now()) {
      this.#oldKeys.delete(nodeId);
      return book.nodeKeys;
    }
    const first = book.nodeKeys.filter((key) => key.keyId === old.keyId);
    return [...first, ...book.nodeKeys.filter((key) => key.keyId !== old.keyId)];
  }

  async #attempt(
    book: PartnerBook,
    key: NodeKey,
    target: CallTarget,
    path: string,
    body: Uint8Array,
    signal: AbortSignal,
  ): Promise<Attempt> {
    const now = new Date();
    const targetUri = targetUriOf(canonicalBaseUrl(target.baseUrl), path);
    const signed = signRequest(key, { targetUri, body, now });
    const headers = { ...target.headers, ...signed.headers };
    const answer = await this.#outside.callOutside(target.baseUrl + path, {
      method: "POST",
      headers: { accept: "application/json", ...headers },
      body,
      signal,
      maxBytes: ANSWER_BYTES_MAX,
    });
    const parsed = parseJson(answer.body);
    // Even where nobody signed that: the partner can't sign for a key that it does not know whom it belongs to.
    const code = answer.status === 401 ? codeOf(parsed) : undefined;
    const isKeyUnknown = code === "unknown_key" || code === "revoked_key";
    const result = await this.#judge(target.nodeId, signed.nonce, answer, parsed);
    if (!isKeyUnknown && !("unknown" in result)) await this.#noteAccepted(book, target.nodeId, key, result);
    return { result, isKeyUnknown };
  }

  async #judge(nodeId: string, nonce: string, answer: OutsideAnswer, parsed: unknown): Promise<CallResult> {
    const waitMs = readRetryAfter(answer.headers, new Date());
    const retryAfter = waitMs === undefined ? {} : { retryAfterMs: waitMs };
    const said = `answered ${answer.status}${codeOf(parsed) === undefined ? "" : ` ${codeOf(parsed)}`}`;
    const encoding = answer.headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") {
      return { unknown: `${said} with a content encoding`, ...retryAfter };
    }
    const { status, headers, body } = answer;
    const verdict = await verifyAnswer({ status, headers, body }, nonce, (keyId) =>
      this.#findKey(nodeId, keyId),
    );
    if (!verdict.ok) {
      return { unknown: `${said}, which does not count: ${verdict.code}, ${verdict.detail}`, ...retryAfter };
    }
    await this.#registry.noteProven(await this.#registry.latest(), verdict.keyId);
    return { status, headers, body: parsed, keyId: verdict.keyId, bodyBytes: body.length, ...retryAfter };
  }

  /** Only keys of the called node, by the book of now: since the call left, one may be registered or revoked. */
  async #findKey(nodeId: string, keyId: string) {
    const key = (await this.#registry.current()).findKey(keyId);
    if (key === undefined || key.nodeId !== nodeId) return undefined;
    return { publicKey: key.publicKey, isRevoked: key.state === "revoked" };
  }

  async #noteAccepted(book: PartnerBook, nodeId: string, key: NodeKey, reply: PartnerReply): Promise<void> {
    if (reply.status === 401) return;
    const [active] = book.nodeKeys;
    if (key.keyId === active.keyId) this.#oldKeys.delete(nodeId);
    // While it stands it is left alone, so that the active key is tried again when its time is over.
    else if (!this.#oldKeys.has(nodeId)) {
      this.#oldKeys.set(nodeId, { keyId: key.keyId, untilMs: Date.now() + OLD_KEY_MS });
    }
    try {
      await this.#registry.noteAccepted(book, nodeId, key.keyId);
    } catch (error) {
      // The answer counts all the same; the next call notes it.
      this.#log.warn({ err: error, node_id: nodeId }, "which key a partner takes could not be noted");
    }
  }
}
