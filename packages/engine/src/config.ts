// The settings of a node: flag, environment or file, in this order; a wrong one refuses to start and says which.

import { randomInt } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { canonicalBaseUrl } from "@pointbridge/protocol/pxp";
import { defaultEventRetentionDays } from "./changes/index.ts";
import { isRoleName } from "./database/index.ts";
import { defaultLadder, type Ladder } from "./domain/index.ts";
import { defaultPartnerAlertMs } from "./partner/index.ts";
import { defaultQuotingSettings } from "./posting/index.ts";
import { defaultRateRules } from "./rates/index.ts";
import { AppError, type MasterKey } from "./system/index.ts";

export interface NodeConfig {
  /** A PostgreSQL server; undefined for the embedded database. */
  readonly databaseUrl: string | undefined;
  /** What the running node works as on that server; undefined for the address's own user. */
  readonly databaseRole: string | undefined;
  /** Where the embedded database is kept. */
  readonly dataDirectory: string;
  readonly host: string;
  readonly port: number;
  readonly adminKey: string | undefined;
  readonly laneCount: number;
  readonly connectionsMax: number;
  /** Of a new database; undefined takes what an old one has, or 1. */
  readonly shardCount: number | undefined;
  readonly stripeBase: number;
  /** The address that partners sign, in its one spelling; undefined takes the one that the node listens at. */
  readonly publicUrl: string | undefined;
  /** Whether partners' addresses may be of this machine. */
  readonly allowLoopback: boolean;
  readonly masterKey: MasterKey | undefined;
  /** Where signed checkpoints of the audit log are appended to; undefined for nowhere. */
  readonly auditCheckpointFile: string | undefined;
  /** When partners are asked again, and when asking turns into undoing or into calling a person. */
  readonly ladder: Ladder;
  /** For how long a quote is good. */
  readonly quoteLifetimeMs: number;
  /** For how long a change of a rate waits for a second person. */
  readonly rateProposalMs: number;
  /** How long events are kept. */
  readonly eventRetentionMs: number;
  /** How long a partner is silent before that is an alert. */
  readonly partnerAlertMs: number;
  /** Mail servers that may be in a private network. */
  readonly mailRelays: readonly string[];
  /** Nothing new is taken: the node was restored from a backup and is compared with its partners first. */
  readonly isClosed: boolean;
  /** How many requests for something new are under way at a time; undefined takes the default. */
  readonly requestsMax: number | undefined;
  readonly logLevel: "silent" | "fatal" | "error" | "warn" | "info" | "debug";
}

