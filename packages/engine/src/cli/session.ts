// How a command reaches a node: over HTTP where POINTBRIDGE_URL or --url names one, else by building the node
// in this process and calling it without a listener. Either way it speaks through the SDK, so that every
// command is written once.
import { randomBytes } from "node:crypto";
import { type Client, type ClientSettings, createClient, type Fetch } from "@pointbridge/sdk";
import type { Command } from "commander";
import type { CommandLineParts, OpenedNode } from "./command-context.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { toFlags } from "./flags.ts";

/** What every command that works through a node may be given. */
export interface SessionOptions {
  readonly json?: boolean;
  readonly url?: string;
  readonly apiKey?: string;
  readonly databaseUrl?: string;
  readonly dataDir?: string;
  readonly config?: string;
}

/** Milliseconds that a call may take: verifying a large ledger is one call. */
const CALL_TIMEOUT_MS = 600_000;
const EMBEDDED_URL = "http://pointbridge.invalid";

export function addSessionOptions(command: Command): Command {
  return command
    .option("--json", "print one JSON document (NDJSON where it streams) and nothing else")
    .option("--url <url>", "work through the node at this address (POINTBRIDGE_URL)")
    .option("--api-key <key>", "API key for that node (POINTBRIDGE_API_KEY, else POINTBRIDGE_ADMIN_KEY)")
    .option("--database-url <url>", "without a node: PostgreSQL server (DATABASE_URL); absent: embedded")
    .option(
      "--data-dir <directory>",
      "without a node: where the embedded database is kept (POINTBRIDGE_DATA_DIR)",
    )
    .option("--config <file>", "without a node: file of NAME=value lines (POINTBRIDGE_CONFIG)");
}

function badUsage(message: string): CommandError {
  return new CommandError(exitCodes.badInput, message);
}

function readAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw badUsage(
      `the node's address (--url, POINTBRIDGE_URL) is "${text}": it must begin with http:// or https://`,
    );
  }
  return url.href;
}

/** What the SDK finds wrong with its settings is the user's to mend. */
function createRemote(settings: ClientSettings): Client {
  try {
    return createClient(settings);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw badUsage(`the node's address or the API key can't be used: ${error.message}`);
  }
}

function openRemote(url: string, options: SessionOptions): Client {
  const { POINTBRIDGE_API_KEY, POINTBRIDGE_ADMIN_KEY } = process.env;
  const apiKey = options.apiKey || POINTBRIDGE_API_KEY || POINTBRIDGE_ADMIN_KEY;
  if (!apiKey) throw badUsage(`an API key is needed for ${url}: set POINTBRIDGE_API_KEY or give --api-key`);
  return createRemote({ url: readAddress(url), apiKey, timeoutMs: CALL_TIMEOUT_MS, retries: 0 });
}

/** The platform's fetch, answered by a node that does not listen. */
function fetchFrom(app: OpenedNode["app"]): Fetch {
  return async (url, { method, headers, body }) => {
    const answer = await app.inject({
      method: method as "GET" | "POST" | "PUT" | "DELETE",
      url: url.slice(EMBEDDED_URL.length),
      headers,
      ...(body === undefined ? {} : { payload: body }),
    });
    const answered = Object.entries(answer.headers).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    return new Response(new Uint8Array(answer.rawPayload), { status: answer.statusCode, headers: answered });
  };
}

async function openHere(
  options: SessionOptions,
  parts: CommandLineParts,
): Promise<{ client: Client; close: () => Promise<void> }> {
  const { databaseUrl, dataDir, config: configFile } = options;
  const flags = toFlags({ databaseUrl, dataDir, config: configFile });
  // Only what goes wrong is worth a line beside a command's own output.
  const environment = { POINTBRIDGE_LOG_LEVEL: "error", ...process.env };
  const apiKey = randomBytes(32).toString("base64url");
  const { readConfig } = await import("../config.ts");
  const config = readConfig({ flags, environment });
  const node = await parts.openNode(config, [{ name: "command line", apiKey }], "command");
  const settings = {
    url: EMBEDDED_URL,
    apiKey,
    fetch: fetchFrom(node.app),
    timeoutMs: CALL_TIMEOUT_MS,
    retries: 0,
  };
  return { client: createClient(settings), close: () => node.close() };
}

/** Runs a command's work with a node and lets go of it afterwards, however the work ends. */
export async function withNode(
  options: SessionOptions,
  parts: CommandLineParts,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const url = options.url || process.env["POINTBRIDGE_URL"];
  if (url) {
    await work(openRemote(url, options));
    return;
  }
  const { client, close } = await openHere(options, parts);
  try {
    await work(client);
  } finally {
    await close();
  }
}
