// Proves that the command `pointbridge` leaves no orphan and hands on signals, flags and exit codes, both ways it is started.
import { type ChildProcess, spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const clone = mkdtempSync(join(tmpdir(), "pointbridge-command-"));
const binFile = join(clone, "packages/engine/bin/pointbridge.js");
const linkedFile = join(clone, "node_modules/.bin/pointbridge");

// Stands for the engine: says who it is, then waits, or ends as it is told.
const engine = [
  'process.on("SIGTERM", () => process.exit(7));',
  "const [order, value] = process.argv.slice(2);",
  "console.log(JSON.stringify({ pid: process.pid, version: process.versions.node, flags: process.argv.slice(2) }));",
  'if (order === "exit") process.exit(Number(value));',
  "setInterval(() => {}, 1000);",
];

// Makes a Node believe that it is an old one, because not every machine has one.
const oldNode = `data:text/javascript,${encodeURIComponent(
  'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });',
)}`;

interface Started {
  readonly child: ChildProcess;
  readonly greeting: { readonly pid: number; readonly version: string; readonly flags: readonly string[] };
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

async function start(command: string, commandArguments: readonly string[]): Promise<Started> {
  const child = spawn(command, commandArguments, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
  });
  const line = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString("utf8")));
    child.once("exit", () => reject(new Error("The command ended without a word.")));
  });
  return { child, greeting: JSON.parse(line) as Started["greeting"], ended };
}

function isAlive(pid: number): boolean {
  // A process that has ended keeps its id until somebody asks how; in a container that may be never.
  const statusFile = `/proc/${pid}/status`;
  if (existsSync(statusFile) && /^State:\s+Z/m.test(readFileSync(statusFile, "utf8"))) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

const startThroughBin = (...flags: string[]) =>
  start(process.execPath, ["--import", oldNode, binFile, ...flags]);
const startLinked = (...flags: string[]) => start(linkedFile, flags);

beforeAll(() => {
  cpSync(join(root, "packages/engine/bin"), join(clone, "packages/engine/bin"), { recursive: true });
  mkdirSync(join(clone, "packages/engine/src"));
  writeFileSync(join(clone, "packages/engine/package.json"), '{ "type": "module" }');
  writeFileSync(
    join(clone, "packages/engine/src/main.ts"),
    `const typed: number = 1;\n${engine.join("\n")}\nvoid typed;\n`,
  );
  mkdirSync(join(clone, "node_modules/.bin"), { recursive: true });
  const windows = process.platform === "win32";
  const pin = join(clone, `node_modules/node-${windows ? "win" : process.platform}-${process.arch}/bin`);
  mkdirSync(pin, { recursive: true });
  symlinkSync(process.execPath, join(pin, windows ? "node.exe" : "node"));
  for (const file of ["link-command.mjs", "pinned-node.mjs"]) {
    cpSync(join(root, "tools", file), join(clone, "tools", file));
  }
});

afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe.runIf(process.platform !== "win32")("the linked command", () => {
  beforeAll(async () => {
    symlinkSync("../../packages/engine/bin/pointbridge.js", linkedFile);
    const module = (await import(join(clone, "tools/link-command.mjs"))) as { linkCommand: () => void };
    module.linkCommand();
  });

  it("is the engine's own process, so a kill ends it", async () => {
    const { child, greeting, ended } = await startLinked("serve", "--port", "1");
    expect(greeting.pid).toBe(child.pid);
    expect(greeting.flags).toEqual(["serve", "--port", "1"]);
    child.kill("SIGKILL");
    expect(await ended).toEqual({ code: null, signal: "SIGKILL" });
  });

  it("works through a symbolic link and from another folder", async () => {
    const link = join(clone, "elsewhere");
    symlinkSync(linkedFile, link);
    const { ended } = await start(link, ["exit", "3"]);
    expect(await ended).toEqual({ code: 3, signal: null });
  });

  it("replaces npm's link without touching what it points at", () => {
    expect(existsSync(binFile)).toBe(true);
    expect(basename(dirname(linkedFile))).toBe(".bin");
  });
});

describe("npm's own link under an older Node", () => {
  it("hands over to the pinned Node, with flags and exit code", async () => {
    const { greeting, child, ended } = await startThroughBin("exit", "3");
    expect(greeting).toMatchObject({ version: process.versions.node, flags: ["exit", "3"] });
    expect(greeting.pid).not.toBe(child.pid);
    expect(await ended).toEqual({ code: 3, signal: null });
  });

  it("hands on SIGTERM and answers with the engine's exit code", async () => {
    const { child, ended } = await startThroughBin("serve");
    child.kill("SIGTERM");
    expect(await ended).toEqual({ code: 7, signal: null });
  });

  it("leaves no engine behind when it is killed", async () => {
    const { child, greeting, ended } = await startThroughBin("serve");
    child.kill("SIGKILL");
    await ended;
    await expect.poll(() => isAlive(greeting.pid), { timeout: 5000, interval: 20 }).toBe(false);
  });
});

describe("npm's own link under the pinned Node", () => {
  it("runs the engine in its own process", async () => {
    const { child, greeting, ended } = await start(process.execPath, [binFile, "exit", "4"]);
    expect(greeting.pid).toBe(child.pid);
    expect(await ended).toEqual({ code: 4, signal: null });
  });
});
