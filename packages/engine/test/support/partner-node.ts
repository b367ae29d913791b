// A node that listens on loopback, for exchanges across nodes: its own database, keys and ledger.
import type { AddressInfo } from "node:net";
import { createClient } from "@pointbridge/sdk";
import { type Database, migrate } from "../../src/database/index.ts";
import { defaultLadder, type Ladder } from "../../src/domain/index.ts";
import type { CrossingSettings } from "../../src/exchange/index.ts";
import { acceptKey } from "../../src/http/index.ts";
import { verifyLedger } from "../../src/ledger/index.ts";
import { type AssembledNode, assembleNode } from "../../src/node.ts";
import { defaultLineSettings, type LineSettings } from "../../src/partner/index.ts";
import type { AgreementSettings, RateRules } from "../../src/rates/index.ts";
import { createLog, type Log, type MasterKey } from "../../src/system/index.ts";

export const nodeApiKey = "partner-node-key";
/** Of another person. */
export const secondApiKey = "second-person-key";

/** Fast enough for tests: seconds become milliseconds. A timing never decides whether a test passes. */
export const quickLadder: Ladder = {
  ...defaultLadder,
  delaysMs: [5, 10, 20, 40, 80, 160],
  undoAfterMs: 400,
  alarmAfterMs: 2_000,
  leaseMs: 5_000,
};

export interface PartnerNode extends AssembledNode {
  readonly url: string;
  readonly database: Database;
  readonly client: ReturnType<typeof createClient>;
}

export interface PartnerNodeOptions {
  readonly ladder?: Ladder;
  readonly timeoutMs?: number;
  readonly shardCount?: number;
  readonly lines?: Partial<LineSettings>;
  readonly crossings?: Partial<CrossingSettings>;
  readonly rateAgreements?: Partial<AgreementSettings>;
  readonly rateRules?: Partial<RateRules>;
  readonly masterKey?: MasterKey;
  readonly log?: Log;
  /** As after a restore. */
  readonly isClosed?: boolean;
}

/** @param database empty; closed by its opener */
export async function openPartnerNode(
  database: Database,
  options: PartnerNodeOptions = {},
): Promise<PartnerNode> {
  const { ladder = quickLadder, timeoutMs = 1_000 } = options;
  const shardCount = await migrate(database, options.shardCount);
  const node = await assembleNode(database, {
    shardCount,
    log: options.log ?? createLog("silent"),
    acceptedKeys: [
      acceptKey(nodeApiKey, { name: "tester", role: "administrator" }),
      acceptKey(secondApiKey, { name: "second", role: "administrator" }),
    ],
    partners: { publicUrl: undefined, allowLoopback: true, masterKey: options.masterKey },
    // A breaker that opens and closes within a test.
    lines: { ...defaultLineSettings, firstBreakMs: 20, longestBreakMs: 100, timeoutMs, ...options.lines },
    posting: { sweepIntervalMs: 0, ladder },
    isClosed: options.isClosed ?? false,
    crossings: { pollIntervalMs: 20, probeIntervalMs: 50, ...options.crossings },
    ...(options.rateRules === undefined ? {} : { rateRules: options.rateRules }),
    rateAgreements: {
      pollIntervalMs: 50,
      askIntervalMs: 50,
      firstDelayMs: 20,
      longestDelayMs: 200,
      ...options.rateAgreements,
    },
  });
  node.start();
  await node.app.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${(node.app.server.address() as AddressInfo).port}`;
  const client = createClient({ url, apiKey: nodeApiKey, retries: 0 });
  return { ...node, url, database, client };
}

async function call(
  node: PartnerNode,
  method: "PUT" | "POST" | "GET",
  path: string,
  body?: object,
): Promise<unknown> {
  const answer = await fetch(`${node.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${nodeApiKey}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as unknown;
}

export interface RemoteSystem {
  readonly systemId: string;
  readonly creditTypeId: string;
  readonly baseUrl: string;
  readonly keys: unknown;
}

/** Registers a system of another node. */
export async function putRemote(node: PartnerNode, remote: RemoteSystem): Promise<void> {
  const { systemId, creditTypeId, baseUrl, keys } = remote;
  const body = { name: systemId, kind: "remote", base_url: baseUrl, keys };
  await call(node, "PUT", `/v1/systems/${systemId}`, body);
  await call(node, "PUT", `/v1/systems/${systemId}/credit-types/${creditTypeId}`, { name: creditTypeId });
}

export async function putHosted(node: PartnerNode, systemId: string, creditTypeId: string): Promise<void> {
  await call(node, "PUT", `/v1/systems/${systemId}`, { name: systemId, kind: "hosted" });
  await call(node, "PUT", `/v1/systems/${systemId}/credit-types/${creditTypeId}`, { name: creditTypeId });
}

export interface TestRoute {
  readonly source: readonly [systemId: string, creditTypeId: string];
  readonly target: readonly [systemId: string, creditTypeId: string];
  readonly rate: string;
  readonly userMapping?: "same_id" | "mapped";
  readonly autoProvision?: boolean;
}

export async function putTestRoute(node: PartnerNode, route: TestRoute): Promise<void> {
  const pair = { source_system: route.source[0], target_system: route.target[0] };
  const { userMapping = "same_id", autoProvision = false } = route;
  await call(node, "PUT", "/v1/links", { ...pair, user_mapping: userMapping, auto_provision: autoProvision });
  const types = { source_credit_type: route.source[1], target_credit_type: route.target[1] };
  await call(node, "PUT", "/v1/rates", { ...pair, ...types, rate: route.rate });
}

export async function keysOf(node: PartnerNode): Promise<unknown> {
  return call(node, "GET", "/v1/keys");
}

/** Shop's coins at one node and airline's miles at another, each registered with the other, both ways. */
export async function joinNodes(shop: PartnerNode, airline: PartnerNode): Promise<void> {
  await putHosted(shop, "shop", "coin");
  await putHosted(airline, "airline", "mile");
  await putRemote(shop, {
    systemId: "airline",
    creditTypeId: "mile",
    baseUrl: airline.url,
    keys: await keysOf(airline),
  });
  await putRemote(airline, {
    systemId: "shop",
    creditTypeId: "coin",
    baseUrl: shop.url,
    keys: await keysOf(shop),
  });
  for (const node of [shop, airline]) {
    await putTestRoute(node, { source: ["shop", "coin"], target: ["airline", "mile"], rate: "0.29" });
    await putTestRoute(node, { source: ["airline", "mile"], target: ["shop", "coin"], rate: "2.5" });
  }
}

export async function requireSound(...nodes: readonly PartnerNode[]): Promise<void> {
  for (const { database } of nodes) {
    const { differences } = await verifyLedger(database);
    if (differences.length > 0) throw new Error(`the ledger does not hold: ${JSON.stringify(differences)}`);
  }
}
