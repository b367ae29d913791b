// The sandbox's two systems, each on its node, what they agreed on, and their members. Set up anew by every run; what
// stands already stays.
import { type Client, createClient } from "@pointbridge/sdk";
import type { SandboxNode, SandboxNodes } from "./sandbox-nodes.ts";

export interface SandboxSystem {
  readonly systemId: "shop" | "airline";
  readonly name: string;
  readonly creditTypeId: string;
  /** What this run gives each member to begin with. */
  readonly openingAmount: bigint;
  readonly userOf: (member: number) => string;
}

export const shop: SandboxSystem = {
  systemId: "shop",
  name: "Shop",
  creditTypeId: "point",
  openingAmount: 1_000n,
  userOf: (member) => `member-${member}`,
};

export const airline: SandboxSystem = {
  systemId: "airline",
  name: "Airline",
  creditTypeId: "mile",
  openingAmount: 200n,
  userOf: (member) => `flyer-${member}`,
};

export const systems: readonly SandboxSystem[] = [shop, airline];
export const members: readonly number[] = Array.from({ length: 12 }, (_, index) => index + 1);

export interface Route {
  readonly source: SandboxSystem;
  readonly target: SandboxSystem;
  readonly rate: string;
}

export const routes = {
  outward: { source: shop, target: airline, rate: "0.29" },
  back: { source: airline, target: shop, rate: "2.5" },
} as const satisfies Record<string, Route>;

/** The nodes of the two systems, as their clients see them. */
export interface Clients {
  readonly shop: Client;
  readonly airline: Client;
}

export function connect(nodes: SandboxNodes): Clients {
  const clientOf = ({ url, apiKey }: SandboxNode) => createClient({ url, apiKey });
  return { shop: clientOf(nodes.shop), airline: clientOf(nodes.airline) };
}

/** The source's node makes the exchanges of a route. */
export function hubOf(clients: Clients, route: Route): Client {
  return clients[route.source.systemId];
}

async function putRoute(client: Client, route: Route): Promise<void> {
  const { source, target, rate } = route;
  const pair = { source_system: source.systemId, target_system: target.systemId };
  await client.links.put({ ...pair, user_mapping: "mapped" });
  await client.rates.put({
    ...pair,
    source_credit_type: source.creditTypeId,
    target_credit_type: target.creditTypeId,
    rate,
  });
}

async function putMappings(client: Client, { source, target }: Route): Promise<void> {
  const pair = { source_system: source.systemId, target_system: target.systemId };
  const puts = members.map((member) =>
    client.mappings.put({
      ...pair,
      source_user_id: source.userOf(member),
      target_user_id: target.userOf(member),
      replace: true,
    }),
  );
  await Promise.all(puts);
}

/** Each node hosts its own system and knows the other's by address and keys. */
async function introduce(
  client: Client,
  own: SandboxSystem,
  other: SandboxSystem,
  node: SandboxNode,
  keys: unknown,
) {
  await client.systems.put(own.systemId, { name: own.name, kind: "hosted" });
  await client.systems.put(other.systemId, {
    name: other.name,
    kind: "remote",
    base_url: node.partnerUrl,
    keys: keys as NonNullable<Parameters<Client["systems"]["put"]>[1]["keys"]>,
  });
  for (const { systemId, name, creditTypeId } of [own, other]) {
    await client.creditTypes.put(systemId, creditTypeId, { name: `${name} ${creditTypeId}` });
  }
  for (const route of [routes.outward, routes.back]) {
    await putRoute(client, route);
    if (route.source === own) await putMappings(client, route);
  }
}

/** Systems, keys, credit types, links, rates and mappings, at both nodes. */
export async function setUpSystems(clients: Clients, nodes: SandboxNodes): Promise<void> {
  const [shopKeys, airlineKeys] = await Promise.all([clients.shop.keys.list(), clients.airline.keys.list()]);
  await Promise.all([
    introduce(clients.shop, shop, airline, nodes.airline, airlineKeys),
    introduce(clients.airline, airline, shop, nodes.shop, shopKeys),
  ]);
}

/** Gives each member of both systems something to exchange. */
export async function creditMembers(clients: Clients, runId: string): Promise<void> {
  for (const { systemId, creditTypeId, openingAmount, userOf } of systems) {
    const credits = members.map((member) => ({
      operation_id: `${runId}.opening.${systemId}.${member}`,
      system_id: systemId,
      user_id: userOf(member),
      credit_type_id: creditTypeId,
      amount: openingAmount,
    }));
    await clients[systemId].credits.createBatch(credits);
  }
}
