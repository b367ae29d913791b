// A small mail server: STARTTLS or TLS from the first byte, PLAIN and LOGIN, and one message at a time. It keeps what
// it was told, and whether that was encrypted.

import type { AddressInfo } from "node:net";
import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, TLSSocket } from "node:tls";

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly data: string;
  readonly isEncrypted: boolean;
  readonly username: string | undefined;
}

export interface MailServerOptions {
  readonly key: string;
  readonly cert: string;
  readonly security: "tls" | "starttls" | "none";
  readonly password?: string;
  /** Recipients that are refused. */
  readonly refused?: readonly string[];
  readonly mood?: "hang";
}

interface Session {
  socket: Socket;
  isEncrypted: boolean;
  username: string | undefined;
  from: string;
  to: string[];
  data: string[] | undefined;
  login: string[] | undefined;
  rest: string;
}

export class MailReceiver {
  readonly mails: ReceivedMail[] = [];
  /** What clients said, line by line, messages aside. */
  readonly lines: string[] = [];
  readonly #options: MailServerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(options: MailServerOptions) {
    this.#options = options;
    const greet = (socket: Socket) => this.#greet(socket, options.security === "tls");
    this.#server = options.security === "tls" ? createTlsServer(options, greet) : createServer(greet);
  }

  static async open(options: MailServerOptions): Promise<MailReceiver> {
    const receiver = new MailReceiver(options);
    await new Promise<void>((resolve) => receiver.#server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  #greet(socket: Socket, isEncrypted: boolean): void {
    const session: Session = {
      socket,
      isEncrypted,
      username: undefined,
      from: "",
      to: [],
      data: undefined,
      login: undefined,
      rest: "",
    };
    this.#listen(session);
    if (this.#options.mood !== "hang") this.#say(session, "220 mail.test ESMTP");
  }

  #listen(session: Session): void {
    const { socket } = session;
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => {
      const lines = (session.rest + chunk.toString("utf8")).split("\r\n");
      session.rest = lines.pop() ?? "";
      for (const line of lines) this.#take(session, line);
    });
  }

  #say(session: Session, line: string): void {
    session.socket.write(`${line}\r\n`);
  }

  #take(session: Session, line: string): void {
    if (session.data !== undefined) {
      this.#takeData(session, line);
      return;
    }
    this.lines.push(line);
    if (session.login !== undefined) {
      this.#takeLogin(session, line);
      return;
    }
    const [verb = "", ...words] = line.split(" ");
    switch (verb.toUpperCase()) {
      case "EHLO":
        return this.#sayHello(session);
      case "STARTTLS":
        return this.#encrypt(session);
      case "AUTH":
        return this.#authenticate(session, words);
      case "MAIL":
        session.from = /<(.*)>/.exec(line)?.[1] ?? "";
        return this.#say(session, this.#mayMail(session) ? "250 ok" : "530 sign in first");
      case "RCPT":
        return this.#takeRecipient(session, /<(.*)>/.exec(line)?.[1] ?? "");
      case "DATA":
        session.data = [];
        return this.#say(session, "354 go on");
      case "QUIT":
        session.socket.end("221 bye\r\n");
        return;
      default:
        return this.#say(session, "502 not known");
    }
  }

  #mayMail({ username }: Session): boolean {
    return this.#options.password === undefined || username !== undefined;
  }

  #sayHello(session: Session): void {
    const offers = ["250-mail.test"];
    if (this.#options.security === "starttls" && !session.isEncrypted) offers.push("250-STARTTLS");
    if (this.#options.password !== undefined) offers.push("250-AUTH PLAIN LOGIN");
    for (const offer of [...offers, "250 8BITMIME"]) this.#say(session, offer);
  }

  #encrypt(session: Session): void {
    if (this.#options.security !== "starttls") return this.#say(session, "502 not known");
    this.#say(session, "220 go on");
    session.socket.removeAllListeners("data");
    session.socket = new TLSSocket(session.socket, { ...this.#options, isServer: true });
    session.isEncrypted = true;
    this.#listen(session);
  }

  #authenticate(session: Session, [method, initial]: readonly string[]): void {
    if (method === "PLAIN" && initial !== undefined) {
      const [, username = "", password] = Buffer.from(initial, "base64").toString("utf8").split("\0");
      return this.#judge(session, username, password);
    }
    session.login = [];
    return this.#say(session, "334 VXNlcm5hbWU6");
  }

  #takeLogin(session: Session, line: string): void {
    session.login?.push(Buffer.from(line, "base64").toString("utf8"));
    const [username = "", password] = session.login ?? [];
    if (password === undefined) return this.#say(session, "334 UGFzc3dvcmQ6");
    session.login = undefined;
    return this.#judge(session, username, password);
  }

  #judge(session: Session, username: string, password: string | undefined): void {
    if (password !== this.#options.password) return this.#say(session, "535 authentication failed");
    session.username = username;
    return this.#say(session, "235 welcome");
  }

  #takeRecipient(session: Session, recipient: string): void {
    if (this.#options.refused?.includes(recipient) === true) return this.#say(session, "550 no such mailbox");
    session.to.push(recipient);
    return this.#say(session, "250 ok");
  }

  #takeData(session: Session, line: string): void {
    if (line !== ".") {
      session.data?.push(line.startsWith(".") ? line.slice(1) : line);
      return;
    }
    const { from, to, isEncrypted, username } = session;
    this.mails.push({ from, to: [...to], data: (session.data ?? []).join("\r\n"), isEncrypted, username });
    session.data = undefined;
    session.to = [];
    this.#say(session, "250 queued");
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
