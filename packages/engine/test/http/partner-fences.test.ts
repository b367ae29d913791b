// Calls of partners at the edges of their form: ids that were fenced, lines without an id, paths in other spellings.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestNode, seedNode, type TestNode, testPartnerSetup } from "./test-node.ts";
import { TestPartner } from "./test-partner.ts";

describe("calls of partners", () => {
  let node: TestNode;
  const airline = new TestPartner();

  beforeAll(async () => {
    node = await openTestNode("postgres", { ...testPartnerSetup, publicUrl: "https://points.example" });
    await seedNode(node);
    const fields = { name: "airline", kind: "remote", base_url: "http://127.0.0.1:9" };
    await node.call("PUT", "/v1/systems/airline", {
      body: { ...fields, keys: airline.keys, speaks_for: ["lounge"] },
    });
  });

  afterAll(() => node.close());

  it("that are fenced are another's where the systems differ, of whatever member", async () => {
    const route = { operation_id: "fenced-1", source_system: "airline", target_system: "shop" };
    const initiated_at = "2026-11-23T09:30:00.000Z";
    const credit = {
      ...route,
      user_id: "u1",
      credit_type_id: "coin",
      amount: "5",
      source_credit_type: "mile",
      source_amount: "5",
      exchange_rate: "1",
      initiated_at,
    };
    const fence = await airline.call(node, "credits/rollback", { ...route, initiated_at, reason: "late" });
    expect(fence).toMatchObject({ status: 200, body: { outcome: "rolled_back" } });
    const foreign = await airline.call(node, "credits", { ...credit, source_system: "lounge" });
    const conflict = { code: "operation_conflict", conflicting_field: "source_system" };
    expect(foreign).toMatchObject({ status: 409, body: { ...conflict, source_system: "airline" } });
    const late = await airline.call(node, "credits", { ...credit, user_id: "u2", amount: "6" });
    expect(late).toMatchObject({ status: 422, body: { outcome: "rolled_back" } });
  });

  it("name no id in the result of a line that has none", async () => {
    const calls = [null, { call: "credits" }, { call: "credits", operation_id: "bad-1" }];
    const { body } = await airline.call(node, "batch", { calls });
    const lines = body["results"] as readonly { operation_id: string | null; status: number }[];
    expect(lines.map((line) => [line.operation_id, line.status])).toEqual([
      [null, 400],
      [null, 400],
      ["bad-1", 400],
    ]);
  });

  it("are sent to the path as it is signed, in no other spelling", async () => {
    for (const url of ["/%70xp/v1/node", "/p%78p/v1/credits"]) {
      const answer = await node.app.inject({ method: "POST", url, payload: {} });
      expect(answer.statusCode).toBe(404);
    }
  });
});
