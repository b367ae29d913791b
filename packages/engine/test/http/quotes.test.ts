// Quotes and simulated exchanges as a client sees them.
import { expect, it } from "vitest";
import { countRows } from "./row-count-queries.ts";
import { describeApi, toClub } from "./test-client.ts";

const pair = {
  source_system: "shop",
  target_system: "club",
  source_credit_type: "coin",
  target_credit_type: "star",
};

describeApi("quotes", (client) => {
  const { newId, node, post, put, get, fill, balanceOf } = client;

  async function setRate(rate: string, more: object = {}): Promise<void> {
    expect((await put("/v1/rates", { ...pair, rate, ...more })).status).toBe(200);
  }

  async function quoteFor(userId: string, amount: string, more: object = {}): Promise<string> {
    const answer = await post("/v1/quotes", { ...pair, user_id: userId, amount, ...more });
    expect(answer.status).toBe(201);
    return String(answer.body.quote_id);
  }

  it("keep their rate for one exchange though the rate changes (J1, J2)", async () => {
    await fill("ann", "1000");
    const fields = { ...pair, user_id: "ann", amount: "100" };
    const quoted = await post("/v1/quotes", { ...fields, amount: 100 });
    expect(quoted.status).toBe(201);
    expect(quoted.body).toMatchObject({
      ...pair,
      user_id: "ann",
      operation_id: null,
      source_amount: "100",
      target_amount: "29",
      exchange_rate: "0.29",
      rate_version: 1,
      used_by: null,
    });
    const { quote_id: quoteId, created_at: from, expires_at: until } = quoted.body;
    expect(Date.parse(String(until)) - Date.parse(String(from))).toBe(300_000);
    expect((await get(`/v1/quotes/${String(quoteId)}`)).body).toEqual(quoted.body);

    await setRate("0.3", { min_source_amount: "101" });
    const body = { ...fields, operation_id: newId(), quote_id: quoteId };
    const first = await post("/v1/exchanges", body);
    expect(first.status).toBe(201);
    const price = { target_amount: "29", exchange_rate: "0.29", rate_version: 1 };
    expect(first.body).toMatchObject({ ...price, quote_id: quoteId });
    const read = await get(`/v1/quotes/${String(quoteId)}`);
    expect(read.body).toEqual({ ...quoted.body, used_by: body.operation_id });

    // The exchange is what stands under its id, whatever the quote says by now.
    const again = await post("/v1/exchanges", body);
    expect(again.status).toBe(200);
    expect(again.body).toEqual({ ...first.body, idempotent: true });
    const other = await post("/v1/exchanges", { ...body, operation_id: newId() });
    expect(other.status).toBe(422);
    expect(other.body.code).toBe("quote_mismatch");
    const unquoted = await post("/v1/exchanges", fields);
    expect(unquoted.body.code).toBe("amount_too_small");
    expect(await balanceOf("ann")).toBe("900+0");
    expect(await balanceOf("ann", "club")).toBe("29+0");
    await setRate("0.29");
  });

  it("are for the exchange with their fields alone, which stays possible (J2)", async () => {
    await fill("bob", "1000");
    await put("/v1/systems/bank", { name: "bank", kind: "hosted" });
    await put("/v1/systems/shop/credit-types/bean", { name: "bean" });
    await put("/v1/systems/club/credit-types/moon", { name: "moon" });
    await put("/v1/systems/bank/credit-types/coin", { name: "coin" });
    const links = [
      ["bank", "club"],
      ["shop", "bank"],
    ] as const;
    for (const [source_system, target_system] of links) {
      await put("/v1/links", { source_system, target_system, user_mapping: "same_id" });
    }
    const rates = [
      { ...pair, source_credit_type: "bean" },
      { ...pair, target_credit_type: "moon" },
      { ...pair, source_system: "bank" },
      { ...pair, target_system: "bank", target_credit_type: "coin" },
    ];
    for (const rate of rates) {
      expect((await put("/v1/rates", { ...rate, rate: "0.01" })).status).toBe(200);
    }
    const operationId = newId();
    const fields = { ...pair, user_id: "bob", amount: "100", operation_id: operationId };
    const { body: quote } = await post("/v1/quotes", fields);
    const body = { ...fields, quote_id: quote.quote_id };
    const others = [
      {},
      { user_id: "ann" },
      { amount: "101" },
      { source_credit_type: "bean" },
      { target_credit_type: "moon" },
      { source_system: "bank" },
      { target_system: "bank", target_credit_type: "coin" },
      { quote_id: "nobody-knows-it" },
    ];
    for (const other of others) {
      const answer = await post("/v1/exchanges", { ...body, operation_id: newId(), ...other });
      expect({ other, code: answer.body.code }).toEqual({ other, code: "quote_mismatch" });
    }
    expect((await post("/v1/exchanges", body)).status).toBe(201);
    expect(await balanceOf("bob")).toBe("900+0");
  });

  it("stay unused by an exchange that is refused for its balance (J2)", async () => {
    await fill("cem", "50");
    const fields = { ...pair, user_id: "cem", amount: "100", quote_id: await quoteFor("cem", "100") };
    expect((await post("/v1/exchanges", fields)).body.code).toBe("insufficient_balance");
    await fill("cem", "50");
    expect((await post("/v1/exchanges", fields)).status).toBe(201);
  });

  it("are refused for route, rate and amount in the exchange's order, and nothing is kept", async () => {
    const remote = { name: "off", kind: "hosted", status: "suspended" };
    await put("/v1/systems/closed", remote);
    await put("/v1/links", {
      source_system: "club",
      target_system: "shop",
      user_mapping: "same_id",
      enabled: false,
    });
    await put("/v1/systems/shop/credit-types/gem", { name: "gem" });
    expect(
      (await put("/v1/rates", { ...pair, source_credit_type: "gem", rate: "3", min_source_amount: "5" }))
        .status,
    ).toBe(200);
    const before = await countRows(node().database);
    const cases = [
      ["system_not_found", { target_system: "nowhere", amount: "1" }],
      ["system_suspended", { target_system: "closed", amount: "1" }],
      ["link_not_found", { target_system: "shop", amount: "1" }],
      ["link_disabled", { source_system: "club", target_system: "shop", amount: "1" }],
      ["exchange_rate_not_found", { target_credit_type: "nothing", amount: "1" }],
      ["amount_too_small", { amount: "1" }],
      ["amount_too_small", { source_credit_type: "gem", amount: "4" }],
      ["amount_too_large", { source_credit_type: "gem", amount: "9223372036854775807" }],
    ] as const;
    for (const [code, fields] of cases) {
      const answer = await post("/v1/quotes", { ...pair, user_id: "u1", ...fields });
      expect({ fields, status: answer.status, code: answer.body.code }).toEqual({
        fields,
        status: 422,
        code,
      });
    }
    expect(await countRows(node().database)).toEqual(before);
    // A price promises nothing of users and balances.
    await quoteFor("has nothing", "100");
    const missing = await get("/v1/quotes/nobody-knows-it");
    expect([missing.status, missing.body.code]).toEqual([404, "quote_not_found"]);
  });

  it("are used line by line in a batch: the first line that goes ahead has the quote (J2)", async () => {
    await fill("dee", "100");
    await fill("eve", "100");
    const [dees, eves] = [await quoteFor("dee", "40"), await quoteFor("eve", "40")];
    await setRate("0.25");
    const line = { ...pair, amount: "40" };
    const { body } = await post("/v1/exchanges/batch", {
      exchanges: [
        { ...line, user_id: "eve", quote_id: dees },
        { ...line, user_id: "dee", quote_id: dees },
        { ...line, user_id: "dee", quote_id: dees },
        { ...line, user_id: "dee" },
        { ...line, user_id: "eve", quote_id: eves },
        { ...line, user_id: "dee", quote_id: "unknown" },
      ],
    });
    const results = body.results as { status: string; code?: string; target_amount?: string }[];
    expect(results.map(({ status, code, target_amount }) => [status, code ?? target_amount])).toEqual([
      ["failed", "quote_mismatch"],
      ["completed", "11"],
      ["failed", "quote_mismatch"],
      ["completed", "10"],
      ["completed", "11"],
      ["failed", "quote_mismatch"],
    ]);
    expect(await balanceOf("dee", "club")).toBe("21+0");
    await setRate("0.29");
  });

  it("do not use up the operation id that they are for", async () => {
    await fill("fay", "100");
    const operationId = newId();
    const quoteId = await quoteFor("fay", "10", { operation_id: operationId });
    expect((await get(`/v1/exchanges/${operationId}`)).status).toBe(404);
    const body = { ...pair, user_id: "fay", amount: "10", operation_id: operationId, quote_id: quoteId };
    expect((await post("/v1/exchanges", body)).status).toBe(201);
  });
});

