// A reverse proxy on loopback, as stands before many a node: it passes requests and answers on as they are, and
// can be told to lose the next answer to a call, after the node behind it has done the work.
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";

/** The node that it stands before. */
interface Behind {
  readonly host: string;
  readonly port: number;
}

export class LossyProxy {
  readonly #server: Server;
  #url = "";
  #losing: string | undefined;

  private constructor(behind: Behind) {
    this.#server = createServer((incoming, outgoing) => this.#pass(behind, incoming, outgoing));
  }

  get url(): string {
    return this.#url;
  }

  static async open(behind: Behind): Promise<LossyProxy> {
    const proxy = new LossyProxy(behind);
    await new Promise<void>((resolve) => proxy.#server.listen(0, behind.host, resolve));
    const address = proxy.#server.address();
    if (address === null || typeof address === "string") throw new Error("the proxy has no port");
    proxy.#url = `http://${behind.host}:${address.port}`;
    return proxy;
  }

  /** Loses the next answer to a call at this path. */
  loseNext(path: string): void {
    this.#losing = path;
  }

  #pass(behind: Behind, incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, url: path, headers } = incoming;
    const passed = request({ ...behind, method, path, headers }, (answer) => {
      if (this.#losing !== undefined && path === this.#losing) {
        this.#losing = undefined;
        answer.resume();
        answer.once("end", () => outgoing.destroy());
        return;
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    passed.once("error", () => outgoing.destroy());
    incoming.pipe(passed);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}
