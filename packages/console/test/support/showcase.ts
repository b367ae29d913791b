// A node with something on every page, for pictures: exchanges over some time, one that is stuck, rates that wait and
// rates for later, limits, webhooks, a run that found differences.
import { newOperationId } from "@pointbridge/sdk";
import { forget } from "./passing-queries.ts";
import type { Receiver } from "./receiver.ts";
import { addMember, back, makeStuck, route, type World } from "./world.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const members = ["ann", "bo", "cleo", "dan", "eva", "fei"];

/** Some seconds of an ordinary day. */
async function makeTraffic(world: World, rounds: number): Promise<void> {
  const { client, airlineClient } = world;
  for (const user of members.slice(3)) await addMember(world, user, 9_000n);
  for (const user of members) {
    const flyer = { system_id: "airline", user_id: user, credit_type_id: "mile", amount: 4_000n };
    await airlineClient.credits.create(flyer);
    const key = { source_system: "airline", source_user_id: user, target_system: "shop" };
    await client.mappings.put({ ...key, target_user_id: user });
  }
  for (let round = 0; round < rounds; round += 1) {
    const count = 3 + Math.round(4 * (1 + Math.sin(round / 4)));
    const there = Array.from({ length: count }, (_, index) => ({
      ...route,
      operation_id: newOperationId(),
      user_id: members[(round + index) % members.length] ?? "ann",
      amount: BigInt(10 + ((round * 7 + index * 13) % 60)),
    }));
    const returning = there.slice(0, Math.ceil(count / 3)).map((line) => ({
      ...line,
      ...back,
      operation_id: newOperationId(),
      amount: 12n,
    }));
    await client.exchanges.createBatch([...there, ...returning]);
    await sleep(700);
  }
}

async function makeLimits({ client }: World): Promise<void> {
  const shop = { side: "source", source_system: "shop", credit_type_id: "point" } as const;
  const day = { utc_offset_minutes: 480 } as const;
  await client.limits.put("shop-member-day", { ...shop, ...day, measure: "day_amount", bound: "5000" });
  await client.limits.put("shop-member-count", { ...shop, ...day, measure: "day_count", bound: "200" });
  await client.limits.put("airline-position", {
    ...shop,
    target_system: "airline",
    subject: "everybody",
    measure: "position",
    bound: "20000",
  });
  await client.requestLimits.put("tills", {
    applies_to: "principal",
    subject: "till",
    requests: 600,
    window_ms: 60_000,
  });
}

/** A day's comparison, and one that finds what the partner has lost. @returns the second one's id */
async function makeRuns({ client, airline }: World): Promise<string> {
  const window = () => ({
    source_system: "shop",
    target_system: "airline",
    start_time: new Date(Date.now() - 3_600_000).toISOString(),
    end_time: new Date(Date.now() + 60_000).toISOString(),
  });
  await client.reconciliations.create(window(), { waitSeconds: 10 });
  await forget(airline.databaseUrl, async () => {
    const lines = ["ann", "bo", "cleo"].map((user_id) => ({ ...route, user_id, amount: 240n }));
    await client.exchanges.createBatch(lines);
    await sleep(1_500);
  });
  const run = await client.reconciliations.create({ ...window(), repair: "propose" }, { waitSeconds: 10 });
  return run.reconciliation_id;
}

export interface Showcase {
  readonly stuck: string;
  readonly completed: string;
  readonly reconciliationId: string;
}

export async function fill(world: World, receiver: Receiver): Promise<Showcase> {
  const { client } = world;
  await makeLimits(world);
  await client.webhooks.put("bookkeeping", { url: receiver.url });
  await client.webhooks.put("warehouse", { url: "http://127.0.0.1:9/events" });
  await client.alertChannels.put("node-log", { kind: "log" });
  await makeTraffic(world, 30);
  const reconciliationId = await makeRuns(world);
  await client.rates.put({ ...back, rate: "2.4" });
  await client.rates.put({ ...back, rate: "2.45" });
  await client.rates.put({ ...route, rate: "0.37" });
  const { items } = await client.exchanges.list({ status: "completed", user_id: "ann" }).page();
  const completed = items.at(-1)?.operation_id ?? "";
  // While the airline answers: its signature is kept.
  await client.exchanges.receipt(completed);
  const stuck = await makeStuck(world, "gita");
  const later = new Date(Date.now() + 86_400_000).toISOString();
  await client.rates.put({ ...back, rate: "2.3", effective_at: later });
  return { stuck, completed, reconciliationId };
}
