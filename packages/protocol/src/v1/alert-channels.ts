// Alert channels: where alerts are told.
import { type Static, Type } from "typebox";
import { alertSeverity, alertType } from "./alerts.ts";
import {
  catalogIdPattern,
  closed,
  nullable,
  oneOf,
  pageOf,
  pageQuery,
  printableText,
  time,
} from "./shapes.ts";

export const alertChannelIdPattern = catalogIdPattern;
export const alertChannelId = Type.String({
  pattern: alertChannelIdPattern,
  description: "Id of an alert channel: 1-64 of A-Z a-z 0-9 . _ - and no mark in front.",
});

export const alertChannelKinds = ["log", "webhook", "dingtalk", "wecom", "feishu", "slack", "smtp"] as const;
const kind = oneOf(
  alertChannelKinds,
  "`log`: the node's log. `webhook`: JSON to an address of yours. `dingtalk`, `wecom`, `feishu`, `slack`: the robot of a group there. `smtp`: e-mail.",
);

export const alertLanguages = ["en", "zh"] as const;
const language = oneOf(alertLanguages, "Of what is written: English or Chinese.");

export const mailSecurities = ["tls", "starttls", "none"] as const;
const security = oneOf(
  mailSecurities,
  "Of `smtp`: `starttls` (the default) encrypts before anything is said and ends where the server can't; `tls` from the first byte.",
);

export const channelIntervalDefaultMs = 60_000;

const minSeverity = alertSeverity;
const types = Type.Array(alertType, { minItems: 1, maxItems: 100 });
const isEnabled = Type.Boolean({
  description: "False: nothing is told here, and nothing is kept for later.",
});
const intervalMs = Type.Integer({
  minimum: 1_000,
  maximum: 3_600_000,
  description:
    "What was told of a type is told of it again after this time at the earliest, in one message; 60000 if absent.",
});
const host = Type.String({
  pattern: "^[A-Za-z0-9.:_-]{1,253}$",
  description: "Of `smtp`: name or address of the mail server.",
});
const port = Type.Integer({
  minimum: 1,
  maximum: 65_535,
  description: "Of `smtp`: 587, or 465 with `tls`, or 25 with `none`, if absent.",
});
const username = printableText(320, "Of `smtp`: who signs in; absent for nobody.");
const mailAddress = Type.String({
  pattern: '^[^\\s@<>,;:"()\\\\\\p{Cc}]{1,64}@[A-Za-z0-9.-]{1,253}$',
  description: "An e-mail address.",
});
const to = Type.Array(mailAddress, { minItems: 1, maxItems: 50, description: "Of `smtp`: to whom." });

export const alertChannelInput = closed(
  "AlertChannelInput",
  "Where alerts are told. What is left out of `url`, `secret` and `password` stays as it is, as long as the address does.",
  {
    kind,
    enabled: Type.Optional(isEnabled),
    min_severity: Type.Optional(minSeverity),
    types: Type.Optional(types),
    language: Type.Optional(language),
    interval_ms: Type.Optional(intervalMs),
    url: Type.Optional(
      printableText(
        2_048,
        "Of `webhook` and the robots: the whole address, with its token or key. Never shown again.",
      ),
    ),
    secret: Type.Optional(
      printableText(
        1_024,
        "Of `webhook`, `dingtalk` and `feishu`: what messages are signed with. Never shown again.",
      ),
    ),
    host: Type.Optional(host),
    port: Type.Optional(port),
    security: Type.Optional(security),
    username: Type.Optional(username),
    password: Type.Optional(printableText(1_024, "Of `smtp`, with a `username`. Never shown again.")),
    from: Type.Optional(mailAddress),
    to: Type.Optional(to),
  },
);

export const alertChannelStates = ["working", "failing", "disabled"] as const;

export const alertChannel = closed("AlertChannel", "Where alerts are told, and how that goes. No secrets.", {
  channel_id: alertChannelId,
  kind,
  enabled: isEnabled,
  min_severity: minSeverity,
  types: nullable(types, "Null for all."),
  language,
  interval_ms: intervalMs,
  origin: nullable(Type.String(), "Scheme and host of its address, of which nothing more is shown."),
  signed: Type.Boolean({ description: "Whether messages are signed with a secret." }),
  host: nullable(host, "Of `smtp`."),
  port: nullable(port, "Of `smtp`."),
  security: nullable(security, "Of `smtp`."),
  username: nullable(username, "Of `smtp`."),
  from: nullable(mailAddress, "Of `smtp`."),
  to: nullable(to, "Of `smtp`."),
  state: oneOf(alertChannelStates, "`failing`: the last message was not taken; it is tried again."),
  failures: Type.Integer({ minimum: 0, description: "Attempts in a row that failed." }),
  failing_since: nullable(time, "Null while it works."),
  last_error: nullable(Type.String(), "What was wrong, in words."),
  last_attempt_at: nullable(time, "Null before the first."),
  last_delivered_at: nullable(time, "When a message was taken last."),
  message_count: Type.Integer({ minimum: 0, description: "Messages that were taken." }),
  pending_count: Type.Integer({ minimum: 0, description: "Alerts that wait to be told here." }),
  dropped_count: Type.Integer({ minimum: 0, description: "Alerts that were given up after three days." }),
  created_at: time,
  updated_at: time,
  updated_by: Type.String({ description: "Who put it last." }),
});

export const alertChannelPage = pageOf("AlertChannelPage", alertChannel);
export const alertChannelQuery = closed("AlertChannelQuery", "Which channels, by id.", { ...pageQuery });

export const alertChannelTest = closed("AlertChannelTest", "What came of a test message.", {
  delivered: Type.Boolean({ description: "Whether the place took it, by its own answer." }),
  error: nullable(Type.String(), "What was wrong, in words; null where it was taken."),
});

export type AlertChannelInput = Static<typeof alertChannelInput>;
export type AlertChannel = Static<typeof alertChannel>;