describeApi("simulated exchanges", (client) => {
  const { newId, node, post, put, fill } = client;

  it("say what the exchange would come to, and write nothing (J5)", async () => {
    await fill("ann", "100");
    const quoted = await post("/v1/quotes", { ...toClub, user_id: "ann", amount: "60" });
    expect((await put("/v1/rates", { ...pair, rate: "0.3" })).status).toBe(200);
    const before = await countRows(node().database);
    const body = { ...toClub, user_id: "ann", amount: "60" };
    const known = { ...pair, user_id: "ann", target_user_id: "ann", source_amount: "60" };
    const first = await post("/v1/exchanges/simulate", body);
    expect(first.status).toBe(200);
    const enough = { available: "100", balance_suffices: true, idempotent: false };
    const good = { status: "completed", code: null, ...enough };
    expect(first.body).toEqual({
      ...known,
      ...good,
      target_amount: "18",
      exchange_rate: "0.3",
      rate_version: 2,
      quote_id: null,
    });
    // Nothing of it is used up: neither the id, nor the quote, nor the points.
    const operationId = newId();
    const quote_id = quoted.body.quote_id;
    for (let time = 0; time < 2; time += 1) {
      const answer = await post("/v1/exchanges/simulate", { ...body, quote_id, operation_id: operationId });
      expect(answer.body).toMatchObject({ ...good, target_amount: "17", rate_version: 1 });
    }
    const poor = await post("/v1/exchanges/simulate", { ...body, amount: "101" });
    expect(poor.body).toMatchObject({
      status: "failed",
      code: "insufficient_balance",
      available: "100",
      balance_suffices: false,
      target_amount: "30",
    });
    const nowhere = await post("/v1/exchanges/simulate", { ...body, target_system: "nowhere" });
    expect(nowhere.body).toMatchObject({
      status: "failed",
      code: "system_not_found",
      available: null,
      balance_suffices: null,
      target_amount: null,
      exchange_rate: null,
    });
    const strange = await post("/v1/exchanges/simulate", { ...body, quote_id: "unknown" });
    expect(strange.body).toMatchObject({ status: "failed", code: "quote_mismatch" });
    expect(await countRows(node().database)).toEqual(before);
    const made = await post("/v1/exchanges", { ...body, quote_id, operation_id: operationId });
    expect([made.status, made.body.target_amount]).toEqual([201, "17"]);
  });

  it("answer what stands under an id that is known, and 409 for another body", async () => {
    await fill("bob", "100");
    const body = { ...toClub, user_id: "bob", amount: "60", operation_id: newId() };
    await post("/v1/exchanges", body);
    const again = await post("/v1/exchanges/simulate", body);
    expect(again.body).toMatchObject({ status: "completed", idempotent: true, available: null });
    const other = await post("/v1/exchanges/simulate", { ...body, amount: "61" });
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: "operation_conflict", conflicting_field: "amount" });
  });
});
