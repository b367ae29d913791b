// A partner's server on loopback that answers as a test scripts it: signed as it should be, or spoilt.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { generateSigningKey, type SigningKey, signAnswer, toSigningKey } from "@pointbridge/protocol/pxp";

export interface ScriptedRequest {
  readonly path: string;
  readonly body: string;
  readonly nonce: string;
  readonly keyId: string;
}

export type Script = (
  request: ScriptedRequest,
  response: ServerResponse,
  server: ScriptedServer,
) => void | Promise<void>;

export interface AnswerOptions {
  readonly key?: SigningKey;
  readonly nonce?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function readAll(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => resolve(Buffer.concat(chunks)));
    message.on("error", reject);
  });
}

function parameterOf(input: string, name: string): string {
  return new RegExp(`;${name}="([^"]*)"`).exec(input)?.[1] ?? "";
}

export class ScriptedServer {
  readonly key: SigningKey;
  readonly publicJwk: { readonly kty: "OKP"; readonly crv: "Ed25519"; readonly x: string };
  /** What came in, in order. */
  readonly requests: ScriptedRequest[] = [];
  readonly #server: Server;
  script: Script = (request, response) => this.answer(request, response, 200, "{}");

  private constructor() {
    const { privateJwk, publicJwk } = generateSigningKey();
    this.key = toSigningKey(privateJwk);
    this.publicJwk = { kty: "OKP", crv: "Ed25519", x: publicJwk.x };
    this.#server = createServer((message, response) => {
      void this.#take(message, response);
    });
  }

  static async open(): Promise<ScriptedServer> {
    const server = new ScriptedServer();
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async #take(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(message);
    const input = String(message.headers["signature-input"]);
    const request = {
      path: message.url ?? "",
      body: body.toString("utf8"),
      nonce: parameterOf(input, "nonce"),
      keyId: parameterOf(input, "keyid"),
    };
    this.requests.push(request);
    await this.script(request, response, this);
  }

  /** What a well-behaved partner would send. */
  signedHeaders(
    request: ScriptedRequest,
    status: number,
    body: string | Buffer,
    options: AnswerOptions = {},
  ): Record<string, string> {
    const { key = this.key, nonce = request.nonce } = options;
    const signed = signAnswer(key, { status, body: Buffer.from(body), now: new Date(), nonce });
    return { "content-type": "application/json", ...signed, ...options.headers };
  }

  answer(
    request: ScriptedRequest,
    response: ServerResponse,
    status: number,
    body: string | Buffer,
    options: AnswerOptions = {},
  ): void {
    response.writeHead(status, this.signedHeaders(request, status, body, options)).end(body);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
