// A stream of server-sent events, read as pages of events. The node ends each page with an id that has no data.
import { decodeAnswer } from "./points.ts";
import type { EventPage, PointbridgeEvent } from "./shapes.ts";

interface Frame {
  readonly id: string | undefined;
  readonly data: string | undefined;
}

function parseFrame(lines: readonly string[]): Frame {
  const valueOf = (name: string): string | undefined => {
    const found = lines.filter((line) => line.startsWith(`${name}:`));
    if (found.length === 0) return undefined;
    return found.map((line) => line.slice(name.length + 1).replace(/^ /, "")).join("\n");
  };
  return { id: valueOf("id"), data: valueOf("data") };
}

/** Frames that are whole; what a cut left half is dropped, as the page it belongs to was not ended. */
async function* readFrames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame, void> {
  const decoder = new TextDecoder();
  let rest = "";
  let lines: string[] = [];
  for await (const bytes of body) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) {
      if (line !== "") {
        lines.push(line);
        continue;
      }
      yield parseFrame(lines);
      lines = [];
    }
  }
}

export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<EventPage, void> {
  let items: PointbridgeEvent[] = [];
  for await (const { id, data } of readFrames(body)) {
    if (data !== undefined) items.push(decodeAnswer(JSON.parse(data)) as PointbridgeEvent);
    else if (id !== undefined) {
      yield { items, next_cursor: id };
      items = [];
    }
  }
}
