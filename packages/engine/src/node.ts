// A node as the server, the sandbox and the command open it: by its settings, on its own database.
import type { FastifyInstance } from "fastify";
import { assembleNode } from "./assembly/index.ts";
import type { NodeConfig } from "./config.ts";
import { type Database, migrate, openDatabase, prepareRole } from "./database/index.ts";
import type { AcceptedKey } from "./http/index.ts";
import { createLog, type Log } from "./system/index.ts";

export { type AssembledNode, assembleNode, type NodeParts } from "./assembly/index.ts";

export interface PointbridgeNode {
  readonly app: FastifyInstance;
  readonly log: Log;
  readonly engine: "postgres" | "embedded";
  /** Takes no more requests, finishes those under way, and lets go of the database. */
  close(): Promise<void>;
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
      isClosed: config.isClosed,
      eventRetentionMs: config.eventRetentionMs,
      ...(config.requestsMax === undefined ? {} : { load: { requestsMax: config.requestsMax } }),
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
