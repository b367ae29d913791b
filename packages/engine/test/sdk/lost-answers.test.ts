// Answers that are lost after the node has done its work: the next attempt learns of it, and nothing is done twice.
import { type Client, createClient, type Fetch } from "@pointbridge/sdk";
import { afterAll, beforeAll, expect, it } from "vitest";
import { apiKey, openTestNode, seedNode, type TestNode } from "../http/test-node.ts";
import { injectRequest } from "./injected-fetch.ts";

const inShop = { system_id: "shop", credit_type_id: "coin" };

let node: TestNode;
let client: Client;
let attempts = 0;

/** Loses the answers of each call's first two attempts. */
const losingFetch: Fetch = async (url, request) => {
  const answer = await injectRequest(node, url, request);
  attempts += 1;
  if (attempts % 3 !== 0) throw new TypeError("the connection was lost");
  return answer;
};

beforeAll(async () => {
  node = await openTestNode("embedded");
  await seedNode(node);
  client = createClient({ url: "http://node.invalid", apiKey, fetch: losingFetch });
});
afterAll(() => node.close());

it("moves points once, whatever is lost", async () => {
  const whose = { ...inShop, user_id: "lossy" };
  expect(await client.credits.create({ ...whose, amount: 100n })).toMatchObject({ idempotent: true });
  const lines = [10n, 20n].map((amount) => ({ ...whose, amount }));
  expect(await client.debits.createBatch(lines)).toMatchObject([{ new_balance: 90n }, { new_balance: 70n }]);
  const hold = await client.holds.create({ ...whose, amount: 30n });
  expect(await client.holds.capture(hold.operation_id, { amount: 5n })).toMatchObject({
    captured_amount: 5n,
  });
  const exchange = await client.exchanges.create({
    user_id: "lossy",
    source_system: "shop",
    target_system: "club",
    source_credit_type: "coin",
    target_credit_type: "star",
    amount: 15n,
  });
  expect(exchange).toMatchObject({ status: "completed", idempotent: true, target_amount: 4n });
  const account = await client.accounts.open(whose);
  expect(account).toMatchObject({ available: 50n, frozen: 0n });
  const entries = await client.accounts.listEntries(account.account_id).toArray();
  expect(entries.filter((entry) => entry.entry === "credit")).toHaveLength(1);
});

it("sets a rate and a mapping once", async () => {
  const route = { source_system: "shop", target_system: "club" };
  const types = { source_credit_type: "coin", target_credit_type: "star" };
  expect(await client.rates.put({ ...route, ...types, rate: "0.3" })).toMatchObject({ rate_version: 2 });
  const history = await client.rates.listHistory(route).toArray();
  expect(history.map((version) => version.rate)).toEqual(["0.29", "0.3"]);
  await client.mappings.put({ ...route, source_user_id: "u1", target_user_id: "m1" });
  const whose = { ...route, source_user_id: "u1" };
  expect(await client.mappings.listHistory(whose).toArray()).toHaveLength(1);
});
