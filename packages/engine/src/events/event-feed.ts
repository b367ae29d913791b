// Events as they are asked for from outside: page by page, waiting for more, or as a stream that goes on.
//
// V5  A stream reads the next page when the one before was taken, so a slow reader costs one page of memory.
// V6  A stream ends: when its reader is gone, when the node stops, and after a time, so that a key that was revoked
//     does not read for ever. Whoever reads comes back with the last cursor and misses nothing (V3).
import type { Database } from "../database/index.ts";
import type { Log } from "../system/index.ts";
import { LogWatch } from "./log-watch.ts";
import { type EventPage, type EventRange, latestEventCursor, readEvents } from "./read-events.ts";

export interface FeedSettings {
  readonly shardCount: number;
  /** How often the log is looked at while somebody waits. */
  readonly lookIntervalMs: number;
  /** How long a stream may stay silent. */
  readonly heartbeatMs: number;
  /** How long a stream lasts. */
  readonly streamMs: number;
}

export const defaultFeedSettings = {
  lookIntervalMs: 200,
  heartbeatMs: 15_000,
  streamMs: 15 * 60_000,
} as const;

export class EventFeed {
  readonly #database: Database;
  readonly #settings: FeedSettings;
  readonly #watch: LogWatch;
  readonly #stopping = new AbortController();

  constructor(database: Database, settings: FeedSettings, log: Log) {
    this.#database = database;
    this.#settings = settings;
    const { shardCount, lookIntervalMs: intervalMs } = settings;
    this.#watch = new LogWatch(database, { shardCount, intervalMs }, log);
  }

  /** The cursor behind all that has happened so far. */
  latest(): Promise<string> {
    return latestEventCursor(this.#database, this.#settings.shardCount);
  }

  /**
   * One page; where there is nothing yet, what comes within the time.
   * @throws AppError cursor_unknown, cursor_expired
   */
  async read(range: EventRange, waitMs = 0): Promise<EventPage> {
    const deadline = performance.now() + waitMs;
    let page = await readEvents(this.#database, this.#settings.shardCount, range);
    while (page.items.length === 0) {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || this.#stopping.signal.aborted) break;
      if (page.isEnd) await this.#watch.wait(page.position, leftMs, this.#stopping.signal);
      page = await this.#next(range, page);
    }
    return page;
  }

  #next(range: EventRange, { nextCursor: after }: EventPage): Promise<EventPage> {
    return readEvents(this.#database, this.#settings.shardCount, { ...range, after });
  }

  /**
   * Pages from a cursor on for as long as the stream lasts (V6); an empty page is a heartbeat and moves the cursor.
   * The first page is read before this answers, so that a bad cursor is refused and not streamed.
   * @throws AppError cursor_unknown, cursor_expired
   */
  async follow(range: EventRange, gone: AbortSignal): Promise<AsyncGenerator<EventPage, void, undefined>> {
    const first = await readEvents(this.#database, this.#settings.shardCount, range);
    return this.#goOn(range, first, AbortSignal.any([gone, this.#stopping.signal]));
  }

  async *#goOn(range: EventRange, first: EventPage, ended: AbortSignal): AsyncGenerator<EventPage, void> {
    const { heartbeatMs, streamMs } = this.#settings;
    const endsAt = performance.now() + streamMs;
    let saidAt = 0;
    for (let page = first; ; page = await this.#next(range, page)) {
      const now = performance.now();
      if (page.items.length > 0 || now - saidAt >= heartbeatMs) {
        yield page;
        saidAt = performance.now();
      }
      if (ended.aborted || performance.now() >= endsAt) return;
      if (page.isEnd) {
        const silentMs = saidAt + heartbeatMs - performance.now();
        await this.#watch.wait(page.position, Math.max(silentMs, 1), ended);
        if (ended.aborted) return;
      }
    }
  }

  /** Ends all streams and waits; pages can still be read. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#watch.idle();
  }
}
