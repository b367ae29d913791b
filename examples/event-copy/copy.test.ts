// The copy in a process of its own, killed with SIGKILL at random moments while points move: in the end it has every
// balance, and every event was applied once. `npm test` moves a few thousand lines, the soak 100,000.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { type Client, createClient } from "@pointbridge/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiKey, openTestNode, seedNode, type TestNode } from "../../packages/engine/test/http/test-node.ts";

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
const seed = Number(process.env["POINTBRIDGE_TEST_SEED"] ?? Date.now() % 1_000_000);
/** Exchanges; each moves two accounts. */
const exchangeCount = isSoak ? 50_000 : 500;
const killCount = isSoak ? 40 : 2;
const batchSize = isSoak ? 500 : 50;
const userIds = Array.from({ length: 50 }, (_, index) => `member${index}`);

/** A small generator of its own, so that the seed tells the same story again (mulberry32). */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The copy's process: started, killed, started again. */
class CopyProcess {
  readonly #environment: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  #ended: Promise<string> = Promise.resolve("never");
  /** What it said in all its lives. */
  said = "";
  /** It takes signals from here on. */
  begun: Promise<void> = Promise.resolve();

  constructor(environment: Readonly<Record<string, string>>) {
    this.#environment = environment;
  }

  start(): void {
    const child = spawn(process.execPath, [join(import.meta.dirname, "copy.ts")], {
      stdio: ["ignore", "ignore", "pipe"],
      env: {
        ...process.env,
        NODE_COMPILE_CACHE: join(tmpdir(), "pointbridge-compile-cache"),
        ...this.#environment,
      },
    });
    this.begun = new Promise((resolve) => {
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        this.said += text;
        if (text.includes("copying")) resolve();
      });
    });
    this.#ended = new Promise((resolve) => {
      child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
    });
    this.#child = child;
  }

  end(signal: "SIGKILL" | "SIGTERM"): Promise<string> {
    this.#child?.kill(signal);
    return this.#ended;
  }
}

interface Copied {
  readonly balances: Readonly<Record<string, string>>;
  readonly applied: number;
}

function readCopy(file: string): Copied {
  const database = new DatabaseSync(file, { readOnly: true, readBigInts: true });
  try {
    const rows = database.prepare("select account_id, available, frozen from balances").all() as {
      account_id: string;
      available: bigint;
      frozen: bigint;
    }[];
    const place = database.prepare("select applied from place").get() as { applied: bigint } | undefined;
    const pairs = rows.map((row) => [row.account_id, `${row.available}+${row.frozen}`] as const);
    return { balances: Object.fromEntries(pairs), applied: Number(place?.applied ?? 0n) };
  } finally {
    database.close();
  }
}

async function readNode(client: Client): Promise<Record<string, string>> {
  const accounts = await client.accounts.list({ limit: 1000 }).toArray();
  return Object.fromEntries(accounts.map((one) => [one.account_id, `${one.available}+${one.frozen}`]));
}

describe.each(["polling", "stream"] as const)(`a copy by %s under kills, seed ${seed}`, (via) => {
  const folder = mkdtempSync(join(tmpdir(), "pointbridge-copy-"));
  const file = join(folder, "balances.db");
  let node: TestNode;
  let client: Client;
  let copy: CopyProcess;

  beforeAll(async () => {
    node = await openTestNode("postgres");
    await seedNode(node);
    const url = await node.app.listen({ port: 0, host: "127.0.0.1" });
    client = createClient({ url, apiKey });
    const credits = userIds.map((userId) => {
      const account = { system_id: "shop", user_id: userId, credit_type_id: "coin" };
      return { ...account, operation_id: `seed-${userId}`, amount: 1_000_000_000n };
    });
    await client.credits.createBatch(credits);
    const where = { POINTBRIDGE_URL: url, POINTBRIDGE_API_KEY: apiKey, COPY_DATABASE: file, COPY_VIA: via };
    copy = new CopyProcess(where);
  });
  afterAll(async () => {
    await copy.end("SIGKILL");
    await node.close();
    rmSync(folder, { recursive: true });
  });

  it(`is equal in the end, with ${exchangeCount} exchanges and ${killCount} kills`, async () => {
    const random = randomOf(seed);
    copy.start();
    let isMoving = true;
    const until = async (isSo: () => boolean) => {
      while (!isSo()) await wait(20);
    };
    const hasBegun = () => {
      try {
        return Object.keys(readCopy(file).balances).length > 0;
      } catch {
        // The copy has not made its tables yet.
        return false;
      }
    };
    await until(hasBegun);
    const startedAt = performance.now();

    const move = async () => {
      for (let start = 0; start < exchangeCount; start += batchSize) {
        const exchanges = Array.from({ length: batchSize }, (_, line) => ({
          operation_id: `${via}-${start + line}`,
          user_id: userIds[Math.floor(random() * userIds.length)] ?? "",
          source_system: "shop",
          target_system: "club",
          source_credit_type: "coin",
          target_credit_type: "star",
          amount: BigInt(4 + Math.floor(random() * 100)),
        }));
        const results = await client.exchanges.createBatch(exchanges);
        if (results.some((line) => line.status !== "completed")) throw new Error("an exchange was not made");
      }
      isMoving = false;
    };
    const kill = async () => {
      for (let count = 0; count < killCount; count += 1) {
        const appliedBefore = readCopy(file).applied;
        await wait(Math.floor(random() * (isSoak ? 1_500 : 150)));
        await copy.end("SIGKILL");
        copy.start();
        // Each life gets a little further, as long as there is anything to get to.
        if (isMoving) await until(() => readCopy(file).applied > appliedBefore || !isMoving);
      }
    };
    await Promise.all([move(), kill()]);
    const moved = performance.now() - startedAt;

    await until(() => readCopy(file).applied >= 2 * exchangeCount || copy.said.includes("Error:"));
    const took = performance.now() - startedAt;
    expect(copy.said).not.toContain("missed");
    const copied = readCopy(file);
    expect(copied.balances).toEqual(await readNode(client));
    expect(copied.applied).toBe(2 * exchangeCount);
    await copy.begun;
    expect(await copy.end("SIGTERM")).toBe("code 0");
    if (isSoak) {
      const words = `${copied.applied} events by ${via}, ${killCount} kills, seed ${seed}`;
      process.stdout.write(
        `${words}: moved in ${(moved / 1000).toFixed(1)} s, copied in ${(took / 1000).toFixed(1)} s\n`,
      );
    }
  }, 900_000);
});
