// Sends one HTTP request as it is given, down to each header and byte, within a deadline. Knows nothing of
// signatures: a check may send what no sound client would.
import {
  type IncomingMessage,
  Agent as PlainAgent,
  type RequestOptions,
  request as requestPlain,
} from "node:http";
import { request as requestSecure, Agent as SecureAgent } from "node:https";

export type HeaderValues = Readonly<Record<string, string | readonly string[]>>;

export interface WireRequest {
  readonly method: string;
  /** Where it goes; the Host header is made from it unless the headers hold one. */
  readonly url: string;
  readonly headers: HeaderValues;
  readonly body: Buffer;
}

export interface WireAnswer {
  readonly status: number;
  /** By lower-case name; what came more than once as a list. */
  readonly headers: HeaderValues;
  readonly body: Buffer;
  readonly durationMs: number;
}

/** There was no whole answer. */
export class NoAnswerError extends Error {
  readonly durationMs: number;

  constructor(reason: string, durationMs: number) {
    super(reason);
    this.name = "NoAnswerError";
    this.durationMs = durationMs;
  }
}

export interface SendOptions {
  readonly deadlineMs: number;
  /** Hang up as soon as the request is sent, as a caller that dies would. */
  readonly hangUp?: boolean;
  /** That the partner hangs up instead of answering is its right here. */
  readonly mayBeCutOff?: boolean;
  /** Send the body in pieces of this many bytes, each by itself. */
  readonly pieceBytes?: number;
}

/** An answer larger than this is not read to its end. */
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

function distinctHeaders(message: IncomingMessage): HeaderValues {
  const entries = Object.entries(message.headersDistinct).map(([name, values = []]) => {
    const [first = ""] = values;
    return [name, values.length === 1 ? first : values] as const;
  });
  return Object.fromEntries(entries);
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > ANSWER_BYTES_MAX) throw new Error(`the answer has more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node hides which address failed, and why, in the parts of an AggregateError.
  if (error instanceof AggregateError) return error.errors.map(explain).join("; ");
  const code = "code" in error ? String(error.code) : "";
  return error.message.includes(code) ? error.message : `${error.message} (${code})`;
}

/** Keeps its connections for the run; `close` ends them. */
export class Wire {
  readonly #plain = new PlainAgent({ keepAlive: true });
  readonly #secure = new SecureAgent({ keepAlive: true });

  close(): void {
    this.#plain.destroy();
    this.#secure.destroy();
  }

  /** @throws NoAnswerError */
  async send(message: WireRequest, options: SendOptions): Promise<WireAnswer> {
    const startedAt = performance.now();
    const elapsedMs = () => Math.round(performance.now() - startedAt);
    try {
      const answer = await this.#exchange(message, options);
      const body = await readBody(answer);
      return {
        status: answer.statusCode ?? 0,
        headers: distinctHeaders(answer),
        body,
        durationMs: elapsedMs(),
      };
    } catch (error) {
      throw new NoAnswerError(explain(error), elapsedMs());
    }
  }

  #exchange(message: WireRequest, options: SendOptions): Promise<IncomingMessage> {
    const url = new URL(message.url);
    const isSecure = url.protocol === "https:";
    const settings: RequestOptions = {
      method: message.method,
      agent: options.hangUp === true ? false : isSecure ? this.#secure : this.#plain,
      headers: Object.fromEntries(
        Object.entries({ ...message.headers, "content-length": String(message.body.length) }).map(
          ([name, value]) => [name, typeof value === "string" ? value : [...value]],
        ),
      ),
      signal: AbortSignal.timeout(options.deadlineMs),
    };
    return new Promise((resolve, reject) => {
      const sent = (isSecure ? requestSecure : requestPlain)(url, settings);
      sent.on("response", (answer) => {
        // A deadline that passes while the body is read ends the answer with the same error.
        answer.on("error", () => {});
        resolve(answer);
      });
      sent.on("error", (error) => {
        const isLate = error.name === "AbortError" || error.name === "TimeoutError";
        reject(isLate ? new Error(`no answer within ${options.deadlineMs} ms`) : error);
      });
      if (options.hangUp === true)
        sent.on("finish", () => setImmediate(() => sent.destroy(new Error("hung up"))));
      if (options.pieceBytes === undefined) sent.end(message.body);
      else void writePieces(sent, message.body, options.pieceBytes);
    });
  }
}

async function writePieces(
  sent: { write(chunk: Buffer, done: () => void): boolean; end(): void },
  body: Buffer,
  pieceBytes: number,
): Promise<void> {
  for (let start = 0; start < body.length; start += pieceBytes) {
    await new Promise<void>((resolve) => {
      sent.write(body.subarray(start, start + pieceBytes), () => setImmediate(resolve));
    });
  }
  sent.end();
}
