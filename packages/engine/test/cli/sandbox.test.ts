// The sandbox as a person and a script start it: ends, output, a second start on the same ledger, what stands in its way.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const main = join(import.meta.dirname, "../../src/main.ts");
const folder = mkdtempSync(join(tmpdir(), "pointbridge-sandbox-"));
const timeoutMs = 120_000;

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves with the whole standard output once it matches. */
  outputMatching(pattern: RegExp): Promise<string>;
}

const children: ChildProcess[] = [];

afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function start(...flags: readonly string[]): Started {
  const environment = { ...process.env, DATABASE_URL: "not an address: the sandbox must not care" };
  const child = spawn(process.execPath, [main, "sandbox", ...flags], {
    stdio: ["ignore", "pipe", "pipe"],
    env: environment,
  });
  children.push(child);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  const outputMatching = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (pattern.test(stdout)) resolve(stdout);
      };
      child.stdout.on("data", look);
      child.once("close", () => reject(new Error(`ended without ${String(pattern)}: ${stdout}${stderr}`)));
      look();
    });
  return { child, ended, outputMatching };
}

/** A server of somebody else's on a port of its own. */
async function takePort(): Promise<{ port: number; free: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const free = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: address.port, free };
}

/** The words of the curl line, as a POSIX shell reads them. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "");
}

interface Document {
  readonly ok: boolean;
  readonly nodes: readonly { system_id: string; url: string; api_key: string }[];
}

async function availableOf(node: Document["nodes"][number], userId: string): Promise<bigint> {
  const response = await fetch(`${node.url}/v1/accounts?system_id=${node.system_id}&user_id=${userId}`, {
    headers: { authorization: `Bearer ${node.api_key}` },
  });
  const { items } = (await response.json()) as { items: { available: string }[] };
  return BigInt(items[0]?.available ?? 0);
}

describe("sandbox", { timeout: timeoutMs }, () => {
  const dataDirectory = join(folder, "kept");

  it("once, with faults: shows a lost answer being decided, says that all checks hold, and ends with 0", async () => {
    const flags = ["--once", "--faults", "--port", "0", "--data-dir", dataDirectory];
    const { code, stdout, stderr } = await start(...flags).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/an answer lost on its way +completed +the airline had credited 29 miles/);
    expect(stdout).toMatch(/24 of 24 completed/);
    expect(stdout).toMatch(/insufficient_balance/);
    expect(stdout).toMatch(/amount_too_small/);
    expect(stdout.match(/^ {2}ok /gm)).toHaveLength(3);
    expect(stdout).not.toContain("FAILED");
  });

  it("json: prints one document and nothing else, on the ledger of the run before", async () => {
    const flags = ["--once", "--json", "--port", "0", "--data-dir", dataDirectory];
    const { code, stdout, stderr } = await start(...flags).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const url = expect.stringMatching(/^http:\/\/127\.0\.0\.1:[0-9]+$/) as string;
    const apiKey = expect.stringMatching(/^.{16,}$/) as string;
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      nodes: [
        { system_id: "shop", url, api_key: apiKey },
        { system_id: "airline", url, api_key: apiKey },
      ],
      exchanges: { completed: 30, failed: 2 },
      checks: { ledger: true, conservation: true, reconciliation_mismatches: 0 },
    });
  });

  it("json without once: stays up after its document, refuses a second one beside it, and SIGTERM ends it with 0", async () => {
    const sandbox = start("--json", "--port", "0", "--data-dir", dataDirectory);
    const document = JSON.parse(await sandbox.outputMatching(/\n$/)) as Document;
    const [shop] = document.nodes;
    if (shop === undefined) throw new Error("no node is named");
    // Three runs gave a thousand each; each took the same away and brought some back.
    expect(await availableOf(shop, "member-12")).toBeGreaterThan(1000n);
    const second = await start("--once", "--port", "0", "--data-dir", dataDirectory).ended;
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(dataDirectory);
    sandbox.child.kill("SIGTERM");
    expect((await sandbox.ended).code).toBe(0);
  });

  it("prints a curl line that makes an exchange, and SIGINT ends it with 0", async () => {
    const sandbox = start("--port", "0", "--data-dir", dataDirectory);
    const stdout = await sandbox.outputMatching(/Ctrl-C/);
    expect(stdout).toMatch(/Console {3}http:\/\/127\.0\.0\.1:[0-9]+\/console/);
    expect(stdout).toMatch(/API docs {2}http:\/\/127\.0\.0\.1:[0-9]+\/docs/);
    const line = stdout.split("\n").find((text) => text.trim().startsWith("curl ")) ?? "";
    const [command, silent, url = "", ...options] = wordsOf(line.trim());
    expect([command, silent]).toEqual(["curl", "-s"]);
    const valuesOf = (flag: string) => options.filter((_, index) => options[index - 1] === flag);
    const headers = valuesOf("-H").map((header): [string, string] => {
      const [name = "", value = ""] = header.split(/: (.*)/);
      return [name, value];
    });
    const [body = ""] = valuesOf("-d");
    const response = await fetch(url, { method: "POST", headers, body });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ status: "completed", target_amount: "29" });
    sandbox.child.kill("SIGINT");
    expect((await sandbox.ended).code).toBe(0);
  });

  it("says that its port is taken and what to do, with 2 and nothing on standard output", async () => {
    const { port, free } = await takePort();
    const { code, stdout, stderr } = await start("--once", "--port", String(port), "--data-dir", folder)
      .ended;
    await free();
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`port ${port}`);
    expect(stderr).toContain("--port");
  });
});
