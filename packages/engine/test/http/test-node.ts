// A node without a listener, on either engine, with two systems and a rate; requests are injected.
import type { FastifyInstance } from "fastify";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import { acceptKey, type Services } from "../../src/http/index.ts";
import { assembleNode } from "../../src/node.ts";
import type { PartnerSetup } from "../../src/partner/index.ts";
import { createLog } from "../../src/system/index.ts";
import { openEmptyEmbedded } from "../support/embedded-database.ts";
import { createTestDatabase } from "../support/test-database.ts";
import { type Answer, judgeAnswer } from "./documented-answer.ts";

export const apiKey = "test-key";

export interface CallOptions {
  /** An object is sent as JSON, text and bytes as they are. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null sends none. */
  readonly key?: string | null;
}

export interface TestNode {
  readonly app: FastifyInstance;
  readonly services: Services;
  readonly database: Database;
  call(method: string, url: string, options?: CallOptions): Promise<Answer>;
  close(): Promise<void>;
}

function parseBody(text: string): Record<string, unknown> {
  return text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
}

function payloadOf(body: unknown): string | Buffer {
  if (typeof body === "string" || Buffer.isBuffer(body)) return body;
  return JSON.stringify(body);
}

export async function callApp(
  app: FastifyInstance,
  method: string,
  url: string,
  options: CallOptions = {},
): Promise<Answer> {
  const { body, headers = {}, key = apiKey } = options;
  const response = await app.inject({
    method: method as "GET",
    url,
    headers: {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: payloadOf(body) }),
  });
  const text = response.body;
  return { status: response.statusCode, headers: response.headers, text, body: parseBody(text) };
}

async function open(engine: Database["engine"]): Promise<{ database: Database; drop: () => Promise<void> }> {
  if (engine === "embedded") {
    const database = await openEmptyEmbedded();
    return { database, drop: async () => {} };
  }
  const testDatabase = await createTestDatabase();
  return { database: await openDatabase({ url: testDatabase.url }), drop: () => testDatabase.drop() };
}

export const testPartnerSetup: PartnerSetup = {
  publicUrl: "http://127.0.0.1:4100",
  allowLoopback: true,
  masterKey: undefined,
};

export async function openTestNode(
  engine: Database["engine"],
  partnerSetup: PartnerSetup = testPartnerSetup,
): Promise<TestNode> {
  const { database, drop } = await open(engine);
  const shardCount = await migrate(database);
  const node = await assembleNode(database, {
    shardCount,
    log: createLog("silent"),
    acceptedKeys: [acceptKey(apiKey, { name: "tester", role: "administrator" })],
    partners: partnerSetup,
    posting: { sweepIntervalMs: 0 },
  });
  const { app, services } = node;
  return {
    app,
    services,
    database,
    async call(method, url, options) {
      const answer = await callApp(app, method, url, options);
      judgeAnswer(method, url, answer);
      return answer;
    },
    async close() {
      await node.close();
      await database.close();
      await drop();
    },
  };
}

/** Systems shop and club, their credit types, a link and a rate of 0.29, and 1000 coins for u1. */
export async function seedNode(node: TestNode): Promise<void> {
  const steps: readonly (readonly [method: string, url: string, body: object])[] = [
    ["PUT", "/v1/systems/shop", { name: "电商商城", kind: "hosted" }],
    ["PUT", "/v1/systems/club", { name: "Club", kind: "hosted" }],
    ["PUT", "/v1/systems/shop/credit-types/coin", { name: "coin" }],
    ["PUT", "/v1/systems/club/credit-types/star", { name: "star" }],
    ["PUT", "/v1/links", { source_system: "shop", target_system: "club", user_mapping: "same_id" }],
    [
      "PUT",
      "/v1/rates",
      {
        source_system: "shop",
        target_system: "club",
        source_credit_type: "coin",
        target_credit_type: "star",
        rate: "0.29",
      },
    ],
    [
      "POST",
      "/v1/credits",
      { operation_id: "seed", system_id: "shop", user_id: "u1", credit_type_id: "coin", amount: "1000" },
    ],
  ];
  for (const [method, url, body] of steps) {
    const answer = await node.call(method, url, { body });
    if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.text}`);
  }
}
