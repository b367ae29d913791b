// Credits, debits, holds and accounts as a client sees them.
import { describe, expect, it } from "vitest";
import { describeApi } from "./test-client.ts";

describeApi("the ledger", ({ newId, post, get, fill, balanceOf }) => {
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
