// The runbook for changing the master key of several nodes (docs/security/protected-data.md), carried out: two nodes
// of one database, restarted one after the other, with everything that the master key wraps in it.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { MasterKey } from "../../src/system/index.ts";
import { openPartnerNode, type PartnerNode, requireSound } from "../support/partner-node.ts";
import { exchangeOf, ReconcileWorld } from "../support/reconcile-world.ts";
import { readWrapped } from "../support/wrapped-secret-queries.ts";

interface Wrapped {
  readonly name: string;
  readonly secret: string;
  readonly is_wrapped: boolean;
}

const [old, next] = [randomBytes(32), randomBytes(32)];
const content = { username: "ann", email: "ann@example.com", phone: null, attributes: null };
let world: ReconcileWorld;
/** The nodes of the shop's database, each with how it is ended. */
const nodes: [PartnerNode | undefined, PartnerNode | undefined] = [undefined, undefined];
let made = 0;

async function restart(place: 0 | 1, masterKey: MasterKey): Promise<void> {
  await nodes[place]?.close();
  nodes[place] = await openPartnerNode(world.shop.database, { masterKey });
}

async function readSecrets(): Promise<readonly Wrapped[]> {
  const rows = await world.shop.database.transaction((tx) => tx.query<Wrapped>(readWrapped));
  return rows.filter(({ secret }) => secret !== "");
}

/** Each of the two signs for the airline, opens what is sealed, and seals. */
async function requireWorking(): Promise<void> {
  for (const node of nodes) {
    if (node === undefined) continue;
    made += 1;
    const exchanged = await world.exchange(node, exchangeOf(`x-${made}`, "shop", "100"));
    expect(exchanged).toMatchObject({ status: 201, body: { status: "completed" } });
    expect(await node.services.profiles.get({ systemId: "shop", userId: "u1" })).toMatchObject(content);
    const user = { system_id: "shop", user_id: `new-${made}`, username: "someone" };
    expect((await world.call(node, "PUT", "/v1/users", user)).status).toBeLessThan(300);
  }
}

beforeAll(async () => {
  // The world's own node is there from before the change, ready for it.
  world = await ReconcileWorld.open({ masterKey: { current: old, other: next } });
  const { shop } = world;
  const put = (path: string, body: object) => world.call(shop, "PUT", path, body);
  const puts = [
    await put("/v1/users", { system_id: "shop", user_id: "u1", username: "ann", email: "ann@example.com" }),
    await put("/v1/webhooks/copy", { url: "http://127.0.0.1:9/events" }),
    await put("/v1/alert-channels/ops", {
      kind: "webhook",
      url: "http://127.0.0.1:9/alerts",
      secret: "a secret of ops",
    }),
  ];
  if (puts.some(({ status }) => status !== 201)) throw new Error(JSON.stringify(puts));
  await world.exchange(shop, exchangeOf("first", "shop", "100"));
  await world.reconcile(shop, "shop", "airline");
  await shop.client.keys.rotate();
}, 60_000);

afterAll(async () => {
  for (const node of nodes) await node?.close();
  await world.close();
});

it("a master key is changed on two nodes, one restart at a time, and nothing stops or is lost", async () => {
  const before = await readSecrets();
  const kinds = new Set(before.map(({ name }) => name.split(" ")[0]));
  expect(kinds).toEqual(new Set(["channel", "data-key", "reconciliation-secret", "signing-key", "webhook"]));
  expect(before.every((row) => row.is_wrapped)).toBe(true);
  // 1. Each can read both.
  await restart(0, { current: old, other: next });
  await restart(1, { current: old, other: next });
  await requireWorking();
  // 2. Each wraps with the new one; the other reads it meanwhile.
  await restart(0, { current: next, other: old });
  await requireWorking();
  await restart(1, { current: next, other: old });
  await requireWorking();
  // 3. Each without the old one.
  await restart(0, next);
  await requireWorking();
  await restart(1, next);
  await requireWorking();
  for (const node of nodes) {
    if (node === undefined) continue;
    expect((await world.reconcile(node, "shop", "airline")).mismatches_count).toBe(0);
  }
  const after = new Map((await readSecrets()).map((row) => [row.name, row]));
  for (const { name, secret } of before) {
    const now = after.get(name);
    expect({ name, isAnew: now !== undefined && now.secret !== secret, isWrapped: now?.is_wrapped }).toEqual({
      name,
      isAnew: true,
      isWrapped: true,
    });
  }
  await requireSound(world.shop, world.airline);
}, 120_000);

it("a node with the old key alone does not start, and says why", async () => {
  await expect(openPartnerNode(world.shop.database, { masterKey: old })).rejects.toMatchObject({
    code: "invalid_setting",
  });
});
