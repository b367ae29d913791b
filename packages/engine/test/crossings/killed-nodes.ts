// Two nodes in processes of their own, each on a PostgreSQL database of its own, that can be killed and started
// again at the same address, with or without a point at which they die by themselves.
import { setTimeout as wait } from "node:timers/promises";
import { type Client, createClient, PointbridgeError, UnreachableError } from "@pointbridge/sdk";
import { findFreePort, ServedNode } from "../cli/processes.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";

export type NodeName = "shop" | "airline";

const creditTypes = { shop: "coin", airline: "mile" } as const;
const openingAmount = 1_000_000n;

/** Exchanges of either direction, always made at the shop's node: it is the hub. */
export type Direction = "out" | "in";

export function exchangeInput(operationId: string, direction: Direction, userId: string, amount: bigint) {
  const [source, target] =
    direction === "out" ? (["shop", "airline"] as const) : (["airline", "shop"] as const);
  return {
    operation_id: operationId,
    user_id: userId,
    source_system: source,
    target_system: target,
    source_credit_type: creditTypes[source],
    target_credit_type: creditTypes[target],
    amount,
  };
}

class KilledNode {
  readonly name: NodeName;
  readonly #port: number;
  readonly #settings: Readonly<Record<string, string>>;
  readonly client: Client;
  #node: ServedNode | undefined;

  constructor(name: NodeName, port: number, databaseUrl: string, settings: Readonly<Record<string, string>>) {
    this.name = name;
    this.#port = port;
    this.#settings = {
      DATABASE_URL: databaseUrl,
      POINTBRIDGE_ALLOW_LOOPBACK: "true",
      POINTBRIDGE_PUBLIC_URL: `http://127.0.0.1:${port}`,
      // The shortest: what a dead node had is taken up after a second.
      POINTBRIDGE_LEASE_MS: "1000",
      ...settings,
    };
    const url = `http://127.0.0.1:${port}`;
    this.client = createClient({
      url,
      apiKey: "an-administrator-of-the-tests",
      retries: 0,
      timeoutMs: 20_000,
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(crashAt?: string): Promise<void> {
    const crash: Record<string, string> = crashAt === undefined ? {} : { POINTBRIDGE_CRASH_AT: crashAt };
    this.#node = new ServedNode(this.#port, { ...this.#settings, ...crash });
    await this.#node.start();
  }

  async kill(): Promise<void> {
    await this.#node?.end("SIGKILL");
  }

  async end(): Promise<void> {
    await this.#node?.end("SIGTERM");
  }

  /** Waits until the node has died at its point. */
  async died(): Promise<void> {
    await this.#node?.ended;
  }
}

export interface KilledPair {
  readonly shop: KilledNode;
  readonly airline: KilledNode;
  close(): Promise<void>;
}

async function introduce(own: KilledNode, other: KilledNode, otherKeys: unknown): Promise<void> {
  const { client } = own;
  await client.systems.put(own.name, { name: own.name, kind: "hosted" });
  const keys = otherKeys as NonNullable<Parameters<Client["systems"]["put"]>[1]["keys"]>;
  await client.systems.put(other.name, { name: other.name, kind: "remote", base_url: other.url, keys });
  for (const name of [own.name, other.name]) {
    await client.creditTypes.put(name, creditTypes[name], { name: creditTypes[name] });
  }
  for (const [source, target, rate] of [
    ["shop", "airline", "0.5"],
    ["airline", "shop", "2"],
  ] as const) {
    const pair = { source_system: source, target_system: target };
    await client.links.put({ ...pair, user_mapping: "same_id" });
    const types = { source_credit_type: creditTypes[source], target_credit_type: creditTypes[target] };
    await client.rates.put({ ...pair, ...types, rate });
  }
}

/** @param settings of both nodes */
export async function openKilledPair(
  userIds: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<KilledPair> {
  const databases: TestDatabase[] = [await createTestDatabase(), await createTestDatabase()];
  const [shopUrl = "", airlineUrl = ""] = databases.map(({ url }) => url);
  const shop = new KilledNode("shop", await findFreePort(), shopUrl, settings);
  const airline = new KilledNode("airline", await findFreePort(), airlineUrl, settings);
  await Promise.all([shop.start(), airline.start()]);
  const [shopKeys, airlineKeys] = await Promise.all([shop.client.keys.list(), airline.client.keys.list()]);
  await introduce(shop, airline, airlineKeys);
  await introduce(airline, shop, shopKeys);
  for (const { client, name } of [shop, airline]) {
    const credits = userIds.map((userId) => ({
      operation_id: `open.${name}.${userId}`,
      system_id: name,
      user_id: userId,
      credit_type_id: creditTypes[name],
      amount: openingAmount,
    }));
    await client.credits.createBatch(credits);
  }
  const close = async (): Promise<void> => {
    await Promise.all([shop.kill(), airline.kill()]);
    for (const database of databases) await database.drop();
  };
  return { shop, airline, close };
}

/** Sends until the node answers; what was lost with a killed node is sent again, as a user would. */
export async function insist<T>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      const isLost =
        error instanceof UnreachableError || (error instanceof PointbridgeError && error.retryable);
      if (!isLost) throw error;
      await wait(100);
    }
  }
}

/** Waits until an exchange has ended; answers how. */
export async function waitForEnd(pair: KilledPair, operationId: string): Promise<"completed" | "failed"> {
  for (;;) {
    const { status } = await insist(() => pair.shop.client.exchanges.get(operationId));
    if (status === "completed" || status === "failed") return status;
    await wait(50);
  }
}

async function totalOf(node: KilledNode): Promise<{ available: bigint; frozen: bigint }> {
  let [available, frozen] = [0n, 0n];
  for await (const account of node.client.accounts.list({ system_id: node.name, limit: 1000 })) {
    available += account.available;
    frozen += account.frozen;
  }
  return { available, frozen };
}

/**
 * What both ledgers must have come to, out of what the exchanges say: both sound, nothing held, and as much on
 * either side as was there before and as the completed exchanges moved.
 */
export async function requireAgreement(pair: KilledPair, userCount: number): Promise<void> {
  const { shop, airline } = pair;
  let [shopPoints, airlinePoints] = [openingAmount * BigInt(userCount), openingAmount * BigInt(userCount)];
  for await (const exchange of shop.client.exchanges.list({ limit: 1000 })) {
    if (exchange.status !== "completed" && exchange.status !== "failed") {
      throw new Error(`exchange ${exchange.operation_id} is ${exchange.status}`);
    }
    if (exchange.status !== "completed" || exchange.target_amount === null) continue;
    const [out, sign] = exchange.source_system === "shop" ? [true, 1n] : [false, -1n];
    shopPoints -= sign * (out ? exchange.source_amount : exchange.target_amount);
    airlinePoints += sign * (out ? exchange.target_amount : exchange.source_amount);
  }
  for (const [node, points] of [
    [shop, shopPoints],
    [airline, airlinePoints],
  ] as const) {
    const { ok, differences } = await node.client.ledger.verify();
    if (!ok) throw new Error(`the ledger of ${node.name} does not hold: ${JSON.stringify(differences)}`);
    const { available, frozen } = await totalOf(node);
    if (available !== points || frozen !== 0n) {
      throw new Error(`${node.name} has ${available} and ${frozen} held instead of ${points} and 0`);
    }
  }
}
