// Alert channels: PUT, GET, list, DELETE, and a test message.
import { v1 } from "@pointbridge/protocol";
import {
  type Channel,
  type ChannelInput,
  channelFields,
  channelNotFound,
  countPending,
  deleteChannel,
  fieldsOfKind,
  findChannel,
  isAlertType,
  listChannels,
  MissingChannelFieldError,
  openSecrets,
  originOf,
  putChannel,
} from "../alerts/index.ts";
import type { Transaction } from "../database/index.ts";
import { findAddressFault } from "../egress/index.ts";
import { type Form, malformed } from "../form/index.ts";
import { readCursor, toPage } from "./cursor.ts";
import { defineRoute, type Route } from "./route.ts";
import type { Services } from "./services.ts";

const tag = "Alert channels";
const params = v1.closed("AlertChannelPath", "Which alert channel.", { channel_id: v1.alertChannelId });

interface Shown {
  readonly channel: Channel;
  readonly pendingCount: number;
}

/** What of the secrets may be shown; without the right master key nothing is known of them. */
function viewSecrets(channel: Channel, services: Services): Pick<v1.AlertChannel, "origin" | "signed"> {
  try {
    const { url, secret } = openSecrets(services.alerts.masterKey, channel);
    return { origin: url === undefined ? null : originOf(url), signed: secret !== undefined };
  } catch (error) {
    services.log.warn(
      { channel_id: channel.channelId, err: error },
      "an alert channel's secrets can't be read",
    );
    return { origin: null, signed: false };
  }
}

function stateOf({ isEnabled, failures }: Channel): v1.AlertChannel["state"] {
  if (!isEnabled) return "disabled";
  return failures > 0 ? "failing" : "working";
}

function viewChannel({ channel, pendingCount }: Shown, services: Services): v1.AlertChannel {
  const { host, port, security, username, from, to } = channel.settings;
  return {
    channel_id: channel.channelId,
    kind: channel.kind,
    enabled: channel.isEnabled,
    min_severity: channel.minSeverity,
    types: channel.types === null ? null : [...channel.types],
    language: channel.language,
    interval_ms: channel.intervalMs,
    ...viewSecrets(channel, services),
    host: host ?? null,
    port: port ?? null,
    security: security ?? null,
    username: username ?? null,
    from: from ?? null,
    to: to === undefined ? null : [...to],
    state: stateOf(channel),
    failures: channel.failures,
    failing_since: channel.failingSince?.toISOString() ?? null,
    last_error: channel.lastError,
    last_attempt_at: channel.lastAttemptAt?.toISOString() ?? null,
    last_delivered_at: channel.lastDeliveredAt?.toISOString() ?? null,
    message_count: Number(channel.messageCount),
    pending_count: pendingCount,
    dropped_count: Number(channel.droppedCount),
    created_at: channel.createdAt.toISOString(),
    updated_at: channel.updatedAt.toISOString(),
    updated_by: channel.updatedBy,
  };
}

async function show(transaction: Transaction, channel: Channel): Promise<Shown> {
  return { channel, pendingCount: await countPending(transaction, channel.channelId) };
}

/** Says of each field that does not belong to the kind, and of what is wrong with those that do. */
function judgeInput(body: v1.AlertChannelInput, form: Form, allowLoopback: boolean): void {
  const { takes, needs } = fieldsOfKind[body.kind];
  for (const field of channelFields) {
    if (body[field] !== undefined && !takes.includes(field) && !needs.includes(field)) {
      form.fault(`/${field}`, `is not a field of the kind ${body.kind}`);
    }
  }
  const fault = body.url === undefined ? undefined : findAddressFault(body.url, allowLoopback);
  if (fault !== undefined) form.fault("/url", fault);
  if (body.password !== undefined && body.username === undefined) {
    form.fault("/username", "is missing: a password is somebody's");
  }
  for (const [index, type] of (body.types ?? []).entries()) {
    if (!isAlertType(type)) form.fault(`/types/${index}`, "is no type of alert; docs/runbook lists them");
  }
}

function toInput(channelId: string, body: v1.AlertChannelInput): ChannelInput {
  const { host, port, security, username, from, to, url, secret, password } = body;
  const settings = { host, port, security, username, from, to };
  return {
    channelId,
    kind: body.kind,
    settings: JSON.parse(JSON.stringify(settings)) as ChannelInput["settings"],
    secrets: JSON.parse(JSON.stringify({ url, secret, password })) as ChannelInput["secrets"],
    minSeverity: body.min_severity ?? "info",
    types: body.types === undefined ? null : [...new Set(body.types)],
    language: body.language ?? "en",
    isEnabled: body.enabled ?? true,
    intervalMs: body.interval_ms ?? v1.channelIntervalDefaultMs,
  };
}

