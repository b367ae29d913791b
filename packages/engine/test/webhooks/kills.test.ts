// SIGKILL of the node and resets by the receiver at random while events flow: each event comes at least once, per
// account in order, and a copy that goes by the events is equal at the end. `npm test` runs a slice, the soak 100,000
// events.
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomOf } from "../support/partner-mix.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { Receiver } from "./receiver.ts";
import { WebhookNode } from "./webhook-node.ts";
import { until } from "./world.ts";

const isSoak = process.env["POINTBRIDGE_TEST_SOAK"] === "1";
const eventCount = isSoak ? 100_000 : 1_000;
const killCount = isSoak ? 20 : 1;
const userCount = isSoak ? 1_000 : 50;
const seed = Number(process.env["POINTBRIDGE_TEST_SEED"] ?? Date.now() % 1_000_000);

const receiver = new Receiver();
let database: TestDatabase;
/** Makes the events; delivers nothing itself. */
let maker: WebhookNode;
let child: ChildProcess | undefined;

async function startNode(): Promise<void> {
  const file = join(import.meta.dirname, "delivering-node.ts");
  const started = spawn(process.execPath, [file, database.url], { stdio: ["pipe", "pipe", "inherit"] });
  child = started;
  await new Promise<void>((resolve, reject) => {
    started.stdout.once("data", () => resolve());
    started.once("error", reject);
    started.once("exit", (code) => reject(new Error(`the node ended with ${code} before it was ready`)));
  });
}

async function killNode(): Promise<void> {
  const victim = child;
  child = undefined;
  if (victim === undefined || victim.exitCode !== null) return;
  const ended = new Promise((resolve) => victim.once("exit", resolve));
  victim.kill("SIGKILL");
  await ended;
}

beforeAll(async () => {
  database = await createTestDatabase();
  maker = await WebhookNode.open(database.url, { isIdle: true });
  await maker.seed();
  await receiver.open();
}, 120_000);

afterAll(async () => {
  await killNode();
  await maker.close();
  await receiver.close();
  await database.drop();
});

interface Copied {
  version: number;
  available: string;
}

/** What a receiver keeps: it leaves out what it has had, and never sees a version before the one before it. */
function copyOf(received: Receiver["received"]): {
  copy: Map<string, Copied>;
  gaps: string[];
  repeated: number;
} {
  const copy = new Map<string, Copied>();
  const gaps: string[] = [];
  let repeated = 0;
  for (const { event, isTaken } of received) {
    if (!isTaken) continue;
    const data = event.data as { user_id: string; version: number; available: string };
    const standing = copy.get(data.user_id)?.version ?? 0;
    if (data.version <= standing) repeated += 1;
    else {
      if (data.version !== standing + 1) gaps.push(`${data.user_id}: ${data.version} after ${standing}`);
      copy.set(data.user_id, { version: data.version, available: data.available });
    }
  }
  return { copy, gaps, repeated };
}

describe(`webhooks under kills, seed ${seed}`, () => {
  it(
    `deliver ${eventCount} events, each at least once and in order per account, through ${killCount} kills (W2, W3)`,
    async () => {
      const random = randomOf(seed);
      const pick = (count: number) => Math.floor(random() * count);
      const killAt = Array.from({ length: killCount }, (_, kill) =>
        Math.floor(((kill + 0.3 + random() * 0.5) * eventCount) / (killCount + 1)),
      );
      let isDue: (() => void) | undefined;
      // Now and then it takes an event and does not say so, or gives no answer.
      receiver.behave = () => {
        if (receiver.received.length >= (killAt[0] ?? Number.POSITIVE_INFINITY)) isDue?.();
        const turn = pick(2_000);
        if (turn === 0) return { status: 500 };
        return turn === 1 ? "reset" : { status: 200 };
      };
      await maker.put("copy", receiver.urlOf("copy"), { timeout_ms: 1_000 });
      const users = Array.from({ length: userCount }, (_, index) => `u${index}`);
      const making = (async () => {
        for (let madeCount = 0; madeCount < eventCount; madeCount += 1_000) {
          await maker.credit(Array.from({ length: 1_000 }, () => users[pick(userCount)] ?? "u0"));
        }
      })();
      const beganMs = Date.now();
      await startNode();
      while (killAt.length > 0) {
        await new Promise<void>((resolve) => {
          isDue = resolve;
        });
        isDue = undefined;
        killAt.shift();
        await killNode();
        if (isSoak && pick(2) === 0) {
          // The receiver is away for a while too.
          const { port } = receiver;
          await receiver.close();
          await wait(pick(1_500));
          await receiver.open(port);
        }
        await startNode();
      }
      await making;
      const isWhole = () => {
        let total = 0;
        for (const { version } of copyOf(receiver.received).copy.values()) total += version;
        return total >= eventCount;
      };
      await until("every event was taken", isWhole, isSoak ? 900_000 : 60_000);
      const tookMs = Date.now() - beganMs;
      const { copy, gaps, repeated } = copyOf(receiver.received);
      expect(gaps).toEqual([]);
      for (const name of users.slice(0, 50)) {
        const found = await maker.call("GET", `accounts?system_id=shop&user_id=${name}`);
        expect(copy.get(name)?.available).toBe(found.items?.[0]?.["available"]);
      }
      const figures = `${eventCount} events, ${receiver.received.length} requests, ${repeated} repeated`;
      process.stdout.write(`${figures}, ${killCount} kills, ${tookMs} ms, seed ${seed}\n`);
    },
    isSoak ? 1_200_000 : 120_000,
  );
});
