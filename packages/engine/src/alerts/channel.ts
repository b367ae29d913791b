// A channel: where alerts are told, how, and how it is doing. One shape for all kinds; which fields a kind has is
// said in one table.
//
// N1  What a secret of a channel is, an address with a token in it among them, is stored wrapped with the master
//     key where there is one, and leaves the node only on its way to the channel.
import { AppError, type KeptSecret, type MasterKey, rewrap, unwrap, wrap } from "../system/index.ts";
import type { AlertSeverity } from "./alert-types.ts";

export const channelKinds = ["log", "webhook", "dingtalk", "wecom", "feishu", "slack", "smtp"] as const;
export type ChannelKind = (typeof channelKinds)[number];

export const alertLanguages = ["en", "zh"] as const;
export type AlertLanguage = (typeof alertLanguages)[number];

export const mailSecurities = ["tls", "starttls", "none"] as const;
export type MailSecurity = (typeof mailSecurities)[number];

/** What may be shown of a channel. */
export interface ChannelSettings {
  readonly host?: string;
  readonly port?: number;
  /** How the connection to the mail server is protected. */
  readonly security?: MailSecurity;
  readonly username?: string;
  readonly from?: string;
  readonly to?: readonly string[];
}

/** What may not (N1). A robot's address is one: who knows it can write into the group. */
export interface ChannelSecrets {
  readonly url?: string;
  readonly secret?: string;
  readonly password?: string;
}

export type ChannelField = keyof ChannelSettings | keyof ChannelSecrets;

interface KindFields {
  readonly needs: readonly ChannelField[];
  readonly takes: readonly ChannelField[];
}

export const channelFields: readonly ChannelField[] = [
  "url",
  "secret",
  "host",
  "port",
  "security",
  "username",
  "password",
  "from",
  "to",
];

/** Which fields a kind must have and may have. */
export const fieldsOfKind: Readonly<Record<ChannelKind, KindFields>> = {
  log: { needs: [], takes: [] },
  webhook: { needs: ["url"], takes: ["secret"] },
  dingtalk: { needs: ["url"], takes: ["secret"] },
  wecom: { needs: ["url"], takes: [] },
  feishu: { needs: ["url"], takes: ["secret"] },
  slack: { needs: ["url"], takes: [] },
  smtp: { needs: ["host", "from", "to"], takes: ["port", "security", "username", "password"] },
};

export interface Channel {
  readonly channelId: string;
  readonly kind: ChannelKind;
  readonly settings: ChannelSettings;
  /** As they are stored; `openSecrets` reads them. */
  readonly kept: KeptSecret | null;
  readonly minSeverity: AlertSeverity;
  /** Null for all. */
  readonly types: readonly string[] | null;
  readonly language: AlertLanguage;
  readonly isEnabled: boolean;
  readonly intervalMs: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly updatedBy: string;
  /** Attempts in a row that failed; 0 while all is well. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly lastError: string | null;
  readonly lastAttemptAt: Date | null;
  readonly lastDeliveredAt: Date | null;
  readonly messageCount: bigint;
  readonly droppedCount: bigint;
}

export interface ChannelRow {
  readonly channel_id: string;
  readonly kind: ChannelKind;
  readonly settings: ChannelSettings;
  readonly secrets: string | null;
  readonly is_wrapped: boolean;
  readonly min_severity: AlertSeverity;
  readonly types: readonly string[] | null;
  readonly language: AlertLanguage;
  readonly is_enabled: boolean;
  readonly interval_ms: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly updated_by: string;
  readonly failures: number;
  readonly failing_since: Date | null;
  readonly last_error: string | null;
  readonly last_attempt_at: Date | null;
  readonly last_delivered_at: Date | null;
  readonly message_count: bigint;
  readonly dropped_count: bigint;
}

export function toChannel(row: ChannelRow): Channel {
  return {
    channelId: row.channel_id,
    kind: row.kind,
    settings: row.settings,
    kept: row.secrets === null ? null : { text: row.secrets, isWrapped: row.is_wrapped },
    minSeverity: row.min_severity,
    types: row.types,
    language: row.language,
    isEnabled: row.is_enabled,
    intervalMs: row.interval_ms,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    failures: row.failures,
    failingSince: row.failing_since,
    lastError: row.last_error,
    lastAttemptAt: row.last_attempt_at,
    lastDeliveredAt: row.last_delivered_at,
    messageCount: row.message_count,
    droppedCount: row.dropped_count,
  };
}

function labelOf(channelId: string): string {
  return `the secrets of alert channel ${channelId}`;
}

/** N1. Null where there is nothing to keep. */
export function sealSecrets(
  masterKey: MasterKey | undefined,
  channelId: string,
  secrets: ChannelSecrets,
): KeptSecret | null {
  if (Object.keys(secrets).length === 0) return null;
  const text = JSON.stringify(secrets);
  if (masterKey === undefined) return { text, isWrapped: false };
  return { text: wrap(masterKey, labelOf(channelId), text), isWrapped: true };
}

/** @throws AppError invalid_setting where the master key is not the one that wrapped them */
export function openSecrets(
  masterKey: MasterKey | undefined,
  channel: Pick<Channel, "channelId" | "kept">,
): ChannelSecrets {
  const { channelId, kept } = channel;
  if (kept === null) return {};
  const text = kept.isWrapped ? unwrap(masterKey, labelOf(channelId), kept.text) : kept.text;
  return JSON.parse(text) as ChannelSecrets;
}

/** What has to be kept instead under the master key of today; undefined where nothing has. */
export function resealSecrets(
  masterKey: MasterKey | undefined,
  { channelId, kept }: Pick<Channel, "channelId" | "kept">,
): string | undefined {
  return kept === null ? undefined : rewrap(masterKey, labelOf(channelId), kept);
}

/** What people may see of an address that is a secret: whose it is. */
export function originOf(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) throw new AppError("internal_error", "a channel's stored address can't be read");
  return parsed.origin;
}
