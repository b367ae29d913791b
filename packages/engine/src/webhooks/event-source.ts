// Where webhooks' events come from: the node's feed of them.
import type { v1 } from "@pointbridge/protocol";
import type { Database } from "../database/index.ts";
import { type EventFeed, eventCursorAt } from "../events/index.ts";
import type { EventSource } from "./webhook.ts";

export function feedSource(database: Database, shardCount: number, feed: EventFeed): EventSource {
  return {
    read: ({ after, limit, types, systems, waitMs }) => {
      const filter = {
        types: types && new Set(types as readonly v1.EventType[]),
        systems: systems && new Set(systems),
      };
      return feed.read({ after, limit, ...filter }, waitMs);
    },
    latest: () => feed.latest(),
    at: (time) => eventCursorAt(database, shardCount, time),
  };
}
