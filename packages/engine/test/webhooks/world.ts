// Nodes that deliver webhooks at a test's pace, on one database, with systems and members to make events of.
import { setTimeout as wait } from "node:timers/promises";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import type { Resolve } from "../../src/egress/index.ts";
import { acceptKey } from "../../src/http/index.ts";
import { type AssembledNode, assembleNode } from "../../src/node.ts";
import { createLog } from "../../src/system/index.ts";
import type { DelivererSettings } from "../../src/webhooks/index.ts";
import { apiKey, callApp } from "../http/test-node.ts";
import { openEmptyEmbedded } from "../support/embedded-database.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

/** As the node's own, only shorter. */
export const quickDelivery: Partial<DelivererSettings> = {
  leaseMs: 15_000,
  idleMs: 50,
  lookIntervalMs: 50,
  tailMs: 150,
  ladder: {
    delaysMs: [50, 100, 200],
    patienceMs: 60_000,
    probeDelaysMs: [50, 100, 200],
    longestQuietMs: 400,
  },
};

export type Answered = Readonly<Record<string, unknown>> & {
  readonly items?: readonly Record<string, unknown>[];
};

export class WebhookNode {
  readonly #node: AssembledNode;
  readonly #database: Database;

  private constructor(node: AssembledNode, database: Database) {
    this.#node = node;
    this.#database = database;
  }

  /** @param url of a PostgreSQL database; the embedded one if absent */
  static async open(
    url: string | undefined,
    settings: Partial<DelivererSettings> = {},
    resolve?: Resolve,
    masterKey?: Uint8Array,
  ): Promise<WebhookNode> {
    const database = url === undefined ? await openEmptyEmbedded() : await openDatabase({ url });
    const shardCount = await migrate(database);
    const node = await assembleNode(database, {
      shardCount,
      log: createLog("silent"),
      acceptedKeys: [acceptKey(apiKey, { name: "tester", role: "administrator" })],
      partners: { publicUrl: "http://127.0.0.1:4100", allowLoopback: true, masterKey },
      posting: { sweepIntervalMs: 0 },
      feed: { lookIntervalMs: 20 },
      webhooks: { ...quickDelivery, ...settings },
      ...(resolve === undefined ? {} : { resolve }),
    });
    node.start();
    return new WebhookNode(node, database);
  }

  get database(): Database {
    return this.#database;
  }

  async call(method: string, path: string, body?: unknown): Promise<Answered> {
    const answer = await callApp(this.#node.app, method, `/v1/${path}`, body === undefined ? {} : { body });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body as Answered;
  }

  async statusOf(method: string, path: string, body?: unknown): Promise<string> {
    const answer = await callApp(this.#node.app, method, `/v1/${path}`, body === undefined ? {} : { body });
    return `${answer.status} ${String(answer.body["code"] ?? "")}`.trim();
  }

  /** Puts a webhook of accounts' balances; answers its secret. */
  async put(webhookId: string, url: string, more: object = {}): Promise<Answered> {
    const settings = { url, types: ["account.balance_changed"], timeout_ms: 10_000, ...more };
    return this.call("PUT", `webhooks/${webhookId}`, settings);
  }

  async seed(): Promise<void> {
    for (const system of ["shop", "club"]) {
      await this.call("PUT", `systems/${system}`, { name: system, kind: "hosted" });
      await this.call("PUT", `systems/${system}/credit-types/coin`, { name: "coin" });
    }
  }

  /** One credit for each user named, in this order; each is one event of an account. */
  async credit(userIds: readonly string[], amount = 1): Promise<void> {
    for (let start = 0; start < userIds.length; start += 1000) {
      const credits = userIds
        .slice(start, start + 1000)
        .map((user_id) => ({ system_id: "shop", user_id, credit_type_id: "coin", amount }));
      await this.call("POST", "credits/batch", { credits });
    }
  }

  async close(): Promise<void> {
    await this.#node.close();
    await this.#database.close();
  }
}

export async function openWorld(
  settings: Partial<DelivererSettings> = {},
  resolve?: Resolve,
): Promise<{ node: WebhookNode; url: string; close(): Promise<void> }> {
  const database: TestDatabase = await createTestDatabase();
  const node = await WebhookNode.open(database.url, settings, resolve);
  await node.seed();
  return {
    node,
    url: database.url,
    async close() {
      await node.close();
      await database.drop();
    },
  };
}

/** Waits until something is so; what it is then is the verdict, not how long it took. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  limitMs = 20_000,
): Promise<void> {
  const endMs = Date.now() + limitMs;
  while (!(await isSo())) {
    if (Date.now() > endMs) throw new Error(`it never came to this: ${what}`);
    await wait(20);
  }
}
