// A receiver of webhooks that a test tells how to behave, and that remembers what it took.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { verifyWebhook, type WebhookEvent } from "@pointbridge/sdk/webhooks";

export interface Received {
  readonly id: string;
  readonly path: string;
  readonly event: WebhookEvent & { readonly orderingkey: string };
  /** Whether it was answered 2xx. */
  readonly isTaken: boolean;
}

export type Behaviour =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | "hang"
  | "reset"
  | "huge"
  | "drip";

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export class Receiver {
  readonly received: Received[] = [];
  /** Requests whose signature did not fit. */
  readonly forged: string[] = [];
  /** Keys by path, `whsec_…` or `whpk_…`; without one nothing is verified. */
  readonly keys = new Map<string, string>();
  /** What the next request is answered. */
  behave: (event: Received["event"], path: string) => Behaviour = () => ({ status: 204 });
  #server: Server | undefined;
  #port = 0;

  async open(port = 0): Promise<this> {
    const server = createServer((request, response) => void this.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }

  get port(): number {
    return this.#port;
  }

  urlOf(path: string): string {
    return `http://127.0.0.1:${this.#port}/${path}`;
  }

  takenBy(path: string): Received[] {
    return this.received.filter((one) => one.isTaken && one.path === path);
  }

  triedAt(path: string): Received[] {
    return this.received.filter((one) => one.path === path);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").slice(1);
    try {
      const body = await readBody(request);
      const key = this.keys.get(path);
      if (key !== undefined) {
        try {
          verifyWebhook(request.headers, body, key);
        } catch (error) {
          this.forged.push(`${path}: ${String(error)}`);
        }
      }
      const event = JSON.parse(body.toString("utf8")) as Received["event"];
      const behaviour = this.behave(event, path);
      const isTaken = typeof behaviour === "object" ? behaviour.status < 300 : behaviour === "huge";
      this.received.push({ id: String(request.headers["webhook-id"]), path, event, isTaken });
      this.#act(behaviour, request, response);
    } catch {
      // The node was killed while it sent.
      request.destroy();
    }
  }

  #act(behaviour: Behaviour, request: IncomingMessage, response: ServerResponse): void {
    if (behaviour === "hang") return;
    if (behaviour === "reset") request.socket.resetAndDestroy();
    else if (behaviour === "huge") response.writeHead(200).end("x".repeat(1024 * 1024));
    else if (behaviour === "drip") request.socket.write("HTTP/1.1 200");
    else response.writeHead(behaviour.status, behaviour.headers).end();
  }

  async close(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise<void>((resolve) => {
      if (this.#server === undefined) resolve();
      else this.#server.close(() => resolve());
    });
  }
}
