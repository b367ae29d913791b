// What is refused of limits over HTTP; what they do to exchanges is in scenarios/limits.test.ts.
import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestNode, seedNode, type TestNode } from "./test-node.ts";

let node: TestNode;

beforeAll(async () => {
  node = await openTestNode("postgres");
  await seedNode(node);
});
afterAll(() => node.close());

const limit = {
  side: "source",
  source_system: "shop",
  credit_type_id: "coin",
  measure: "position",
  bound: "9",
};

it("a limit names systems that are known, on both sides", async () => {
  for (const systems of [{ source_system: "nowhere" }, { target_system: "nowhere" }]) {
    const { status, body } = await node.call("PUT", "/v1/limits/all", { body: { ...limit, ...systems } });
    expect({ status, code: body["code"] }).toEqual({ status: 422, code: "system_not_found" });
  }
});

it("a settlement's id that comes with another amount is refused, and the field named", async () => {
  await node.call("PUT", "/v1/limits/open", { body: { ...limit, subject: "everybody" } });
  const settle = (amount: string) =>
    node.call("POST", "/v1/limits/open/settlements", { body: { operation_id: "paid-1", amount } });
  expect((await settle("5")).status).toBe(201);
  const { status, body } = await settle("6");
  expect({ status, field: body["conflicting_field"] }).toEqual({ status: 409, field: "amount" });
});
