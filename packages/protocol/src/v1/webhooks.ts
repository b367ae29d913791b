// Webhooks: where events are sent, what waits, and what was given up.
import { type Static, Type } from "typebox";
import { eventCursor, eventTypes } from "./events.ts";
import {
  catalogIdPattern,
  closed,
  nullable,
  oneOf,
  pageOf,
  pageQuery,
  systemId,
  time,
  timeInQuery,
} from "./shapes.ts";

export const webhookIdPattern = catalogIdPattern;
export const webhookId = Type.String({
  pattern: webhookIdPattern,
  description: "Id of a webhook: 1-64 of A-Z a-z 0-9 . _ - and no mark in front.",
});
export const webhookDeliveryIdPattern = "^[A-Za-z0-9][A-Za-z0-9-]{0,127}$";
export const webhookDeliveryId = Type.String({
  pattern: webhookDeliveryIdPattern,
  description: "The id of the event that is delivered, which is the header `webhook-id`.",
});

export const webhookTimeoutDefaultMs = 10_000;
export const webhookTimeoutMaxMs = 15_000;

const url = Type.String({
  minLength: 1,
  maxLength: 2_048,
  description:
    "Where events are sent: a public https address on the standard port. What stands in it is shown to everybody who may read; the signature is what the receiver has to trust.",
});
const types = Type.Array(oneOf(eventTypes, "A type of event."), {
  minItems: 1,
  maxItems: 64,
  uniqueItems: true,
});
const systems = Type.Array(systemId, { minItems: 1, maxItems: 100, uniqueItems: true });
const timeoutMs = Type.Integer({
  minimum: 500,
  maximum: webhookTimeoutMaxMs,
  default: webhookTimeoutDefaultMs,
  description: "How long the receiver may take to answer, from the look-up of its name on.",
});

export const webhookInput = closed(
  "WebhookInput",
  "Where events are sent. What is left out has its default.",
  {
    url,
    types: Type.Optional(types),
    systems: Type.Optional(systems),
    timeout_ms: Type.Optional(timeoutMs),
    enabled: Type.Optional(
      Type.Boolean({ description: "False: nothing is sent, and it goes on later where it stood." }),
    ),
  },
);

export const webhookStates = ["delivering", "failing", "disabled"] as const;
export const webhookDisabledReasons = ["switched_off", "gone", "exhausted", "swept"] as const;

const fields = {
  webhook_id: webhookId,
  url,
  types: nullable(Type.Array(Type.String()), "Types of events that are sent; null for all."),
  systems: nullable(Type.Array(systemId), "Events that are about one of these are sent; null for all."),
  timeout_ms: timeoutMs,
  enabled: Type.Boolean({ description: "Whether events are sent." }),
  state: oneOf(webhookStates, "`failing`: nothing is taken at the moment, and it is tried again."),
  disabled_reason: nullable(
    oneOf(
      webhookDisabledReasons,
      "`switched_off` by a person; `gone`: the receiver answered 410; `exhausted`: it took nothing for three days; `swept`: the events that come next are no longer kept.",
    ),
    "Why nothing is sent; null while it is.",
  ),
  disabled_at: nullable(time, "Since when nothing is sent."),
  cursor: nullable(eventCursor, "Every event up to here was taken or is in the list of deliveries."),
  delivered_count: Type.Integer({ description: "Deliveries that were taken." }),
  pending_count: Type.Integer({ description: "Events that were not taken yet and are sent again." }),
  dead_count: Type.Integer({ description: "Events that were given up." }),
  last_delivered_at: nullable(time, "When an event was taken last."),
  failing_since: nullable(time, "Since when nothing was taken."),
  last_error: nullable(Type.String(), "What went wrong last."),
  last_error_at: nullable(time, "When that was."),
  public_key: Type.String({ description: "`whpk_…`: what the newest `v1a` signature is checked with." }),
  older_public_keys: Type.Array(
    closed("WebhookKey", "A key that signs beside the newest until it expires.", {
      public_key: Type.String(),
      expires_at: time,
    }),
  ),
  created_at: time,
  updated_at: time,
  updated_by: Type.String({ description: "Who put it as it stands." }),
};

export const webhook = closed("Webhook", "A webhook and how it is doing.", fields);
export const newWebhook = closed("NewWebhook", "A webhook whose secret was made just now.", {
  ...fields,
  secret: Type.String({
    description: "`whsec_…`: what `v1` signatures are checked with. No other answer shows it; store it now.",
  }),
});
export const webhookPage = pageOf("WebhookPage", webhook);
export const webhookQuery = closed("WebhookQuery", "Which webhooks.", { ...pageQuery });

export const webhookRotationInput = closed("WebhookRotationInput", "How keys are rotated.", {
  overlap_ms: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2_592_000_000,
      default: 86_400_000,
      description: "How long the keys before sign beside the new ones; a day if absent.",
    }),
  ),
});

export const webhookDeliveryStates = ["pending", "delivered", "dead"] as const;
const deliveryState = oneOf(
  webhookDeliveryStates,
  "`pending`: sent again until it is taken; `dead`: given up after three days.",
);

export const webhookDelivery = closed(
  "WebhookDelivery",
  "An event that was not taken at its first attempt.",
  {
    delivery_id: webhookDeliveryId,
    event_type: Type.String({ description: "What happened." }),
    ordering_key: Type.String({ description: "Events of one key are sent one after the other." }),
    state: deliveryState,
    attempts: Type.Integer({ description: "So far; 0 where it waits for an earlier event of its key." }),
    first_attempt_at: nullable(time, "Null before the first."),
    last_attempt_at: nullable(time, "Null before the first."),
    next_attempt_at: nullable(time, "Of what is pending: no attempt is made before."),
    last_status: nullable(Type.Integer(), "The receiver's last answer; null where there was none."),
    last_error: nullable(Type.String(), "What went wrong last."),
    created_at: time,
    ended_at: nullable(time, "When it was taken or given up."),
  },
);
export const webhookDeliveryPage = pageOf("WebhookDeliveryPage", webhookDelivery);
export const webhookDeliveryQuery = closed("WebhookDeliveryQuery", "Which deliveries, newest first.", {
  state: Type.Optional(deliveryState),
  delivery_id: Type.Optional(webhookDeliveryId),
  ...pageQuery,
});

export const webhookReplayInput = closed("WebhookReplayInput", "What is sent again: one of these.", {
  after: Type.Optional(eventCursor),
  since: Type.Optional(timeInQuery),
  dead_letters: Type.Optional(Type.Boolean({ description: "True: every event that was given up." })),
});
export const webhookReplay = closed("WebhookReplay", "What is sent again.", {
  webhook_id: webhookId,
  cursor: nullable(eventCursor, "Every event after it is sent, again where it was sent before."),
  dead_letters_count: Type.Integer({ description: "Events that had been given up and are sent again." }),
});

export const webhookTest = closed(
  "WebhookTest",
  "What came of one attempt with an event of type webhook.test.",
  {
    webhook_id: webhookId,
    delivery_id: webhookDeliveryId,
    delivered: Type.Boolean({ description: "Whether the receiver answered 2xx." }),
    status: nullable(Type.Integer(), "What it answered; null for nothing."),
    error: nullable(Type.String(), "What went wrong."),
    duration_ms: Type.Integer({ description: "How long it took." }),
  },
);

export type WebhookInput = Static<typeof webhookInput>;
export type Webhook = Static<typeof webhook>;
export type NewWebhook = Static<typeof newWebhook>;
export type WebhookDelivery = Static<typeof webhookDelivery>;
export type WebhookReplayInput = Static<typeof webhookReplayInput>;
