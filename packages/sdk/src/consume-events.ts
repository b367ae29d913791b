// Following a node's events for good: across restarts of either side, cuts of the network, and deliveries twice.
//
// E1  The cursor that counts is the one that the effects are stored with. It is read at the start and never kept
//     anywhere else, so whatever dies in between, effects and cursor agree.
// E2  Each step says which cursor it goes on from. A step whose `after` is not what is stored must not be applied:
//     another consumer of the same store was there.
// E3  What can mend is tried again for ever: no answer, 5xx, a stream that ended. What can't ends the consumer: a
//     refused key, a cursor that is unknown or too old, and whatever `apply` throws.
import type { Client } from "./client.ts";
import { PointbridgeError, UnreachableError } from "./errors.ts";
import { delayAfter, pause } from "./retry.ts";
import type { EventPage, PointbridgeEvent } from "./shapes.ts";

/** Some events, in their order, and the cursors before and after them. */
export interface ConsumerStep {
  /** May be empty: then only the cursor moves, past events of other types. */
  readonly events: readonly PointbridgeEvent[];
  /** What is stored before the step; undefined for nothing. */
  readonly after: string | undefined;
  /** To be stored with the step's effects, in one transaction. */
  readonly cursor: string;
}

export interface ConsumerSettings {
  /** Reads the stored cursor; undefined where there is none yet. */
  loadCursor(): Promise<string | undefined> | string | undefined;
  /**
   * Stores the effects of the events and the cursor in one transaction, if `after` is what is stored (E2). Called for
   * one step at a time.
   */
  apply(step: ConsumerStep): Promise<void> | void;
  /** Only these types; all if absent. */
  readonly types?: readonly PointbridgeEvent["type"][] | undefined;
  /** Where to begin without a cursor; with the oldest event that is kept, if absent. */
  readonly start?: "oldest" | "latest" | undefined;
  /** Events per step, to 1000; 500 if absent. */
  readonly limit?: number | undefined;
  /** `stream` for server-sent events; `polling` waits for an answer of its own each time, if absent. */
  readonly via?: "polling" | "stream" | undefined;
  /** Ends the consumer after the step that it is in. */
  readonly signal?: AbortSignal | undefined;
  /** Told what is tried again; for a log. */
  onRetry?(error: unknown): void;
}

const POLL_SECONDS = 25;
/** Longer than two heartbeats of the node: a stream that is silent for so long is dead. */
const SILENCE_MS = 45_000;
/** What a stream that ended is said to be, for the log and for the pause. */
const ended = (path: string) =>
  new UnreachableError(
    "the stream of events ended",
    { method: "GET", path, operationIds: [] },
    { retryable: true },
  );

type Filter = { readonly types?: string; readonly limit: number };

async function* poll(
  client: Client,
  filter: Filter & { readonly after?: string; readonly start?: "oldest" | "latest" },
  signal: AbortSignal,
): AsyncGenerator<EventPage, void> {
  const options = { waitSeconds: POLL_SECONDS, timeoutMs: POLL_SECONDS * 1_000 + 15_000, retries: 0, signal };
  let next = filter;
  for (;;) {
    const page = await client.events.read(next, options);
    yield page;
    const { start: _start, ...rest } = filter;
    next = { ...rest, after: page.next_cursor };
  }
}

async function* stream(
  client: Client,
  filter: Filter & { readonly after?: string; readonly start?: "oldest" | "latest" },
  signal: AbortSignal,
): AsyncGenerator<EventPage, void> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), SILENCE_MS);
  try {
    for await (const page of client.events.follow(filter, AbortSignal.any([signal, silent.signal]))) {
      clearTimeout(timer);
      yield page;
      timer = setTimeout(() => silent.abort(), SILENCE_MS);
    }
  } catch (error) {
    signal.throwIfAborted();
    // A cut of the network is whatever the platform's fetch throws.
    throw error instanceof PointbridgeError || error instanceof UnreachableError
      ? error
      : ended("/v1/events");
  } finally {
    clearTimeout(timer);
  }
  throw ended("/v1/events");
}

/** Steps of one connection, from the stored cursor on. What `apply` throws is kept apart from what can mend. */
async function consumeOnce(
  client: Client,
  settings: ConsumerSettings,
  signal: AbortSignal,
  stepDone: () => void,
): Promise<void> {
  let after = await settings.loadCursor();
  const { types, start = "oldest", limit = 500 } = settings;
  const filter = { limit, ...(types === undefined ? {} : { types: types.join(",") }) };
  const place = after === undefined ? { start } : { after };
  const pages = (settings.via === "stream" ? stream : poll)(client, { ...filter, ...place }, signal);
  try {
    for (;;) {
      const next = await mendable(() => pages.next());
      if (next.done === true) return;
      const { items: events, next_cursor: cursor } = next.value;
      if (cursor !== after) await settings.apply({ events, after, cursor });
      after = cursor;
      stepDone();
      if (signal.aborted) return;
    }
  } finally {
    // Lets go of the connection. How that ends says nothing: one that was cut off throws here.
    await pages.return().catch(() => undefined);
  }
}

/** Marks what came from the node or the way to it. */
class Interrupted extends Error {}

async function mendable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new Interrupted("the events could not be read", { cause });
  }
}

/**
 * Follows the node's events until the signal, applying each in order. Each event is applied at least once, and
 * exactly once where `apply` stores its effects and the cursor in one transaction.
 * @throws PointbridgeError cursor_expired, cursor_unknown, unauthenticated, forbidden; and whatever `loadCursor` or
 *   `apply` throws
 */
export async function consumeEvents(client: Client, settings: ConsumerSettings): Promise<void> {
  const signal = settings.signal ?? new AbortController().signal;
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await consumeOnce(client, settings, signal, () => {
        attempt = 0;
      });
    } catch (error) {
      if (signal.aborted && error instanceof Interrupted) return;
      if (!(error instanceof Interrupted)) throw error;
      const delayMs = delayAfter(error.cause, Math.min(attempt, 6));
      if (delayMs === undefined) throw error.cause;
      settings.onRetry?.(error.cause);
      await pause(delayMs, signal).catch(() => undefined);
    }
  }
}
