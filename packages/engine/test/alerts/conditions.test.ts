// What raises alerts by itself, and what clears them again; and that telling them takes nothing from exchanges.
import { generateSigningKey } from "@pointbridge/protocol/pxp";
import { createClient } from "@pointbridge/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listAlerts } from "../../src/alerts/index.ts";
import { createApiKey, ExpiryWatch, revokeApiKey } from "../../src/api-keys/index.ts";
import { type Database, openDatabase } from "../../src/database/index.ts";
import { type CallResult, defaultLineSettings, PartnerLines, PartnerWatch } from "../../src/partner/index.ts";
import { createLog } from "../../src/system/index.ts";
import {
  openPartnerNode,
  type PartnerNode,
  putHosted,
  putRemote,
  putTestRoute,
  quickLadder,
  secondApiKey,
} from "../support/partner-node.ts";
import { readTables, restoreTable } from "../support/tamper-queries.ts";
import { createTestDatabase, type TestDatabase } from "../support/test-database.ts";
import { AlertWorld } from "./alert-world.ts";
import { Receiver } from "./robot-receivers.ts";

const log = createLog("silent");

describe("what raises alerts", () => {
  let place: TestDatabase;
  let database: Database;
  let node: PartnerNode;
  const alertsOf = async (type: string) => {
    const found = await database.transaction((transaction) => listAlerts(transaction, { type, limit: 100 }));
    return found.map(({ key, state, severity }): [string, string, string] => [key, state, severity]);
  };
  const creditOf = (operationId: string) => ({
    operation_id: operationId,
    system_id: "shop",
    user_id: "u1",
    credit_type_id: "coin",
    amount: 1_000n,
  });
  const exchangeTo = (targetSystem: string, operationId: string) => ({
    operation_id: operationId,
    user_id: "u1",
    source_system: "shop",
    target_system: targetSystem,
    source_credit_type: "coin",
    target_credit_type: "mark",
    amount: 10n,
  });

  beforeAll(async () => {
    place = await createTestDatabase();
    database = await openDatabase({ url: place.url });
    const ladder = { ...quickLadder, undoAfterMs: 3_600_000, alarmAfterMs: 50 };
    node = await openPartnerNode(database, { ladder, timeoutMs: 200 });
    await putHosted(node, "shop", "coin");
    await putHosted(node, "club", "mark");
    // Nobody listens at port 1.
    const keys = { keys: [generateSigningKey().publicJwk] };
    await putRemote(node, { systemId: "gone", creditTypeId: "mark", baseUrl: "http://127.0.0.1:1", keys });
    await putTestRoute(node, { source: ["shop", "coin"], target: ["gone", "mark"], rate: "1" });
    await putTestRoute(node, { source: ["shop", "coin"], target: ["club", "mark"], rate: "1" });
    await node.client.credits.create(creditOf("open"));
  });
  afterAll(async () => {
    await node.close();
    await database.close();
    await place.drop();
  });

  it("an exchange that needs attention, from when it does until it has ended", async () => {
    await node.client.exchanges.create(exchangeTo("gone", "x1"), { waitSeconds: 0 });
    await expect.poll(async () => (await alertsOf("exchange_needs_attention")).length).toBe(1);
    expect(await alertsOf("exchange_needs_attention")).toEqual([["exchange:x1", "open", "critical"]]);
    const second = createClient({ url: node.url, apiKey: secondApiKey, retries: 0 });
    await node.client.exchanges.proposeWriteOff("x1", "the partner has closed down");
    expect(await alertsOf("exchange_needs_attention")).toEqual([["exchange:x1", "open", "critical"]]);
    await second.exchanges.approveWriteOff("x1");
    expect(await alertsOf("exchange_needs_attention")).toEqual([["exchange:x1", "cleared", "critical"]]);
    const { items } = await node.client.inconsistencies.history("exchange:x1").page();
    expect(
      items.map(({ action, principal, resolution, note }) => [action, principal, resolution, note]),
    ).toEqual([
      ["opened", "node", null, null],
      ["resolved", "node", "failed", "the partner has closed down"],
    ]);
  });

  it("a partner that stays silent, once for a silence, until any node hears it", async () => {
    let answer: CallResult = { unknown: "no answer" };
    const target = {
      nodeId: "partner-1",
      baseUrl: "https://p.example",
      timeoutMs: 100,
      rateLimit: undefined,
    };
    const linesOf = () =>
      new PartnerLines(
        { call: async () => answer },
        { current: async () => ({ targetOf: () => target }) as never },
        {
          ...defaultLineSettings,
          failuresMax: 2,
          firstBreakMs: 1,
          longestBreakMs: 1,
        },
      );
    const [ours, others] = [linesOf(), linesOf()];
    const watch = new PartnerWatch(database, ours, 60_000, log);
    const otherWatch = new PartnerWatch(database, others, 60_000, log);
    const call = (lines: PartnerLines) => lines.callThrough("airline", "/pxp/v1/node", Buffer.from("{}"));
    for (let count = 0; count < 3; count += 1) await call(ours);
    await watch.look(Date.now() + 30_000);
    expect(await alertsOf("partner_unreachable")).toEqual([]);
    await watch.look(Date.now() + 61_000);
    await watch.look(Date.now() + 62_000);
    expect(await alertsOf("partner_unreachable")).toEqual([["partner-1", "open", "warning"]]);
    // Another node of ours reaches it: that is an end, and no new beginning while this one's silence goes on.
    answer = { status: 200, headers: {}, body: {}, keyId: "k", bodyBytes: 2 };
    await call(others);
    await otherWatch.look();
    await watch.look(Date.now() + 70_000);
    expect(await alertsOf("partner_unreachable")).toEqual([["partner-1", "cleared", "warning"]]);
  });

  it("a key whose end is near, until it is revoked", async () => {
    const input = {
      name: "Desk",
      principal: "kim",
      role: "viewer",
      systems: null,
      createdBy: "tester",
    } as const;
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    const { apiKey } = await createApiKey(database, 1, { ...input, expiresAt: inDays(3) });
    await createApiKey(database, 1, { ...input, expiresAt: inDays(60) });
    await createApiKey(database, 1, { ...input, expiresAt: null });
    const watch = new ExpiryWatch(database, log);
    await watch.look();
    await watch.look();
    expect(await alertsOf("key_expiring")).toEqual([[apiKey.apiKeyId, "open", "warning"]]);
    await revokeApiKey(database, 1, apiKey.apiKeyId, "tester");
    await watch.look();
    expect(await alertsOf("key_expiring")).toEqual([[apiKey.apiKeyId, "cleared", "warning"]]);
  });

  it("a ledger that does not balance, until a verification finds it sound", async () => {
    const { accounts = "[]" } = await readTables(database);
    await restoreTable(database, "accounts", accounts.replace(/"available":\d+/, '"available":77'));
    expect((await node.client.ledger.verify()).ok).toBe(false);
    expect(await alertsOf("ledger_unbalanced")).toEqual([["ledger", "open", "critical"]]);
    await restoreTable(database, "accounts", accounts);
    expect((await node.client.ledger.verify()).ok).toBe(true);
    expect(await alertsOf("ledger_unbalanced")).toEqual([["ledger", "cleared", "critical"]]);
  });

  it("exchanges are made and answered while a channel hangs and alerts pile up before it", async () => {
    const world = new AlertWorld(database);
    const receiver = await Receiver.open(() => ({ status: 200, body: "" }));
    receiver.mood = "hang";
    await world.put("hanging", { kind: "webhook", secrets: { url: receiver.url } });
    await world.raise(
      ...Array.from({ length: 200 }, (_, index) => ({ type: "webhook_dead", key: `w${index}` }) as const),
    );
    const telling = world.newNode({ timeoutMs: 600_000 });
    await telling.tell();
    await expect.poll(() => receiver.received.length).toBe(1);
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        node.client.exchanges.create(exchangeTo("club", `hosted-${index}`)),
      ),
    );
    expect(made.every(({ status }) => status === "completed")).toBe(true);
    // Still nobody has answered the message: no exchange has waited for it.
    expect((await world.channel("hanging")).messageCount).toBe(0n);
    expect(receiver.received).toHaveLength(1);
    await telling.stop();
    await world.remove("hanging");
    await world.close();
    await receiver.close();
  });
});
