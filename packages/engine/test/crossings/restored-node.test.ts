// A node that is restored from an older backup: what it forgot is found with its partner before anything new is
// taken, and in the end no point was made or lost. The runbook is docs/operations.md, "Restoring".
import { afterAll, beforeAll, expect, it } from "vitest";
import { openDatabase } from "../../src/database/index.ts";
import { copyDatabase, type DatabaseCopy } from "../support/database-copy.ts";
import {
  joinNodes,
  openPartnerNode,
  type PartnerNode,
  type PartnerNodeOptions,
  quickLadder,
  requireSound,
} from "../support/partner-node.ts";
import { exchangeOf } from "../support/reconcile-world.ts";
import { createTestDatabase } from "../support/test-database.ts";

/** Asks again at once and undoes nothing by itself, so that what is under way is so as long as a test likes. */
const patient: PartnerNodeOptions = {
  ladder: { ...quickLadder, undoAfterMs: 600_000, alarmAfterMs: 900_000 },
};
const nowhere = "http://127.0.0.1:9";

const closing: (() => Promise<void>)[] = [];
let airline: PartnerNode;
let shop: PartnerNode;
let endShop = async (): Promise<void> => undefined;

/** Starts the shop's node on a database, and tells both sides where the other is now. */
async function startShop(url: string, options: PartnerNodeOptions = {}): Promise<void> {
  const database = await openDatabase({ url });
  shop = await openPartnerNode(database, { ...patient, ...options });
  endShop = async () => {
    await shop.close();
    await database.close();
  };
}

async function moveTo(node: PartnerNode, systemId: string, baseUrl: string): Promise<void> {
  const { keys } = await node.client.systems.get(systemId);
  const input = {
    name: systemId,
    kind: "remote",
    base_url: baseUrl,
    ...(keys === undefined ? {} : { keys }),
  } as const;
  await node.client.systems.put(systemId, input);
}

async function meet(): Promise<void> {
  await moveTo(airline, "shop", shop.url);
  await moveTo(shop, "airline", airline.url);
}

