// Exchanges as a client sees them: statuses, repeats, refusals, conflicts, batches, lists.
import { expect, it } from "vitest";
import { describeApi, toClub } from "./test-client.ts";

describeApi("exchanges", (client) => {
  const { newId, post, get, fill, balanceOf } = client;
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
      const answer = await client.node().call("POST", "/v1/exchanges", {
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
