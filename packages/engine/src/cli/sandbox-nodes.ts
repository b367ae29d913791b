// The sandbox's two nodes: each a process of its own with a ledger of its own, and between them a proxy that can
// lose an answer. They end with this process, however it ends.
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { LossyProxy } from "./sandbox-proxy.ts";

export interface SandboxNode {
  readonly systemId: string;
  readonly url: string;
  /** What partners call it at: the proxy before it. */
  readonly partnerUrl: string;
  readonly apiKey: string;
}

export interface SandboxNodes {
  readonly shop: SandboxNode;
  readonly airline: SandboxNode;
  /** Stands before the airline's node. */
  readonly proxy: LossyProxy;
  /** Resolves when a node ends by itself, with why. */
  readonly failed: Promise<string>;
  close(): Promise<void>;
}

export interface SandboxPlace {
  readonly dataDirectory: string;
  /** Of the shop's node; the airline's is the next one. 0 takes any two. */
  readonly port: number;
  readonly apiKey: string;
}

/** Kept beside the ledgers: what it wrapped has to be read again by the next start. */
function readMasterKey(dataDirectory: string): string {
  const path = join(dataDirectory, "master.key");
  if (existsSync(path)) return readFileSync(path, "utf8").trim();
  mkdirSync(dataDirectory, { recursive: true });
  const key = randomBytes(32).toString("base64");
  writeFileSync(path, `${key}\n`, { mode: 0o600 });
  return key;
}

const HOST = "127.0.0.1";
const extension = import.meta.filename.endsWith(".ts") ? "ts" : "js";
const main = fileURLToPath(new URL(`../main.${extension}`, import.meta.url));
const endWithParent = new URL("../../bin/end-with-parent.js", import.meta.url).href;

async function holdPort(port: number): Promise<{ port: number; free: () => Promise<void> }> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const detail = `port ${port} of ${HOST} is taken by another process; end that one, or choose another port with --port`;
      reject(error.code === "EADDRINUSE" ? new CommandError(exitCodes.badInput, detail) : error);
    });
    server.listen(port, HOST, () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("the port is not known");
      const free = () => new Promise<void>((freed) => server.close(() => freed()));
      resolve({ port: address.port, free });
    });
  });
}

/** Two ports that are free now: the nodes take them a moment later. */
async function findPorts(port: number): Promise<[shop: number, airline: number]> {
  const first = await holdPort(port);
  try {
    const second = await holdPort(port === 0 ? 0 : port + 1);
    await second.free();
    return [first.port, second.port];
  } finally {
    await first.free();
  }
}

interface StartedNode {
  readonly child: ChildProcess;
  readonly ended: Promise<string>;
}

function startNode(settings: Readonly<Record<string, string>>): StartedNode {
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, POINTBRIDGE_LOG_LEVEL = "error" } = process.env;
  const inherited = { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE, POINTBRIDGE_LOG_LEVEL };
  const child = spawn(process.execPath, ["--import", endWithParent, main, "serve"], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...inherited, ...settings },
    // Ctrl-C is for this process: it ends the nodes itself.
    detached: process.platform !== "win32",
  });
  let errors = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    errors = `${errors}${text}`.slice(-4_000);
  });
  const ended = new Promise<string>((resolve) => {
    child.once("close", (code, signal) => resolve(errors.trim() || `ended with ${signal ?? code}`));
  });
  return { child, ended };
}

/** @throws CommandError with what the node said where it did not start */
async function waitUntilReady(systemId: string, { child, ended }: StartedNode): Promise<void> {
  const ready = new Promise<true>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("ready ")) resolve(true);
    });
  });
  const first = await Promise.race([ready, ended]);
  if (first === true) return;
  throw new CommandError(exitCodes.badInput, `the node of ${systemId} did not start: ${first}`);
}

async function endNode({ child, ended }: StartedNode): Promise<void> {
  child.kill("SIGTERM");
  await ended;
}

function settingsOf(
  systemId: string,
  place: SandboxPlace,
  port: number,
  publicUrl: string,
): Record<string, string> {
  return {
    HOST,
    PORT: String(port),
    POINTBRIDGE_DATA_DIR: join(place.dataDirectory, systemId),
    POINTBRIDGE_ADMIN_KEY: place.apiKey,
    POINTBRIDGE_PUBLIC_URL: publicUrl,
    POINTBRIDGE_ALLOW_LOOPBACK: "true",
    POINTBRIDGE_MASTER_KEY: readMasterKey(join(place.dataDirectory, systemId)),
  };
}

/** Starts both nodes and waits until they accept requests. @throws CommandError */
export async function startNodes(place: SandboxPlace): Promise<SandboxNodes> {
  const [shopPort, airlinePort] = await findPorts(place.port);
  const shopUrl = `http://${HOST}:${shopPort}`;
  const airlineUrl = `http://${HOST}:${airlinePort}`;
  const proxy = await LossyProxy.open({ host: HOST, port: airlinePort });
  const started = [
    startNode(settingsOf("shop", place, shopPort, shopUrl)),
    startNode(settingsOf("airline", place, airlinePort, proxy.url)),
  ] as const;
  const close = async (): Promise<void> => {
    await Promise.all(started.map(endNode));
    await proxy.close();
  };
  try {
    await Promise.all([waitUntilReady("shop", started[0]), waitUntilReady("airline", started[1])]);
  } catch (error) {
    await close();
    throw error;
  }
  const { apiKey } = place;
  return {
    shop: { systemId: "shop", url: shopUrl, partnerUrl: shopUrl, apiKey },
    airline: { systemId: "airline", url: airlineUrl, partnerUrl: proxy.url, apiKey },
    proxy,
    failed: Promise.race(started.map(({ ended }) => ended)),
    close,
  };
}
