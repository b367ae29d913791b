// API keys: shown once, refused from the moment they end on every node of the database, and no more than their role.
import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ApiKeyDirectory } from "../../src/api-keys/index.ts";
import { listEverything } from "../support/stored-text-queries.ts";
import { describeApi, type TestClient, toClub } from "./test-client.ts";

interface Made {
  readonly id: string;
  readonly key: string;
}

async function make(client: TestClient, body: object): Promise<Made> {
  const answer = await client.post("/v1/api-keys", { name: "a key", ...body });
  if (answer.status !== 201) throw new Error(answer.text);
  return { id: String(answer.body["api_key_id"]), key: String(answer.body["api_key"]) };
}

describeApi("API keys", (client) => {
  it("A4: the key is shown once, and only its SHA-256 is stored", async () => {
    const { id, key } = await make(client, { principal: "kim", role: "viewer" });
    expect(key).toMatch(/^pb_[A-Za-z0-9_-]{43}$/);
    const list = await client.get("/v1/api-keys");
    expect(list.text).not.toContain(key);
    expect(list.body["items"]).toContainEqual(
      expect.objectContaining({ api_key_id: id, principal: "kim", role: "viewer", created_by: "tester" }),
    );
    const stored = await listEverything(client.node().database);
    expect(stored).not.toContain(key);
    expect(stored).toContain(hash("sha256", key, "hex"));
  });

  it("stands for its principal, whichever key it is", async () => {
    const { key } = await make(client, { principal: "robin@example.com", role: "operator" });
    await client.fill("k-1", "10");
    const body = { ...toClub, user_id: "k-1", operation_id: "key-x", amount: "10" };
    expect((await client.node().call("POST", "/v1/exchanges", { body, key })).status).toBe(201);
    const log = await client.get("/v1/operations/key-x");
    expect(log.body["principal"]).toBe("robin@example.com");
  });

  it("A5, A8: a revoked key is refused at once, also by another node, and stays revoked", async () => {
    const { id, key } = await make(client, { principal: "kim", role: "viewer" });
    const other = new ApiKeyDirectory(client.node().database);
    expect(await other.find(key)).toMatchObject({ principal: "kim" });
    expect((await client.node().call("GET", "/v1/systems", { key })).status).toBe(200);
    const revoked = await client.node().call("DELETE", `/v1/api-keys/${id}`);
    expect(revoked).toMatchObject({ status: 200, body: { api_key_id: id, revoked_by: "tester" } });
    expect(await other.find(key)).toBeUndefined();
    expect((await client.node().call("GET", "/v1/systems", { key })).body["code"]).toBe("unauthenticated");
    expect((await client.node().call("GET", "/v1/nothing", { key })).status).toBe(401);
    const again = await client.node().call("DELETE", `/v1/api-keys/${id}`);
    expect(again.body).toEqual(revoked.body);
    const none = await client.node().call("DELETE", "/v1/api-keys/nobody");
    expect(none).toMatchObject({ status: 404, body: { code: "api_key_not_found" } });
  });

  it("an expired key is refused", async () => {
    const soon = new Date(Date.now() + 1_000).toISOString();
    const { key } = await make(client, { principal: "kim", role: "viewer", expires_at: soon });
    await expect
      .poll(async () => (await client.node().call("GET", "/v1/systems", { key })).status, { timeout: 10_000 })
      .toBe(401);
    const past = await make(client, {
      principal: "kim",
      role: "viewer",
      expires_at: "2020-01-01T00:00:00Z",
    });
    expect((await client.node().call("GET", "/v1/systems", { key: past.key })).status).toBe(401);
  });

  it("A7: making and revoking are in the log, without the key", async () => {
    const { id, key } = await make(client, { principal: "kim", role: "service", systems: ["shop"] });
    await client.node().call("DELETE", `/v1/api-keys/${id}`);
    const log = await client.get("/v1/operations?type=api_key_update&limit=2");
    expect(log.body["items"]).toMatchObject([
      { principal: "tester", data: { api_key: { id, action: "revoked" } } },
      { principal: "tester", data: { api_key: { id, action: "created", systems: ["shop"] } } },
    ]);
    expect(log.text).not.toContain(key);
  });

  it("takes systems with any role, refuses their want where the role needs some, and unknown ones", async () => {
    const bodies = [
      [{ principal: "a", role: "viewer", systems: ["shop"] }, 201],
      [{ principal: "a", role: "service" }, 400],
      [{ principal: "a", role: "partner", systems: [] }, 400],
      [{ principal: "node", role: "viewer" }, 400],
      [{ principal: "a b", role: "viewer" }, 400],
      [{ principal: "a", role: "service", systems: ["nowhere"] }, 422],
    ] as const;
    for (const [body, status] of bodies) {
      const answer = await client.post("/v1/api-keys", { name: "a key", ...body });
      expect({ body, status: answer.status }).toEqual({ body, status });
    }
  });

  describe("a service and a partner", () => {
    async function callAs(role: string, systems: readonly string[]) {
      const { key } = await make(client, { principal: `${role}-${systems.join("-")}`, role, systems });
      return (method: string, url: string, body?: object) =>
        client.node().call(method, url, body === undefined ? { key } : { key, body });
    }
    const credit = { system_id: "shop", user_id: "s-1", credit_type_id: "coin", amount: "10" };

    it("G1, G2: do and read what is of their systems, and nothing else is there for them", async () => {
      const shop = await callAs("service", ["shop"]);
      const club = await callAs("service", ["club"]);
      const reader = await callAs("partner", ["club"]);
      expect((await shop("POST", "/v1/credits", { ...credit, operation_id: "s-credit" })).status).toBe(201);
      expect((await club("POST", "/v1/credits", credit)).status).toBe(403);
      const exchange = { ...toClub, user_id: "s-1", operation_id: "s-x", amount: "10" };
      expect((await club("POST", "/v1/exchanges", exchange)).status).toBe(403);
      expect((await reader("POST", "/v1/exchanges", exchange)).status).toBe(403);
      expect((await shop("POST", "/v1/exchanges", exchange)).status).toBe(201);
      const mixed = { exchanges: [exchange, { ...exchange, source_system: "club", target_system: "shop" }] };
      expect((await shop("POST", "/v1/exchanges/batch", mixed)).status).toBe(403);
      // An exchange concerns both sides, a credit only its own.
      for (const caller of [shop, club, reader]) {
        expect((await caller("GET", "/v1/exchanges/s-x")).status).toBe(200);
        expect((await caller("GET", "/v1/operations/s-x")).status).toBe(200);
      }
      expect((await shop("GET", "/v1/credits/s-credit")).status).toBe(200);
      for (const url of ["/v1/credits/s-credit", "/v1/operations/s-credit"]) {
        expect((await club("GET", url)).body["code"]).toBe("operation_not_found");
      }
      expect((await club("POST", "/v1/credits/s-credit/rollback")).status).toBe(403);
      const account = (await shop("POST", "/v1/credits", { ...credit, user_id: "s-2" })).body[
        "transaction_id"
      ];
      const accountId = String(account).split(".")[0] ?? "";
      expect((await shop("GET", `/v1/accounts/${accountId}`)).status).toBe(200);
      expect((await club("GET", `/v1/accounts/${accountId}`)).body["code"]).toBe("account_not_found");
      expect((await club("GET", `/v1/accounts/${accountId}/entries`)).status).toBe(404);
    });

    it("G1: lists have to be narrowed to their systems", async () => {
      const club = await callAs("partner", ["club"]);
      for (const [url, status] of [
        ["/v1/exchanges", 403],
        ["/v1/exchanges?source_system=shop", 403],
        ["/v1/exchanges?target_system=club", 200],
        ["/v1/operations?user_id=u1", 403],
        ["/v1/operations?source_system=shop&target_system=club", 200],
        ["/v1/accounts?system_id=shop&user_id=u1", 403],
        ["/v1/accounts?system_id=club&user_id=u1", 200],
        ["/v1/rates?source_system=shop", 403],
        ["/v1/rates?target_system=club", 200],
        ["/v1/systems/club", 200],
        ["/v1/systems/shop", 403],
        ["/v1/systems", 403],
        ["/v1/api-keys", 403],
        ["/v1/ledger/verification", 403],
        ["/v1/keys", 200],
      ] as const) {
        expect({ url, status: (await club("GET", url)).status }).toEqual({ url, status });
      }
    });

    it("judges the role before the form", async () => {
      const reader = await callAs("partner", ["club"]);
      const { key } = await make(client, { principal: "v", role: "viewer" });
      expect((await reader("POST", "/v1/exchanges", {})).status).toBe(403);
      expect((await client.node().call("POST", "/v1/exchanges", { body: "{", key })).status).toBe(403);
      const service = await callAs("service", ["shop"]);
      expect((await service("POST", "/v1/exchanges", {})).status).toBe(400);
    });
  });
});
