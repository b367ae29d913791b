// A node as a process of its own on a database of its own, and before it a gate that can be shut: then nobody answers.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Client } from "pg";
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Of the maintenance database of the run's server. */
    readonly DATABASE_URL: string;
  }
}

const root = join(import.meta.dirname, "../../../..");
const main = join(root, "packages/engine/src/main.ts");
const endWithParent = pathToFileURL(join(root, "packages/engine/bin/end-with-parent.js")).href;
export const adminKey = "administrator-of-the-test";

export interface NodeProcess {
  readonly url: string;
  /** For tests that let time pass, or forget something, behind the node's back. */
  readonly databaseUrl: string;
  stop(): Promise<void>;
}

async function readUrl(child: ChildProcess): Promise<string> {
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (errors += text));
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      const url = /^ready (\S+)$/m.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once("close", (code) => reject(new Error(`the node ended with ${code}: ${errors}`)));
  });
}

async function createDatabase(): Promise<string> {
  const name = `console_${randomBytes(6).toString("hex")}`;
  const client = new Client({ connectionString: inject("DATABASE_URL") });
  await client.connect();
  await client.query(`create database ${name} template template0`);
  await client.end();
  const url = new URL(inject("DATABASE_URL"));
  url.pathname = `/${name}`;
  return url.href;
}

/** Its database goes with the run's server. */
export async function startNode(settings: Readonly<Record<string, string>> = {}): Promise<NodeProcess> {
  const databaseUrl = await createDatabase();
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, ["--import", endWithParent, main, "serve"], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      PATH,
      HOME,
      TMPDIR,
      NODE_COMPILE_CACHE,
      PORT: "0",
      DATABASE_URL: databaseUrl,
      POINTBRIDGE_ADMIN_KEY: adminKey,
      POINTBRIDGE_ALLOW_LOOPBACK: "true",
      POINTBRIDGE_LOG_LEVEL: "error",
      ...settings,
    },
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const url = await readUrl(child);
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  return { url, databaseUrl, stop };
}

/** Passes bytes on to a node while it is open; while it is shut, every connection is refused. */
export class Gate {
  isOpen = true;
  #target: URL | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer((incoming) => this.#pass(incoming));
  }

  static async open(): Promise<Gate> {
    const gate = new Gate();
    await new Promise<void>((resolve) => gate.#server.listen(0, "127.0.0.1", resolve));
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  leadTo(url: string): void {
    this.#target = new URL(url);
  }

  shut(): void {
    this.isOpen = false;
    for (const socket of this.#sockets) socket.destroy();
  }

  #pass(incoming: Socket): void {
    if (!this.isOpen || this.#target === undefined) {
      incoming.destroy();
      return;
    }
    const outgoing = connect(Number(this.#target.port), this.#target.hostname);
    for (const [socket, other] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      this.#sockets.add(socket);
      socket.pipe(other);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        other.destroy();
        this.#sockets.delete(socket);
      });
    }
  }

  async close(): Promise<void> {
    this.shut();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
