// What the tests look at: a shop's node and an airline's, with members, rates and exchanges between them, and people
// who may do more and less.
import { type Client, createClient, newOperationId } from "@pointbridge/sdk";
import { adminKey, Gate, type NodeProcess, startNode } from "./node-process.ts";

export const route = {
  source_system: "shop",
  target_system: "airline",
  source_credit_type: "point",
  target_credit_type: "mile",
} as const;

/** Nothing is exchanged this way, so its rate may change: no partner refuses points at a rate that is not its own. */
export const back = {
  source_system: "airline",
  target_system: "shop",
  source_credit_type: "mile",
  target_credit_type: "point",
} as const;

type SystemKeys = NonNullable<Parameters<Client["systems"]["put"]>[1]["keys"]>;

export interface Person {
  readonly name: string;
  readonly apiKey: string;
}

export interface World {
  readonly shop: NodeProcess;
  readonly airline: NodeProcess;
  /** Before the airline's node. */
  readonly gate: Gate;
  /** An administrator of the shop, of whom no browser knows. */
  readonly client: Client;
  readonly airlineClient: Client;
  readonly viewer: Person;
  readonly approver: Person;
  /** The configured administrator: signs in with the node's own key. */
  readonly administrator: Person;
  close(): Promise<void>;
}

async function putBoth(client: Client, own: "shop" | "airline", partnerUrl: string, keys: SystemKeys) {
  const other = own === "shop" ? "airline" : "shop";
  const names = { shop: "Corner Shop", airline: "Northern Airline" };
  await client.systems.put(own, { name: names[own], kind: "hosted" });
  await client.systems.put(other, { name: names[other], kind: "remote", base_url: partnerUrl, keys });
  await client.creditTypes.put("shop", "point", { name: "point" });
  await client.creditTypes.put("airline", "mile", { name: "mile" });
  await client.links.put({ source_system: "shop", target_system: "airline", user_mapping: "mapped" });
  await client.links.put({ source_system: "airline", target_system: "shop", user_mapping: "mapped" });
  await client.rates.put({ ...route, rate: "0.29" });
  await client.rates.put({ ...back, rate: "2.5" });
}

export async function addMember(world: Pick<World, "client">, user: string, amount: bigint): Promise<void> {
  const { client } = world;
  await client.credits.create({ system_id: "shop", user_id: user, credit_type_id: "point", amount });
  await client.mappings.put({
    source_system: "shop",
    source_user_id: user,
    target_system: "airline",
    target_user_id: `flyer-${user}`,
  });
}

async function makeExchanges(world: Pick<World, "client">): Promise<void> {
  const { client } = world;
  const members = ["ann", "bo", "cleo"];
  await Promise.all(members.map((user) => addMember(world, user, 5_000n)));
  const lines = Array.from({ length: 24 }, (_, index) => ({
    ...route,
    operation_id: newOperationId(),
    user_id: members[index % members.length] ?? "ann",
    amount: BigInt(20 + index * 10),
  }));
  await client.exchanges.createBatch(lines);
  await client.exchanges.createBatch([
    { ...route, user_id: "ann", amount: 1n },
    { ...route, user_id: "bo", amount: 900_000n },
    { ...route, user_id: "nobody", amount: 10n },
  ]);
}

async function makePerson(client: Client, name: string, role: "viewer" | "approver"): Promise<Person> {
  const { api_key: apiKey } = await client.apiKeys.create({ name: `${name}'s key`, principal: name, role });
  return { name, apiKey };
}

export async function openWorld(): Promise<World> {
  const gate = await Gate.open();
  const [shop, airline] = await Promise.all([
    startNode({ POINTBRIDGE_ALARM_AFTER_MS: "1500", POINTBRIDGE_UNDO_AFTER_MS: "600000000" }),
    startNode({ POINTBRIDGE_PUBLIC_URL: gate.url }),
  ]);
  gate.leadTo(airline.url);
  const client = createClient({ url: shop.url, apiKey: adminKey });
  const airlineClient = createClient({ url: airline.url, apiKey: adminKey });
  const [shopKeys, airlineKeys] = await Promise.all([client.keys.list(), airlineClient.keys.list()]);
  await Promise.all([
    putBoth(client, "shop", gate.url, airlineKeys),
    putBoth(airlineClient, "airline", shop.url, shopKeys),
  ]);
  await makeExchanges({ client });
  const viewer = await makePerson(client, "vera", "viewer");
  const approver = await makePerson(client, "amy", "approver");
  const close = async () => {
    await Promise.all([shop.stop(), airline.stop()]);
    await gate.close();
  };
  const administrator = { name: "administrator", apiKey: adminKey };
  return { shop, airline, gate, client, airlineClient, viewer, approver, administrator, close };
}

/** An exchange whose partner does not answer, once it calls for a person. */
export async function makeStuck(world: World, user: string): Promise<string> {
  await addMember(world, user, 1_000n);
  world.gate.shut();
  const operationId = `stuck-${user}-${newOperationId().slice(-8)}`;
  const input = { ...route, operation_id: operationId, user_id: user, amount: 100n };
  await world.client.exchanges.create(input, { waitSeconds: 0 });
  for (;;) {
    const { status } = await world.client.exchanges.get(operationId);
    if (status === "needs_attention") return operationId;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
