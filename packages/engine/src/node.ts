// A node put together: database, lanes and HTTP application. What the server, the sandbox and the command share.
import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import type { NodeConfig } from "./config.ts";
import { migrate, openDatabase } from "./database/index.ts";
import { type AcceptedKey, buildApp, Metrics } from "./http/index.ts";
import { Partners } from "./partner/index.ts";
import { defaultPostingSettings, Posting } from "./posting/index.ts";
import { createLog, type Log } from "./system/index.ts";

export interface PointbridgeNode {
  readonly app: FastifyInstance;
  readonly log: Log;
  readonly engine: "postgres" | "embedded";
  /** Takes no more requests, finishes those under way, and lets go of the database. */
  close(): Promise<void>;
}

export function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** Where a node that was given no public address is reached from its own machine. */
function addressOf(app: FastifyInstance): string {
  const [address] = app.addresses();
  if (typeof address !== "object") throw new Error("the node listens nowhere");
  const isEverywhere = address.address === "0.0.0.0" || address.address === "::";
  const host = isEverywhere ? "127.0.0.1" : address.address;
  return `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
}

/**
 * Opens the database, brings it to this version's schema and builds the application on it; does not listen.
 * @throws AppError directory_in_use, database_unsuitable
 */
export async function openNode(
  config: NodeConfig,
  acceptedKeys: readonly AcceptedKey[],
): Promise<PointbridgeNode> {
  const log = createLog(config.logLevel);
  const { databaseUrl, dataDirectory, connectionsMax, laneCount, stripeBase } = config;
  const database = await openDatabase(
    databaseUrl === undefined ? { dataDirectory } : { url: databaseUrl, connectionsMax },
  );
  try {
    const shardCount = await migrate(database, config.shardCount);
    const metrics = new Metrics();
    const partners = await Partners.open(database, config, log);
    partners.nonces.startSweeping();
    const settings = { ...defaultPostingSettings, shardCount, laneCount, stripeBase };
    const posting = new Posting(database, settings, metrics, log);
    const app = buildApp(
      { database, shardCount, posting, partners, log, acceptedKeys, version: readVersion() },
      metrics,
    );
    app.addHook("onListen", async () => {
      partners.noteListening(addressOf(app));
    });
    const close = async (): Promise<void> => {
      await app.close();
      await posting.stop();
      await partners.close();
      await database.close();
    };
    return { app, log, engine: database.engine, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
