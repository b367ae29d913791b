// One partner's queue: what is to be asked of it, joined to batches as the partner takes them, a few calls at a
// time. What is asked while calls are under way waits and forms the next batch, so that an idle queue asks at
// once and a busy one batches by itself.
//
// Q1  An exchange stands in the queue once, in its latest state.
// Q2  Whatever a partner does becomes a verdict for each request: nothing is dropped, nothing is thrown.
// Q3  What a batch's answer leaves open is asked for alone.
// Q4  A batch that a partner at work does not answer is not put together again: each of its requests goes into
//     batches of half the size, until the one that the partner fails at stands alone.
import { callPaths, judgeAnswer, judgeBatch, type Verdict } from "@pointbridge/protocol/pxp";
import type { CallOptions, CallResult } from "../partner/index.ts";
import { encodeBatch, encodeMovement, type MovementRequest, traceHeadersOf } from "./partner-requests.ts";

export interface PartnerCalls {
  callThrough(systemId: string, path: string, body: Uint8Array, options?: CallOptions): Promise<CallResult>;
}

export interface JudgedRequest {
  readonly request: MovementRequest;
  readonly verdict: Verdict;
}

export interface PartnerQueueListener {
  judged(judged: readonly JudgedRequest[]): Promise<void>;
  /** A call was answered by a partner that is at work, or not. */
  heard(systemId: string, isAnswer: boolean): void;
}

export interface PartnerQueueSettings {
  /** Calls under way at a time. */
  readonly callsMax: number;
  /** Lines of a batch at most, whatever the partner takes. */
  readonly batchMax: number;
  /** Of one attempt; shorter than the lease, so that an attempt is over before another node takes over. */
  readonly timeoutMs: number;
}

/** How long what a partner says of itself is believed. */
const NODE_ANSWER_MS = 60_000;

/** Below the megabyte that many proxies let through, and far below what a node takes. */
const BATCH_BYTES_MAX = 900_000;
/** Of a line without metadata, whatever its ids are. */
const LINE_BYTES_MAX = 1_500;

function bytesOf({ body }: MovementRequest): number {
  const { metadata } = body;
  return LINE_BYTES_MAX + (metadata === undefined ? 0 : Buffer.byteLength(JSON.stringify(metadata)));
}

/**
 * Whether a partner that is at work said so. One that signs that it can't (429, 5xx) or that it does not take what
 * we sign (401, 403) is as good as away: what waits on it is to be woken when that is over.
 */
export function isAnswer(result: CallResult): boolean {
  if ("unknown" in result) return false;
  return result.status < 400 || result.status === 409 || result.status === 422;
}

export function unknownOf(result: Extract<CallResult, { unknown: string }>): Verdict {
  const { unknown: reason, retryAfterMs } = result;
  return retryAfterMs === undefined ? { kind: "unknown", reason } : { kind: "unknown", reason, retryAfterMs };
}

/** What came of one call: verdicts, and what its answer left open. */
interface Asked {
  readonly judged: readonly JudgedRequest[];
  readonly open: readonly MovementRequest[];
  /** Nothing signed came. */
  readonly isSilent: boolean;
}

