// What protection costs a hosted batch: the same batches through nodes on databases of their own in one server.
// `secured` has what a node in production has: a stored API key with grants to look up, a limit on a member's points at
// once and one on those of a day, a limit on requests, the audit folded and signed as by default, checkpoints to a
// file. `uncounted` has all of it but the day's limit, which writes a row for each member and day. `bare` has nothing.
//
// What the fold has left when a window ends is folded before the next one begins, so that it weighs on neither.
import { join } from "node:path";
import { Client } from "pg";
import { type Database, openDatabase } from "../packages/engine/src/database/index.ts";
import { audit } from "./audit.ts";
import { type BenchNode, startBenchNode } from "./bench-node.ts";
import { HttpConnection } from "./http-connection.ts";
import { HttpClients } from "./http-ways.ts";
import { openingBalance, seed } from "./seed.ts";
import type { Prepared, Variant } from "./ways.ts";
import { source, target } from "./workload.ts";

const batchesInFlight = 8;
const principal = "shop-service";

async function send(node: BenchNode, method: "PUT" | "POST", path: string, body: object): Promise<string> {
  const connection = new HttpConnection(node.port, node.apiKey);
  const answer = await connection.request(method, path, JSON.stringify(body));
  connection.close();
  const text = answer.body.toString("utf8");
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${text}`);
  return text;
}

type SideName = "secured" | "uncounted" | "bare";

/** @returns the key that its callers use */
async function protect(node: BenchNode, measures: readonly string[]): Promise<string> {
  const limit = {
    side: "source",
    source_system: source.systemId,
    target_system: target.systemId,
    credit_type_id: source.creditTypeId,
    subject: "member",
    bound: String(openingBalance),
  };
  for (const measure of measures) {
    await send(node, "PUT", `/v1/limits/${measure}`, { ...limit, measure });
  }
  const requests = { applies_to: "principal", subject: principal, requests: 1_000_000, window_ms: 1_000 };
  await send(node, "PUT", "/v1/request-limits/shop", requests);
  const grant = { applies_to: "principal", subject: principal, action: "quote", system_id: source.systemId };
  await send(node, "PUT", "/v1/grants/shop", grant);
  const key = { name: "bench", principal, role: "service", systems: [source.systemId] };
  return (JSON.parse(await send(node, "POST", "/v1/api-keys", key)) as { api_key: string }).api_key;
}

interface Side {
  readonly node: BenchNode;
  readonly database: Database;
  readonly url: string;
  readonly variant: Variant;
}

async function openSide(
  serverUrl: string,
  name: SideName,
  checkpointFile: string,
  settle: () => Promise<void>,
): Promise<Side> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database bench_${name} template template0`);
  await client.end();
  const place = new URL(serverUrl);
  place.pathname = `/bench_${name}`;
  const url = place.href;
  const audited = name === "bare" ? { foldIntervalMs: 0 } : { checkpointFile };
  const node = await startBenchNode(url, undefined, audited);
  const database = await openDatabase({ url });
  await seed(node, database, url);
  const measures = name === "secured" ? ["exchange_amount", "day_amount"] : ["exchange_amount"];
  const apiKey = name === "bare" ? node.apiKey : await protect(node, measures);
  const prepare = async (): Promise<Prepared> => {
    await settle();
    const http = new HttpClients({ ...node, apiKey }, batchesInFlight);
    return { clients: http.batchClients("uniform"), close: async () => http.close() };
  };
  const detail = `${batchesInFlight} requests in flight`;
  return { node, database, url, variant: { way: `batch, ${name}`, detail, kind: "cost", prepare } };
}

export interface CostBench {
  readonly variants: readonly Variant[];
  readCpuMs(): Promise<number>;
  /** Stops the nodes and verifies their ledgers. @param made exchanges of each variant */
  finish(made: ReadonlyMap<Variant, number>): Promise<string>;
}

export async function startCost(serverUrl: string, folder: string): Promise<CostBench> {
  const sides: Side[] = [];
  const settle = async (): Promise<void> => {
    for (const { node, variant } of sides) if (variant.way !== "batch, bare") await node.settle();
  };
  for (const name of ["secured", "uncounted", "bare"] as const) {
    sides.push(await openSide(serverUrl, name, join(folder, `checkpoints-${name}.txt`), settle));
  }
  return {
    variants: sides.map(({ variant }) => variant),
    async readCpuMs() {
      const used = await Promise.all(sides.map(({ node }) => node.readCpuMs()));
      return used.reduce((sum, cpuMs) => sum + cpuMs, 0);
    },
    async finish(made) {
      const said: string[] = [];
      for (const { node, database, url, variant } of sides) {
        await node.stop();
        const count = { byLedger: made.get(variant) ?? 0, bySaga: 0 };
        said.push(`${variant.way}: ${await audit(database, url, count, openingBalance)}`);
        await database.close();
      }
      return said.join("\n");
    },
  };
}
