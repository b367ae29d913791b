// Proves what becomes of what nobody takes, and of webhooks that several nodes could deliver for.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openEmptyEmbedded } from "../support/embedded-database.ts";
import { sweepWholeLog } from "./log-queries.ts";
import { Receiver } from "./receiver.ts";
import { WebhookNode } from "./webhook-node.ts";
import { openWorld, until } from "./world.ts";

const ladder = { delaysMs: [40, 80, 160], patienceMs: 700, probeDelaysMs: [40, 80], longestQuietMs: 100 };
const receiver = new Receiver();
let node: WebhookNode;
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  await receiver.open();
  ({ node, url, close } = await openWorld({ delivery: { ladder } }));
});

afterAll(async () => {
  await close();
  await receiver.close();
});

beforeEach(() => {
  receiver.received.splice(0);
  receiver.behave = () => ({ status: 204 });
});

function userOf(event: { readonly data?: unknown }): string {
  return (event.data as { readonly user_id: string }).user_id;
}

function versionsOf(path: string, userId: string): number[] {
  const own = receiver.takenBy(path).filter(({ event }) => userOf(event) === userId);
  return own.map(({ event }) => (event.data as { readonly version: number }).version);
}

const stateOf = (id: string) => node.call("GET", `webhooks/${id}`);

async function alertsOf(type: string, key: string): Promise<string[]> {
  const { items = [] } = await node.call("GET", `alerts?type=${type}&limit=1000`);
  return items.filter((alert) => alert["key"] === key).map((alert) => String(alert["state"]));
}

describe("an event that nobody takes while others are taken", () => {
  it("is given up after its time with an alert, and can be sent again (W3, W7)", async () => {
    let isPoisonous = true;
    receiver.behave = (event) => {
      const version = (event.data as { readonly version: number }).version;
      return { status: userOf(event) === "ill" && version === 1 && isPoisonous ? 500 : 200 };
    };
    await node.put("poison", receiver.urlOf("poison"));
    await node.credit(["ill", "ill", "ill"]);
    await until("it is given up", async () => {
      await node.credit(["well"]);
      return (await stateOf("poison"))["dead_count"] === 1;
    });
    await until("its key went on", () => versionsOf("poison", "ill").length === 2);
    expect(versionsOf("poison", "ill")).toEqual([2, 3]);
    expect(await stateOf("poison")).toMatchObject({ enabled: true });
    expect(await alertsOf("webhook_dead_letters", "poison")).toEqual(["open"]);
    const { items = [] } = await node.call("GET", "webhooks/poison/deliveries?state=dead");
    expect(items).toMatchObject([{ last_status: 500, state: "dead", event_type: "account.balance_changed" }]);
    isPoisonous = false;
    await node.call("POST", `webhooks/poison/deliveries/${String(items[0]?.["delivery_id"])}/replay`);
    await until("it is taken", () => versionsOf("poison", "ill").length === 3);
    expect(versionsOf("poison", "ill")).toEqual([2, 3, 1]);
    await until(
      "the alert is over",
      async () => (await alertsOf("webhook_dead_letters", "poison"))[0] === "cleared",
    );
    expect(await node.call("POST", "webhooks/poison/replay", { dead_letters: true })).toMatchObject({
      dead_letters_count: 0,
    });
    await node.call("DELETE", "webhooks/poison");
  });
});

describe("a receiver that takes nothing for too long", () => {
  it("is given up with an alert, loses nothing, and goes on in order when it is put again (W2, W7)", async () => {
    let isDead = true;
    receiver.behave = () => (isDead ? "reset" : { status: 200 });
    await node.put("dead", receiver.urlOf("dead"));
    const names = ["a", "b", "c"];
    await node.credit(names);
    await until("it is given up", async () => (await stateOf("dead"))["disabled_reason"] === "exhausted");
    expect(await alertsOf("webhook_dead", "dead")).toEqual(["open"]);
    await node.credit(names);
    isDead = false;
    await node.put("dead", receiver.urlOf("dead"));
    await until("all taken", () => receiver.takenBy("dead").length === 6);
    for (const name of names) expect(versionsOf("dead", name)).toEqual([1, 2]);
    expect(await stateOf("dead")).toMatchObject({ enabled: true, dead_count: 0 });
    await node.call("DELETE", "webhooks/dead");
  });
});

describe("a webhook that is so late that its next events are gone", () => {
  it("is switched off with an alert rather than leave a gap, until somebody says where to go on (W7)", async () => {
    await node.put("late", receiver.urlOf("late"), { enabled: false });
    expect(await stateOf("late")).toMatchObject({ enabled: false, disabled_reason: "switched_off" });
    await node.credit(["late", "late"]);
    await node.call("GET", "events?start=latest");
    await node.database.transaction((transaction) => transaction.query(sweepWholeLog));
    await node.put("late", receiver.urlOf("late"));
    await until("it is switched off", async () => (await stateOf("late"))["disabled_reason"] === "swept");
    expect(await alertsOf("webhook_dead", "late")).toEqual(["open"]);
    await node.call("POST", "webhooks/late/replay", { since: new Date().toISOString() });
    await node.put("late", receiver.urlOf("late"));
    await node.credit(["late"]);
    await until("it goes on", () => versionsOf("late", "late").length === 1);
    expect(versionsOf("late", "late")).toEqual([3]);
    await node.call("DELETE", "webhooks/late");
  });
});

describe("several nodes on one database", () => {
  it("deliver for a webhook one at a time, and go on where the other stopped (W1, W2)", async () => {
    const other = await WebhookNode.open(url);
    await node.put("shared", receiver.urlOf("shared"));
    const names = Array.from({ length: 50 }, (_, index) => `s${index}`);
    for (let round = 0; round < 3; round += 1) await node.credit(names);
    await other.close();
    const third = await WebhookNode.open(url);
    for (let round = 0; round < 3; round += 1) await third.credit(names);
    await until("all taken", () => receiver.takenBy("shared").length >= 300);
    // Nobody was killed, so nothing comes twice.
    await third.close();
    expect(receiver.takenBy("shared")).toHaveLength(300);
    for (const name of names) expect(versionsOf("shared", name)).toEqual([1, 2, 3, 4, 5, 6]);
    await node.call("DELETE", "webhooks/shared");
  });
});

describe("the embedded database", () => {
  it("delivers too, in order, with keys that the master key wraps (W3, W9)", async () => {
    const embedded = await WebhookNode.on(await openEmptyEmbedded(), { masterKey: randomBytes(32) });
    try {
      await embedded.seed();
      const { secret } = await embedded.put("embedded", receiver.urlOf("embedded"));
      receiver.keys.set("embedded", String(secret));
      let badCount = 2;
      receiver.behave = () => ({ status: (badCount -= 1) >= 0 ? 500 : 200 });
      for (let round = 0; round < 3; round += 1) await embedded.credit(["e1", "e2"]);
      await until("all taken", () => receiver.takenBy("embedded").length >= 6);
      expect(versionsOf("embedded", "e1")).toEqual([1, 2, 3]);
      expect(versionsOf("embedded", "e2")).toEqual([1, 2, 3]);
      expect(receiver.forged).toEqual([]);
    } finally {
      await embedded.close();
    }
  }, 120_000);
});
