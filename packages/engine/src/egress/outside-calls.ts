// One HTTP exchange with an address that somebody configured.
//
// E4  No redirect is followed: a 3xx is an answer like any other.
// E5  Nothing waits or reads without bound: the whole exchange, from the look-up to the answer's last byte, has
//     a time and a size.
import { Agent, type Dispatcher, request } from "undici";
import { EgressRefusal, findAddressFault, guardedLookup, type Resolve, resolveHost } from "./address-rule.ts";

export interface OutsideSettings {
  readonly allowLoopback: boolean;
  /** Look-ups of names; the system's by default. */
  readonly resolve?: Resolve | undefined;
  /** Connections to one origin. */
  readonly connectionsMax?: number;
}

export interface OutsideCall {
  readonly method: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** For everything: look-up, connecting, sending, reading (E5). At least one of this and `signal`. */
  readonly timeoutMs?: number;
  /** Ends the exchange wherever it is. */
  readonly signal?: AbortSignal;
  /** Of the answer's body (E5). */
  readonly maxBytes: number;
  /** The status says all: a body that is too large, too slow or broken off is cut instead of being an error. */
  readonly isBodyOptional?: boolean;
}

export interface OutsideAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Uint8Array;
  /** Only with `isBodyOptional`: there was more, or something else than was read. */
  readonly isCut: boolean;
}

/** What a call that threw came to, for people. */
export function describeOutsideError(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) {
    return `no answer within ${timeoutMs} ms`;
  }
  return error instanceof Error ? error.message || error.name : String(error);
}

function signalOf({ timeoutMs, signal }: OutsideCall): AbortSignal {
  const signals = [
    ...(signal === undefined ? [] : [signal]),
    ...(timeoutMs === undefined ? [] : [AbortSignal.timeout(timeoutMs)]),
  ];
  const [first, ...others] = signals;
  if (first === undefined) throw new TypeError("a call to the outside needs a time or a signal (E5)");
  return others.length === 0 ? first : AbortSignal.any(signals);
}

async function readBounded(
  stream: Dispatcher.ResponseData["body"],
  { maxBytes, isBodyOptional }: OutsideCall,
): Promise<{ body: Uint8Array; isCut: boolean }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      // Leaving the loop early ends the connection.
      if (size > maxBytes) throw new Error(`the answer is larger than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (isBodyOptional !== true) throw error;
    return { body: Buffer.concat(chunks), isCut: true };
  }
  return { body: Buffer.concat(chunks), isCut: false };
}

/** Keeps connections open, each pinned to addresses that were judged (E3). */
export class OutsideCalls {
  readonly #settings: OutsideSettings;
  readonly #agents = new Map<string, Agent>();

  constructor(settings: OutsideSettings) {
    this.#settings = settings;
  }

  get allowLoopback(): boolean {
    return this.#settings.allowLoopback;
  }

  /** One agent an origin, because what a name may resolve to depends on scheme and port. */
  #agentOf(url: URL): Agent {
    const standing = this.#agents.get(url.origin);
    if (standing !== undefined) return standing;
    const { allowLoopback, resolve = resolveHost, connectionsMax = 32 } = this.#settings;
    const agent = new Agent({
      connect: { lookup: guardedLookup(url, allowLoopback, resolve), timeout: 10_000 },
      connections: connectionsMax,
      pipelining: 1,
      maxHeaderSize: 16 * 1024,
      keepAliveTimeout: 4_000,
    });
    this.#agents.set(url.origin, agent);
    return agent;
  }

  /** @throws EgressRefusal, or whatever the network did; `describeOutsideError` puts it into words */
  async callOutside(address: string, call: OutsideCall): Promise<OutsideAnswer> {
    const fault = findAddressFault(address, this.#settings.allowLoopback);
    if (fault !== undefined) throw new EgressRefusal(`the address ${fault}`);
    const url = new URL(address);
    const answer = await request(url, {
      method: call.method,
      headers: { "accept-encoding": "identity", ...call.headers },
      body: call.body ?? null,
      dispatcher: this.#agentOf(url),
      signal: signalOf(call),
    });
    const { statusCode: status, headers } = answer;
    return { status, headers, ...(await readBounded(answer.body, call)) };
  }

  async close(): Promise<void> {
    const agents = [...this.#agents.values()];
    this.#agents.clear();
    await Promise.all(agents.map((agent) => agent.destroy()));
  }
}