/** Where settings come from; flags are named like the settings, without the prefix, in kebab case. */
export interface ConfigSources {
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface Setting {
  /** The environment's and the file's name. */
  readonly name: string;
  readonly flag: string;
}

const settings = {
  databaseUrl: { name: "DATABASE_URL", flag: "database-url" },
  databaseRole: { name: "POINTBRIDGE_DATABASE_ROLE", flag: "database-role" },
  dataDirectory: { name: "POINTBRIDGE_DATA_DIR", flag: "data-dir" },
  host: { name: "HOST", flag: "host" },
  port: { name: "PORT", flag: "port" },
  adminKey: { name: "POINTBRIDGE_ADMIN_KEY", flag: "admin-key" },
  laneCount: { name: "POINTBRIDGE_LANES", flag: "lanes" },
  connectionsMax: { name: "POINTBRIDGE_DATABASE_CONNECTIONS", flag: "database-connections" },
  shardCount: { name: "POINTBRIDGE_SHARDS", flag: "shards" },
  publicUrl: { name: "POINTBRIDGE_PUBLIC_URL", flag: "public-url" },
  allowLoopback: { name: "POINTBRIDGE_ALLOW_LOOPBACK", flag: "allow-loopback" },
  masterKey: { name: "POINTBRIDGE_MASTER_KEY", flag: "master-key" },
  otherMasterKey: { name: "POINTBRIDGE_OTHER_MASTER_KEY", flag: "other-master-key" },
  auditCheckpointFile: { name: "POINTBRIDGE_AUDIT_CHECKPOINT_FILE", flag: "audit-checkpoint-file" },
  leaseMs: { name: "POINTBRIDGE_LEASE_MS", flag: "lease-ms" },
  undoAfterMs: { name: "POINTBRIDGE_UNDO_AFTER_MS", flag: "undo-after-ms" },
  alarmAfterMs: { name: "POINTBRIDGE_ALARM_AFTER_MS", flag: "alarm-after-ms" },
  quoteLifetimeMs: { name: "POINTBRIDGE_QUOTE_LIFETIME_MS", flag: "quote-lifetime-ms" },
  rateProposalMs: { name: "POINTBRIDGE_RATE_PROPOSAL_MS", flag: "rate-proposal-ms" },
  eventRetentionDays: { name: "POINTBRIDGE_EVENT_RETENTION_DAYS", flag: "event-retention-days" },
  partnerAlertMs: { name: "POINTBRIDGE_PARTNER_ALERT_AFTER_MS", flag: "partner-alert-after-ms" },
  mailRelays: { name: "POINTBRIDGE_MAIL_RELAYS", flag: "mail-relays" },
  isClosed: { name: "POINTBRIDGE_CLOSED", flag: "closed" },
  requestsMax: { name: "POINTBRIDGE_REQUESTS_MAX", flag: "requests-max" },
  logLevel: { name: "POINTBRIDGE_LOG_LEVEL", flag: "log-level" },
} as const satisfies Record<string, Setting>;

const logLevels = ["silent", "fatal", "error", "warn", "info", "debug"] as const;

function refuse(setting: Setting, value: string, expectation: string): never {
  throw new AppError("invalid_setting", `${setting.name} (--${setting.flag}) is "${value}": ${expectation}`);
}

/** Reads `NAME=value` lines; blank lines and lines that begin with # are passed over. */
function readSettingsFile(path: string | undefined): Record<string, string> {
  if (path === undefined) return {};
  if (!existsSync(path)) throw new AppError("invalid_setting", `the settings file ${path} does not exist`);
  const values: Record<string, string> = {};
  for (const [index, line] of readFileSync(path, "utf8").split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.trimStart().startsWith("#")) continue;
    const separator = line.indexOf("=");
    const name = line.slice(0, separator).trim();
    const isKnown = Object.values(settings).some((setting) => setting.name === name);
    if (separator < 1 || !isKnown) {
      throw new AppError(
        "invalid_setting",
        `${path} line ${index + 1}: there is no setting "${name || line}"`,
      );
    }
    values[name] = line.slice(separator + 1).trim();
  }
  return values;
}

function readInteger(
  setting: Setting,
  value: string | undefined,
  range: readonly [number, number],
): number | undefined {
  if (value === undefined) return undefined;
  const [least, most] = range;
  const number = /^[0-9]{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (!(number >= least && number <= most))
    refuse(setting, value, `it must be a whole number from ${least} to ${most}`);
  return number;
}

function readDatabaseUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) {
    // The address may hold a password, so it is not repeated.
    refuse(
      settings.databaseUrl,
      "…",
      "it must be a PostgreSQL address, postgresql://user:password@host:5432/name",
    );
  }
  return value;
}

function readDatabaseRole(role: string | undefined, databaseUrl: string | undefined): string | undefined {
  if (role === undefined) return undefined;
  if (!isRoleName(role)) {
    refuse(settings.databaseRole, role, "it must be a name of a-z, 0-9 and _, at most 63 characters");
  }
  if (databaseUrl === undefined) {
    refuse(settings.databaseRole, role, "the embedded database has no roles; it goes with DATABASE_URL");
  }
  return role;
}

function readPublicUrl(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  try {
    return canonicalBaseUrl(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const expectation = `it must be the address that partners reach this node at: ${error.message}`;
    return refuse(settings.publicUrl, value, expectation);
  }
}

function readHosts(setting: Setting, value: string | undefined): string[] {
  const hosts = (value ?? "").split(",").map((host) => host.trim().toLowerCase());
  const named = hosts.filter((host) => host !== "");
  const isWrong = named.some((host) => !/^[a-z0-9.:_-]{1,253}$/.test(host));
  return isWrong ? refuse(setting, value ?? "", "it must be names of hosts, separated by commas") : named;
}

function readTruth(setting: Setting, value: string | undefined): boolean {
  if (value === undefined || value === "false") return false;
  return value === "true" ? true : refuse(setting, value, "it must be true or false");
}

function readKeyBytes(setting: Setting, value: string | undefined): Uint8Array | undefined {
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value, "base64");
  if (bytes.length === 32 && bytes.toString("base64") === value) return bytes;
  // A secret, so it is not repeated.
  return refuse(setting, "…", "it must be the base64 of 32 bytes (openssl rand -base64 32)");
}

