// A receiver of webhooks that refuses what names somebody, until it is mended.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export class Receiver {
  readonly #server: Server;
  #refused: string | undefined;
  readonly taken: string[] = [];

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        const isRefused = this.#refused !== undefined && body.includes(this.#refused);
        if (!isRefused) this.taken.push(body);
        response.writeHead(isRefused ? 500 : 200).end();
      });
    });
  }

  static async open(): Promise<Receiver> {
    const receiver = new Receiver();
    await new Promise<void>((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/events`;
  }

  refuse(text: string): void {
    this.#refused = text;
  }

  mend(): void {
    this.#refused = undefined;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
