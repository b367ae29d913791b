// Events: what happened, page by page or as a stream. `consumeEvents` goes on where either was cut off.
import { readEventStream } from "./event-stream.ts";
import type { EventFilter, EventPage } from "./shapes.ts";
import type { CallOptions, Transport } from "./transport.ts";

export interface EventReadOptions extends CallOptions {
  /** How many seconds the node waits for an event where there is none; 0 if absent, 60 at most. */
  readonly waitSeconds?: number | undefined;
}

export class EventCalls {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** One page and where to read on; `next_cursor` is never null, since the log goes on. */
  read(filter: EventFilter = {}, { waitSeconds, ...options }: EventReadOptions = {}): Promise<EventPage> {
    const headers = waitSeconds === undefined ? {} : { prefer: `wait=${waitSeconds}` };
    return this.#transport.call("get", "/v1/events", { query: filter, headers }, options);
  }

  /**
   * Pages as they come, until the node, the network or the signal ends the stream; an empty page tells that the
   * stream is alive, and moves the cursor.
   * @throws PointbridgeError, UnreachableError where it can't be opened
   */
  async *follow(filter: EventFilter, signal: AbortSignal): AsyncGenerator<EventPage, void, undefined> {
    const headers = { accept: "text/event-stream" };
    const body = await this.#transport.open("/v1/events", { query: filter, headers }, signal);
    yield* readEventStream(body);
  }
}
