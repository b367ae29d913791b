// A node put together: database, lanes and HTTP application. What the server, the sandbox and the command share.
import type { FastifyInstance } from "fastify";
import { AlertDelivery, type DeliverySettings, defaultDeliverySettings } from "./alerts/index.ts";
import { ApiKeyDirectory, ConsoleSessions, ExpiryWatch } from "./api-keys/index.ts";
import {
  Auditor,
  type AuditorSettings,
  AuditLog,
  defaultAuditorSettings,
  defaultAuditSettings,
} from "./audit/index.ts";
import { ChangeSweeper, defaultEventRetentionDays } from "./changes/index.ts";
import type { NodeConfig } from "./config.ts";
import { type Database, migrate, openDatabase, prepareRole } from "./database/index.ts";
import { OutsideCalls, type Resolve } from "./egress/index.ts";
import { defaultFeedSettings, EventFeed, type FeedSettings } from "./events/index.ts";
import { type CrossingSettings, Crossings, defaultCrossingSettings } from "./exchange/index.ts";
import { type AcceptedKey, buildApp, Metrics, type Services } from "./http/index.ts";
import { RequestGate } from "./request-limits/index.ts";
import { LimitSweeper } from "./limits/index.ts";
import {
  defaultPartnerAlertMs,
  type LineSettings,
  type PartnerSetup,
  Partners,
  PartnerWatch,
} from "./partner/index.ts";
import {
  defaultPostingSettings,
  defaultQuotingSettings,
  Posting,
  type PostingSettings,
  Quoting,
  type QuotingSettings,
} from "./posting/index.ts";
import {
  type AgreementSettings,
  defaultAgreementSettings,
  defaultRateRules,
  RateAgreements,
  RateChangeSweeper,
  type RateRules,
} from "./rates/index.ts";
import { Receipts } from "./receipts/index.ts";
import { Reconciler } from "./reconcile/index.ts";
import { DataKeys, LocalKeyProvider } from "./sealing/index.ts";
import { defaultSummarySettings, Summaries, type SummarySettings } from "./summaries/index.ts";
import { createLog, type Log, readVersion } from "./system/index.ts";
import { ProfileSealer, Profiles } from "./users/index.ts";
import { type DelivererSettings, feedSource, Webhooks } from "./webhooks/index.ts";

export interface PointbridgeNode {
  readonly app: FastifyInstance;
  readonly log: Log;
  readonly engine: "postgres" | "embedded";
  /** Takes no more requests, finishes those under way, and lets go of the database. */
  close(): Promise<void>;
}

