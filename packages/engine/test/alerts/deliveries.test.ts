// Telling: storms, throttling, dead channels beside living ones, two nodes, crashes. On both engines.
import { afterAll, beforeEach, expect, it } from "vitest";
import { sweepAlerts } from "../../src/alerts/deliveries.ts";
import {
  acknowledgeAlert,
  clearAlerts,
  defaultDeliverySettings,
  listAlerts,
} from "../../src/alerts/index.ts";
import type { Database } from "../../src/database/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { ageAlerts, ageDeliveries, endLeases, readSecrets } from "./alert-row-queries.ts";
import { AlertWorld } from "./alert-world.ts";
import { Receiver } from "./robot-receivers.ts";

interface SentGroup {
  readonly type: string;
  readonly news: string;
  readonly count: number;
  readonly alerts: readonly { readonly key: string }[];
}

const yes = () => ({ status: 200, body: "" });

describeOnBothEngines("telling alerts", (engine) => {
  let database: Database | undefined;
  let world: AlertWorld;
  const receivers: Receiver[] = [];

  async function open(): Promise<Receiver> {
    const receiver = await Receiver.open(yes);
    receivers.push(receiver);
    return receiver;
  }
  const groupsOf = (receiver: Receiver): SentGroup[] =>
    receiver.received.flatMap(({ body }) => body["groups"] as SentGroup[]);
  const webhook = (receiver: Receiver) => ({ kind: "webhook", secrets: { url: receiver.url } }) as const;
  const standing = (type: string) =>
    world.database.transaction((transaction) => listAlerts(transaction, { type, state: "open", limit: 100 }));

  beforeEach(async () => {
    database ??= await engine.open();
    world ??= new AlertWorld(database);
    await world.empty();
  });
  afterAll(async () => {
    await world.close();
    for (const receiver of receivers) await receiver.close();
  });

  it("another type is not held up by one that was just told", async () => {
    const receiver = await open();
    await world.put("a", { ...webhook(receiver), intervalMs: 60_000 });
    await world.raise({ type: "partner_unreachable", key: "p1" });
    await world.tell();
    await world.raise(
      { type: "partner_unreachable", key: "p2" },
      { type: "ledger_unbalanced", key: "ledger" },
    );
    expect(await world.tell()).toBe(1);
    expect(groupsOf(receiver).map(({ type }) => type)).toEqual(["partner_unreachable", "ledger_unbalanced"]);
    await world.passTime();
    await world.tell();
    expect(groupsOf(receiver).at(-1)?.alerts[0]?.key).toBe("p2");
  });

  it("the end is told to whoever was told of the beginning; what came and passed is one piece of news", async () => {
    const [all, grave] = [await open(), await open()];
    await world.put("a", webhook(all));
    await world.put("b", { ...webhook(grave), minSeverity: "critical" });
    const alert = { type: "partner_unreachable", key: "p" } as const;
    await world.raise(alert);
    await world.tell();
    await world.database.transaction((transaction) => clearAlerts(transaction, [alert]));
    await world.tell();
    await world.raise(alert);
    await world.database.transaction((transaction) => clearAlerts(transaction, [alert]));
    await world.tell();
    expect(groupsOf(all).map(({ news }) => news)).toEqual(["raised", "cleared", "passed"]);
    expect(grave.received).toEqual([]);
  });

  it("F3: what becomes graver is told again, though somebody had acknowledged it", async () => {
    const receiver = await open();
    await world.put("a", webhook(receiver));
    const alert = { type: "key_expiring", key: "k" } as const;
    await world.raise(alert);
    await world.tell();
    const [raised] = await standing("key_expiring");
    await acknowledgeAlert(world.database, raised?.alertId ?? "", "on it", "ann");
    await world.raise(alert);
    expect(await world.tell()).toBe(0);
    await world.raise({ ...alert, severity: "critical" });
    expect(await world.tell()).toBe(1);
    expect((await standing("key_expiring")).map(({ state, count }) => [state, count])).toEqual([
      ["open", 3n],
    ]);
  });

  it("a channel takes the types and severities that it is for, and nothing while it is switched off", async () => {
    const receiver = await open();
    await world.put("a", { ...webhook(receiver), types: ["webhook_dead"], minSeverity: "warning" });
    await world.put("b", { ...webhook(receiver), isEnabled: false });
    await world.raise(
      { type: "webhook_dead", key: "w" },
      { type: "webhook_dead", key: "mild", severity: "info" },
      { type: "ledger_unbalanced", key: "ledger" },
    );
    await world.tell();
    expect(groupsOf(receiver).flatMap(({ alerts }) => alerts.map(({ key }) => key))).toEqual(["w"]);
    await world.put("b", webhook(receiver));
    expect(await world.tell()).toBe(0);
  });

  it("a dead channel blocks no other, and the others are told that it fails, and that it is back", async () => {
    const [well, dead] = [await open(), await open()];
    await world.put("a", webhook(dead));
    await world.put("b", webhook(well));
    dead.judge = () => ({ status: 503, body: "down" });
    await world.raise({ type: "partner_unreachable", key: "p" });
    for (let round = 0; round < 4; round += 1) {
      await world.tell();
      await world.passTime();
    }
    expect(await world.channel("a")).toMatchObject({ failures: 4, lastError: "answered 503: down" });
    expect(groupsOf(well).map(({ type, news, alerts }) => [type, news, alerts[0]?.key])).toEqual([
      ["partner_unreachable", "raised", "p"],
      ["alert_channel_failing", "raised", "a"],
    ]);
    dead.judge = yes;
    const before = dead.received.length;
    await world.tell();
    await world.tell();
    // Itself it is told what it missed, and not that it failed.
    expect(dead.received.slice(before).flatMap(({ body }) => body["groups"] as SentGroup[])).toMatchObject([
      { type: "partner_unreachable", news: "raised", count: 1 },
    ]);
    expect(groupsOf(well).at(-1)).toMatchObject({ type: "alert_channel_failing", news: "cleared" });
    expect(await world.channel("a")).toMatchObject({ failures: 0, failingSince: null });
  });

  it("a channel that hangs holds up neither another channel nor the next alert on it", async () => {
    const [well, hanging] = [await open(), await open()];
    await world.put("a", webhook(hanging));
    await world.put("b", webhook(well));
    hanging.mood = "hang";
    await world.raise({ type: "partner_unreachable", key: "first" });
    const node = world.newNode({ timeoutMs: 60_000 });
    expect(await node.tell()).toBe(2);
    await expect.poll(() => well.received.length).toBe(1);
    await world.raise({ type: "webhook_dead", key: "second" });
    await expect.poll(async () => (await node.tell()) + well.received.length).toBe(2);
    await expect.poll(() => well.received.length).toBe(2);
    expect(hanging.received.length).toBe(1);
    // The node ends, which is not the channel's fault; another one goes on at once.
    await node.stop();
    expect((await world.channel("a")).failures).toBe(0);
    hanging.mood = "well";
    expect(await world.tell()).toBe(1);
    expect(
      groupsOf(hanging)
        .slice(1)
        .map(({ type }) => type),
    ).toEqual(["partner_unreachable", "webhook_dead"]);
  });

  it("N6: of many nodes one tells, once", async () => {
    const receiver = await open();
    await world.put("a", webhook(receiver));
    const nodes = Array.from({ length: 6 }, () => world.newNode());
    for (let round = 0; round < 5; round += 1) {
      await world.raise({ type: "partner_unreachable", key: `round-${round}` });
      await Promise.all(nodes.map((node) => world.tell(node)));
      await world.passTime();
      await world.tell();
    }
    const keys = groupsOf(receiver).flatMap(({ alerts }) => alerts.map(({ key }) => key));
    expect(keys).toEqual(["round-0", "round-1", "round-2", "round-3", "round-4"]);
  });

  it("N6: what a node was telling when it died is told again, under the same id", async () => {
    const receiver = await open();
    await world.put("a", webhook(receiver));
    await world.raise({ type: "partner_unreachable", key: "p" }, { type: "webhook_dead", key: "w" });
    receiver.mood = "hang";
    const doomed = world.newNode({ timeoutMs: 60_000 });
    await doomed.tell();
    await expect.poll(() => receiver.received.length).toBe(1);
    // As after kill -9: nothing is noted, and the hold stands until its time is up.
    expect(await world.tell()).toBe(0);
    await world.database.transaction((transaction) => transaction.query(endLeases));
    receiver.mood = "well";
    expect(await world.tell()).toBe(1);
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(2);
    // What the dead one would have noted has no effect any more.
    await doomed.stop();
    expect(await world.channel("a")).toMatchObject({ failures: 0, messageCount: 1n });
    expect(await world.tell()).toBe(0);
  });

  it("news that a channel did not take for three days is given up, and counted", async () => {
    const receiver = await open();
    await world.put("a", webhook(receiver));
    receiver.judge = () => ({ status: 500, body: "" });
    await world.raise({ type: "partner_unreachable", key: "old-1" }, { type: "webhook_dead", key: "old-2" });
    await world.tell();
    await world.database.transaction((transaction) => transaction.query(ageDeliveries, ["a"]));
    await world.passTime();
    await world.tell();
    expect((await world.channel("a")).droppedCount).toBe(2n);
    await world.passTime();
    expect(await world.tell()).toBe(0);
  });

  it("what was cleared 90 days ago is removed, with what was told of it; what stands is kept", async () => {
    await world.put("a", webhook(await open()));
    const old = { type: "partner_unreachable", key: "old" } as const;
    await world.raise(old, { type: "webhook_dead", key: "standing" });
    await world.database.transaction((transaction) => clearAlerts(transaction, [old]));
    await world.tell();
    expect(await sweepAlerts(world.database, defaultDeliverySettings)).toBe(0);
    await world.database.transaction((transaction) => transaction.query(ageAlerts));
    expect(await sweepAlerts(world.database, defaultDeliverySettings)).toBe(1);
    const left = await world.database.transaction((transaction) => listAlerts(transaction, { limit: 10 }));
    expect(left.map(({ key }) => key)).toEqual(["standing"]);
  });

  it("N1, N2: secrets are wrapped, kept towards the same address only, and never lead elsewhere", async () => {
    const [first, second] = [await open(), await open()];
    const url = `${first.url}/hook?token=canary-token`;
    await world.put("a", { kind: "dingtalk", secrets: { url, secret: "canary-secret" } });
    const stored = await world.database.transaction((transaction) => transaction.query(readSecrets, ["a"]));
    expect(JSON.stringify(stored)).not.toContain("canary");
    await world.put("a", { kind: "dingtalk", secrets: {} });
    await world.node.test("a");
    expect(first.received[0]?.url.searchParams.get("sign")).toBeTruthy();
    await world.put("a", { kind: "dingtalk", secrets: { url: second.url } });
    await world.node.test("a");
    expect(second.received[0]?.url.searchParams.get("sign")).toBeNull();
    await expect(world.put("a", { kind: "wecom", secrets: {} })).rejects.toThrow("no url");
  });

  it("a test message is sent at once, though the channel rests, and one that is taken ends the failing", async () => {
    const receiver = await open();
    await world.put("a", webhook(receiver));
    receiver.judge = () => ({ status: 410, body: "gone" });
    expect((await world.node.test("a")).result).toMatchObject({
      isTaken: false,
      reason: "answered 410: gone",
    });
    expect((await standing("alert_channel_failing")).map(({ key }) => key)).toEqual(["a"]);
    receiver.judge = yes;
    expect((await world.node.test("a")).result).toEqual({ isTaken: true });
    expect(await standing("alert_channel_failing")).toEqual([]);
    expect(await world.channel("a")).toMatchObject({ failures: 0, failingSince: null });
  });

  // Ten thousand rows say no more about the other engine.
  if (engine.name !== "postgres") return;
  it("N7: a storm of 10,000 alerts makes two messages that count them all, not 10,000", async () => {
    const receiver = await open();
    await world.put("a", { ...webhook(receiver), intervalMs: 60_000 });
    const alertOf = (index: number) =>
      ({
        type: "exchange_needs_attention",
        key: `exchange:e-${index}`,
        subject: { operation_id: `e-${index}` },
      }) as const;
    await world.raise(alertOf(0));
    expect(await world.tell()).toBe(1);
    // They come while the channel rests, in batches of lanes.
    for (let batch = 0; batch < 10; batch += 1) {
      await world.raise(...Array.from({ length: 1_000 }, (_, index) => alertOf(1 + batch * 1_000 + index)));
    }
    expect(await world.tell()).toBe(0);
    await world.passTime();
    expect(await world.tell()).toBe(1);
    await world.passTime();
    expect(await world.tell()).toBe(0);
    expect(groupsOf(receiver).map(({ count, alerts }) => [count, alerts.length])).toEqual([
      [1, 1],
      [10_000, 5],
    ]);
  });
});
