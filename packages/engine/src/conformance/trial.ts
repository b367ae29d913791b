// What a check works with: makes calls in the kit's name, keeps what went over the wire as evidence, and remembers
// which movements have to be undone at the end of the run.
import { setTimeout as wait } from "node:timers/promises";
import {
  callPaths,
  judgeAnswer,
  type PxpCallName,
  type SigningKey,
  signRequest,
  targetUriOf,
} from "@pointbridge/protocol/pxp";
import { type Answer, type AskedFor, type Fields, isCallName, observe, readFields } from "./answer.ts";
import { undoOf } from "./bodies.ts";
import { type Draft, finishDraft, type SignedDraft, startDraft } from "./draft.ts";
import { type Expected, expectAnswer } from "./expectation.ts";
import { CheckFailure, CheckSkipped, type Trace } from "./result.ts";
import { NoAnswerError, type SendOptions, type WireAnswer, type WireRequest } from "./wire.ts";
import type { World } from "./world.ts";

export interface CallOptions {
  /** Who speaks; absent: the kit's own key. */
  readonly key?: SigningKey;
  readonly send?: Partial<SendOptions>;
  /** Sent beside the signed ones. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a check falsifies a request: before it is signed, or after. */
export interface Forgery {
  readonly key?: SigningKey;
  readonly draft?: (draft: Draft) => void;
  readonly signed?: (signed: SignedDraft) => void;
  /** The partner may be unable to read the nonce. */
  readonly isNonceOptional?: boolean;
}

const TRACE_TEXT_MAX = 4000;
const LONGEST_PAUSE_MS = 2000;

function clip(body: Buffer): string {
  const text = body.toString("utf8");
  return text.length > TRACE_TEXT_MAX ? `${text.slice(0, TRACE_TEXT_MAX)}… (${body.length} bytes)` : text;
}

function toBytes(body: object | Buffer): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body), "utf8");
}

/** The nonce as it is sent, which a check may have altered after signing. */
function nonceOf({ headers }: SignedDraft): string | undefined {
  return /;nonce="([^"]*)"/.exec(String(headers["signature-input"]))?.[1];
}

/** An answer that says "not now" instead of an outcome. */
function asksToWait({ status, body }: Answer): boolean {
  return (status === 429 || status === 503) && typeof body["outcome"] !== "string";
}

export class Trial {
  readonly world: World;
  readonly traces: Trace[] = [];

  constructor(world: World) {
    this.world = world;
  }

  /** Calls, and again with a new signature while the partner asks to wait. @throws CheckFailure without an answer */
  call(call: PxpCallName, body: object | Buffer, options: CallOptions = {}): Promise<Answer> {
    return this.#patiently(() => this.#callOnce(call, toBytes(body), options), asksToWait);
  }

  /** Like `call`, and asks on while the credit is pending. */
  settle(call: PxpCallName, body: object, options: CallOptions = {}): Promise<Answer> {
    const isUndecided = (answer: Answer) => asksToWait(answer) || answer.status === 202;
    return this.#patiently(() => this.#callOnce(call, toBytes(body), options), isUndecided);
  }

  /** Sends and hangs up without waiting for the answer. */
  async abandon(call: PxpCallName, body: object): Promise<void> {
    try {
      await this.#callOnce(call, toBytes(body), { send: { hangUp: true } });
    } catch (error) {
      if (!(error instanceof CheckFailure)) throw error;
    }
  }

  /** Sends a request that was made by hand. */
  forge(call: PxpCallName, body: object | Buffer, forgery: Forgery): Promise<Answer> {
    return this.#patiently(() => this.#forgeOnce(call, toBytes(body), forgery), asksToWait);
  }

