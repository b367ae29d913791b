// Receivers that take what the chat services take, and answer as they do: they verify signatures themselves, from
// the services' descriptions, and can be told to be slow, busy, dead or of another mind.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly url: URL;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface RobotAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a receiver makes of a request. */
export type Judge = (received: Received) => RobotAnswer;

const HOUR_MS = 3_600_000;
const json = (body: object, status = 200): RobotAnswer => ({ status, body: JSON.stringify(body) });

function isSame(left: string, right: string): boolean {
  const [first, second] = [Buffer.from(left), Buffer.from(right)];
  return first.length === second.length && timingSafeEqual(first, second);
}

/** Signed in the query: base64 of HMAC-SHA256(secret, "ms\nsecret"). */
export function dingtalkRobot(token: string, secret: string): Judge {
  return ({ url, body, text }) => {
    if (url.searchParams.get("access_token") !== token)
      return json({ errcode: 300005, errmsg: "token is not exist" });
    const timestamp = url.searchParams.get("timestamp") ?? "";
    const expected = createHmac("sha256", secret).update(`${timestamp}\n${secret}`, "utf8").digest("base64");
    const isSigned = isSame(url.searchParams.get("sign") ?? "", expected);
    const isTimely = Math.abs(Date.now() - Number(timestamp)) < HOUR_MS;
    if (!isSigned || !isTimely) return json({ errcode: 310000, errmsg: "sign not match, more: https://..." });
    const markdown = body["markdown"] as { title?: string; text?: string } | undefined;
    const isWhole =
      body["msgtype"] === "markdown" && markdown?.title !== undefined && markdown.text !== undefined;
    if (!isWhole || Buffer.byteLength(text) > 20_000)
      return json({ errcode: 400105, errmsg: "unsupported msgtype" });
    return json({ errcode: 0, errmsg: "ok" });
  };
}

/** The key is in the query; content of more than 4096 bytes is refused. */
export function wecomRobot(key: string): Judge {
  return ({ url, body }) => {
    if (url.searchParams.get("key") !== key) return json({ errcode: 93000, errmsg: "invalid webhook url" });
    const content = (body["markdown"] as { content?: string } | undefined)?.content;
    if (body["msgtype"] !== "markdown" || content === undefined)
      return json({ errcode: 40008, errmsg: "invalid message type" });
    if (Buffer.byteLength(content) > 4_096)
      return json({ errcode: 40058, errmsg: "markdown.content exceed max length 4096" });
    return json({ errcode: 0, errmsg: "ok" });
  };
}

/** Signed in the body: base64 of HMAC-SHA256("s\nsecret", ""). */
export function feishuRobot(secret: string): Judge {
  return ({ body, text }) => {
    const timestamp = String(body["timestamp"]);
    const expected = createHmac("sha256", `${timestamp}\n${secret}`).update("").digest("base64");
    const isTimely = Math.abs(Date.now() - Number(timestamp) * 1_000) < HOUR_MS;
    if (!isSame(String(body["sign"]), expected) || !isTimely) {
      return json({
        code: 19021,
        msg: "sign match fail or timestamp is not within one hour from current time",
      });
    }
    const card = body["card"] as { elements?: unknown[]; header?: unknown } | undefined;
    const isWhole =
      body["msg_type"] === "interactive" && Array.isArray(card?.elements) && card.header !== undefined;
    if (!isWhole || Buffer.byteLength(text) > 20 * 1_024) return json({ code: 9499, msg: "Bad Request" });
    return json({ StatusCode: 0, StatusMessage: "success", code: 0, data: {}, msg: "success" });
  };
}

/** Takes blocks with a fallback; a yes is "ok". */
export function slackRobot(path: string): Judge {
  return ({ url, body }) => {
    if (url.pathname !== path) return { status: 404, body: "no_service" };
    const blocks = body["blocks"] as { type: string; text: { type: string; text: string } }[] | undefined;
    const isWhole = blocks !== undefined && blocks.length <= 50 && typeof body["text"] === "string";
    const fits = (block: { type: string; text: { text: string } }) =>
      block.text.text.length > 0 && block.text.text.length <= (block.type === "header" ? 150 : 3_000);
    return isWhole && blocks.every(fits)
      ? { status: 200, body: "ok" }
      : { status: 400, body: "invalid_blocks" };
  };
}

/** Standard Webhooks, `v1`. */
export function webhookReceiver(secret: string): Judge {
  return ({ headers, text }) => {
    const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${text}`;
    const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
    const expected = `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
    const isTimely = Math.abs(Date.now() / 1_000 - Number(headers["webhook-timestamp"])) < 300;
    const isSigned = isSame(String(headers["webhook-signature"]), expected);
    return isSigned && isTimely ? { status: 204, body: "" } : { status: 401, body: "bad signature" };
  };
}

function readAll(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    message.on("error", reject);
  });
}

export class Receiver {
  /** What came in, in order. */
  readonly received: Received[] = [];
  /** How many of them were taken. */
  takenCount = 0;
  judge: Judge;
  /** `hang` answers nobody; `cut` ends the connection. */
  mood: "well" | "hang" | "cut" = "well";
  readonly #server: Server;

  private constructor(judge: Judge) {
    this.judge = judge;
    this.#server = createServer((message, response) => void this.#take(message, response));
  }

  static async open(judge: Judge): Promise<Receiver> {
    const receiver = new Receiver(judge);
    await new Promise<void>((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async #take(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readAll(message);
    const received = {
      url: new URL(message.url ?? "/", this.url),
      headers: message.headers,
      text,
      body: JSON.parse(text) as Record<string, unknown>,
    };
    this.received.push(received);
    if (this.mood === "hang") return;
    if (this.mood === "cut") {
      message.socket.destroy();
      return;
    }
    const { status, body, headers = {} } = this.judge(received);
    if (status < 300 && (body === "" || body === "ok" || /"(errcode|code)":0/.test(body)))
      this.takenCount += 1;
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
