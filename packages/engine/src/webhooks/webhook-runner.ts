// Delivers for one webhook for as long as this node holds it: rounds over new events, and beside them what is in
// line.
//
// W1  Nothing is sent unless the lease lasts longer than the attempt may take; so what is sent by one node has ended
//     before another one begins.
// W7  A 410, days without one event taken, or events that are gone switch the webhook off, visibly and with an
//     alert. What is in line stays in line, and the cursor where it is.
// W8  Nobody waits for a webhook: it reads behind the write path, with connections, places and rows of its own.
import type { OutsideCalls } from "../egress/index.ts";
import { AppError, Gatherer, type Log } from "../system/index.ts";
import { attemptDelivery, type Message, type Verdict } from "./attempt.ts";
import {
  type DeliveryStore,
  type HeadResult,
  LeaseLostError,
  type LinedEvent,
  type LineMessage,
  type Progress,
  type Stored,
} from "./delivery-store.ts";
import { LineBook } from "./line-book.ts";
import { ProgressQueue } from "./progress-queue.ts";
import { ReceiverHealth } from "./receiver-health.ts";
import { delayAfter, type RetryLadder } from "./retry-ladder.ts";
import { type LeftEvent, runRound } from "./round.ts";
import { Slots } from "./slots.ts";
import type { DisabledReason, EventPage, EventSource, Webhook } from "./webhook.ts";
import type { MessageSigner } from "./webhook-keys.ts";

export interface RunnerSettings {
  /** Attempts under way at a time. */
  readonly placesMax: number;
  /** Events read at a time; as many may come twice after a crash. */
  readonly pageLimit: number;
  readonly leaseMs: number;
  /** How long a read waits for new events. */
  readonly idleMs: number;
  readonly tailMs: number;
  /** Failures in a row after which a receiver counts as failing. */
  readonly failuresMax: number;
  /** With so many events in line nothing new is read. */
  readonly linedMax: number;
  readonly ladder: RetryLadder;
}

export interface RunnerParts {
  readonly webhook: Webhook;
  readonly store: DeliveryStore;
  readonly source: EventSource;
  readonly signer: MessageSigner;
  readonly outside: OutsideCalls;
  readonly settings: RunnerSettings;
  readonly log: Log;
  countAttempt(verdict: Verdict): void;
}

/** What came of a turn at a key's line. */
interface EndedLine {
  readonly orderingKey: string;
  readonly results: readonly HeadResult[];
}

