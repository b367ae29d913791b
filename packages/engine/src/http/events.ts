// Events: read by cursor, or as a stream of server-sent events.
import { Readable } from "node:stream";
import { v1 } from "@pointbridge/protocol";
import type { Static } from "typebox";
import type { EventPage, EventRange } from "../events/index.ts";
import type { Form } from "../form/index.ts";
import { systemsOf } from "../grants/index.ts";
import { readWaitMs } from "./prefer.ts";
import { type Answer, type Call, defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

/** How long a reader that was cut off waits before it comes back. */
const RETRY_MS = 2_000;

function isEventType(text: string): text is v1.EventType {
  return (v1.eventTypes as readonly string[]).includes(text);
}

function readTypes(text: string | undefined, form: Form): ReadonlySet<v1.EventType> | undefined {
  if (text === undefined) return undefined;
  const types = new Set<v1.EventType>();
  for (const name of text.split(",")) {
    if (isEventType(name)) types.add(name);
    else form.fault("/query/types", `names ${name}, which is no type of event`);
  }
  return types;
}

function wantsStream(accept: string | undefined): boolean {
  return (accept ?? "").split(",").some((range) => /^\s*text\/event-stream\s*(;|$)/i.test(range));
}

/** A page as the stream's text. One without events moves the reader's cursor all the same. */
function toFrames({ items, nextCursor }: EventPage): string {
  const frames = items.map((event) => `id: ${event.cursor}\ndata: ${JSON.stringify(event)}\n\n`);
  return `${frames.join("")}: here\nid: ${nextCursor}\n\n`;
}

/** The pages as one text. The next is asked for when its reader has taken the one before; ends with its reader. */
class EventStream extends Readable {
  readonly #pages: AsyncGenerator<EventPage, void>;
  readonly #gone: AbortController;

  constructor(pages: AsyncGenerator<EventPage, void>, gone: AbortController) {
    super({ encoding: "utf8", highWaterMark: 1 });
    this.#pages = pages;
    this.#gone = gone;
    this.push(`retry: ${RETRY_MS}\n\n`);
  }

  override _read(): void {
    this.#pages.next().then(
      (next) => this.push(next.done === true ? null : toFrames(next.value)),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#gone.abort();
    done(error);
  }
}

async function stream(range: EventRange, { events }: Services): Promise<Answer> {
  const gone = new AbortController();
  const body = new EventStream(await events.follow(range, gone.signal), gone);
  // Proxies are told to pass on each event when it comes; a connection that is kept alive would hold up the node's end.
  const headers = { "content-type": "text/event-stream", "x-accel-buffering": "no", connection: "close" };
  return { status: 200, body, headers };
}

type EventCall = Pick<
  Call<unknown, Static<typeof v1.eventQuery>, unknown>,
  "query" | "headers" | "form" | "principal"
>;

async function rangeOf(
  { query, headers, form, principal }: EventCall,
  { events }: Services,
): Promise<EventRange> {
  const types = readTypes(query.types, form);
  if (query.after !== undefined && query.start !== undefined) {
    form.fault("/query/start", "is given together with after; one of them says where to begin");
  }
  form.finish();
  const [lastId] = [headers["last-event-id"] ?? []].flat();
  const given = lastId ?? query.after;
  const after = given ?? (query.start === "latest" ? await events.latest() : undefined);
  return { after, types, systems: systemsOf(principal.rights), limit: query.limit ?? v1.pageLimitDefault };
}

export const eventRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/v1/events",
    name: "listEvents",
    tag: "Events",
    summary: "Read what happened, in order, from a cursor on",
    description:
      "CloudEvents 1.0. With `Accept: text/event-stream` a stream of server-sent events that goes on: the id of each is its cursor, `Last-Event-ID` goes before `after`. `Prefer: wait=SECONDS` waits for an event where there is none yet, to 60 seconds. Callers that are for some systems get what concerns one of them.",
    permission: "read",
    reach: "found",
    query: v1.eventQuery,
    headers: {
      Prefer: "`wait=SECONDS`: wait for an event where there is none; without it the answer comes at once.",
      "Last-Event-ID": "Of a stream that goes on after a cut: the id of the last event.",
    },
    answers: { 200: { description: "Events, and where to read on.", schema: v1.eventPage } },
    errors: ["cursor_unknown", "cursor_expired"],
    async handle(call, services) {
      const range = await rangeOf(call, services);
      if (wantsStream(call.headers.accept)) return stream(range, services);
      const page = await services.events.read(range, readWaitMs(call.prefer, 0));
      return { status: 200, body: { items: page.items, next_cursor: page.nextCursor } };
    },
  }),
];
