// Proves what webhooks promise: everything is delivered, in order per key, whatever a receiver does.
import { generateWebhookKeys } from "@pointbridge/protocol/webhooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Behaviour, Receiver } from "./receiver.ts";
import type { WebhookNode } from "./webhook-node.ts";
import { openWorld, until } from "./world.ts";

let node: WebhookNode;
let close: () => Promise<void>;
const receiver = new Receiver();
const addresses = new Map<string, string[]>();

beforeAll(async () => {
  await receiver.open();
  const resolve = async (host: string) => {
    const turns = addresses.get(host) ?? [];
    const address = turns.length > 1 ? turns.shift() : turns[0];
    if (address === undefined) throw new Error(`getaddrinfo ENOTFOUND ${host}`);
    return [{ address, family: 4 }];
  };
  ({ node, close } = await openWorld({ resolve }));
});

afterAll(async () => {
  await close();
  await receiver.close();
});

beforeEach(() => {
  receiver.behave = () => ({ status: 204 });
});

afterEach(async () => {
  // What one test left would be sent the events of the next.
  const { items = [] } = await node.call("GET", "webhooks");
  for (const { webhook_id: id } of items) await node.call("DELETE", `webhooks/${String(id)}`);
});

let last = 0;
/** A webhook, and members of its own to tell tests apart. */
function fresh(): { id: string; users: (count: number) => string[] } {
  last += 1;
  const id = `w${last}`;
  return { id, users: (count) => Array.from({ length: count }, (_, index) => `${id}-u${index}`) };
}

function userOf(event: { readonly data?: unknown }): string {
  return (event.data as { readonly user_id: string }).user_id;
}

function versionsOf(path: string, userId: string): number[] {
  return receiver
    .takenBy(path)
    .filter(({ event }) => userOf(event) === userId)
    .map(({ event }) => (event.data as { readonly version: number }).version);
}

/** Without what came again because an answer was late: the first of each, in their order. */
function distinctVersionsOf(path: string, userId: string): number[] {
  return [...new Set(versionsOf(path, userId))];
}

function distinctCount(path: string): number {
  return new Set(receiver.takenBy(path).map((one) => one.id)).size;
}

const stateOf = (id: string) => node.call("GET", `webhooks/${id}`);

async function alertsOf(type: string, key: string): Promise<string[]> {
  const { items = [] } = await node.call("GET", `alerts?type=${type}&limit=1000`);
  return items.filter((alert) => alert["key"] === key).map((alert) => String(alert["state"]));
}