/** Events of one key that are sent before what came of them is stored. */
const LINE_LIMIT = 20;
const AFTER_ERROR_MS = 1_000;

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export class WebhookRunner {
  readonly #parts: RunnerParts;
  readonly #lines = new LineBook();
  readonly #health: ReceiverHealth;
  readonly #slots: Slots;
  readonly #progress: ProgressQueue;
  /** One at a time, so that connections are left for others (W8). */
  readonly #lineReads: Gatherer<string, LineMessage[]>;
  readonly #ended: Gatherer<EndedLine, void>;
  readonly #working = new Set<Promise<void>>();
  #reading: Promise<EventPage | Error> | undefined;
  #readAtMs = 0;
  #cursor: string | undefined;
  /** Everything up to here was taken, is in line, or was filtered out. */
  #storedCursor: string | undefined;
  #linedCount = 0;
  #isStopping = false;
  #ending: { readonly reason: DisabledReason; readonly error: string } | undefined;
  #wake: () => void = () => undefined;

  /** The webhook was taken just now: `leaseEndMs` is when its lease ends at the earliest, by performance.now(). */
  constructor(parts: RunnerParts, leaseEndMs: number) {
    const { webhook, settings } = parts;
    this.#parts = parts;
    this.#progress = new ProgressQueue(parts, leaseEndMs);
    this.#health = new ReceiverHealth(settings.failuresMax, settings.ladder, webhook.failingSince !== null);
    this.#slots = new Slots(settings.placesMax);
    this.#lineReads = new Gatherer((keys) => parts.store.readLines(keys, LINE_LIMIT));
    this.#ended = new Gatherer((ended) => this.#storeEnded(ended));
    this.#cursor = webhook.cursor ?? undefined;
  }

  /** Delivers until it is stopped, the lease is lost, or the webhook is switched off. Never throws. */
  async run(): Promise<void> {
    const { webhook, settings, log } = this.#parts;
    const renewal = setInterval(() => void this.#renew(), settings.leaseMs / 3);
    try {
      const { heads, pendingCount } = await this.#parts.store.load();
      this.#lines.load(heads, Date.now());
      this.#linedCount = pendingCount;
      while (!this.#isStopping) await this.#step();
    } catch (error) {
      if (error instanceof LeaseLostError) log.info({ webhook_id: webhook.webhookId }, error.message);
      else {
        const fields = { err: error, webhook_id: webhook.webhookId };
        log.warn(fields, "a webhook's delivery stopped; it is taken up again");
        await wait(AFTER_ERROR_MS);
      }
    }
    this.stop();
    clearInterval(renewal);
    await this.#end();
  }

  /** Begins nothing more. */
  stop(): void {
    this.#isStopping = true;
    this.#wake();
  }

  /** Somebody changed the webhook: it is let go of, and read anew by whoever takes it. */
  noteRevision(revision: bigint): void {
    if (revision !== this.#parts.webhook.revision) this.stop();
  }

  async #end(): Promise<void> {
    const { store, webhook, log } = this.#parts;
    // A read that is under way is let go: it changes nothing.
    await Promise.all(this.#working);
    await this.#progress.idle();
    try {
      if (this.#storedCursor !== undefined) await this.#store({ cursor: this.#storedCursor });
      if (this.#ending !== undefined) await store.disable(this.#ending.reason, this.#ending.error);
      await store.release();
    } catch (error) {
      if (error instanceof LeaseLostError) return;
      const fields = { err: error, webhook_id: webhook.webhookId };
      log.warn(fields, "a webhook was not let go of; its lease ends by itself");
    }
  }

  async #step(): Promise<void> {
    const nowMs = Date.now();
    if (this.#health.isFailing && this.#lines.size === 0 && this.#working.size === 0) this.#health.forget();
    this.#beginLines(nowMs);
    if (this.#mayRead(nowMs)) {
      if (this.#reading === undefined) this.#beginReading();
      const page = await Promise.race([this.#reading, this.#pause(this.#nextLineMs() - nowMs)]);
      this.#wake();
      if (page !== undefined) await this.#takePage(page);
      return;
    }
    await this.#pause(Math.min(this.#nextLineMs() - nowMs, this.#parts.settings.idleMs));
  }

  /** When there is something to begin beside new events; whoever ends an attempt wakes by itself. */
  #nextLineMs(): number {
    if (this.#freeLineCount() <= 0) return Number.POSITIVE_INFINITY;
    const { quietUntilMs, isFailing } = this.#health;
    return isFailing ? quietUntilMs : Math.max(quietUntilMs, this.#lines.nextDueMs());
  }

  #freeLineCount(): number {
    const count = this.#health.isFailing ? 1 : Math.ceil(this.#parts.settings.placesMax / 2);
    return count - this.#working.size;
  }

  #mayRead(nowMs: number): boolean {
    if (this.#lines.size === 0) this.#linedCount = 0;
    const isFull = this.#linedCount >= this.#parts.settings.linedMax;
    // What is due in line goes first: what is read meanwhile would only join it.
    const isBehind = this.#lines.findDue(nowMs, 1).length > 0;
    return !isFull && !isBehind && !this.#health.isFailing && this.#health.quietUntilMs <= nowMs;
  }

  #beginReading(): void {
    this.#readAtMs = Date.now();
    this.#reading = this.#read();
  }

  #read(): Promise<EventPage | Error> {
    const { source, webhook, settings } = this.#parts;
    const range = {
      after: this.#cursor,
      limit: settings.pageLimit,
      types: webhook.types ?? undefined,
      systems: webhook.systems ?? undefined,
      waitMs: settings.idleMs,
    };
    return source
      .read(range)
      .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  }

  async #takePage(page: EventPage | Error): Promise<void> {
    this.#reading = undefined;
    if (page instanceof Error) {
      const isGone = page instanceof AppError && ["cursor_expired", "cursor_unknown"].includes(page.code);
      if (isGone) this.#switchOff("swept", page.message);
      else {
        const fields = { err: page, webhook_id: this.#parts.webhook.webhookId };
        this.#parts.log.warn(fields, "events could not be read for a webhook; it is tried again");
        await this.#pause(AFTER_ERROR_MS);
      }
      return;
    }
    this.#cursor = page.nextCursor;
    // The next page is read while this one is sent.
    if (page.items.length > 0 && !page.isEnd) this.#beginReading();
    if (page.items.length > 0) await this.#deliverPage(page);
    this.#storedCursor = page.nextCursor;
    // A source that is being closed waits no more: then it is waited here.
    const leftMs = this.#readAtMs + this.#parts.settings.idleMs - Date.now();
    if (page.items.length === 0)
      await this.#pause(page.isEnd ? Math.min(leftMs, this.#nextLineMs() - Date.now()) : 0);
  }

  async #deliverPage(page: EventPage): Promise<void> {
    const { settings, webhook } = this.#parts;
    const { takenCount, left } = await runRound(page.items, {
      isInLine: (key) => this.#lines.has(key),
      mayStart: () => this.#maySend() && !this.#health.isFailing && this.#health.quietUntilMs <= Date.now(),
      takePlace: () => this.#slots.take(),
      givePlace: () => this.#slots.give(),
      attempt: (message) => this.#attempt(message),
      placeCount: settings.placesMax,
      tailMs: settings.tailMs,
    });
    const lined = left.map((one) => this.#toLined(one, webhook.timeoutMs));
    const keys = [...new Set(lined.map(({ orderingKey }) => orderingKey))];
    for (const { event, underWay } of left)
      if (underWay !== undefined) this.#lines.markBusy(event.orderingkey);
    this.#linedCount += lined.length;
    const stored = this.#store({ cursor: page.nextCursor, deliveredCount: takenCount, lined, keys });
    for (const one of left) if (one.underWay !== undefined) this.#settle(one, one.underWay);
    await stored;
  }

  #toLined({ event, body, verdict, underWay }: LeftEvent, timeoutMs: number): LinedEvent {
    const waitMs = underWay === undefined ? this.#delay(verdict, 1) : timeoutMs;
    return {
      eventId: event.id,
      eventType: event.type,
      orderingKey: event.orderingkey,
      body,
      verdict,
      waitMs,
    };
  }

  /** Until the next attempt after so many, with jitter, so that what failed together does not come back together. */
  #delay(verdict: Verdict | undefined, attempts: number): number {
    if (verdict === undefined || verdict.isTaken) return 0;
    const { delaysMs, longestQuietMs } = this.#parts.settings.ladder;
    const delayMs = delayAfter(delaysMs, attempts) * (0.9 + Math.random() * 0.2);
    return Math.max(delayMs, Math.min(verdict.retryAfterMs ?? 0, longestQuietMs));
  }

  /** Stores what comes of an attempt that outlived its round. */
  #settle({ event }: LeftEvent, underWay: Promise<Verdict>): void {
    const { id: eventId, orderingkey: orderingKey } = event;
    this.#work(async () => {
      const verdict = await underWay;
      const result = { eventId, orderingKey, verdict, waitMs: this.#delay(verdict, 1) };
      await this.#ended.submit({ orderingKey, results: [result] });
    });
  }

  #work(work: () => Promise<void>): void {
    const working = work().catch((error: unknown) => this.#noteFailed(error));
    this.#working.add(working);
    void working.finally(() => {
      this.#working.delete(working);
      this.#wake();
    });
  }

  #noteFailed(error: unknown): void {
    if (!(error instanceof LeaseLostError)) {
      const fields = { err: error, webhook_id: this.#parts.webhook.webhookId };
      this.#parts.log.warn(fields, "what came of a delivery was not stored; it is done again");
    }
    this.stop();
  }

  #beginLines(nowMs: number): void {
    if (!this.#maySend() || this.#health.quietUntilMs > nowMs) return;
    const { isFailing } = this.#health;
    const freeCount = this.#freeLineCount();
    if (freeCount <= 0) return;
    const keys = isFailing ? [this.#lines.findFirst() ?? []].flat() : this.#lines.findDue(nowMs, freeCount);
    for (const key of keys) {
      this.#lines.markBusy(key);
      this.#work(() => this.#deliverLine(key, isFailing ? 1 : LINE_LIMIT));
    }
  }

  /** Sends what is first in line of a key, until one is not taken (W3). */
  async #deliverLine(orderingKey: string, limit: number): Promise<void> {
    const results: HeadResult[] = [];
    for (const message of (await this.#lineReads.submit(orderingKey)).slice(0, limit)) {
      await this.#slots.take();
      if (!this.#maySend()) {
        this.#slots.give();
        break;
      }
      const verdict = await this.#attempt(message);
      this.#slots.give();
      const waitMs = this.#delay(verdict, message.attempts + 1);
      results.push({ eventId: message.eventId, orderingKey, verdict, waitMs });
      if (!verdict.isTaken) break;
    }
    await this.#ended.submit({ orderingKey, results });
  }

  async #storeEnded(ended: readonly EndedLine[]): Promise<void[]> {
    const results = ended.flatMap((line) => line.results);
    const keys = ended.map(({ orderingKey }) => orderingKey);
    const { deadCount } = await this.#store({ results, keys }, new Set(keys));
    this.#linedCount -= results.filter(({ verdict }) => verdict.isTaken).length + deadCount;
    return ended.map(() => undefined);
  }

  async #attempt(message: Message): Promise<Verdict> {
    const { outside, signer, webhook } = this.#parts;
    const verdict = await attemptDelivery(outside, signer, webhook, message);
    this.#parts.countAttempt(verdict);
    if (verdict.isTaken) {
      if (this.#health.noteTaken()) {
        this.#lines.hasten(Date.now());
        this.#wake();
      }
      return verdict;
    }
    this.#health.noteFailure(verdict, Date.now());
    if (verdict.isGone === true) this.#switchOff("gone", verdict.error);
    return verdict;
  }

  /** Once everything under way has ended (W7). */
  #switchOff(reason: DisabledReason, error: string): void {
    this.#ending ??= { reason, error };
    this.stop();
  }

  /** W1 */
  #maySend(): boolean {
    return !this.#isStopping && this.#progress.leaseLeftMs > this.#parts.webhook.timeoutMs;
  }

  async #renew(): Promise<void> {
    try {
      await this.#store(this.#storedCursor === undefined ? {} : { cursor: this.#storedCursor });
    } catch (error) {
      this.#noteFailed(error);
    }
  }

  /** @param done ordering keys that nobody is at any more */
  #store(progress: Progress, done: ReadonlySet<string> = new Set()): Promise<Stored> {
    return this.#progress.submit(progress, ({ revision, isExhausted, heads }) => {
      this.#lines.update(progress.keys ?? [], heads, done, Date.now());
      const { patienceMs } = this.#parts.settings.ladder;
      if (isExhausted) this.#switchOff("exhausted", `nothing was taken for ${patienceMs} ms`);
      this.noteRevision(revision);
    });
  }

  /** Until something happens, for so long at most. */
  #pause(ms: number): Promise<undefined> {
    if (this.#isStopping) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), Math.min(Math.max(ms, 0), 60_000));
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
  }
}
