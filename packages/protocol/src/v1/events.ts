// Events: what happened, as CloudEvents 1.0, for whoever keeps something in step.
import { type Static, Type } from "typebox";
import { closed, oneOf, pageLimitDefault, pageLimitMax, time } from "./shapes.ts";

/** Every type of event; docs/events.md says what each tells. */
export const eventTypes = [
  "exchange.started",
  "exchange.completed",
  "exchange.failed",
  "exchange.needs_attention",
  "account.balance_changed",
  "account.opened",
  "credit.completed",
  "credit.failed",
  "credit.rolled_back",
  "debit.completed",
  "debit.failed",
  "debit.rolled_back",
  "hold.placed",
  "hold.captured",
  "hold.released",
  "hold.expired",
  "hold.failed",
  "partner_credit.completed",
  "partner_credit.failed",
  "partner_credit.rolled_back",
  "partner_hold.placed",
  "partner_hold.captured",
  "partner_hold.released",
  "partner_hold.failed",
  "exchange_rate.proposed",
  "exchange_rate.updated",
  "exchange_rate.rejected",
  "mapping.updated",
  "inconsistency.opened",
  "inconsistency.resolved",
  "reconciliation.started",
  "reconciliation.completed",
  "reconciliation.failed",
  "adjustment.completed",
  "adjustment.failed",
  "system.updated",
  "credit_type.updated",
  "link.updated",
  "link.change_proposed",
  "link.change_rejected",
  "limit.updated",
  "grant.updated",
  "node_key.updated",
  "api_key.updated",
] as const;
export type EventType = (typeof eventTypes)[number];

/** Longest cursor: a log's id and two numbers. */
export const eventCursorPattern = "^[A-Za-z0-9-]{1,64}\\.[0-9]{1,19}(\\.[0-9]{1,10})?$";
export const eventCursor = Type.String({
  pattern: "^[\\x21-\\x7e]{1,128}$",
  description:
    "Where to read on: `next_cursor` of a page, or the `cursor` of the last event that was processed.",
});

export const event = closed(
  "Event",
  "A CloudEvent 1.0. `source` and `id` together are the same whenever and however it is delivered.",
  {
    specversion: oneOf(["1.0"], "Of CloudEvents."),
    id: Type.String({ description: "Unique within the source, the same at each delivery." }),
    source: Type.String({ description: "This node's log of events, as a URN." }),
    type: oneOf(eventTypes, "What happened."),
    subject: Type.String({ description: "The id of what it happened to." }),
    time,
    datacontenttype: oneOf(["application/json"], "Of `data`."),
    orderingkey: Type.String({
      description: "Events of one key come in the order in which they happened; of different keys, in any.",
    }),
    cursor: eventCursor,
    data: Type.Unsafe<Readonly<Record<string, unknown>>>({
      type: "object",
      description: "By type; amounts are decimal strings. Ids and numbers only, no profiles and no metadata.",
    }),
  },
);

export const eventPage = closed("EventPage", "Events in the order of the log.", {
  items: Type.Array(event),
  next_cursor: Type.Unsafe<string>({
    ...eventCursor,
    description:
      "Where to read on. Never null: the log goes on. It moves also past events that were filtered out.",
  }),
});

export const eventQuery = closed("EventQuery", "Which events.", {
  after: Type.Optional(eventCursor),
  start: Type.Optional(
    oneOf(
      ["oldest", "latest"],
      "Where to begin without `after`: at the oldest event that is kept, which is the default, or after the latest.",
    ),
  ),
  types: Type.Optional(
    Type.String({
      pattern: "^[a-z_.]{1,64}(,[a-z_.]{1,64}){0,63}$",
      description: "Only these types, separated by commas.",
    }),
  ),
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: pageLimitMax,
      default: pageLimitDefault,
      description: "Events per page, to 1000.",
    }),
  ),
});

export type Event = Static<typeof event>;
export type EventPage = Static<typeof eventPage>;