function readMasterKey(read: (setting: Setting) => string | undefined): MasterKey | undefined {
  const current = readKeyBytes(settings.masterKey, read(settings.masterKey));
  const other = readKeyBytes(settings.otherMasterKey, read(settings.otherMasterKey));
  if (other === undefined) return current;
  if (current === undefined) {
    return refuse(settings.otherMasterKey, "…", "it goes with POINTBRIDGE_MASTER_KEY, which is not set");
  }
  return { current, other };
}

const DAY_MS = 24 * 60 * 60 * 1_000;

function readLadder(read: (setting: Setting) => string | undefined): Ladder {
  const { leaseMs, undoAfterMs, alarmAfterMs } = settings;
  const longestMs = 7 * DAY_MS;
  return {
    ...defaultLadder,
    leaseMs: readInteger(leaseMs, read(leaseMs), [1_000, 30_000]) ?? defaultLadder.leaseMs,
    undoAfterMs: readInteger(undoAfterMs, read(undoAfterMs), [0, longestMs]) ?? defaultLadder.undoAfterMs,
    alarmAfterMs: readInteger(alarmAfterMs, read(alarmAfterMs), [0, longestMs]) ?? defaultLadder.alarmAfterMs,
  };
}

/**
 * Reads and judges all settings.
 * @throws AppError invalid_setting naming the one that is wrong
 */
export function readConfig(sources: ConfigSources): NodeConfig {
  const { flags, environment } = sources;
  const file = readSettingsFile(flags["config"] ?? environment["POINTBRIDGE_CONFIG"]);
  const read = (setting: Setting): string | undefined => {
    const value = flags[setting.flag] ?? environment[setting.name] ?? file[setting.name];
    return value === "" ? undefined : value;
  };
  const logLevelText = read(settings.logLevel) ?? "info";
  const logLevel = logLevels.find((level) => level === logLevelText);
  if (logLevel === undefined)
    refuse(settings.logLevel, logLevelText, `it must be one of ${logLevels.join(", ")}`);
  const adminKey = read(settings.adminKey);
  if (adminKey !== undefined && adminKey.length < 16) {
    refuse(settings.adminKey, "…", "it must have at least 16 characters");
  }
  return {
    databaseUrl: readDatabaseUrl(read(settings.databaseUrl)),
    databaseRole: readDatabaseRole(read(settings.databaseRole), read(settings.databaseUrl)),
    dataDirectory: read(settings.dataDirectory) ?? ".pointbridge/data",
    host: read(settings.host) ?? "127.0.0.1",
    port: readInteger(settings.port, read(settings.port), [0, 65_535]) ?? 4100,
    adminKey,
    laneCount: readInteger(settings.laneCount, read(settings.laneCount), [1, 64]) ?? 4,
    connectionsMax: readInteger(settings.connectionsMax, read(settings.connectionsMax), [2, 1000]) ?? 16,
    shardCount: readInteger(settings.shardCount, read(settings.shardCount), [1, 1024]),
    // Any number does: it only keeps several nodes from sharing clearing accounts.
    stripeBase: randomInt(64),
    ladder: readLadder(read),
    // A target knows for a day which rates were in force, so a quoted one must not be much older when it gets there.
    quoteLifetimeMs:
      readInteger(settings.quoteLifetimeMs, read(settings.quoteLifetimeMs), [1_000, 3_600_000]) ??
      defaultQuotingSettings.lifetimeMs,
    rateProposalMs:
      readInteger(settings.rateProposalMs, read(settings.rateProposalMs), [60_000, 999_999_999]) ??
      defaultRateRules.proposalMs,
    eventRetentionMs:
      (readInteger(settings.eventRetentionDays, read(settings.eventRetentionDays), [1, 36_500]) ??
        defaultEventRetentionDays) * DAY_MS,
    partnerAlertMs:
      readInteger(settings.partnerAlertMs, read(settings.partnerAlertMs), [1_000, 999_999_999]) ??
      defaultPartnerAlertMs,
    mailRelays: readHosts(settings.mailRelays, read(settings.mailRelays)),
    publicUrl: readPublicUrl(read(settings.publicUrl)),
    allowLoopback: readTruth(settings.allowLoopback, read(settings.allowLoopback)),
    masterKey: readMasterKey(read),
    auditCheckpointFile: read(settings.auditCheckpointFile),
    isClosed: readTruth(settings.isClosed, read(settings.isClosed)),
    requestsMax: readInteger(settings.requestsMax, read(settings.requestsMax), [10, 1_000_000]),
    logLevel,
  };
}