export class PartnerQueue {
  readonly #systemId: string;
  readonly #calls: PartnerCalls;
  readonly #listener: PartnerQueueListener;
  readonly #settings: PartnerQueueSettings;
  readonly #waiting = new Map<string, MovementRequest>();
  readonly #asked = new Map<string, MovementRequest>();
  readonly #running = new Set<Promise<void>>();
  #offer: { readonly lines: Promise<number>; readonly untilMs: number } = {
    lines: Promise.resolve(1),
    untilMs: 0,
  };
  /** The largest batch that a request may be part of (Q4). */
  readonly #limits = new Map<string, number>();
  #isAtWork = true;
  #stopped = false;

  constructor(
    systemId: string,
    calls: PartnerCalls,
    listener: PartnerQueueListener,
    settings: PartnerQueueSettings,
  ) {
    this.#systemId = systemId;
    this.#calls = calls;
    this.#listener = listener;
    this.#settings = settings;
  }

  get length(): number {
    return this.#waiting.size + this.#asked.size;
  }

  /** Puts a request in line (Q1). */
  add(request: MovementRequest): void {
    if (this.#stopped || this.#asked.get(request.operationId)?.state === request.state) return;
    this.#waiting.set(request.operationId, request);
    // Lets what came with the same batch of the ledger join.
    setImmediate(() => this.#pump());
  }

  /** Asks nothing more and waits for the calls under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    this.#limits.clear();
    await Promise.all(this.#running);
  }

  #pump(): void {
    while (this.#waiting.size > 0 && this.#running.size < this.#settings.callsMax) {
      const run = this.#askNext().finally(() => {
        this.#running.delete(run);
        this.#pump();
      });
      this.#running.add(run);
    }
  }

  #take(linesMax: number): MovementRequest[] {
    const taken: MovementRequest[] = [];
    let longest = linesMax;
    let bytes = 0;
    for (const [operationId, request] of this.#waiting) {
      if (taken.length >= longest) break;
      const limit = this.#limits.get(operationId) ?? linesMax;
      if (taken.length >= limit) continue;
      bytes += bytesOf(request);
      if (taken.length > 0 && bytes > BATCH_BYTES_MAX) break;
      longest = Math.min(longest, limit);
      this.#waiting.delete(operationId);
      this.#asked.set(operationId, request);
      taken.push(request);
    }
    return taken;
  }

  async #askNext(): Promise<void> {
    const linesMax = this.#waiting.size > 1 ? await this.#linesMax() : 1;
    const requests = this.#take(linesMax);
    const [only] = requests;
    if (only === undefined) return;
    const { judged, open, isSilent } =
      requests.length === 1 ? await this.#askOne(only) : await this.#askTogether(requests);
    for (const { request, verdict } of judged) {
      if (verdict.kind !== "unknown") this.#limits.delete(request.operationId);
    }
    try {
      await this.#listener.judged(judged);
    } finally {
      for (const request of requests) {
        if (this.#asked.get(request.operationId) === request) this.#asked.delete(request.operationId);
      }
    }
    for (const request of open) this.#askAlone(request);
    // Said again once the silence is stored: an answer in between has woken what was stored by then only.
    if (isSilent) this.#listener.heard(this.#systemId, false);
  }

  /** Q3 */
  #askAlone(request: MovementRequest): void {
    const { operationId } = request;
    if (this.#stopped || this.#waiting.has(operationId)) return;
    this.#limits.set(operationId, 1);
    this.#waiting.set(operationId, request);
  }

  /** What can't even be asked, since the database does not say where the partner is, is unknown too (Q2). */
  async #tryCall(path: string, bytes: Uint8Array, options: CallOptions): Promise<CallResult> {
    try {
      return await this.#calls.callThrough(this.#systemId, path, bytes, options);
    } catch (error) {
      return { unknown: error instanceof Error ? error.message : String(error), isUnsent: true };
    }
  }

  async #call(
    path: string,
    bytes: Uint8Array,
    requests: readonly MovementRequest[] = [],
  ): Promise<CallResult> {
    const options = { timeoutMs: this.#settings.timeoutMs, headers: traceHeadersOf(requests) };
    const result = await this.#tryCall(path, bytes, options);
    this.#isAtWork = isAnswer(result);
    this.#listener.heard(this.#systemId, this.#isAtWork);
    return result;
  }

  #halve(requests: readonly MovementRequest[]): void {
    const half = Math.max(1, Math.floor(requests.length / 2));
    for (const { operationId } of requests) this.#limits.set(operationId, half);
  }

  async #askOne(request: MovementRequest): Promise<Asked> {
    const { path, bytes } = encodeMovement(request);
    const result = await this.#call(path, bytes, [request]);
    const asked = { ...request.body, amount: request.amount };
    const isSilent = "unknown" in result;
    const verdict = isSilent ? unknownOf(result) : judgeAnswer(request.call, asked, result);
    return { judged: [{ request, verdict }], open: [], isSilent };
  }

  async #askTogether(requests: readonly MovementRequest[]): Promise<Asked> {
    const { path, bytes } = encodeBatch(requests);
    const wasAtWork = this.#isAtWork;
    const result = await this.#call(path, bytes, requests);
    if ("unknown" in result) {
      if (wasAtWork) this.#halve(requests);
      // Whether it is this batch or the partner as a whole is told by asking for something else first.
      this.#offer = { ...this.#offer, untilMs: 0 };
      const judged = requests.map((request) => ({ request, verdict: unknownOf(result) }));
      return { judged, open: [], isSilent: true };
    }
    const calls = requests.map(({ call, body, amount }) => ({ ...body, call, amount }));
    const verdicts = judgeBatch(calls, result);
    const judged: JudgedRequest[] = [];
    const open: MovementRequest[] = [];
    for (const [index, request] of requests.entries()) {
      const verdict = verdicts[index];
      if (verdict === undefined || verdict.kind === "unknown") open.push(request);
      else judged.push({ request, verdict });
    }
    return { judged, open, isSilent: false };
  }

  /** How many lines the partner takes in a batch; 1 where it does not say. */
  async #linesMax(): Promise<number> {
    if (Date.now() >= this.#offer.untilMs) {
      this.#offer = { lines: this.#askOffer(), untilMs: Date.now() + NODE_ANSWER_MS };
    }
    return Math.min(await this.#offer.lines, this.#settings.batchMax);
  }

  async #askOffer(): Promise<number> {
    const result = await this.#call(callPaths.node, Buffer.from("{}"));
    if ("unknown" in result) {
      this.#offer = { ...this.#offer, untilMs: 0 };
      return 1;
    }
    const body = result.body as { readonly batch_max?: unknown } | null | undefined;
    const offered = body?.batch_max;
    return typeof offered === "number" && Number.isInteger(offered) && offered >= 1 ? offered : 1;
  }
}
