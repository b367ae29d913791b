// The client against a node: every call of the document, points as bigint, lists to their end, refusals.
import { type Client, createClient, newOperationId, PointbridgeError } from "@pointbridge/sdk";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routes } from "../../src/http/routes.ts";
import { apiKey, openTestNode, seedNode, type TestNode } from "../http/test-node.ts";
import { injectRequest, recordingFetch } from "./injected-fetch.ts";

const toClub = {
  user_id: "u1",
  source_system: "shop",
  target_system: "club",
  source_credit_type: "coin",
  target_credit_type: "star",
};
const inShop = { system_id: "shop", credit_type_id: "coin" };

let node: TestNode;
let client: Client;
const { fetch, sent } = recordingFetch((url, request) => injectRequest(node, url, request));

beforeAll(async () => {
  node = await openTestNode("embedded");
  await seedNode(node);
  client = createClient({ url: "http://node.invalid/", apiKey, fetch });
});
afterAll(() => node.close());

async function refusalOf(call: Promise<unknown>): Promise<PointbridgeError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof PointbridgeError) return error;
  throw new Error("the call was not refused", { cause: error });
}

describe("exchanges", () => {
  it("takes points as bigint or text and gives them as bigint", async () => {
    const exchange = await client.exchanges.create({ ...toClub, amount: 100n, metadata: { amount: "7" } });
    expect(exchange).toMatchObject({ status: "completed", source_amount: 100n, target_amount: 29n });
    // Metadata is the caller's: no name in it means points.
    expect(exchange.metadata).toEqual({ amount: "7" });
    expect(await client.exchanges.get(exchange.operation_id)).toMatchObject({ target_amount: 29n });
    const [line] = await client.exchanges.createBatch([{ ...toClub, amount: "10" }], { waitSeconds: 0 });
    expect(line).toMatchObject({ status: "completed", target_amount: 2n });
    expect(sent.at(-1)?.headers.prefer).toBe("respond-async");
  });

  it("asks for a price that is kept, and for what an exchange would come to", async () => {
    const fields = { ...toClub, amount: 100n };
    const quote = await client.quotes.create(fields);
    expect(quote).toMatchObject({ source_amount: 100n, target_amount: 29n, exchange_rate: "0.29" });
    expect(await client.quotes.get(quote.quote_id)).toEqual(quote);
    const wish = { ...fields, quote_id: quote.quote_id };
    expect(await client.exchanges.simulate(wish)).toMatchObject({
      status: "completed",
      target_amount: 29n,
      balance_suffices: true,
    });
    const exchange = await client.exchanges.create(wish);
    expect(exchange).toMatchObject({ quote_id: quote.quote_id, target_amount: 29n });
    const refusal = await refusalOf(client.exchanges.create(wish));
    expect(refusal.code).toBe("quote_mismatch");
  });

  it("keeps every digit", async () => {
    const amount = 9_007_199_254_740_993n;
    const credit = await client.credits.create({ ...inShop, user_id: "rich", amount });
    expect(credit).toMatchObject({ amount, new_balance: amount, failure: null });
  });

  it("throws a refusal with its code, its id and its points; the refused exchange can be read", async () => {
    const refusal = await refusalOf(client.exchanges.create({ ...toClub, user_id: "u2", amount: 5n }));
    expect(refusal).toMatchObject({ status: 422, code: "insufficient_balance", retryable: false });
    expect(refusal.body).toMatchObject({ required: 5n, available: 0n });
    expect(refusal.requestId).toBeDefined();
    const refused = await client.exchanges.get(refusal.operationId ?? "");
    expect(refused).toMatchObject({
      status: "failed",
      failure: { code: "insufficient_balance", required: 5n },
    });
  });

  it("throws a conflict, a malformed request and a wrong key as what they are", async () => {
    await client.exchanges.create({ ...toClub, operation_id: "x-1", amount: 10n });
    const conflict = await refusalOf(
      client.exchanges.create({ ...toClub, operation_id: "x-1", amount: 11n }),
    );
    expect(conflict).toMatchObject({ status: 409, code: "operation_conflict", operationId: "x-1" });
    expect(conflict.body?.conflicting_field).toBe("amount");
    const malformed = await refusalOf(client.exchanges.create({ ...toClub, amount: "ten" }));
    expect(malformed).toMatchObject({ status: 400, code: "invalid_request", errors: [{ path: "/amount" }] });
    const stranger = createClient({ url: "http://node.invalid", apiKey: "wrong", fetch });
    expect(await refusalOf(stranger.links.list().page())).toMatchObject({ code: "unauthenticated" });
  });
});

