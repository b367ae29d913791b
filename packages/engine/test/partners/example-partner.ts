// Starts one of the partners under examples/ on loopback, with a database and keys of its own, for the time of a test.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { PublicJwk } from "@pointbridge/protocol/pxp";
import type { KeeperOrder } from "../support/server-keeper.ts";

const examples = join(import.meta.dirname, "../../../../examples");
const keeperFile = join(import.meta.dirname, "../support/server-keeper.ts");
const startTimeoutMs = 20_000;

export interface ExampleCaller {
  readonly systems: readonly string[];
  readonly keys: readonly PublicJwk[];
  readonly revoked?: readonly PublicJwk[];
}

export interface ExampleSettings {
  /** By the name that the partner gives to the node. */
  readonly callers: Readonly<Record<string, ExampleCaller>>;
  readonly systems: Readonly<Record<string, readonly string[]>>;
  readonly rates: ReadonlyArray<
    Readonly<
      Record<"source_system" | "target_system" | "source_credit_type" | "target_credit_type" | "rate", string>
    >
  >;
  readonly dailyLimit?: number;
  readonly members?: "any" | "known";
}

export interface ExamplePartner {
  readonly baseUrl: string;
  readonly databaseFile: string;
  /** What its command `setup` prints. */
  readonly keys: readonly PublicJwk[];
  /** Runs one of its commands and gives what it printed; settings override those that it was started with. */
  run(words: readonly string[], settings?: Readonly<Record<string, string>>): Promise<string>;
  stop(): Promise<void>;
}

interface Program {
  readonly file: string;
  serveArguments(host: string, port: number): readonly string[];
}

const programs = {
  python: {
    file: join(examples, "partner-python/partner.py"),
    serveArguments: () => [join(examples, "partner-python/partner.py"), "serve"],
  },
  php: {
    file: join(examples, "partner-php/partner.php"),
    serveArguments: (host, port) => ["-S", `${host}:${port}`, join(examples, "partner-php/partner.php")],
  },
  node: {
    file: join(examples, "partner-node/partner.ts"),
    serveArguments: () => [join(examples, "partner-node/partner.ts"), "serve"],
  },
} as const satisfies Record<string, Program>;

export type ExampleName = keyof typeof programs;

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("The probe has no port.");
  return address.port;
}

function writeKeyFile(folder: string, name: string, keys: readonly PublicJwk[]): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ keys }));
  return path;
}

function describeSettings(
  folder: string,
  port: number,
  settings: ExampleSettings,
): Readonly<Record<string, string>> {
  const callers = Object.entries(settings.callers).map(([name, { systems, keys, revoked = [] }]) => {
    const files = {
      keys: writeKeyFile(folder, `${name}.jwks.json`, keys),
      revoked: writeKeyFile(folder, `${name}-revoked.jwks.json`, revoked),
    };
    return [name, { systems, ...files }] as const;
  });
  return {
    PARTNER_PORT: String(port),
    PARTNER_BASE_URL: `http://127.0.0.1:${port}`,
    PARTNER_DATABASE: join(folder, "partner.db"),
    PARTNER_KEY: join(folder, "partner-key.json"),
    PARTNER_SYSTEMS: JSON.stringify(settings.systems),
    PARTNER_CALLERS: JSON.stringify(Object.fromEntries(callers)),
    PARTNER_RATES: JSON.stringify(settings.rates),
    PARTNER_DAILY_LIMIT: String(settings.dailyLimit ?? 0),
    PARTNER_MEMBERS: settings.members ?? "known",
    PHP_CLI_SERVER_WORKERS: "4",
  };
}

function tryToConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

async function waitUntilReady(keeper: ChildProcess, port: number, readLog: () => string): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (!(await tryToConnect(port))) {
    if (keeper.exitCode !== null) throw new Error(`The partner ended before it was ready:\n${readLog()}`);
    if (performance.now() > deadline) throw new Error(`The partner is not ready:\n${readLog()}`);
    await sleep(50);
  }
}

export async function startExamplePartner(
  name: ExampleName,
  command: string,
  settings: ExampleSettings,
): Promise<ExamplePartner> {
  const program: Program = programs[name];
  const folder = mkdtempSync(join(tmpdir(), `pointbridge-partner-${name}-`));
  const port = await findFreePort();
  const environment = describeSettings(folder, port, settings);
  const run = async (words: readonly string[], overrides: Readonly<Record<string, string>> = {}) => {
    const env = { ...process.env, ...environment, ...overrides };
    const { stdout } = await promisify(execFile)(command, [program.file, ...words], { env, timeout: 20_000 });
    return stdout;
  };
  const { keys } = JSON.parse(await run(["setup"])) as { keys: PublicJwk[] };
  const order: KeeperOrder = {
    command,
    commandArguments: program.serveArguments("127.0.0.1", port),
    folder,
    endsGroup: true,
  };
  const keeper = spawn(process.execPath, [keeperFile, JSON.stringify(order)], {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  let log = "";
  const keepLog = (chunk: Buffer) => {
    log = (log + chunk.toString("utf8")).slice(-4000);
  };
  keeper.stdout.on("data", keepLog);
  keeper.stderr.on("data", keepLog);
  const stop = async () => {
    keeper.stdin.end();
    await ended;
  };
  try {
    await waitUntilReady(keeper, port, () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  const databaseFile = join(folder, "partner.db");
  return { baseUrl: `http://127.0.0.1:${port}`, databaseFile, keys, run, stop };
}
