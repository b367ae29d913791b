// The sandbox's two systems, what they agreed on, and their members. Set up anew by every run; what stands already stays.
import type { Client } from "@pointbridge/sdk";

export interface SandboxSystem {
  readonly systemId: string;
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
  for (const member of members) {
    await client.mappings.put({
      ...pair,
      source_user_id: source.userOf(member),
      target_user_id: target.userOf(member),
      replace: true,
    });
  }
}

/** Systems, credit types, links, rates and mappings, both ways. */
export async function setUpSystems(client: Client): Promise<void> {
  for (const { systemId, name, creditTypeId } of [shop, airline]) {
    await client.systems.put(systemId, { name, kind: "hosted" });
    await client.creditTypes.put(systemId, creditTypeId, {
      name: `${name} ${creditTypeId}`,
    });
  }
  await putRoute(client, routes.outward);
  await putRoute(client, routes.back);
}

/** Gives each member of both systems something to exchange. */
export async function creditMembers(client: Client, runId: string): Promise<void> {
  for (const { systemId, creditTypeId, openingAmount, userOf } of [shop, airline]) {
    const credits = members.map((member) => ({
      operation_id: `${runId}.opening.${systemId}.${member}`,
      system_id: systemId,
      user_id: userOf(member),
      credit_type_id: creditTypeId,
      amount: openingAmount,
    }));
    await client.credits.createBatch(credits);
  }
}
