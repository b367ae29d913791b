// Starts a PostgreSQL server of its own for a test run or a benchmark: empty, on a free loopback port, gone at the end.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import type { KeeperOrder } from "./server-keeper.ts";

export interface PostgresServer {
  /** Of the maintenance database; the user is a superuser. */
  readonly url: string;
  readonly majorVersion: number;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

export interface PostgresServerSettings {
  /** Settings of postgresql.conf, such as `{ fsync: "off" }`; durability is PostgreSQL's default where unsaid. */
  readonly settings?: Readonly<Record<string, string>>;
  /** How long the server may take to accept its first connection; 30,000 where unsaid. */
  readonly startTimeoutMs?: number;
}

interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root; then it runs as `postgres`, or as `nobody`. */
function chooseServerUser(): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const read = (flag: string) =>
        Number.parseInt(execFileSync("id", [flag, name], { stdio: "pipe" }).toString(), 10);
      return { uid: read("-u"), gid: read("-g") };
    } catch {
      // `id` fails for a user that this machine lacks: the next one.
      continue;
    }
  }
  throw new Error(
    "As root the tests run PostgreSQL as the user postgres or nobody, and this machine has neither.",
  );
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string")
    throw new Error("The probe for a free port has no port.");
  return address.port;
}

function prepareFolder(
  binaries: PostgresBinaries,
  user: ServerUser | undefined,
): { folder: string; binFolder: string } {
  const folder = mkdtempSync(join(tmpdir(), "pointbridge-postgres-"));
  let { binFolder } = binaries;
  if (user !== undefined) {
    chmodSync(folder, 0o755);
    if (binaries.bundled) {
      // The clone may stand where only root can read.
      cpSync(dirname(binFolder), join(folder, "native"), { recursive: true, verbatimSymlinks: true });
      binFolder = join(folder, "native/bin");
    }
    chownSync(folder, user.uid, user.gid);
  }
  return { folder, binFolder };
}

function initialize(binFolder: string, folder: string, user: ServerUser | undefined): string {
  const dataFolder = join(folder, "data");
  const flags = ["-D", dataFolder, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync"];
  // Not byte order: a query that relies on the order of bytes without saying so must fail here, not at a user's.
  const collation = ["--locale=C", "--locale-provider=icu", "--icu-locale=und"];
  execFileSync(join(binFolder, "initdb"), [...flags, ...collation], { cwd: folder, stdio: "pipe", ...user });
  return dataFolder;
}

async function waitUntilReady(
  url: string,
  keeper: ChildProcess,
  timeoutMs: number,
  readLog: () => string,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    if (keeper.exitCode !== null) throw new Error(`PostgreSQL ended before it was ready:\n${readLog()}`);
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      // Refused connections are what "not ready yet" looks like.
      if (performance.now() > deadline) {
        throw new Error(`PostgreSQL was not ready after ${timeoutMs} ms:\n${readLog()}`, { cause: error });
      }
      await sleep(50);
    }
  }
}

/** Starts a server with an empty cluster. */
export async function startPostgresServer(options: PostgresServerSettings = {}): Promise<PostgresServer> {
  const binaries = findPostgresBinaries();
  const user = chooseServerUser();
  const { folder, binFolder } = prepareFolder(binaries, user);
  let dataFolder: string;
  try {
    dataFolder = initialize(binFolder, folder, user);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const port = await findFreePort();
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    port: String(port),
    max_connections: "100",
    timezone: "UTC",
    ...options.settings,
  };
  const order: KeeperOrder = {
    command: join(binFolder, "postgres"),
    commandArguments: [
      "-D",
      dataFolder,
      ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
    ],
    folder,
    ...(user === undefined ? {} : { user }),
  };
  const keeper = spawn(
    process.execPath,
    [join(import.meta.dirname, "server-keeper.ts"), JSON.stringify(order)],
    {
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  const ended = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  // Only the end of the log is kept: it is shown when the server does not come up.
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
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  try {
    await waitUntilReady(url, keeper, options.startTimeoutMs ?? 30_000, () => log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, majorVersion: binaries.majorVersion, stop };
}
