// A node that delivers webhooks at a test's pace, with systems and members to make events of.
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import type { Resolve } from "../../src/egress/index.ts";
import { acceptKey } from "../../src/http/index.ts";
import { type AssembledNode, assembleNode } from "../../src/node.ts";
import { createLog } from "../../src/system/index.ts";
import type { DelivererSettings } from "../../src/webhooks/index.ts";

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

const apiKey = "test-key";

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly body: Answered;
}

export type Answered = Readonly<Record<string, unknown>> & {
  readonly items?: readonly Record<string, unknown>[];
};

export interface WebhookNodeSettings {
  readonly delivery?: Partial<DelivererSettings>;
  readonly resolve?: Resolve;
  readonly masterKey?: Uint8Array;
  /** Delivers nothing, and does nothing by itself. */
  readonly isIdle?: boolean;
}

export class WebhookNode {
  readonly #node: AssembledNode;
  readonly #database: Database;

  private constructor(node: AssembledNode, database: Database) {
    this.#node = node;
    this.#database = database;
  }

  /** @param url of a PostgreSQL database */
  static async open(url: string, more: WebhookNodeSettings = {}): Promise<WebhookNode> {
    return WebhookNode.on(await openDatabase({ url }), more);
  }

  /** Closes the database with itself. */
  static async on(database: Database, more: WebhookNodeSettings = {}): Promise<WebhookNode> {
    const { delivery, resolve, masterKey, isIdle } = more;
    const shardCount = await migrate(database);
    const node = await assembleNode(database, {
      shardCount,
      log: createLog("silent"),
      acceptedKeys: [acceptKey(apiKey, { name: "tester", role: "administrator" })],
      partners: { publicUrl: "http://127.0.0.1:4100", allowLoopback: true, masterKey },
      posting: { sweepIntervalMs: 0 },
      feed: { lookIntervalMs: 20 },
      webhooks: { ...quickDelivery, ...delivery },
      ...(resolve === undefined ? {} : { resolve }),
    });
    if (isIdle !== true) node.start();
    return new WebhookNode(node, database);
  }

  get database(): Database {
    return this.#database;
  }

  async #ask(method: string, path: string, body: unknown): Promise<Answer> {
    const response = await this.#node.app.inject({
      method: method as "GET",
      url: `/v1/${path}`,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    const { body: text, statusCode: status } = response;
    return { status, text, body: JSON.parse(text) as Answered };
  }

  async call(method: string, path: string, body?: unknown): Promise<Answered> {
    const answer = await this.#ask(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async statusOf(method: string, path: string, body?: unknown): Promise<string> {
    const answer = await this.#ask(method, path, body);
    const { code } = answer.body;
    return typeof code === "string" ? `${answer.status} ${code}` : String(answer.status);
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
