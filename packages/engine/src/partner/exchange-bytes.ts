// One HTTP exchange of bytes with a partner: no redirects, no content encodings, a bound on size and on time.
import { Agent, type Dispatcher, request } from "undici";
import { EgressRefusal, findAddressFault, guardedLookup, type Resolve } from "./egress.ts";

export const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
}

/** Connections to partners, each pinned to addresses that were judged. */
export class Connections {
  readonly #allowLoopback: boolean;
  readonly #resolve: Resolve;
  readonly #agents = new Map<string, Agent>();

  constructor(allowLoopback: boolean, resolve: Resolve) {
    this.#allowLoopback = allowLoopback;
    this.#resolve = resolve;
  }

  /** One agent an origin, because what a name may resolve to depends on scheme and port. */
  #agentOf(url: URL): Agent {
    const standing = this.#agents.get(url.origin);
    if (standing !== undefined) return standing;
    const lookup = guardedLookup(url, this.#allowLoopback, this.#resolve);
    const agent = new Agent({
      connect: { lookup, timeout: 10_000 },
      connections: 32,
      pipelining: 1,
      maxHeaderSize: 16 * 1024,
      keepAliveTimeout: 4_000,
    });
    this.#agents.set(url.origin, agent);
    return agent;
  }

  /**
   * @param signal ends the exchange wherever it is
   * @throws EgressRefusal, or whatever the network did
   */
  async post(
    baseUrl: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array,
    signal: AbortSignal,
  ): Promise<RawAnswer> {
    const fault = findAddressFault(baseUrl, this.#allowLoopback);
    if (fault !== undefined) throw new EgressRefusal(`the partner's address ${fault}`);
    const url = new URL(baseUrl + path);
    const answer = await request(url, {
      method: "POST",
      headers: { accept: "application/json", "accept-encoding": "identity", ...headers },
      body,
      dispatcher: this.#agentOf(url),
      signal,
    });
    return { status: answer.statusCode, headers: answer.headers, body: await readBounded(answer.body) };
  }

  async close(): Promise<void> {
    const agents = [...this.#agents.values()];
    this.#agents.clear();
    await Promise.all(agents.map((agent) => agent.destroy()));
  }
}

async function readBounded(stream: Dispatcher.ResponseData["body"]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // Leaving the loop early ends the connection.
    if (size > ANSWER_BYTES_MAX) throw new Error(`the answer is larger than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