async function post(node: PartnerNode, url: string, payload: object, key?: string) {
  const authorization = `Bearer ${key ?? "partner-node-key"}`;
  const headers = { authorization, prefer: "wait=30" };
  const answer = await node.app.inject({ method: "POST", url, headers, payload });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

async function exchange(node: PartnerNode, id: string, from: "shop" | "airline", amount: string) {
  return post(node, "/v1/exchanges", exchangeOf(id, from, amount));
}

/** Waits for as long as the test is given: the state has no other deadline. */
async function untilEnded(node: PartnerNode, id: string): Promise<string> {
  for (;;) {
    const { status } = await node.client.exchanges.get(id);
    if (status === "completed" || status === "failed") return status;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function pointsOf(node: PartnerNode, systemId: string): Promise<bigint> {
  const { items } = await node.client.accounts.list({ system_id: systemId, user_id: "u1" }).page();
  return items.reduce((sum, { available, frozen }) => sum + available + frozen, 0n);
}

async function differences(
  node: PartnerNode,
  source: string,
  target: string,
  repair: "none" | "apply" = "none",
) {
  const run = await node.client.reconciliations.create({
    source_system: source,
    target_system: target,
    start_time: "2020-01-01T00:00:00.000Z",
    end_time: "2099-01-01T00:00:00.000Z",
    repair,
  });
  const found = await node.client.reconciliations.listMismatches(run.reconciliation_id).toArray();
  return found.map(({ operation_id: id, type }) => `${id} ${type}`).sort();
}

async function fund(node: PartnerNode, systemId: string, creditType: string, id: string, amount: string) {
  const credit = { operation_id: id, system_id: systemId, user_id: "u1", credit_type_id: creditType, amount };
  expect((await post(node, "/v1/credits", credit)).status).toBeLessThan(300);
}

let original: Awaited<ReturnType<typeof createTestDatabase>>;
let backup: DatabaseCopy;
let tillKey: string;

beforeAll(async () => {
  original = await createTestDatabase();
  const place = await createTestDatabase();
  const database = await openDatabase({ url: place.url });
  airline = await openPartnerNode(database, patient);
  closing.push(
    async () => {
      await airline.close();
      await database.close();
    },
    () => place.drop(),
    () => original.drop(),
  );
  await startShop(original.url);
  await joinNodes(shop, airline);
  await fund(shop, "shop", "coin", "open-1", "10000");
  await fund(airline, "airline", "mile", "open-2", "10000");
  const key = { name: "till", principal: "till", role: "service", systems: ["shop"] } as const;
  tillKey = (await shop.client.apiKeys.create(key)).api_key;
}, 60_000);

afterAll(async () => {
  await endShop();
  for (const close of closing) await close();
  await backup.drop();
});

it("the backup is taken with an exchange under way; what comes after it is lost with the database", async () => {
  await exchange(shop, "before", "shop", "1000");
  await moveTo(shop, "airline", nowhere);
  const waiting = { ...exchangeOf("under-way", "shop", "100") };
  const { app } = shop;
  const headers = { authorization: "Bearer partner-node-key", prefer: "respond-async" };
  const asked = await app.inject({ method: "POST", url: "/v1/exchanges", headers, payload: waiting });
  expect(asked.statusCode).toBe(202);
  await endShop();
  backup = await copyDatabase(original.url);
  await startShop(original.url);
  await meet();
  expect(await untilEnded(shop, "under-way")).toBe("completed");
  expect((await exchange(shop, "lost-out", "shop", "1000")).status).toBe(201);
  expect((await exchange(airline, "lost-in", "airline", "40")).status).toBe(201);
  await fund(shop, "shop", "coin", "lost-credit", "7");
  expect(await pointsOf(shop, "shop")).toBe(10_000n - 1_000n - 100n - 1_000n + 100n + 7n);
  await requireSound(shop, airline);
  await endShop();
}, 60_000);

it("the restored node's own books are whole, and it knows nothing of what it forgot", async () => {
  await startShop(backup.url, { isClosed: true });
  await meet();
  await requireSound(shop);
  const audit = await shop.app.inject({
    url: "/v1/audit/verification",
    headers: { authorization: "Bearer partner-node-key" },
  });
  expect(audit.json()).toMatchObject({ ok: true });
  expect((await shop.app.inject({ url: "/readyz" })).statusCode).toBe(200);
  await expect(shop.client.exchanges.get("lost-out")).rejects.toMatchObject({ status: 404 });
}, 60_000);

it("closed, it begins nothing, for callers or for partners, and what was under way ends by what the partner knows", async () => {
  const refused = await post(shop, "/v1/exchanges", exchangeOf("early", "shop", "5"), tillKey);
  expect(refused).toMatchObject({ status: 503, body: { code: "node_closed", retryable: true } });
  expect(await untilEnded(shop, "under-way")).toBe("completed");
  const headers = { authorization: "Bearer partner-node-key", prefer: "respond-async" };
  const payload = exchangeOf("meanwhile", "airline", "30");
  const asked = await airline.app.inject({ method: "POST", url: "/v1/exchanges", headers, payload });
  expect(asked.statusCode).toBe(202);
  // Its outcome is not known: nothing was decided here.
  expect((await airline.client.exchanges.get("meanwhile")).status).toBe("processing");
  await expect(shop.client.operations.get("early")).rejects.toMatchObject({ status: 404 });
}, 60_000);

it("the reconciliation names what it forgot, and nothing else", async () => {
  expect(await differences(shop, "shop", "airline")).toEqual(["lost-out missing_in_source"]);
  const back = await differences(shop, "airline", "shop");
  expect(back).toContain("lost-in missing_in_target");
  expect(back.filter((one) => !one.startsWith("meanwhile"))).toEqual(["lost-in missing_in_target"]);
}, 60_000);

it("asking again under the same ids takes what the member owes, once; the partner gives nothing twice", async () => {
  const before = await pointsOf(airline, "airline");
  expect(await exchange(shop, "lost-out", "shop", "1000")).toMatchObject({
    status: 201,
    body: { status: "completed" },
  });
  await fund(shop, "shop", "coin", "lost-credit", "7");
  expect(await pointsOf(airline, "airline")).toBe(before);
  expect(await differences(shop, "shop", "airline")).toEqual([]);
}, 60_000);

it("opened, the partner's repair brings what it had given, what waited goes on, and both sides agree", async () => {
  await endShop();
  await startShop(backup.url);
  await meet();
  expect(await untilEnded(airline, "meanwhile")).toBe("completed");
  await differences(airline, "airline", "shop", "apply");
  expect(await differences(airline, "airline", "shop")).toEqual([]);
  expect(await differences(shop, "shop", "airline")).toEqual([]);
  // As it was before the loss, and the 30 miles of `meanwhile`.
  expect(await pointsOf(shop, "shop")).toBe(10_000n - 1_000n - 100n - 1_000n + 100n + 7n + 75n);
  expect(await pointsOf(airline, "airline")).toBe(10_000n + 290n + 29n + 290n - 40n - 30n);
  await requireSound(shop, airline);
}, 60_000);