  /** Sends one made by hand exactly once, and the very same bytes as often as asked. */
  async replay(call: PxpCallName, body: object, times: number): Promise<Answer[]> {
    const signed = finishDraft(this.draft(call, toBytes(body)));
    const answers: Answer[] = [];
    for (let sent = 0; sent < times; sent += 1) {
      answers.push(await this.#send(signed, { call, nonce: nonceOf(signed) }, this.world.keys.own, {}));
    }
    return answers;
  }

  draft(call: PxpCallName, body: Buffer, key = this.world.keys.own): Draft {
    const { baseUrl } = this.world;
    const targetUri = targetUriOf(baseUrl, callPaths[call]);
    return startDraft({ url: this.world.urlOf(call), targetUri, body, key, now: this.world.now() });
  }

  expect(answer: Answer, expected: Expected | readonly Expected[], about?: string): Expected {
    return expectAnswer(answer, Array.isArray(expected) ? expected : [expected as Expected], about);
  }

  skip(reason: string): never {
    throw new CheckSkipped(reason);
  }

  async #patiently(send: () => Promise<Answer>, isUndecided: (answer: Answer) => boolean): Promise<Answer> {
    const giveUpAt = performance.now() + this.world.deadlines.pendingMs;
    for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const answer = await send();
      if (!isUndecided(answer) || performance.now() + pauseMs > giveUpAt) return answer;
      const asked = Number(answer.headers["retry-after"]) * 1000;
      await wait(asked > 0 ? Math.min(asked, LONGEST_PAUSE_MS) : pauseMs);
    }
  }

  #callOnce(call: PxpCallName, body: Buffer, options: CallOptions): Promise<Answer> {
    const { world } = this;
    const key = options.key ?? world.keys.own;
    const targetUri = targetUriOf(world.baseUrl, callPaths[call]);
    const { headers, nonce } = signRequest(key, { targetUri, body, now: world.now() });
    const message = {
      method: "POST",
      url: world.urlOf(call),
      headers: { ...options.headers, ...headers },
      body,
    };
    return this.#send(message, { call, nonce }, key, options.send ?? {});
  }

  #forgeOnce(call: PxpCallName, body: Buffer, forgery: Forgery): Promise<Answer> {
    const key = forgery.key ?? this.world.keys.own;
    const draft = this.draft(call, body, key);
    forgery.draft?.(draft);
    const signed = finishDraft(draft);
    forgery.signed?.(signed);
    const { isNonceOptional = false } = forgery;
    return this.#send(signed, { call, nonce: nonceOf(signed), isNonceOptional }, key, {});
  }

  async #send(
    message: WireRequest,
    asked: AskedFor,
    key: SigningKey,
    send: Partial<SendOptions>,
  ): Promise<Answer> {
    const { world } = this;
    const request = {
      method: message.method,
      url: message.url,
      headers: message.headers,
      body: clip(message.body),
    };
    const atMs = world.elapsedMs();
    const sentBody = readFields(message.body.toString("utf8"));
    try {
      const options = { deadlineMs: world.deadlines.answerMs, ...send };
      const wired = await world.wire.send(message, options);
      const { status, headers, durationMs } = wired;
      this.traces.push({ atMs, request, answer: { status, headers, body: clip(wired.body), durationMs } });
      world.observations.push(await observe(world, wired, asked, this.traces.at(-1)));
      const answer = this.#read(asked.call, sentBody, wired);
      this.#remember(asked.call, sentBody, key, answer);
      return answer;
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      this.traces.push({ atMs, request, answer: { none: error.message, durationMs: error.durationMs } });
      this.#remember(asked.call, sentBody, key, undefined);
      const { profile } = world;
      const trace = this.traces.at(-1);
      if (send.hangUp !== true && send.mayBeCutOff !== true) {
        world.unanswered.push({ profile, call: asked.call, reason: error.message, trace });
      }
      throw new CheckFailure("an answer", `none: ${error.message}`);
    }
  }

  #read(call: string, sent: Fields, wired: WireAnswer): Answer {
    const text = wired.body.toString("utf8");
    const body = readFields(text);
    const { status, headers } = wired;
    const verdict = isCallName(call) ? judgeAnswer(call, sent, { status, body }) : undefined;
    return { call, status, headers, body, text, verdict };
  }

  /** What may have moved points is undone at the end of the run; what is known not to have is not. */
  #remember(call: string, sent: Fields, key: SigningKey, answer: Answer | undefined): void {
    if (call === "batch") this.#rememberBatch(sent, key);
    if (!isCallName(call)) return;
    const { leftovers } = this.world;
    const kind = call.startsWith("credits") ? "credits" : "holds";
    const place = `${key.keyId} ${kind} ${String(sent["operation_id"])}`;
    const undo = undoOf(call, sent);
    if (undo === undefined) {
      if (answer?.verdict !== undefined && answer.verdict.kind !== "unknown") leftovers.delete(place);
    } else if (answer === undefined || answer.status === 200 || answer.status === 202) {
      leftovers.set(place, { undo: undo[0], body: undo[1], key });
    }
  }

  #rememberBatch(sent: Fields, key: SigningKey): void {
    const lines = Array.isArray(sent["calls"]) ? (sent["calls"] as readonly Fields[]) : [];
    for (const line of lines) {
      const call = String(line["call"]);
      const undo = isCallName(call) ? undoOf(call, line) : undefined;
      if (undo === undefined) continue;
      const place = `${key.keyId} ${call} ${String(line["operation_id"])}`;
      this.world.leftovers.set(place, { undo: undo[0], body: undo[1], key });
    }
  }
}
