// One kept-alive HTTP connection, one request at a time, written for little work of its own: on a machine
// whose cores client, node and database share, a client's cost is taken from what it measures.
import { connect, type Socket } from "node:net";

export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
}

interface Pending {
  readonly resolve: (answer: HttpAnswer) => void;
  readonly reject: (error: Error) => void;
}

const HEAD_END = Buffer.from("\r\n\r\n");

export class HttpConnection {
  readonly #socket: Socket;
  readonly #fixedHead: string;
  #chunks: Buffer[] = [];
  #received = 0;
  /** Of the answer under way, once its head has come: where its body begins and how long all of it is. */
  #bodyAt = 0;
  #expected = 0;
  #status = 0;
  #pending: Pending | undefined;
  #failure: Error | undefined;

  constructor(port: number, apiKey: string) {
    this.#fixedHead = `host: 127.0.0.1:${port}\r\nauthorization: Bearer ${apiKey}\r\ncontent-type: application/json\r\n`;
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#socket.on("error", (error) => this.#fail(error));
    this.#socket.on("close", () => this.#fail(new Error("the node closed the connection")));
  }

  request(method: string, path: string, body: string): Promise<HttpAnswer> {
    if (this.#pending !== undefined) throw new Error("the connection has a request under way");
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      const length = Buffer.byteLength(body);
      this.#socket.write(
        `${method} ${path} HTTP/1.1\r\n${this.#fixedHead}content-length: ${length}\r\n\r\n${body}`,
      );
    });
  }

  close(): void {
    this.#pending = undefined;
    this.#socket.destroy();
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    this.#pending?.reject(this.#failure);
    this.#pending = undefined;
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    if (this.#expected === 0) this.#readHead();
    if (this.#expected === 0 || this.#received < this.#expected) return;
    const whole = this.#joined();
    const answer = { status: this.#status, body: whole.subarray(this.#bodyAt, this.#expected) };
    this.#chunks = [];
    this.#received = 0;
    this.#expected = 0;
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.resolve(answer);
  }

  #joined(): Buffer {
    const [first] = this.#chunks;
    return this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
  }

  #readHead(): void {
    const start = this.#joined();
    const end = start.indexOf(HEAD_END);
    if (end < 0) return;
    const head = start.toString("latin1", 0, end);
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      this.#socket.destroy(new Error(`an answer without Content-Length:\n${head}`));
      return;
    }
    this.#status = Number.parseInt(head.slice(9, 12), 10);
    this.#bodyAt = end + HEAD_END.length;
    this.#expected = this.#bodyAt + Number.parseInt(length, 10);
  }
}