describe("a webhook", () => {
  it("gets each event once, signed both ways, in order per account (W2, W3, Q1)", async () => {
    const { id, users } = fresh();
    const made = await node.put(id, receiver.urlOf(id));
    receiver.keys.set(id, String(made["secret"]));
    const names = users(20);
    for (let round = 0; round < 5; round += 1) await node.credit(names);
    await until("all taken", () => receiver.takenBy(id).length >= 100);
    for (const name of names) expect(versionsOf(id, name)).toEqual([1, 2, 3, 4, 5]);
    const taken = receiver.takenBy(id);
    expect(new Set(taken.map((one) => one.id)).size).toBe(100);
    expect(taken.every((one) => one.id === one.event.id && one.event.specversion === "1.0")).toBe(true);
    receiver.keys.set(id, String(made["public_key"]));
    await node.credit(names);
    await until("all taken again", () => receiver.takenBy(id).length >= 120);
    expect(receiver.forged).toEqual([]);
    await until("counted", async () => (await stateOf(id))["delivered_count"] === 120);
    expect(await stateOf(id)).toMatchObject({ state: "delivering", pending_count: 0, last_error: null });
  });

  it("gets only what it asked for, from when it was made on", async () => {
    const { id, users } = fresh();
    await node.credit(users(3));
    await node.put(id, receiver.urlOf(id), { types: ["credit.completed"], systems: ["shop"] });
    await node.put(`${id}-club`, receiver.urlOf(`${id}-club`), {
      types: ["credit.completed"],
      systems: ["club"],
    });
    await node.credit(users(2));
    await until("both taken", () => receiver.takenBy(id).length >= 2);
    expect(receiver.triedAt(id).map(({ event }) => event.type)).toEqual([
      "credit.completed",
      "credit.completed",
    ]);
    expect(receiver.triedAt(`${id}-club`)).toEqual([]);
  });

  const failures: readonly (readonly [string, Behaviour, string])[] = [
    ["answers 500", { status: 500 }, "answered 500"],
    ["answers 404", { status: 404 }, "answered 404"],
    ["answers 429 with Retry-After", { status: 429, headers: { "retry-after": "1" } }, "answered 429"],
    ["redirects", { status: 302, headers: { location: "/elsewhere" } }, "redirects are not followed"],
    ["hangs", "hang", "no answer within 500 ms"],
    ["resets the connection", "reset", ""],
    ["begins an answer and stops", "drip", "no answer within 500 ms"],
  ];
  it.each(failures)(
    "whose receiver %s is sent the same again, in order (W3, W5)",
    async (_name, bad, text) => {
      const { id, users } = fresh();
      const [ill = "", well = ""] = users(2);
      const isSlow = bad === "hang" || bad === "drip";
      // Once where it takes its time.
      const badMax = isSlow || (typeof bad === "object" && bad.headers !== undefined) ? 1 : 3;
      let badCount = badMax;
      receiver.behave = (event, path) => {
        if (path !== id || userOf(event) !== ill || badCount === 0) return { status: 200 };
        badCount -= 1;
        return bad;
      };
      await node.put(id, receiver.urlOf(id), isSlow ? { timeout_ms: 500 } : {});
      for (let round = 0; round < 4; round += 1) await node.credit([ill, well]);
      await until("all taken", () => distinctCount(id) >= 8);
      expect(distinctVersionsOf(id, ill)).toEqual([1, 2, 3, 4]);
      expect(distinctVersionsOf(id, well)).toEqual([1, 2, 3, 4]);
      const tries = receiver.triedAt(id).filter(({ event }) => userOf(event) === ill);
      expect(new Set(tries.slice(0, badMax + 1).map((one) => one.id)).size).toBe(1);
      expect(receiver.triedAt("elsewhere")).toEqual([]);
      const deliveries = async () => (await node.call("GET", `webhooks/${id}/deliveries`)).items ?? [];
      await until("all stored", async () =>
        (await deliveries()).every((one) => one["state"] === "delivered"),
      );
      const first = (await deliveries()).at(-1);
      expect(first).toMatchObject({ delivery_id: tries[0]?.id });
      expect(Number(first?.["attempts"])).toBeGreaterThan(badMax);
      expect(String(first?.["last_error"])).toContain(text);
    },
  );

  it("whose receiver answers more than anybody reads has taken the event (W5)", async () => {
    const { id, users } = fresh();
    receiver.behave = () => "huge";
    await node.put(id, receiver.urlOf(id));
    await node.credit(users(5));
    await until("all taken", () => receiver.takenBy(id).length >= 5);
    await until("counted", async () => (await stateOf(id))["delivered_count"] === 5);
    expect(receiver.triedAt(id)).toHaveLength(5);
  });

  it("whose receiver answers 410 is switched off with an alert, and goes on when it is put again (W7)", async () => {
    const { id, users } = fresh();
    receiver.behave = (_event, path) => ({ status: path === id ? 410 : 200 });
    await node.put(id, receiver.urlOf(id));
    await node.credit(users(4));
    await until("switched off", async () => (await stateOf(id))["enabled"] === false);
    expect(await stateOf(id)).toMatchObject({ state: "disabled", disabled_reason: "gone" });
    expect(await alertsOf("webhook_dead", id)).toEqual(["open"]);
    const triedCount = receiver.triedAt(id).length;
    await node.credit(users(4));
    receiver.behave = () => ({ status: 200 });
    expect(receiver.triedAt(id)).toHaveLength(triedCount);
    await node.put(id, receiver.urlOf(id));
    await until("all taken", () => receiver.takenBy(id).length >= 8);
    for (const name of users(4)) expect(versionsOf(id, name)).toEqual([1, 2]);
    expect(await alertsOf("webhook_dead", id)).toEqual(["cleared"]);
  });

  it("is not sent to a private address, however its name changes its mind (W5, E3)", async () => {
    const { id, users } = fresh();
    addresses.set("rebound.example", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "127.0.0.1"]);
    // Each answer ends the connection, so that each attempt looks the name up.
    receiver.behave = () => ({ status: 200, headers: { connection: "close" } });
    await node.put(id, `http://rebound.example:${receiver.port}/${id}`);
    const names = users(1);
    for (let round = 0; round < 3; round += 1) await node.credit(names);
    await until("all taken", () => receiver.takenBy(id).length >= 3);
    expect(versionsOf(id, names[0] ?? "")).toEqual([1, 2, 3]);
    const { items = [] } = await node.call("GET", `webhooks/${id}/deliveries`);
    expect(items.map((one) => String(one["last_error"])).join()).toMatch(/is not public/);
    for (const url of [
      "https://10.0.0.1/",
      "https://169.254.169.254/",
      "https://[::ffff:10.0.0.1]/",
      "ftp://a.example",
    ]) {
      expect(await node.statusOf("PUT", `webhooks/${id}`, { url })).toBe("400 invalid_request");
    }
  });

  it("is asked with one event at a time while nothing is taken, and others go on (W6, W8)", async () => {
    const [dead, well] = [fresh(), fresh()];
    let isDead = true;
    receiver.behave = (_event, path) => (path === dead.id && isDead ? "hang" : { status: 200 });
    await node.put(dead.id, receiver.urlOf(dead.id), { timeout_ms: 500 });
    await node.put(well.id, receiver.urlOf(well.id));
    const names = well.users(100);
    for (let round = 0; round < 3; round += 1) await node.credit(names);
    await until("the well one has all", () => receiver.takenBy(well.id).length >= 300);
    await until("the dead one fails", async () => (await stateOf(dead.id))["state"] === "failing");
    const triedCount = receiver.triedAt(dead.id).length;
    expect(triedCount).toBeLessThan(200);
    isDead = false;
    await until("the dead one has all", () => distinctCount(dead.id) >= 300);
    for (const name of names) expect(distinctVersionsOf(dead.id, name)).toEqual([1, 2, 3]);
    expect(await stateOf(dead.id)).toMatchObject({ enabled: true });
  });
});

