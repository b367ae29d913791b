// The ways to a partner: exchanges from the node's own system to one whose ledger is another node's, over the
// signed protocol. Both nodes and their databases share the machine.
import { Client } from "pg";
import { openDatabase } from "../packages/engine/src/database/index.ts";
import { type BenchNode, startBenchNode } from "./bench-node.ts";
import { HttpConnection } from "./http-connection.ts";
import { putCatalog } from "./http-ways.ts";
import type { BenchClient } from "./measure.ts";
import { seedMembers } from "./seed.ts";
import { drawExchange, exchangeRate, partner, source, toPartnerJson } from "./workload.ts";

const DATABASE = "bench_partner";
const COMPLETED = '"status":"completed"';

function urlOf(node: BenchNode): string {
  return `http://127.0.0.1:${node.port}`;
}

async function keysOf(node: BenchNode): Promise<unknown> {
  const connection = new HttpConnection(node.port, node.apiKey);
  const answer = await connection.request("GET", "/v1/keys", "");
  connection.close();
  return JSON.parse(answer.body.toString("utf8"));
}

interface Side {
  readonly systemId: string;
  readonly creditTypeId: string;
}

function putRemote(side: Side, node: BenchNode, keys: unknown): readonly (readonly [string, object])[] {
  const remote = { name: side.systemId, kind: "remote", base_url: urlOf(node), keys };
  return [
    [`/v1/systems/${side.systemId}`, remote],
    [`/v1/systems/${side.systemId}/credit-types/${side.creditTypeId}`, { name: side.creditTypeId }],
  ];
}

const agreement: readonly (readonly [string, object])[] = [
  ["/v1/links", { source_system: source.systemId, target_system: partner.systemId, user_mapping: "same_id" }],
  [
    "/v1/rates",
    {
      source_system: source.systemId,
      target_system: partner.systemId,
      source_credit_type: source.creditTypeId,
      target_credit_type: partner.creditTypeId,
      rate: exchangeRate,
    },
  ],
];

/** Starts the partner's node on a database of its own in the same server, and makes the two trust each other. */
export async function startPartner(hub: BenchNode, serverUrl: string): Promise<BenchNode> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${DATABASE} template template0`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${DATABASE}`;
  const node = await startBenchNode(url.href, undefined);
  const [hubKeys, partnerKeys] = [await keysOf(hub), await keysOf(node)];
  const own = [
    [`/v1/systems/${partner.systemId}`, { name: partner.systemId, kind: "hosted" }],
    [`/v1/systems/${partner.systemId}/credit-types/${partner.creditTypeId}`, { name: partner.creditTypeId }],
  ] as const;
  await putCatalog(node, [...own, ...putRemote(source, hub, hubKeys), ...agreement]);
  await putCatalog(hub, [...putRemote(partner, node, partnerKeys), ...agreement]);
  // Its members have accounts, as those of the hosted systems do: opening them is not what is measured.
  const database = await openDatabase({ url: url.href });
  await seedMembers(database, partner);
  await database.close();
  return node;
}

function countCompleted(body: Buffer): number {
  let count = 0;
  for (let at = body.indexOf(COMPLETED); at !== -1; at = body.indexOf(COMPLETED, at + COMPLETED.length)) {
    count += 1;
  }
  return count;
}

export class PartnerClients {
  readonly #connections: readonly HttpConnection[];

  constructor(node: BenchNode, connectionCount: number) {
    this.#connections = Array.from(
      { length: connectionCount },
      () => new HttpConnection(node.port, node.apiKey),
    );
  }

  batchClients(lineCount: number): BenchClient[] {
    return this.#connections.map((connection) => async () => {
      const lines = Array.from({ length: lineCount }, () => toPartnerJson(drawExchange("uniform")));
      const sent = `{"exchanges":[${lines.join(",")}]}`;
      const { status, body } = await connection.request("POST", "/v1/exchanges/batch", sent);
      if (status !== 200 || countCompleted(body) !== lineCount) {
        throw new Error(`a batch was answered ${status}: ${body.toString("utf8", 0, 500)}`);
      }
      return lineCount;
    });
  }

  singleClients(): BenchClient[] {
    return this.#connections.map((connection) => async () => {
      const line = toPartnerJson(drawExchange("uniform"));
      const { status, body } = await connection.request("POST", "/v1/exchanges", line);
      if (status !== 201) throw new Error(`an exchange was answered ${status}: ${body.toString("utf8")}`);
      return 1;
    });
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }
}