describe("lists", () => {
  it("reads on to the end, from a cursor, and anew each time", async () => {
    const lines = Array.from({ length: 7 }, (_, index) => ({ ...inShop, user_id: `m${index}`, amount: 1n }));
    await client.credits.createBatch(lines);
    const listing = client.accounts.list({ system_id: "shop", user_id: undefined, limit: 3 });
    const all = await listing.toArray();
    expect(all.filter((account) => account.user_id.startsWith("m"))).toHaveLength(7);
    expect(await listing.toArray()).toEqual(all);
    const page = await listing.page();
    expect(page.items).toEqual(all.slice(0, 3));
    const rest = client.accounts.list({ system_id: "shop", limit: 3, cursor: page.next_cursor ?? "" });
    expect(await rest.toArray()).toEqual(all.slice(3));
  });

  it("asks for no more pages than are looped over", async () => {
    const before = sent.length;
    for await (const account of client.accounts.list({ limit: 1 })) {
      expect(account.available).toBeTypeOf("bigint");
      break;
    }
    expect(sent.length - before).toBe(1);
  });
});

describe("the other calls", () => {
  it("credits, debits and holds", async () => {
    const whose = { ...inShop, user_id: "h1" };
    const credit = await client.credits.create({ ...whose, amount: 100n });
    const debit = await client.debits.create({ ...whose, amount: 30n });
    expect(debit.new_balance).toBe(70n);
    expect((await client.debits.get(debit.operation_id)).status).toBe("completed");
    expect((await client.debits.rollBack(debit.operation_id)).status).toBe("rolled_back");
    expect(await client.debits.createBatch([{ ...whose, amount: 1n }])).toMatchObject([{ new_balance: 99n }]);
    expect((await client.credits.get(credit.operation_id)).amount).toBe(100n);
    expect((await client.credits.rollBack("never-seen")).amount).toBeNull();
    const [first, second] = [
      await client.holds.create({ ...whose, amount: 40n }),
      await client.holds.create({ ...whose, amount: 10n }),
    ];
    const captured = await client.holds.capture(first.operation_id, { amount: 15n });
    expect(captured).toMatchObject({ status: "captured", captured_amount: 15n });
    expect((await client.holds.release(second.operation_id)).status).toBe("released");
    expect((await client.holds.get(second.operation_id)).captured_amount).toBeNull();
    const account = await client.accounts.open(whose);
    expect(await client.accounts.get(account.account_id)).toMatchObject({ available: 84n, frozen: 0n });
    const [newest] = await client.accounts.listEntries(account.account_id, { limit: 2 }).toArray();
    expect(newest).toMatchObject({ entry: "release", amount: 10n, available_after: 84n, frozen_after: 0n });
  });

  it("systems, credit types, links, rates, mappings, imports and the ledger", async () => {
    const refusal = await refusalOf(client.systems.put("café/..", { name: "Café", kind: "hosted" }));
    expect(refusal).toMatchObject({ code: "invalid_request", errors: [{ path: "/path/system_id" }] });
    await expect(client.systems.get("..")).rejects.toThrow("system_id must be an id");
    await client.systems.put("hotel", { name: "Hotel", kind: "hosted" });
    expect((await client.systems.get("hotel")).name).toBe("Hotel");
    expect((await client.systems.list().toArray()).map((system) => system.system_id)).toContain("hotel");
    await client.creditTypes.put("hotel", "night", { name: "Night" });
    expect((await client.creditTypes.get("hotel", "night")).name).toBe("Night");
    expect(await client.creditTypes.list("hotel").toArray()).toHaveLength(1);
    const pair = { source_system: "shop", target_system: "hotel" };
    expect((await client.links.put({ ...pair, user_mapping: "mapped" })).enabled).toBe(true);
    expect(await client.links.list(pair).toArray()).toHaveLength(1);
    const types = { source_credit_type: "coin", target_credit_type: "night" };
    const change = await client.rates.put({ ...pair, ...types, rate: "0.01", min_source_amount: 500n });
    expect(change).toMatchObject({ status: "completed", old_rate: null, new_rate: "0.01" });
    expect(await client.rates.list(pair).toArray()).toMatchObject([{ min_source_amount: 500n }]);
    expect(await client.rates.listHistory(pair).toArray()).toHaveLength(1);
    const cut = await client.rates.put({ ...pair, ...types, operation_id: "cut", rate: "0.005" });
    expect(cut).toMatchObject({ status: "pending_approval", change_percentage: "-50" });
    expect(await client.rates.listChanges(pair).toArray()).toMatchObject([{ min_source_amount: 1n }]);
    expect(await refusalOf(client.rates.approve("cut"))).toMatchObject({ code: "four_eyes_required" });
    expect(await client.rates.reject("cut")).toMatchObject({ status: "failed", idempotent: false });
    expect(await client.rates.getChange("cut")).toMatchObject({ rejected_by: expect.any(String) as string });
    const mapping = { ...pair, source_user_id: "用户 +1", target_user_id: "guest" };
    await client.mappings.put(mapping);
    const whose = { ...pair, source_user_id: mapping.source_user_id };
    expect((await client.mappings.get(whose)).target_user_id).toBe("guest");
    expect(await client.mappings.listHistory(whose).toArray()).toHaveLength(1);
    const lines = [{ system_id: "bar", name: "Bar", kind: "hosted" }];
    expect(await client.imports.apply("systems", { dry_run: true, lines })).toMatchObject({ errors: [] });
    expect(await client.exchanges.list({ status: "completed", limit: 1 }).toArray()).not.toHaveLength(0);
    expect(await client.ledger.verify()).toMatchObject({ ok: true, differences: [] });
  });

  it("users' profiles and the node's keys", async () => {
    const profile = {
      system_id: "shop",
      user_id: "u7",
      email: "u7@members.example",
      attributes: { tier: 2 },
    };
    expect(await client.users.put(profile)).toMatchObject({ ...profile, username: null, phone: null });
    const { keys } = await client.keys.list();
    expect(keys).toHaveLength(1);
    const rotated = await client.keys.rotate();
    expect(rotated.keys).toHaveLength(2);
    expect(rotated.keys[1]).toEqual(keys[0]);
    // What one node shows is what another one's operator puts.
    const put = await client.systems.put("mirror", { name: "Mirror", kind: "remote", keys: rotated });
    expect(put.keys).toEqual(rotated);
  });

  it("API keys, and the log of everything", async () => {
    const made = await client.apiKeys.create({
      name: "Checkout",
      principal: "checkout",
      role: "service",
      systems: ["shop"],
    });
    expect(made).toMatchObject({ role: "service", systems: ["shop"], revoked_at: null });
    const service = createClient({ url: "http://node.invalid/", apiKey: made.api_key, fetch });
    const exchange = await service.exchanges.create({ ...toClub, amount: 10n });
    expect(await service.operations.get(exchange.operation_id)).toMatchObject({
      type: "cross_system_exchange",
      principal: "checkout",
      source_amount: 10n,
    });
    const filter = { source_system: "shop", type: "cross_system_exchange", limit: 1 } as const;
    expect((await service.operations.list(filter).page()).items).toHaveLength(1);
    expect((await client.apiKeys.revoke(made.api_key_id)).revoked_by).toBe("tester");
    expect(await client.apiKeys.list().toArray()).toHaveLength(1);
    expect(await refusalOf(service.operations.get(exchange.operation_id))).toMatchObject({ status: 401 });
  });

  it("what a person does about exchanges that are stuck", async () => {
    // Partners of this test are none; what is refused has been asked for all the same.
    const [done] = await client.exchanges.list({ status: "completed", limit: 1 }).toArray();
    const id = done?.operation_id ?? "";
    expect((await client.exchanges.askAgain(id)).status).toBe("completed");
    for (const ask of [
      () => client.exchanges.rollBack(id),
      () => client.exchanges.proposeWriteOff(id, "a try"),
      () => client.exchanges.approveWriteOff(id),
    ]) {
      expect(await refusalOf(ask())).toMatchObject({ code: "not_undoable" });
    }
    expect(await client.inconsistencies.list({ status: "open" }).toArray()).toEqual([]);
    const unknown = `exchange:${id}`;
    expect(await refusalOf(client.inconsistencies.get(unknown))).toMatchObject({
      code: "inconsistency_not_found",
    });
    const resolution = { resolution: "none", note: "there is nothing to resolve" };
    expect(await refusalOf(client.inconsistencies.resolve(unknown, resolution))).toMatchObject({
      code: "inconsistency_not_found",
    });
  });

  it("say who calls, and open a session only for a browser on the node's own page", async () => {
    expect(await client.session.get()).toMatchObject({ principal: "tester", kind: "api_key" });
    expect(await refusalOf(client.session.open())).toMatchObject({ code: "forbidden" });
    expect(await client.session.end()).toMatchObject({ principal: "tester" });
    const page = createClient({ url: "http://node.invalid/", apiKey: null, fetch });
    expect(await refusalOf(page.session.get())).toMatchObject({ code: "unauthenticated" });
    expect(sent.at(-1)?.headers).toMatchObject({ "x-pointbridge-console": "1" });
    expect(sent.at(-1)?.headers).not.toHaveProperty("authorization");
  });

  it("limits, on points and on requests", async () => {
    const measured = { side: "source", source_system: "shop", credit_type_id: "coin" } as const;
    const limit = await client.limits.put("daily", { ...measured, measure: "day_amount", bound: 500n });
    expect(limit).toMatchObject({ bound: 500n, subject: "member" });
    expect(await client.limits.get("daily")).toEqual(limit);
    expect(await client.limits.list().toArray()).toEqual([limit]);
    expect(await client.limits.usage("daily", "u1")).toMatchObject({ used_amount: 0n, bound: 500n });
    expect(await refusalOf(client.limits.settle("daily", { amount: 1n, user_id: "u1" }))).toMatchObject({
      code: "limit_not_settled",
    });
    expect(await client.limits.delete("daily")).toEqual(limit);
    const requests = { applies_to: "principal", subject: "nobody", requests: 5 } as const;
    const held = { applies_to: "principal", subject: "ann", action: "quote" } as const;
    const grant = await client.grants.put("ann-1", held);
    expect(await client.grants.get("ann-1")).toEqual(grant);
    expect(await client.grants.list({ subject: "ann" }).toArray()).toEqual([grant]);
    expect(await client.grants.take("ann-1")).toEqual(grant);
    const gate = await client.requestLimits.put("few", requests);
    expect(await client.requestLimits.get("few")).toEqual(gate);
    expect(await client.requestLimits.list().toArray()).toEqual([gate]);
    expect(await client.requestLimits.delete("few")).toEqual(gate);
  });

  it("what happened: events, receipts, the audit log", async () => {
    const { operation_id: id } = await client.exchanges.create({ ...toClub, amount: 10n });
    const { items } = await client.events.read({ types: "exchange.completed", limit: 1000 });
    expect(items.map(({ subject }) => subject)).toContain(id);
    expect(await client.exchanges.receipt(id)).toHaveProperty("signatures");
    expect((await client.audit.verify()).ok).toBe(true);
    // Verifying has folded what there was; a node that does nothing by itself has signed nothing of it.
    const { audit } = client;
    expect(await audit.entries({ limit: 1 }).page()).toMatchObject({ items: [{ entry_index: 0 }] });
    expect(await audit.operation(id)).toHaveProperty("operation_id", id);
    expect(await audit.proveInclusion(0, 1)).toMatchObject({ tree_size: 1, proof: [] });
    expect((await audit.proveConsistency(1, 2)).proof).toHaveLength(1);
    expect(await audit.checkpoints().toArray()).toEqual([]);
    expect(await refusalOf(audit.checkpoint())).toMatchObject({ code: "audit_entry_not_found" });
  });

  it("who is told: webhooks, alerts and their channels", async () => {
    const webhook = await client.webhooks.put("copy", { url: "http://127.0.0.1:9/events" });
    expect(webhook).toHaveProperty("secret");
    expect((await client.webhooks.get("copy")).url).toBe("http://127.0.0.1:9/events");
    expect(await client.webhooks.list().toArray()).toHaveLength(1);
    expect(await client.webhooks.rotate("copy")).toHaveProperty("secret");
    expect((await client.webhooks.test("copy")).delivered).toBe(false);
    expect(await client.webhooks.deliveries("copy").toArray()).toEqual([]);
    expect(await client.webhooks.replay("copy", { dead_letters: true })).toMatchObject({
      dead_letters_count: 0,
    });
    expect(await refusalOf(client.webhooks.replayDelivery("copy", newOperationId()))).toMatchObject({
      status: 404,
    });
    await client.webhooks.delete("copy");
    const channel = await client.alertChannels.put("log", { kind: "log" });
    expect(await client.alertChannels.get("log")).toEqual(channel);
    expect(await client.alertChannels.list().toArray()).toEqual([channel]);
    expect((await client.alertChannels.test("log")).delivered).toBe(true);
    await client.alertChannels.delete("log");
    expect(await client.alerts.list({ state: "open" }).toArray()).toEqual([]);
    for (const ask of [client.alerts.get("none"), client.alerts.acknowledge("none")]) {
      expect(await refusalOf(ask)).toMatchObject({ code: "alert_not_found" });
    }
  });

  it("reconciliations: runs, their mismatches and policies", async () => {
    const pair = { source_system: "shop", target_system: "club" };
    const window = { start_time: "2026-01-01T00:00:00.000Z", end_time: "2099-01-01T00:00:00.000Z" };
    const run = await client.reconciliations.create({ ...pair, ...window });
    expect(run).toMatchObject({ status: "completed", mismatches_count: 0 });
    const { reconciliation_id: id } = run;
    expect((await client.reconciliations.get(id)).reconciliation_id).toBe(id);
    expect(await client.reconciliations.list(pair).toArray()).toHaveLength(1);
    expect(await client.reconciliations.listMismatches(id).toArray()).toEqual([]);
    expect(await client.reconciliations.report(id)).toMatchObject({
      reconciliation: { reconciliation_id: id },
    });
    const { reconciliations } = client;
    const none = ["nothing-of-it"];
    const signedRequest = {
      evidence_id: "e",
      node_id: "n",
      key_id: "k",
      target_uri: "http://127.0.0.1/pxp/v1/credits",
      content_type: "application/json",
      content_digest: "none",
      signature_input: "none",
      signature: "none",
      body: "{}",
      received_at: "2026-01-01T00:00:00.000Z",
    };
    for (const ask of [
      () => reconciliations.evidence(id, "nothing-of-it"),
      () => reconciliations.addStatementLines(id, { lines: [], is_last: true }),
      () => reconciliations.assign(id, none, "ann"),
      () => reconciliations.awaitPartner(id, none),
      () => reconciliations.note(id, none, "a note"),
      () => reconciliations.resolve(id, none, "a resolution"),
      () => reconciliations.approveRepairs(id, none),
      () => reconciliations.importEvidence(id, id, signedRequest),
      () => reconciliations.rejectRepairs(id, none),
    ]) {
      expect((await refusalOf(ask())).status).toBeLessThan(500);
    }
    await reconciliations.putPolicy({ ...pair, interval_ms: null });
    expect(await reconciliations.listPolicies().toArray()).toHaveLength(1);
  });

  it("changes that wait for a second person, data keys, erasure", async () => {
    const { inconsistencies, links } = client;
    for (const ask of [
      () => links.approveChange("none"),
      () => links.rejectChange("none"),
      () => inconsistencies.history("none").toArray(),
      () => inconsistencies.assign("none"),
      () => inconsistencies.unassign("none"),
    ]) {
      expect([400, 404]).toContain((await refusalOf(ask())).status);
    }
    expect(await client.users.erase({ system_id: "shop", user_id: "nobody" })).toMatchObject({ erased: [] });
    expect(await client.rates.listScheduled().toArray()).toEqual([]);
    expect(await client.keys.dataKeys()).toHaveProperty("items");
    expect(await client.keys.rotateDataKey("shop")).toHaveProperty("items");
  });

  it("are all that the document has", () => {
    const unsent = routes.filter(({ method, path }) => {
      const pattern = new RegExp(`^${path.replaceAll(/\{[a-z_]+\}/g, "[^/]+")}$`);
      return !sent.some((request) => request.method === method && pattern.test(request.path));
    });
    expect(unsent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
});
