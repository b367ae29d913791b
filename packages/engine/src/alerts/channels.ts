// Channels as they are put, read and removed.
//
// N2  A secret that a put leaves out stays as it is, but only towards the same address: nobody gets a secret sent
//     elsewhere by naming another place.
import { type LoggedBy, logAdminChanges } from "../admin-log/index.ts";
import { type Database, runRetried, type Transaction } from "../database/index.ts";
import { AppError, type MasterKey } from "../system/index.ts";
import type { AlertSeverity } from "./alert-types.ts";
import {
  type AlertLanguage,
  type Channel,
  type ChannelField,
  type ChannelKind,
  type ChannelRow,
  type ChannelSecrets,
  type ChannelSettings,
  fieldsOfKind,
  openSecrets,
  resealSecrets,
  sealSecrets,
  toChannel,
} from "./channel.ts";
import * as queries from "./channel-queries.ts";
import { clearAlert } from "./raise-alerts.ts";

export interface ChannelInput {
  readonly channelId: string;
  readonly kind: ChannelKind;
  readonly settings: ChannelSettings;
  readonly secrets: ChannelSecrets;
  readonly minSeverity: AlertSeverity;
  readonly types: readonly string[] | null;
  readonly language: AlertLanguage;
  readonly isEnabled: boolean;
  readonly intervalMs: number;
}

/** Whether two puts of a mail channel speak of the same mailbox of the same server. */
function isSameServer(left: ChannelSettings, right: ChannelSettings): boolean {
  return (
    left.host === right.host &&
    left.port === right.port &&
    left.security === right.security &&
    left.username === right.username
  );
}

/** The secrets of a put, with what it leaves out and may keep (N2). */
function keepSecrets(
  input: ChannelInput,
  standing: Channel | undefined,
  masterKey: MasterKey | undefined,
): ChannelSecrets {
  const given = input.secrets;
  if (standing === undefined || standing.kind !== input.kind) return given;
  if (input.kind === "smtp") {
    const mayKeep = given.password === undefined && isSameServer(input.settings, standing.settings);
    return mayKeep && input.settings.username !== undefined ? openSecrets(masterKey, standing) : given;
  }
  // All that is given is taken without a look at what stands, which another master key may have wrapped.
  const takesSecret = fieldsOfKind[input.kind].takes.includes("secret");
  if (given.url !== undefined && (given.secret !== undefined || !takesSecret)) return given;
  const kept = openSecrets(masterKey, standing);
  if (given.url === undefined || given.url === kept.url) return { ...kept, ...given };
  return given;
}

function findMissing(input: ChannelInput, secrets: ChannelSecrets): ChannelField | undefined {
  const known: Partial<Record<ChannelField, unknown>> = { ...input.settings, ...secrets };
  return fieldsOfKind[input.kind].needs.find((field) => known[field] === undefined);
}

export class MissingChannelFieldError extends Error {
  readonly field: ChannelField;

  constructor(field: ChannelField) {
    super(`the channel has no ${field}`);
    this.name = "MissingChannelFieldError";
    this.field = field;
  }
}

/** What the log of changes says of a channel: nothing secret. */
function loggedFields(channel: Channel): Record<string, unknown> {
  const { kind, settings, minSeverity, types, language, isEnabled, intervalMs } = channel;
  return {
    kind,
    ...settings,
    min_severity: minSeverity,
    types,
    language,
    enabled: isEnabled,
    interval_ms: intervalMs,
  };
}

/**
 * Makes a channel or changes it. It is tried at once, however long it has failed.
 * @throws MissingChannelFieldError, AppError invalid_setting where a secret is to be kept that can't be read
 */
export async function putChannel(
  database: Database,
  masterKey: MasterKey | undefined,
  input: ChannelInput,
  by: LoggedBy,
): Promise<{ readonly channel: Channel; readonly isNew: boolean }> {
  return runRetried(database, async (transaction) => {
    const standing = await findChannel(transaction, input.channelId, "locked");
    const secrets = keepSecrets(input, standing, masterKey);
    const missing = findMissing(input, secrets);
    if (missing !== undefined) throw new MissingChannelFieldError(missing);
    const kept = sealSecrets(masterKey, input.channelId, secrets);
    const [row] = await transaction.query<ChannelRow>(queries.putChannel, [
      input.channelId,
      input.kind,
      JSON.stringify(input.settings),
      kept?.text ?? null,
      kept?.isWrapped ?? false,
      input.minSeverity,
      input.types === null ? null : JSON.stringify(input.types),
      input.language,
      input.isEnabled,
      input.intervalMs,
      by.origin.principal,
    ]);
    if (row === undefined) throw new Error(`the channel ${input.channelId} was not written`);
    const channel = toChannel(row);
    if (!channel.isEnabled) await forget(transaction, channel.channelId);
    await logAdminChanges(transaction, by, [
      {
        kind: "alert_channel_change",
        action: standing === undefined ? "created" : "changed",
        subject: { channel_id: channel.channelId },
        old: standing && { ...loggedFields(standing), secrets: "kept" },
        new: { ...loggedFields(channel), secrets: Object.keys(input.secrets).length > 0 ? "set" : "kept" },
      },
    ]);
    return { channel, isNew: standing === undefined };
  });
}

/** What waits for a channel that is switched off or removed is not told later, and nobody waits for it. */
async function forget(transaction: Transaction, channelId: string): Promise<void> {
  await transaction.query(queries.deleteDeliveries, [channelId]);
  await transaction.query(queries.deleteThrottles, [channelId]);
  await clearAlert(transaction, "alert_channel_failing", channelId);
}

/** @throws AppError alert_channel_not_found */
export async function deleteChannel(database: Database, channelId: string, by: LoggedBy): Promise<Channel> {
  return runRetried(database, async (transaction) => {
    const channel = await findChannel(transaction, channelId, "locked");
    if (channel === undefined) throw channelNotFound(channelId);
    await transaction.query(queries.deleteChannel, [channelId]);
    await forget(transaction, channelId);
    await logAdminChanges(transaction, by, [
      {
        kind: "alert_channel_change",
        action: "removed",
        subject: { channel_id: channelId },
        old: loggedFields(channel),
      },
    ]);
    return channel;
  });
}

export function channelNotFound(channelId: string): AppError {
  return new AppError("alert_channel_not_found", `no alert channel has the id ${channelId}`);
}

export async function findChannel(
  transaction: Transaction,
  channelId: string,
  hold: "locked" | "unlocked" = "unlocked",
): Promise<Channel | undefined> {
  const asked = hold === "locked" ? queries.lockChannel : queries.findChannel;
  const [row] = await transaction.query<ChannelRow>(asked, [channelId]);
  return row === undefined ? undefined : toChannel(row);
}

/** By id. */
export async function listChannels(
  transaction: Transaction,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<Channel[]> {
  const rows = await transaction.query<ChannelRow>(queries.listChannels, [page.after ?? null, page.limit]);
  return rows.map(toChannel);
}

/** Wraps what was stored plain or under the master key before this one (N1). */
export async function rewrapSecrets(database: Database, masterKey: MasterKey | undefined): Promise<void> {
  await runRetried(database, async (transaction) => {
    const rows = await transaction.query<ChannelRow>(queries.lockKeptChannels);
    for (const channel of rows.map(toChannel)) {
      const text = resealSecrets(masterKey, channel);
      if (text !== undefined) await transaction.query(queries.setSecrets, [channel.channelId, text]);
    }
  });
}
