// A node in a process of its own, as in production: database, lanes and HTTP application, listening on loopback.
// Answers its parent over the channel: `listening` once, then its CPU time whenever asked. Ends with its parent.
import type { AddressInfo } from "node:net";
import { migrate, openDatabase } from "../packages/engine/src/database/index.ts";
import { acceptKey } from "../packages/engine/src/http/index.ts";
import { assembleNode } from "../packages/engine/src/node.ts";
import { createLog } from "../packages/engine/src/system/index.ts";

export interface NodeOrder {
  readonly databaseUrl: string;
  readonly apiKey: string;
  /** How the audit is kept; as by default where absent. */
  readonly audit?: { readonly foldIntervalMs?: number; readonly checkpointFile?: string };
}

/** What the parent asks of the node. */
export type NodeRequest = "cpu" | "settle" | "stop";

/** What the node tells its parent. */
export type NodeMessage =
  | { readonly type: "listening"; readonly port: number }
  | { readonly type: "settled" }
  | { readonly type: "cpu"; readonly cpuMs: number };

function tell(message: NodeMessage): void {
  process.send?.(message);
}

async function serve(order: NodeOrder): Promise<void> {
  const database = await openDatabase({ url: order.databaseUrl });
  const shardCount = await migrate(database);
  const node = await assembleNode(database, {
    shardCount,
    log: createLog("warn"),
    acceptedKeys: [acceptKey(order.apiKey, { name: "bench", role: "administrator" })],
    partners: { publicUrl: undefined, allowLoopback: true, masterKey: undefined },
    ...(order.audit === undefined ? {} : { audit: order.audit }),
  });
  const { app } = node;
  node.start();
  await app.listen({ host: "127.0.0.1", port: 0 });
  tell({ type: "listening", port: (app.server.address() as AddressInfo).port });

  const stop = async (): Promise<void> => {
    await node.close();
    await database.close();
    process.disconnect();
  };
  process.on("message", (request: NodeRequest) => {
    if (request === "stop") void stop();
    else if (request === "settle") void node.services.audit.fold().then(() => tell({ type: "settled" }));
    else {
      const { user, system } = process.cpuUsage();
      tell({ type: "cpu", cpuMs: (user + system) / 1000 });
    }
  });
}

process.once("disconnect", () => process.exit());
await serve(JSON.parse(process.argv[2] ?? "{}") as NodeOrder);
