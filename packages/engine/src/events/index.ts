// Events: what happened, for whoever keeps something in step with this node.
export { eventCursorAt } from "./cursor-at-time.ts";
export type { PointbridgeEvent } from "./event.ts";
export { judgeEventCursor, parseEventCursor } from "./event-cursor.ts";
export { defaultFeedSettings, EventFeed, type FeedSettings } from "./event-feed.ts";
export {
  type EventFilter,
  type EventPage,
  type EventRange,
  latestEventCursor,
  readEvents,
} from "./read-events.ts";