export const alertChannelRoutes: readonly Route[] = [
  defineRoute({
    method: "PUT",
    path: "/v1/alert-channels/{channel_id}",
    name: "putAlertChannel",
    tag,
    summary: "Make or change a place where alerts are told",
    description:
      "Contacts nobody; `test` does. A channel that fails is tried again at once. What is left out has its default, but for `url`, `secret` and `password`, which stay as long as the address does.",
    permission: "administer",
    params,
    body: v1.alertChannelInput,
    answers: {
      200: { description: "Changed.", schema: v1.alertChannel },
      201: { description: "Made.", schema: v1.alertChannel },
    },
    async handle({ params: { channel_id: id }, body, form, by }, services) {
      const { database, alerts, partners } = services;
      judgeInput(body, form, partners.allowLoopback);
      form.finish();
      try {
        const { channel, isNew } = await putChannel(database, alerts.masterKey, toInput(id, body), by);
        const shown = await database.transaction((transaction) => show(transaction, channel));
        return { status: isNew ? 201 : 200, body: viewChannel(shown, services) };
      } catch (error) {
        if (!(error instanceof MissingChannelFieldError)) throw error;
        throw malformed(`/${error.field}`, `is missing: a channel of the kind ${body.kind} needs it`);
      }
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/alert-channels",
    name: "listAlertChannels",
    tag,
    summary: "List alert channels and how they are doing",
    permission: "read",
    query: v1.alertChannelQuery,
    answers: { 200: { description: "Channels, by id.", schema: v1.alertChannelPage } },
    async handle({ query }, services) {
      const limit = query.limit ?? v1.pageLimitDefault;
      const [after] = readCursor(query.cursor, [new RegExp(v1.alertChannelIdPattern)]) ?? [];
      const found = await services.database.transaction(async (transaction) => {
        const channels = await listChannels(transaction, { limit: limit + 1, after });
        return Promise.all(channels.map((channel) => show(transaction, channel)));
      });
      const view = (shown: Shown) => viewChannel(shown, services);
      return { status: 200, body: toPage(found, limit, view, ({ channel }) => [channel.channelId]) };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/v1/alert-channels/{channel_id}",
    name: "getAlertChannel",
    tag,
    summary: "Read an alert channel and how it is doing",
    permission: "read",
    params,
    answers: { 200: { description: "The channel.", schema: v1.alertChannel } },
    errors: ["alert_channel_not_found"],
    async handle({ params: { channel_id: id } }, services) {
      const found = await services.database.transaction(async (transaction) => {
        const channel = await findChannel(transaction, id);
        return channel === undefined ? undefined : show(transaction, channel);
      });
      if (found === undefined) throw channelNotFound(id);
      return { status: 200, body: viewChannel(found, services) };
    },
  }),
  defineRoute({
    method: "DELETE",
    path: "/v1/alert-channels/{channel_id}",
    name: "deleteAlertChannel",
    tag,
    summary: "Remove an alert channel",
    description: "What waits to be told there is told nobody there.",
    permission: "administer",
    params,
    answers: { 200: { description: "Removed; as it was.", schema: v1.alertChannel } },
    errors: ["alert_channel_not_found"],
    async handle({ params: { channel_id: id }, by }, services) {
      const channel = await deleteChannel(services.database, id, by);
      return { status: 200, body: viewChannel({ channel, pendingCount: 0 }, services) };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/v1/alert-channels/{channel_id}/test",
    name: "testAlertChannel",
    tag,
    summary: "Send a test message to an alert channel, now",
    description:
      "Answers 200 whether it was taken or not. What came of it is noted on the channel: one that was taken ends its failing.",
    permission: "administer",
    params,
    answers: { 200: { description: "What came of it.", schema: v1.alertChannelTest } },
    errors: ["alert_channel_not_found"],
    async handle({ params: { channel_id: id } }, { alerts }) {
      const { result } = await alerts.test(id);
      const error = result.isTaken ? (result.warning ?? null) : result.reason;
      return { status: 200, body: { delivered: result.isTaken, error } };
    },
  }),
];
