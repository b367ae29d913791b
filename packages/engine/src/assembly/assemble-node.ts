// A node put together: its parts, the HTTP application on them, and what it does by itself.
import type { FastifyInstance } from "fastify";
import type { AlertDelivery } from "../alerts/index.ts";
import { ApiKeyDirectory, ConsoleSessions } from "../api-keys/index.ts";
import type { Database } from "../database/index.ts";
import type { EventFeed } from "../events/index.ts";
import type { Crossings } from "../exchange/index.ts";
import { buildApp, defaultLoadSettings, Metrics, type Services } from "../http/index.ts";
import type { Partners } from "../partner/index.ts";
import type { Posting } from "../posting/index.ts";
import { Receipts } from "../receipts/index.ts";
import { RequestGate } from "../request-limits/index.ts";
import { readVersion } from "../system/index.ts";
import { Activities } from "./activities.ts";
import { openComparing, openRates } from "./agreeing.ts";
import { openExchanging } from "./exchanging.ts";
import type { Ground, NodeParts } from "./node-parts.ts";
import { openAlerts, openAudit, openFeed, openWebhooks } from "./telling.ts";

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

/** Where a node that was given no public address is reached from its own machine. */
function addressOf(app: FastifyInstance): string {
  const [address] = app.addresses();
  if (typeof address !== "object") throw new Error("the node listens nowhere");
  const isEverywhere = address.address === "0.0.0.0" || address.address === "::";
  const host = isEverywhere ? "127.0.0.1" : address.address;
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

async function openServices(ground: Ground) {
  const { database, parts, activities } = ground;
  const { shardCount, log, acceptedKeys } = parts;
  const exchanging = await openExchanging(ground);
  const { partners, posting, crossings } = exchanging;
  const rates = openRates(ground, partners);
  const comparing = openComparing(ground, exchanging);
  const audit = openAudit(ground, partners);
  const events: EventFeed = openFeed(ground);
  const alerts = openAlerts(ground, partners);
  const webhooks = await openWebhooks(ground, events);
  const services: Services = {
    database,
    shardCount,
    log,
    acceptedKeys,
    ...exchanging,
    ...rates,
    ...comparing,
    audit,
    events,
    alerts,
    webhooks,
    receipts: new Receipts(database, shardCount, partners),
    apiKeys: new ApiKeyDirectory(database),
    sessions: new ConsoleSessions(database),
    requestGate: activities.add(new RequestGate(database, log)),
    load: { ...defaultLoadSettings, ...parts.load },
    isClosed: parts.isClosed ?? false,
    version: readVersion(),
  };
  return { services, partners, posting, crossings, alerts, events };
}

/** Puts a node together on a migrated database; does not listen, and does nothing by itself before `start`. */
export async function assembleNode(database: Database, parts: NodeParts): Promise<AssembledNode> {
  const metrics = new Metrics();
  const activities = new Activities();
  const { events, ...node } = await openServices({ database, parts, metrics, activities });
  const app = buildApp(node.services, metrics);
  app.addHook("onListen", async () => {
    node.partners.noteListening(addressOf(app));
  });
  return {
    ...node,
    app,
    start: () => activities.start(parts.isBrief !== true),
    async close() {
      // First: closing the application waits for its streams.
      await events.stop();
      await app.close();
      await activities.stop();
    },
  };
}