/** Where a node that was given no public address is reached from its own machine. */
function addressOf(app: FastifyInstance): string {
  const [address] = app.addresses();
  if (typeof address !== "object") throw new Error("the node listens nowhere");
  const isEverywhere = address.address === "0.0.0.0" || address.address === "::";
  const host = isEverywhere ? "127.0.0.1" : address.address;
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

export interface NodeParts {
  readonly shardCount: number;
  readonly log: Log;
  readonly acceptedKeys: readonly AcceptedKey[];
  readonly partners: PartnerSetup;
  readonly lines?: LineSettings;
  readonly posting?: Partial<PostingSettings>;
  readonly quoting?: Partial<QuotingSettings>;
  readonly rateRules?: Partial<RateRules>;
  readonly rateAgreements?: Partial<AgreementSettings>;
  readonly summaries?: Partial<SummarySettings>;
  readonly crossings?: Partial<CrossingSettings>;
  readonly alerts?: Partial<DeliverySettings>;
  /** Mail servers that may be in a private network. */
  readonly mailRelays?: readonly string[];
  /** How long a partner is silent before that is an alert. */
  readonly partnerAlertMs?: number;
  /** It is there for one command, and tells no alerts. */
  readonly isBrief?: boolean;
  readonly feed?: Partial<FeedSettings>;
  readonly audit?: Partial<AuditorSettings>;
  readonly webhooks?: Partial<DelivererSettings>;
  /** Look-ups of the names that webhooks are sent to; the system's if absent. */
  readonly resolve?: Resolve;
  /** How long events are kept. */
  readonly eventRetentionMs?: number;
}

export interface AssembledNode {
  readonly app: FastifyInstance;
  readonly services: Services;
  readonly posting: Posting;
  readonly crossings: Crossings;
  readonly partners: Partners;
  readonly alerts: AlertDelivery;
  /** Begins what a node does by itself: taking up what is due, sweeping. */
  start(): void;
  /** Finishes what is under way; the database is its opener's to close. */
  close(): Promise<void>;
}

/** Puts a node together on a migrated database; does not listen, and does nothing by itself before `start`. */
export async function assembleNode(database: Database, parts: NodeParts): Promise<AssembledNode> {
  const { shardCount, log, acceptedKeys } = parts;
  const metrics = new Metrics();
  const partners = await Partners.open(
    database,
    parts.partners,
    log,
    parts.lines === undefined ? {} : { lines: parts.lines },
  );
  partners.lines.onCall((path, result) => metrics.countCallToPartner(path, result));
  const postingSettings = { ...defaultPostingSettings, shardCount, ...parts.posting };
  const posting = new Posting(database, postingSettings, metrics, log);
  const { ladder } = postingSettings;
  const quotingSettings = { ...defaultQuotingSettings, shardCount, ladder, ...parts.quoting };
  const quoting = new Quoting(database, quotingSettings, log);
  const crossingSettings = { ...defaultCrossingSettings, shardCount, ladder, ...parts.crossings };
  const dataKeys = new DataKeys(database, new LocalKeyProvider(parts.partners.masterKey));
  await dataKeys.prepare(log);
  const profiles = new Profiles(database, shardCount, dataKeys, log);
  const profileSealer = new ProfileSealer(database, shardCount, dataKeys, log);
  const audit = new AuditLog(database, { ...defaultAuditSettings, shardCount }, partners);
  const auditor = new Auditor(audit, { ...defaultAuditorSettings, ...parts.audit }, log);
  const crossings = new Crossings(database, posting, partners.lines, crossingSettings, log, profiles);
  const limitSweeper = new LimitSweeper(database, shardCount, log);
  const rateRules = { ...defaultRateRules, ...parts.rateRules };
  const agreementSettings = { ...defaultAgreementSettings, shardCount, rules: rateRules };
  const requestGate = new RequestGate(database, log);
  const rateAgreements = new RateAgreements(
    database,
    partners.lines,
    { ...agreementSettings, ...parts.rateAgreements },
    log,
  );
  const summaries = new Summaries(database, shardCount, parts.partners.masterKey, log, {
    ...defaultSummarySettings,
    ...parts.summaries,
  });
  const reconciler = new Reconciler({
    database,
    shardCount,
    lines: partners.lines,
    summaries,
    registry: partners.registry,
    advance: (commands) => crossings.advance(commands),
    log,
  });
  const rateChangeSweeper = new RateChangeSweeper(database, shardCount, log);
  const events = new EventFeed(database, { ...defaultFeedSettings, shardCount, ...parts.feed }, log);
  const retentionMs = parts.eventRetentionMs ?? defaultEventRetentionDays * 86_400_000;
  const changeSweeper = new ChangeSweeper(database, { shardCount, retentionMs }, log);
  const { allowLoopback, masterKey } = parts.partners;
  const alertsOutside = new OutsideCalls({ allowLoopback });
  const alerts = new AlertDelivery(
    database,
    { ...defaultDeliverySettings, ...parts.alerts },
    {
      outside: alertsOutside,
      mailRelays: new Set(parts.mailRelays),
      masterKey,
      log,
      listener: metrics,
      source: () => partners.publicUrl,
    },
  );
  const webhooks = await Webhooks.open(database, {
    source: feedSource(database, shardCount, events),
    allowLoopback,
    masterKey,
    settings: parts.webhooks,
    resolve: parts.resolve,
    log,
    listener: metrics,
  });
  const partnerAlertMs = parts.partnerAlertMs ?? defaultPartnerAlertMs;
  const partnerWatch = new PartnerWatch(database, partners.lines, partnerAlertMs, log);
  const expiryWatch = new ExpiryWatch(database, log);
  const services: Services = {
    database,
    shardCount,
    posting,
    quoting,
    crossings,
    partners,
    summaries,
    reconciler,
    events,
    alerts,
    webhooks,
    receipts: new Receipts(database, shardCount, partners),
    audit,
    profiles,
    dataKeys,
    profileSealer,
    log,
    acceptedKeys,
    apiKeys: new ApiKeyDirectory(database),
    sessions: new ConsoleSessions(database),
    rateRules,
    rateAgreements,
    version: readVersion(),
  };
  const app = buildApp(services, metrics);
  app.addHook("onListen", async () => {
    partners.noteListening(addressOf(app));
  });
  const start = (): void => {
    partners.nonces.startSweeping();
    quoting.startSweeping();
    requestGate,
    rateChangeSweeper.start();
    rateAgreements.start();
    limitSweeper.start();
    changeSweeper.start();
    profileSealer.start();
    auditor.start();
    crossings.start();
    // What a single command would write into its own log nobody reads.
    if (parts.isBrief === true) return;
    summaries.start();
    reconciler.start();
    alerts.start();
    partnerWatch.start();
    requestGate.start();
    expiryWatch.start();
    webhooks.start();
  };
  const close = async (): Promise<void> => {
    // First: closing the application waits for its streams.
    await events.stop();
    await app.close();
    await webhooks.stop();
    await alerts.stop();
    await partnerWatch.stop();
    await expiryWatch.stop();
    await alertsOutside.close();
    await changeSweeper.stop();
    await profileSealer.stop();
    await auditor.stop();
    await quoting.stop();
    await rateChangeSweeper.stop();
    await rateAgreements.stop();
    await limitSweeper.stop();
    await reconciler.stop();
    await summaries.stop();
    await crossings.stop();
    await posting.stop();
    await partners.close();
  };
  return { app, services, posting, crossings, partners, alerts, start, close };
}

/** Opens the database and brings it to this version's schema; goes on as the role that is set, if one is. */
async function openMigrated(
  config: NodeConfig,
): Promise<{ readonly database: Database; readonly shardCount: number }> {
  const { databaseUrl: url, databaseRole: role, dataDirectory, connectionsMax } = config;
  const database = await openDatabase(url === undefined ? { dataDirectory } : { url, connectionsMax });
  try {
    const shardCount = await migrate(database, config.shardCount);
    if (url === undefined || role === undefined) return { database, shardCount };
    await prepareRole(database, role);
    await database.close();
    return { database: await openDatabase({ url, connectionsMax, role }), shardCount };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/**
 * Opens the database, brings it to this version's schema and builds the application on it; does not listen.
    await requestGate.stop();
 * @throws AppError directory_in_use, database_unsuitable
 */
export async function openNode(
  config: NodeConfig,
  acceptedKeys: readonly AcceptedKey[],
  isBrief = false,
): Promise<PointbridgeNode> {
  const log = createLog(config.logLevel);
  const { laneCount, stripeBase, ladder } = config;
  const { database, shardCount } = await openMigrated(config);
  try {
    const posting = { laneCount, stripeBase, ladder };
    const quoting = { lifetimeMs: config.quoteLifetimeMs };
    const node = await assembleNode(database, {
      shardCount,
      log,
      acceptedKeys,
      isBrief,
      partners: config,
      posting,
      quoting,
      audit: { checkpointFile: config.auditCheckpointFile },
      rateRules: { proposalMs: config.rateProposalMs },
      partnerAlertMs: config.partnerAlertMs,
      mailRelays: config.mailRelays,
      eventRetentionMs: config.eventRetentionMs,
    });
    node.start();
    const close = async (): Promise<void> => {
      await node.close();
      await database.close();
    };
    return { app: node.app, log, engine: database.engine, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
