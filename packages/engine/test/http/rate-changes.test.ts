// Changes of rates that need a second person, as clients with keys of their own see them.
import { expect, it } from "vitest";
import { describeApi } from "./test-client.ts";

const pair = {
  source_system: "shop",
  target_system: "club",
  source_credit_type: "coin",
  target_credit_type: "star",
};

describeApi("changes of rates", (client) => {
  const { put, get, post } = client;

  async function keyOf(principal: string, role: string): Promise<string> {
    const answer = await post("/v1/api-keys", { name: `key of ${principal}`, principal, role });
    expect(answer).toMatchObject({ status: 201 });
    return String(answer.body["api_key"]);
  }

  const decide = (operationId: string, verdict: string, key: string) =>
    client.node().call("POST", `/v1/rate-changes/${operationId}/${verdict}`, { key });

  const rateNow = async () => {
    const page = await get("/v1/rates?source_system=shop&target_system=club");
    return (page.body["items"] as { rate: string }[]).map(({ rate }) => rate);
  };

  it("waits for another principal, whatever key the proposer uses", async () => {
    const proposal = { ...pair, operation_id: "large", rate: "0.145" };
    const proposed = await put("/v1/rates", proposal);
    expect(proposed.status).toBe(202);
    const expected = {
      status: "pending_approval",
      needs_approval: true,
      operation_id: "large",
      old_rate: "0.29",
      new_rate: "0.145",
      change_percentage: "-50",
      idempotent: false,
    };
    expect(proposed.body).toMatchObject(expected);
    expect(await put("/v1/rates", proposal)).toMatchObject({ status: 202, body: { idempotent: true } });
    expect(await put("/v1/rates", { ...proposal, rate: "0.1" })).toMatchObject({
      status: 409,
      body: { code: "operation_conflict", conflicting_field: "rate" },
    });
    const waiting = await get("/v1/rate-changes?source_system=shop");
    expect(waiting.body["items"]).toMatchObject([{ operation_id: "large", proposed_by: "tester" }]);

    // Two more keys of the proposer's, one of them with the role that approves.
    for (const role of ["administrator", "approver"]) {
      const refused = await decide("large", "approve", await keyOf("tester", role));
      expect(refused).toMatchObject({ status: 403, body: { code: "four_eyes_required" } });
    }
    const operator = await decide("large", "approve", await keyOf("kim", "operator"));
    expect(operator).toMatchObject({ status: 403, body: { code: "forbidden" } });
    expect(await rateNow()).toEqual(["0.29"]);

    const robin = await keyOf("robin", "approver");
    const approved = await decide("large", "approve", robin);
    const done = { status: "completed", rate_version: 2, proposed_by: "tester", approved_by: "robin" };
    expect(approved).toMatchObject({ status: 200, body: { ...done, idempotent: false } });
    const again = await decide("large", "approve", robin);
    expect(again).toMatchObject({ status: 200, body: { ...done, idempotent: true } });
    expect(await rateNow()).toEqual(["0.145"]);
    expect(await put("/v1/rates", proposal)).toMatchObject({
      status: 200,
      body: { status: "completed", rate_version: 2, idempotent: true },
    });
    expect(await decide("large", "reject", robin)).toMatchObject({
      status: 409,
      body: { code: "rate_change_completed" },
    });
    const history = await get("/v1/rates/history?source_system=shop");
    expect(history.body["items"]).toMatchObject([
      { rate: "0.29", proposed_by: "tester", approved_by: null },
      { rate: "0.145", operation_id: "large", proposed_by: "tester", approved_by: "robin" },
    ]);
  });

  const back = {
    source_system: "club",
    target_system: "shop",
    source_credit_type: "star",
    target_credit_type: "coin",
  };

  it("tells what was rejected, went stale or gains, and lists what waits by pages", async () => {
    const sam = await keyOf("sam", "approver");
    for (const [id, rate] of [
      ["first", "1"],
      ["second", "2"],
      ["third", "3"],
    ] as const) {
      expect((await put("/v1/rates", { ...pair, operation_id: id, rate })).status).toBe(202);
    }
    const page = await get("/v1/rate-changes?limit=2");
    expect(page.body["items"]).toMatchObject([{ operation_id: "first" }, { operation_id: "second" }]);
    const rest = await get(`/v1/rate-changes?limit=2&cursor=${String(page.body["next_cursor"])}`);
    expect(rest.body).toMatchObject({ items: [{ operation_id: "third" }], next_cursor: null });

    const rejected = await decide("first", "reject", sam);
    expect(rejected).toMatchObject({
      status: 200,
      body: { status: "failed", rejected_by: "sam", failure: { code: "rate_change_rejected" } },
    });
    expect((await decide("first", "reject", sam)).body).toMatchObject({ idempotent: true });
    expect(await decide("first", "approve", sam)).toMatchObject({
      status: 409,
      body: { code: "rate_change_rejected" },
    });
    expect(await put("/v1/rates", { ...pair, operation_id: "first", rate: "1" })).toMatchObject({
      status: 422,
      body: { code: "rate_change_rejected", idempotent: true },
    });

    expect((await put("/v1/rates", { ...back, rate: "6" })).status).toBe(200);
    const gaining = await decide("third", "approve", sam);
    expect(gaining).toMatchObject({ status: 422, body: { code: "rate_cycle_gains", gain: "18" } });
    const failed = await get("/v1/rate-changes/third");
    expect(failed.body).toMatchObject({
      status: "failed",
      failure: { code: "rate_cycle_gains", gain: "18" },
    });

    expect((await put("/v1/rates", { ...pair, rate: "0.15" })).status).toBe(200);
    expect(await decide("second", "approve", sam)).toMatchObject({
      status: 409,
      body: { code: "rate_change_stale", idempotent: false },
    });
    expect((await get("/v1/rate-changes")).body).toMatchObject({ items: [], next_cursor: null });
  });

  it("names the cycle that a rate would gain round, and knows no change under another kind's id", async () => {
    const refused = await put("/v1/rates", { ...back, operation_id: "gain", rate: "7" });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: "rate_cycle_gains",
        operation_id: "gain",
        gain: "1.05",
        cycle: [
          { system_id: "club", credit_type_id: "star" },
          { system_id: "shop", credit_type_id: "coin" },
          { system_id: "club", credit_type_id: "star" },
        ],
      },
    });
    for (const path of ["seed", "nothing"]) {
      expect(await get(`/v1/rate-changes/${path}`)).toMatchObject({
        status: 404,
        body: { code: "operation_not_found" },
      });
      expect((await post(`/v1/rate-changes/${path}/approve`)).status).toBe(404);
    }
  });
});
