// The command in real processes: run to its end, left running, killed.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../../..");
const main = join(root, "packages/engine/src/main.ts");
const allianceRun = join(root, "examples/alliance/run.ts");

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

type Environment = Readonly<Record<string, string>>;

/** Nothing of the machine's own settings may reach a test's commands. */
function cleanEnvironment(): Record<string, string | undefined> {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(POINTBRIDGE_|DATABASE_URL$|HOST$|PORT$)/.test(name),
  );
  // Half of a short command's time is the reading of its sources.
  return { ...Object.fromEntries(entries), NODE_COMPILE_CACHE: join(tmpdir(), "pointbridge-compile-cache") };
}

const running = new Set<ChildProcess>();

function startNode(words: readonly string[], environment: Environment, input?: string): Started {
  const child = spawn(process.execPath, words, {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...cleanEnvironment(), ...environment },
  });
  running.add(child);
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code, signal) => {
      running.delete(child);
      resolve({ code, signal, stdout, stderr });
    });
  });
  return { child, ended };
}

export function startCommand(words: readonly string[], environment: Environment = {}): Started {
  return startNode([main, ...words], environment);
}

export function runCommand(
  words: readonly string[],
  environment: Environment = {},
  input?: string,
): Promise<Ended> {
  return startNode([main, ...words], environment, input).ended;
}

/** Plays the whole alliance and compares what comes of it; ends with 0 only if all of it is as expected. */
export function startAlliance(environment: Environment): Started {
  return startNode([allianceRun], environment);
}

export async function endAll(): Promise<void> {
  const ends = [...running].map((child) => new Promise((resolve) => child.once("close", resolve)));
  for (const child of running) child.kill("SIGKILL");
  await Promise.all(ends);
}

export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

/** A node in a process of its own that can be killed and started again at the same address. */
export class ServedNode {
  readonly #settings: Environment;
  #started: Started | undefined;
  /** For the commands that work through it. */
  readonly environment: Environment;

  constructor(port: number, settings: Environment) {
    const key = "an-administrator-of-the-tests";
    this.#settings = {
      ...settings,
      PORT: String(port),
      POINTBRIDGE_ADMIN_KEY: key,
      POINTBRIDGE_LOG_LEVEL: "error",
    };
    this.environment = { POINTBRIDGE_URL: `http://127.0.0.1:${port}`, POINTBRIDGE_API_KEY: key };
  }

  async start(): Promise<void> {
    const started = startCommand(["serve"], this.#settings);
    this.#started = started;
    const ready = new Promise<true>((resolve) => {
      started.child.stdout?.on("data", (text: string) => {
        if (text.includes("ready ")) resolve(true);
      });
    });
    const first = await Promise.race([ready, started.ended]);
    if (first !== true) throw new Error(`the node did not start: ${first.stdout}${first.stderr}`);
  }

  /** Resolves when the process has ended, by itself or not. */
  get ended(): Promise<Ended> {
    if (this.#started === undefined) throw new Error("the node was not started");
    return this.#started.ended;
  }

  async end(signal: "SIGKILL" | "SIGTERM"): Promise<Ended | undefined> {
    this.#started?.child.kill(signal);
    return this.#started?.ended;
  }
}