describe("replay", () => {
  it("from a cursor and from a time sends the same again under the same ids (W2)", async () => {
    const { id, users } = fresh();
    await node.put(id, receiver.urlOf(id));
    const { cursor } = await stateOf(id);
    const [name = ""] = users(1);
    for (let round = 0; round < 3; round += 1) await node.credit([name]);
    await until("all taken", () => receiver.takenBy(id).length >= 3);
    expect(await node.call("POST", `webhooks/${id}/replay`, { after: cursor })).toMatchObject({ cursor });
    await until("all taken again", () => receiver.takenBy(id).length >= 6);
    expect(versionsOf(id, name)).toEqual([1, 2, 3, 1, 2, 3]);
    expect(new Set(receiver.takenBy(id).map((one) => one.id)).size).toBe(3);
    const since = new Date(Date.now() - 3_600_000).toISOString();
    await node.call("POST", `webhooks/${id}/replay`, { since });
    await until("all taken once more", () => versionsOf(id, name).length >= 9);
    for (const bad of [{}, { after: cursor, since }, { dead_letters: false }]) {
      expect(await node.statusOf("POST", `webhooks/${id}/replay`, bad)).toBe("400 invalid_request");
    }
    const foreign = { after: "00000000-0000-0000-0000-000000000000.1" };
    expect(await node.statusOf("POST", `webhooks/${id}/replay`, foreign)).toBe("400 cursor_unknown");
    expect(await node.statusOf("POST", "webhooks/none/replay", { since })).toBe("404 webhook_not_found");
  });
});

describe("keys", () => {
  it("that are rotated sign beside the old ones (W10)", async () => {
    const { id, users } = fresh();
    const made = await node.put(id, receiver.urlOf(id));
    receiver.keys.set(id, String(made["secret"]));
    const rotated = await node.call("POST", `webhooks/${id}/rotate`, {});
    expect(rotated["secret"]).not.toBe(made["secret"]);
    expect(rotated["older_public_keys"]).toMatchObject([{ public_key: made["public_key"] }]);
    await node.credit(users(2));
    await until("both taken", () => receiver.takenBy(id).length >= 2);
    receiver.keys.set(id, String(rotated["public_key"]));
    expect(await node.call("POST", `webhooks/${id}/test`)).toMatchObject({ delivered: true, status: 204 });
    expect(receiver.forged).toEqual([]);
    await node.call("POST", `webhooks/${id}/rotate`, { overlap_ms: 0 });
    await node.call("POST", `webhooks/${id}/test`);
    expect(receiver.forged).toHaveLength(1);
    receiver.forged.splice(0);
  });

  it("are shown when they are made only, and never lie open where a master key is set (W9)", async () => {
    const { id } = fresh();
    const made = await node.put(id, receiver.urlOf(id));
    expect(String(made["secret"])).toMatch(/^whsec_/);
    const again = await node.put(id, receiver.urlOf(id));
    expect(again["secret"]).toBeUndefined();
    expect(JSON.stringify([await stateOf(id), await node.call("GET", "webhooks")])).not.toContain("whsec_");
    expect(generateWebhookKeys().publicKey).toHaveLength(String(made["public_key"]).length);
  });
});

describe("a webhook that is removed", () => {
  it("gets nothing more, and is not there", async () => {
    const { id, users } = fresh();
    await node.put(id, receiver.urlOf(id));
    await node.credit(users(1));
    await until("taken", () => receiver.takenBy(id).length === 1);
    expect(await node.call("DELETE", `webhooks/${id}`)).toMatchObject({ webhook_id: id });
    await node.credit(users(3));
    expect(await node.statusOf("GET", `webhooks/${id}`)).toBe("404 webhook_not_found");
    expect(await node.statusOf("DELETE", `webhooks/${id}`)).toBe("404 webhook_not_found");
    expect(await node.statusOf("POST", `webhooks/${id}/test`)).toBe("404 webhook_not_found");
    expect(await node.statusOf("POST", `webhooks/${id}/deliveries/1-0/replay`)).toBe(
      "404 webhook_delivery_not_found",
    );
    const { items = [] } = await node.call("GET", "operations?type=webhook_update&limit=1000");
    expect(JSON.stringify(items)).not.toContain("whsec_");
  });
});
