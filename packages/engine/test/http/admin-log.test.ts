// Changes of what is set on a node: each one in the log with what was and is, who and from where; and the guard of a
// link, which nobody loosens alone.
import { expect, it } from "vitest";
import { describeApi } from "./test-client.ts";

interface Logged {
  readonly type: string;
  readonly status: string;
  readonly principal: string;
  readonly user_id: string | null;
  readonly data: { readonly change: Record<string, unknown>; readonly from?: Record<string, unknown> };
}

describeApi("the log of what is set", (client) => {
  const link = { source_system: "shop", target_system: "club", user_mapping: "same_id" };

  let secondKey: string | undefined;

  /** As another administrator. */
  async function postAsSecond(url: string) {
    secondKey ??= String(
      (await client.post("/v1/api-keys", { name: "second", principal: "second", role: "approver" })).body[
        "api_key"
      ],
    );
    return client.node().call("POST", url, { key: secondKey });
  }

  async function find(query: string): Promise<Logged[]> {
    const answer = await client.get(`/v1/operations?${query}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body.items as Logged[];
  }

  it("tells of systems and credit types, field by field, and of nothing that changed nothing (Y2, Y3)", async () => {
    await client.put("/v1/systems/museum", { name: "Museum", kind: "hosted" });
    await client.put("/v1/systems/museum", { name: "Museum", kind: "hosted" });
    await client.put("/v1/systems/museum", { name: "The Museum", kind: "hosted", status: "suspended" });
    await client.put("/v1/systems/museum/credit-types/ticket", { name: "Tickets" });
    expect(await find("source_system=museum&type=system_update")).toMatchObject([
      {
        status: "completed",
        principal: "tester",
        data: {
          change: {
            action: "changed",
            system_id: "museum",
            old: { name: "Museum", status: "active" },
            new: { name: "The Museum", status: "suspended" },
          },
          from: { address: "127.0.0.1" },
        },
      },
      { data: { change: { action: "created", old: null, new: { name: "Museum", kind: "hosted" } } } },
    ]);
    expect(await find("source_system=museum&type=credit_type_update")).toMatchObject([
      { data: { change: { credit_type_id: "ticket", new: { name: "Tickets" } } } },
    ]);
  });

  it("tells whose profile changed, and nothing of what is in it (Y2)", async () => {
    const profile = {
      system_id: "shop",
      user_id: "secretive",
      email: "someone@example.com",
      phone: "5550100",
    };
    await client.put("/v1/users", profile);
    const found = await find("user_id=secretive&type=user_update");
    expect(found).toMatchObject([{ user_id: "secretive", data: { change: { action: "created" } } }]);
    expect(JSON.stringify(found)).not.toMatch(/someone@example|5550100/);
  });

  it("tells of the node's keys by their ids, and of lines of a file", async () => {
    await client.post("/v1/keys/rotate");
    const [rotation] = await find("type=key_update");
    const keyId = expect.any(String) as unknown;
    expect(rotation).toMatchObject({
      data: { change: { action: "rotated", old: { key_id: keyId }, new: { key_id: keyId } } },
    });
    expect(rotation?.data.change["old"]).not.toEqual(rotation?.data.change["new"]);
    expect(JSON.stringify(rotation)).not.toContain('"d"');
    const lines = [{ system_id: "lined", name: "Lined", kind: "hosted" }];
    await client.post("/v1/imports/systems", { lines });
    expect(await find("source_system=lined")).toMatchObject([{ type: "system_update", principal: "tester" }]);
  });

  it("tightens a link's guard at once, and lets a looser one wait for a second person (L1, L2)", async () => {
    const usual = { rate_change_limit_percent: "20", rate_change_window_ms: 86_400_000 };
    expect((await client.put("/v1/links", link)).body).toMatchObject(usual);
    const tight = await client.put("/v1/links", { ...link, rate_change_limit_percent: "5" });
    expect(tight.body).toMatchObject({ ...usual, rate_change_limit_percent: "5" });
    expect((await client.put("/v1/links", link)).body).toMatchObject({ rate_change_limit_percent: "5" });

    const asked = await client.put("/v1/links", {
      ...link,
      enabled: false,
      rate_change_limit_percent: "500",
      rate_change_window_ms: 3_600_000,
    });
    expect(asked.body).toMatchObject({ ...usual, rate_change_limit_percent: "5", enabled: false });
    const id = String(asked.body["waiting_operation_id"]);
    const again = await client.put("/v1/links", {
      ...link,
      rate_change_limit_percent: "500",
      rate_change_window_ms: 3_600_000,
    });
    expect(again.body["waiting_operation_id"]).toBe(id);
    expect(await find("type=link_update&status=pending_approval")).toMatchObject([
      {
        data: {
          change: { old: { rate_change_limit_percent: "5" }, new: { rate_change_limit_percent: "500" } },
        },
      },
    ]);
    const own = await client.post(`/v1/link-changes/${id}/approve`);
    expect(own).toMatchObject({ status: 403, body: { code: "four_eyes_required" } });
    const other = await postAsSecond(`/v1/link-changes/${id}/approve`);
    expect(other).toMatchObject({ status: 200, body: { status: "completed", idempotent: false } });
    const stands = await client.get("/v1/links?source_system=shop&target_system=club");
    expect(stands.body.items).toMatchObject([
      { rate_change_limit_percent: "500", rate_change_window_ms: 3_600_000 },
    ]);
    expect((await postAsSecond(`/v1/link-changes/${id}/approve`)).body).toMatchObject({
      idempotent: true,
    });
  });

  it("ends a looser guard that is stale or rejected, and takes none from a file (L4)", async () => {
    const back = { source_system: "club", target_system: "shop", user_mapping: "same_id" };
    const first = await client.put("/v1/links", { ...back, rate_change_limit_percent: "30" });
    const second = await client.put("/v1/links", { ...back, rate_change_limit_percent: "40" });
    await client.put("/v1/links", { ...back, rate_change_limit_percent: "10" });
    const stale = await postAsSecond(
      `/v1/link-changes/${String(first.body["waiting_operation_id"])}/approve`,
    );
    expect(stale).toMatchObject({ status: 409, body: { code: "rate_change_stale" } });
    const rejected = await client.post(
      `/v1/link-changes/${String(second.body["waiting_operation_id"])}/reject`,
    );
    expect(rejected).toMatchObject({ status: 200, body: { status: "failed", code: "rate_change_rejected" } });
    const line = { ...back, rate_change_limit_percent: "90" };
    const file = await client.post("/v1/imports/links", { lines: [line] });
    expect(file.body).toMatchObject({ applied: 0, errors: [{ code: "approval_required" }] });
  });

  it("measures a change of a rate by the link's own limit", async () => {
    const pair = { source_system: "club", target_system: "shop" };
    const types = { source_credit_type: "star", target_credit_type: "coin" };
    await client.put("/v1/rates", { ...pair, ...types, rate: "0.001" });
    const beyond = await client.put("/v1/rates", { ...pair, ...types, rate: "0.0011001" });
    expect(beyond).toMatchObject({
      status: 202,
      body: { status: "pending_approval", change_percentage: "10.01" },
    });
    const within = await client.put("/v1/rates", { ...pair, ...types, rate: "0.0011" });
    expect(within).toMatchObject({ status: 200, body: { status: "completed" } });
  });
});
