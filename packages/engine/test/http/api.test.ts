// What a client sees of /v1: statuses, repeats, refusals, conflicts, lists. Every answer is also held
// against the OpenAPI document by the test node itself.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestNode, seedNode, type TestNode } from "./test-node.ts";

const toClub = {
  user_id: "u1",
  source_system: "shop",
  target_system: "club",
  source_credit_type: "coin",
  target_credit_type: "star",
};

describe.each(["embedded", "postgres"] as const)("the API on the %s engine", (engine) => {
  let node: TestNode;
  let nextId = 0;
  beforeAll(async () => {
    node = await openTestNode(engine);
    await seedNode(node);
  });
  afterAll(async () => {
    const verification = await node.call("GET", "/v1/ledger/verification");
    await node.close();
    expect(verification.body).toMatchObject({ ok: true, differences: [] });
  });

  const newId = () => `t-${(nextId += 1)}`;
  const post = (url: string, body?: unknown) => node.call("POST", url, body === undefined ? {} : { body });
  const put = (url: string, body: unknown) => node.call("PUT", url, { body });
  const get = (url: string) => node.call("GET", url);
  const fill = async (userId: string, amount: string) => {
    const body = { system_id: "shop", user_id: userId, credit_type_id: "coin", amount };
    expect((await post("/v1/credits", body)).status).toBe(201);
  };
  const balanceOf = async (userId: string, systemId = "shop") => {
    const page = await get(`/v1/accounts?system_id=${systemId}&user_id=${userId}`);
    const [account] = page.body.items as { available: string; frozen: string }[];
    return account === undefined ? "none" : `${account.available}+${account.frozen}`;
  };

  describe("exchanges", () => {
    it("completes once and answers repeats with what stands", async () => {
      await fill("ann", "1000");
      const body = { ...toClub, user_id: "ann", operation_id: newId(), amount: "100", metadata: { a: [1] } };
      const first = await post("/v1/exchanges", body);
      expect(first.status).toBe(201);
      expect(first.body).toMatchObject({
        status: "completed",
        target_user_id: "ann",
        source_amount: "100",
        target_amount: "29",
        exchange_rate: "0.29",
        rate_version: 1,
        failure: null,
        metadata: { a: [1] },
        idempotent: false,
      });
      const at = first.body.created_at;
      expect(first.body.steps).toEqual([
        { step: "deduct_source_credits", status: "completed", at },
        { step: "add_target_credits", status: "completed", at },
        { step: "confirm_source_deduction", status: "completed", at },
      ]);
      for (const amount of ["100", 100]) {
        const again = await post("/v1/exchanges", { ...body, amount });
        expect(again.status).toBe(200);
        expect(again.body).toEqual({ ...first.body, idempotent: true });
      }
      expect((await get(`/v1/exchanges/${body.operation_id}`)).body).toEqual(first.body);
      expect(await balanceOf("ann")).toBe("900+0");
      expect(await balanceOf("ann", "club")).toBe("29+0");
    });

    it("names the field in which another body differs, and changes nothing", async () => {
      await fill("bob", "1000");
      const body = { ...toClub, user_id: "bob", operation_id: newId(), amount: "100" };
      await post("/v1/exchanges", body);
      const others = [
        ["amount", { ...body, amount: "101" }],
        ["user_id", { ...body, user_id: "ann" }],
        ["metadata", { ...body, metadata: {} }],
        ["quote_id", { ...body, quote_id: "q" }],
        ["source_system", { ...body, source_system: "nowhere" }],
      ] as const;
      for (const [field, other] of others) {
        const answer = await post("/v1/exchanges", other);
        expect(answer.status).toBe(409);
        expect(answer.body).toMatchObject({
          code: "operation_conflict",
          conflicting_field: field,
          operation_id: body.operation_id,
        });
      }
      const credit = { system_id: "shop", user_id: "bob", credit_type_id: "coin", amount: "1" };
      const other = await post("/v1/credits", { ...credit, operation_id: body.operation_id });
      expect(other.body).toMatchObject({ code: "operation_conflict", conflicting_field: "type" });
      expect(await balanceOf("bob")).toBe("900+0");
    });

    it("keeps a refusal under its id for good", async () => {
      await fill("cem", "10");
      const body = { ...toClub, user_id: "cem", operation_id: newId(), amount: "11" };
      const refusal = { code: "insufficient_balance", required: "11", available: "10" };
      const first = await post("/v1/exchanges", body);
      expect(first.status).toBe(422);
      expect(first.body).toMatchObject({ ...refusal, operation_id: body.operation_id, idempotent: false });
      await fill("cem", "100");
      const again = await post("/v1/exchanges", body);
      expect(again.status).toBe(422);
      expect(again.body).toMatchObject({ ...refusal, idempotent: true });
      const stored = await get(`/v1/exchanges/${body.operation_id}`);
      expect(stored.status).toBe(200);
      expect(stored.body).toMatchObject({ status: "failed", failure: refusal });
      expect(stored.body.steps).toMatchObject([
        { step: "deduct_source_credits", status: "failed", error: "insufficient_balance" },
      ]);
      expect(await balanceOf("cem")).toBe("110+0");
    });

    it("answers a batch line by line, as if done one by one", async () => {
      await fill("dee", "100");
      const line = { ...toClub, user_id: "dee", amount: "60" };
      const [a, b, c] = [newId(), newId(), newId()];
      const answer = await post("/v1/exchanges/batch", {
        exchanges: [
          { ...line, operation_id: a },
          { ...line, operation_id: b },
          { ...line, operation_id: a },
          { ...line, operation_id: a, amount: "61" },
          { ...line, operation_id: c, amount: 40 },
          { ...line, amount: "3" },
        ],
      });
      expect(answer.status).toBe(200);
      const results = answer.body.results as { operation_id: string }[];
      expect(results.slice(0, 5)).toEqual([
        { operation_id: a, status: "completed", target_amount: "17" },
        { operation_id: b, status: "failed", code: "insufficient_balance", required: "60", available: "40" },
        { operation_id: a, status: "completed", target_amount: "17", idempotent: true },
        { operation_id: a, status: "conflict", code: "operation_conflict", conflicting_field: "amount" },
        { operation_id: c, status: "completed", target_amount: "11" },
      ]);
      expect(results[5]).toMatchObject({ status: "failed", code: "amount_too_small" });
      expect(results[5]?.operation_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      expect((await post("/v1/exchanges/batch", { exchanges: [] })).body).toEqual({ results: [] });
    });

    it("takes any Prefer, since a hosted exchange is decided at once", async () => {
      await fill("eva", "100");
      for (const prefer of ["wait=10", "respond-async", "wait=soon, ;;", ""]) {
        const answer = await node.call("POST", "/v1/exchanges", {
          body: { ...toClub, user_id: "eva", amount: "10" },
          headers: { prefer },
        });
        expect(answer.status).toBe(201);
      }
    });

    it("lists them newest first, by status, user and time, page by page", async () => {
      await fill("fay", "100");
      const ids: string[] = [];
      for (let count = 0; count < 5; count += 1) {
        const id = newId();
        ids.unshift(id);
        await post("/v1/exchanges", { ...toClub, user_id: "fay", operation_id: id, amount: "10" });
      }
      const seen: string[] = [];
      let cursor = "";
      for (let page = 0; page < 3; page += 1) {
        const answer = await get(`/v1/exchanges?user_id=fay&status=completed&limit=2${cursor}`);
        seen.push(...(answer.body.items as { operation_id: string }[]).map((item) => item.operation_id));
        cursor = `&cursor=${String(answer.body.next_cursor)}`;
        expect(answer.body.next_cursor === null).toBe(page === 2);
      }
      expect(seen).toEqual(ids);
      const later = encodeURIComponent("2999-01-01T00:00:00+08:00");
      expect((await get(`/v1/exchanges?created_after=${later}`)).body.items).toEqual([]);
      expect((await get(`/v1/exchanges?user_id=fay&created_before=${later}`)).body.items).toHaveLength(5);
      expect((await get("/v1/exchanges?user_id=fay&status=needs_attention")).body.items).toEqual([]);
    });
  });

  describe("credits, debits and holds", () => {
    it("credits and debits once, with the balance after it", async () => {
      const owner = { system_id: "shop", user_id: "gus", credit_type_id: "coin" };
      const credit = {
        ...owner,
        operation_id: newId(),
        amount: "70",
        business_code: "order",
        business_id: "1",
      };
      expect((await post("/v1/credits", credit)).body).toMatchObject({
        new_balance: "70",
        status: "completed",
      });
      expect((await post("/v1/credits", credit)).body).toMatchObject({ new_balance: "70", idempotent: true });
      const taken = await post("/v1/credits", { ...credit, operation_id: newId() });
      expect(taken.body).toMatchObject({ status: 422, code: "business_id_used" });
      const debit = { ...owner, operation_id: newId(), amount: "30" };
      expect((await post("/v1/debits", debit)).body).toMatchObject({ new_balance: "40" });
      const refused = await post("/v1/debits", { ...debit, operation_id: newId(), amount: "41" });
      expect(refused.body).toMatchObject({ code: "insufficient_balance", required: "41", available: "40" });
      expect((await post(`/v1/debits/${debit.operation_id}/rollback`)).body).toMatchObject({
        status: "rolled_back",
        new_balance: "70",
        idempotent: false,
      });
      const again = await post(`/v1/debits/${debit.operation_id}/rollback`, {});
      expect(again.body).toMatchObject({ status: "rolled_back", idempotent: true });
      expect((await post("/v1/debits", debit)).body).toMatchObject({ status: 422, code: "rolled_back" });
    });

    it("fences what is rolled back before it arrives", async () => {
      const id = newId();
      expect((await post(`/v1/credits/${id}/rollback`)).status).toBe(200);
      const credit = { system_id: "shop", user_id: "hal", credit_type_id: "coin", amount: "5" };
      const late = await post("/v1/credits", { ...credit, operation_id: id });
      expect(late.body).toMatchObject({ status: 422, code: "rolled_back", operation_id: id });
      expect((await get(`/v1/credits/${id}`)).body).toMatchObject({ status: "rolled_back", user_id: null });
      expect(await balanceOf("hal")).toBe("none");
      expect((await get(`/v1/debits/${id}`)).body).toMatchObject({
        status: 404,
        code: "operation_not_found",
      });
    });

    it("seals a credit that can't be taken back", async () => {
      const credit = { operation_id: newId(), system_id: "shop", user_id: "ida", credit_type_id: "coin" };
      await post("/v1/credits", { ...credit, amount: "5" });
      await post("/v1/debits", { ...credit, operation_id: newId(), amount: "1" });
      for (let time = 0; time < 2; time += 1) {
        const answer = await post(`/v1/credits/${credit.operation_id}/rollback`);
        expect(answer.body).toMatchObject({ status: 409, code: "rollback_refused" });
        await fill("ida", "10");
      }
    });

    it("answers a batch of credits line by line", async () => {
      const owner = { system_id: "shop", user_id: "jan", credit_type_id: "coin" };
      const id = newId();
      const answer = await post("/v1/credits/batch", {
        credits: [
          { ...owner, operation_id: id, amount: "5" },
          { ...owner, operation_id: id, amount: "5" },
          { ...owner, operation_id: `${id}-x`, amount: "9223372036854775807" },
          { ...owner, operation_id: `${id}-y`, system_id: "nowhere", amount: "5" },
        ],
      });
      expect(answer.body.results).toMatchObject([
        { status: "completed", new_balance: "5" },
        { status: "completed", new_balance: "5", idempotent: true },
        { status: "failed", code: "amount_too_large" },
        { status: "failed", code: "system_not_found" },
      ]);
    });

    it("holds, captures a part, and releases the rest", async () => {
      await fill("kim", "100");
      const owner = { system_id: "shop", user_id: "kim", credit_type_id: "coin" };
      const hold = { ...owner, operation_id: newId(), amount: "40", expires_in_ms: 60_000 };
      const held = await post("/v1/holds", hold);
      expect(held.status).toBe(201);
      expect(held.body).toMatchObject({ status: "held", new_balance: "60", captured_amount: null });
      expect(await balanceOf("kim")).toBe("60+40");
      const url = `/v1/holds/${hold.operation_id}`;
      const tooMuch = await post(`${url}/capture`, { amount: "41" });
      expect(tooMuch.body).toMatchObject({ status: 422, code: "amount_exceeds_hold" });
      const captured = await post(`${url}/capture`, { amount: 30 });
      expect(captured.body).toMatchObject({ status: "captured", captured_amount: "30", idempotent: false });
      expect((await post(`${url}/capture`, { amount: "30" })).body).toMatchObject({ idempotent: true });
      const other = await post(`${url}/capture`);
      expect(other.body).toMatchObject({ code: "operation_conflict", conflicting_field: "amount" });
      expect((await post(`${url}/release`)).body).toMatchObject({ status: 409, code: "hold_captured" });
      expect((await post("/v1/holds", hold)).body).toMatchObject({ status: "captured", idempotent: true });
      expect(await balanceOf("kim")).toBe("70+0");
      expect((await post("/v1/holds/unknown/capture")).body).toMatchObject({ code: "operation_not_found" });
    });
  });

  describe("the catalog", () => {
    it("makes, changes and lists systems, credit types, links and rates", async () => {
      expect((await put("/v1/systems/bank", { name: "Bank", kind: "remote" })).status).toBe(201);
      expect((await put("/v1/systems/bank", { name: "银行", kind: "remote" })).status).toBe(200);
      const kept = await put("/v1/systems/bank", { name: "Bank", kind: "hosted" });
      expect(kept.body).toMatchObject({ status: 409, code: "system_kind_fixed" });
      expect((await get("/v1/systems/bank")).body).toMatchObject({ name: "银行", kind: "remote" });
      expect((await get("/v1/systems/nowhere")).body).toMatchObject({
        status: 404,
        code: "system_not_found",
      });
      expect((await get("/v1/systems?limit=1")).body).toMatchObject({ items: [{ system_id: "bank" }] });
      const unknown = await put("/v1/systems/nowhere/credit-types/x", { name: "x" });
      expect(unknown.body).toMatchObject({ status: 422, code: "system_not_found" });
      expect((await put("/v1/systems/bank/credit-types/point", { name: "point" })).status).toBe(201);
      expect((await get("/v1/systems/bank/credit-types")).body.items).toHaveLength(1);
      const link = { source_system: "shop", target_system: "bank", user_mapping: "mapped" };
      expect((await put("/v1/links", link)).status).toBe(201);
      expect((await put("/v1/links", { ...link, enabled: false })).body).toMatchObject({ enabled: false });
      expect((await put("/v1/links", { ...link, target_system: "shop" })).status).toBe(400);
      expect((await get("/v1/links?target_system=bank")).body.items).toHaveLength(1);
      const pair = { source_credit_type: "coin", target_credit_type: "point" };
      const rate = { source_system: "shop", target_system: "bank", ...pair, rate: "1.50" };
      const first = await put("/v1/rates", rate);
      expect(first.body).toMatchObject({ old_rate: null, new_rate: "1.5", rate_version: 1 });
      expect((await put("/v1/rates", rate)).body).toMatchObject({ old_rate: "1.5", rate_version: 1 });
      const second = await put("/v1/rates", { ...rate, rate: "1.6" });
      expect(second.body).toMatchObject({ old_rate: "1.5", new_rate: "1.6", rate_version: 2 });
      const history = await get("/v1/rates/history?target_system=bank");
      expect(history.body.items).toMatchObject([{ rate: "1.5" }, { rate: "1.6", superseded_at: null }]);
      expect((await get("/v1/rates?target_system=bank")).body.items).toHaveLength(1);
      const next = await get("/v1/rates/history?target_system=bank&limit=1");
      const rest = await get(`/v1/rates/history?target_system=bank&cursor=${String(next.body.next_cursor)}`);
      expect(rest.body.items).toMatchObject([{ rate: "1.6" }]);
    });

    it("takes a partner's address in one writing only", async () => {
      const bad = [
        "ftp://a.example",
        "https://a.example/",
        "https://A.example",
        "https://a.example:443",
        "https://u:p@a.example",
        "https://a.example?x=1",
        "https://a.example/x#y",
        "https://a.example/../x",
        "not an address",
      ];
      for (const base_url of bad) {
        const answer = await put("/v1/systems/partner", { name: "P", kind: "remote", base_url });
        expect(answer.status, base_url).toBe(400);
        expect(answer.body.errors).toMatchObject([{ path: "/base_url" }]);
      }
      for (const base_url of ["https://a.example", "https://a.example:8443/points"]) {
        const answer = await put("/v1/systems/partner", { name: "P", kind: "remote", base_url });
        expect(answer.body).toMatchObject({ base_url });
      }
    });

    it("maps users, one target user to one source user", async () => {
      const mapping = { source_system: "shop", source_user_id: "张三", target_system: "club" };
      const where = `source_system=shop&source_user_id=${encodeURIComponent("张三")}&target_system=club`;
      expect((await get(`/v1/mappings?${where}`)).body).toMatchObject({
        status: 404,
        code: "mapping_not_found",
      });
      expect((await put("/v1/mappings", { ...mapping, target_user_id: "c1" })).status).toBe(201);
      expect((await put("/v1/mappings", { ...mapping, target_user_id: "c1" })).status).toBe(200);
      const exists = await put("/v1/mappings", { ...mapping, target_user_id: "c2" });
      expect(exists.body).toMatchObject({ status: 409, code: "mapping_exists" });
      const taken = await put("/v1/mappings", { ...mapping, source_user_id: "x", target_user_id: "c1" });
      expect(taken.body).toMatchObject({ status: 409, code: "mapping_taken" });
      const replaced = await put("/v1/mappings", { ...mapping, target_user_id: "c2", replace: true });
      expect(replaced.status).toBe(200);
      expect((await get(`/v1/mappings?${where}`)).body).toMatchObject({ target_user_id: "c2" });
      const first = await get(`/v1/mappings/history?${where}&limit=1`);
      expect(first.body.items).toMatchObject([{ old_target_user_id: null, new_target_user_id: "c1" }]);
      const rest = await get(`/v1/mappings/history?${where}&cursor=${String(first.body.next_cursor)}`);
      expect(rest.body.items).toMatchObject([{ old_target_user_id: "c1", new_target_user_id: "c2" }]);
    });
  });

  describe("accounts", () => {
    it("opens an account once", async () => {
      const owner = { system_id: "shop", user_id: "lea 😀", credit_type_id: "coin" };
      const first = await post("/v1/accounts", owner);
      expect(first.status).toBe(201);
      expect(first.body).toMatchObject({ ...owner, available: "0", frozen: "0" });
      const again = await post("/v1/accounts", owner);
      expect(again.status).toBe(200);
      expect(again.body).toEqual(first.body);
      expect((await get(`/v1/accounts/${String(first.body.account_id)}`)).body).toEqual(first.body);
      const refusals = [
        ["system_not_found", { ...owner, system_id: "nowhere" }],
        ["credit_type_not_found", { ...owner, credit_type_id: "mile" }],
      ] as const;
      for (const [code, body] of refusals) {
        expect((await post("/v1/accounts", body)).body).toMatchObject({ status: 422, code });
      }
    });

    it("reads a statement newest first, with running balances, page by page", async () => {
      const owner = { system_id: "shop", user_id: "max", credit_type_id: "coin" };
      for (const amount of ["1", "2", "3"]) await fill("max", amount);
      const account = await post("/v1/accounts", owner);
      const url = `/v1/accounts/${String(account.body.account_id)}/entries`;
      const first = await get(`${url}?limit=2`);
      expect(first.body.items).toMatchObject([
        { entry: "credit", amount: "3", available_after: "6", frozen_after: "0" },
        { entry: "credit", amount: "2", available_after: "3" },
      ]);
      const rest = await get(`${url}?cursor=${String(first.body.next_cursor)}`);
      expect(rest.body).toMatchObject({ items: [{ amount: "1", available_after: "1" }], next_cursor: null });
      const unknown = await get(`/v1/accounts/CS:${"0".repeat(64)}/entries`);
      expect(unknown.body).toMatchObject({ status: 404, code: "account_not_found" });
    });
  });
});
