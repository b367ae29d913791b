// The ways through the node: batches of a thousand, and single calls, both over HTTP.
import type { BenchNode } from "./bench-node.ts";
import { HttpConnection } from "./http-connection.ts";
import type { BenchClient } from "./measure.ts";
import { batchSize, type Distribution, drawExchange, toJson } from "./workload.ts";

const REFUSED = Buffer.from('"status":"failed"');

export class HttpClients {
  readonly #connections: readonly HttpConnection[];

  constructor(node: BenchNode, connectionCount: number) {
    this.#connections = Array.from(
      { length: connectionCount },
      () => new HttpConnection(node.port, node.apiKey),
    );
  }

  batchClients(distribution: Distribution): BenchClient[] {
    return this.#connections.map((connection) => async () => {
      const lines = Array.from({ length: batchSize }, () => toJson(drawExchange(distribution), distribution));
      const { status, body } = await connection.request(
        "POST",
        "/v1/exchanges/batch",
        `{"exchanges":[${lines.join(",")}]}`,
      );
      if (status !== 200 || body.includes(REFUSED)) {
        throw new Error(`a batch was answered ${status}: ${body.toString("utf8", 0, 500)}`);
      }
      return batchSize;
    });
  }

  singleClients(distribution: Distribution): BenchClient[] {
    return this.#connections.map((connection) => async () => {
      const line = toJson(drawExchange(distribution), distribution);
      const { status, body } = await connection.request("POST", "/v1/exchanges", line);
      if (status !== 201) throw new Error(`an exchange was answered ${status}: ${body.toString("utf8")}`);
      return 1;
    });
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }
}

/** Makes the systems, links and rates of the workload through the API. */
export async function putCatalog(node: BenchNode, steps: readonly (readonly [path: string, body: object])[]) {
  const connection = new HttpConnection(node.port, node.apiKey);
  for (const [path, body] of steps) {
    const answer = await connection.request("PUT", path, JSON.stringify(body));
    if (answer.status >= 300) throw new Error(`PUT ${path}: ${answer.body.toString("utf8")}`);
  }
  connection.close();
}
