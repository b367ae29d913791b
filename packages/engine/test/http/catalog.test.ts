// Systems, credit types, links, rates, mappings and imports as a client sees them.
import { describe, expect, it } from "vitest";
import { describeApi } from "./test-client.ts";

describeApi("the catalog", ({ post, put, get, balanceOf }) => {
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
        expect(answer.status).toBe(400);
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
      const [change] = rest.body.items as { operation_id: string }[];
      expect((await get(`/v1/operations/${change?.operation_id}`)).body).toMatchObject({
        type: "mapping_update",
        data: { old_target_user_id: "c1", replace: true, from: { address: "127.0.0.1" } },
      });
    });
  });

  describe("imports", () => {
    const line = { system_id: "shop", user_id: "imp", credit_type_id: "coin", amount: "50" };

    it("applies lines once, and only what a dry run has shown to be sound", async () => {
      const lines = [line, { ...line, user_id: "imp2", amount: "0" }];
      const dry = await post("/v1/imports/balances", { dry_run: true, lines });
      expect(dry.body).toMatchObject({ dry_run: true, applied: 0, errors: [] });
      expect(await balanceOf("imp")).toBe("none");
      expect((await post("/v1/imports/balances", { lines })).body).toMatchObject({
        applied: 2,
        unchanged: 0,
      });
      expect((await post("/v1/imports/balances", { lines })).body).toMatchObject({
        applied: 0,
        unchanged: 2,
      });
      expect(await balanceOf("imp")).toBe("50+0");
      expect(await balanceOf("imp2")).toBe("0+0");
      const other = { ...line, amount: "51" };
      const refused = await post("/v1/imports/balances", { first_line: 7, lines: [other] });
      expect(refused.body).toMatchObject({ errors: [{ line: 7, field: "amount", code: "opening_differs" }] });
    });

    it("names line and field of what is malformed and applies nothing", async () => {
      const sound = { ...line, user_id: "imp3" };
      const bad: readonly (readonly [field: string, line: object])[] = [
        ["amount", { ...line, amount: "-1" }],
        ["amount", { ...line, amount: "9223372036854775808" }],
        ["user_id", { ...line, user_id: "" }],
        ["extra", { ...line, extra: "x" }],
      ];
      for (const [field, spoilt] of bad) {
        const answer = await post("/v1/imports/balances", { first_line: 2, lines: [sound, spoilt] });
        expect(answer.status).toBe(400);
        expect(answer.body.errors).toMatchObject([{ path: `/lines/1/${field}` }]);
      }
      expect(await balanceOf("imp3")).toBe("none");
      expect((await post("/v1/imports/nothing", { lines: [] })).status).toBe(400);
    });
  });
});
