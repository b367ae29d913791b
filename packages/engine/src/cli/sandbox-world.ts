// The sandbox's two systems, what they agreed on, and their members. Set up anew by every run; what stands already stays.
import type { v1 } from "@pointbridge/protocol";
import type { SandboxClient } from "./sandbox-client.ts";

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

async function putRate(client: SandboxClient, { source, target, rate }: Route): Promise<void> {
  const query = `source_system=${source.systemId}&target_system=${target.systemId}`;
  const { items } = await client.get<{ items: v1.ExchangeRate[] }>(`/v1/rates?${query}`);
  const inForce = items.find(
    (item) =>
      item.source_credit_type === source.creditTypeId && item.target_credit_type === target.creditTypeId,
  );
  // A rate is a new version each time it is set, so one that stands is left alone.
  if (inForce?.rate === rate && inForce.min_source_amount === "1") return;
  await client.put("/v1/rates", {
    source_system: source.systemId,
    target_system: target.systemId,
    source_credit_type: source.creditTypeId,
    target_credit_type: target.creditTypeId,
    rate,
  });
}

async function putRoute(client: SandboxClient, route: Route): Promise<void> {
  const { source, target } = route;
  const pair = { source_system: source.systemId, target_system: target.systemId };
  await client.put("/v1/links", { ...pair, user_mapping: "mapped" });
  await putRate(client, route);
  for (const member of members) {
    await client.put("/v1/mappings", {
      ...pair,
      source_user_id: source.userOf(member),
      target_user_id: target.userOf(member),
      replace: true,
    });
  }
}

/** Systems, credit types, links, rates and mappings, both ways. */
export async function setUpSystems(client: SandboxClient): Promise<void> {
  for (const { systemId, name, creditTypeId } of [shop, airline]) {
    await client.put(`/v1/systems/${systemId}`, { name, kind: "hosted" });
    await client.put(`/v1/systems/${systemId}/credit-types/${creditTypeId}`, {
      name: `${name} ${creditTypeId}`,
    });
  }
  await putRoute(client, routes.outward);
  await putRoute(client, routes.back);
}

/** Gives each member of both systems something to exchange. */
export async function creditMembers(client: SandboxClient, runId: string): Promise<void> {
  for (const { systemId, creditTypeId, openingAmount, userOf } of [shop, airline]) {
    const credits = members.map((member) => ({
      operation_id: `${runId}.opening.${systemId}.${member}`,
      system_id: systemId,
      user_id: userOf(member),
      credit_type_id: creditTypeId,
      amount: openingAmount.toString(),
    }));
    await client.post("/v1/credits/batch", { credits });
  }
}
