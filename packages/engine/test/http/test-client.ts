// A client of one test node, for tests that read like the calls they make.
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Answer } from "./documented-answer.ts";
import { openTestNode, seedNode, type TestNode } from "./test-node.ts";

export const toClub = {
  user_id: "u1",
  source_system: "shop",
  target_system: "club",
  source_credit_type: "coin",
  target_credit_type: "star",
};

export interface TestClient {
  readonly node: () => TestNode;
  readonly newId: () => string;
  readonly post: (url: string, body?: unknown) => Promise<Answer>;
  readonly put: (url: string, body: unknown) => Promise<Answer>;
  readonly get: (url: string) => Promise<Answer>;
  /** Credits coins in the shop. */
  readonly fill: (userId: string, amount: string) => Promise<void>;
  /** `available+frozen`, or `none` without an account. */
  readonly balanceOf: (userId: string, systemId?: string) => Promise<string>;
}

function clientOf(node: () => TestNode): TestClient {
  let nextId = 0;
  const client: TestClient = {
    node,
    newId: () => `t-${(nextId += 1)}`,
    post: (url, body) => node().call("POST", url, body === undefined ? {} : { body }),
    put: (url, body) => node().call("PUT", url, { body }),
    get: (url) => node().call("GET", url),
    async fill(userId, amount) {
      const body = { system_id: "shop", user_id: userId, credit_type_id: "coin", amount };
      expect((await client.post("/v1/credits", body)).status).toBe(201);
    },
    async balanceOf(userId, systemId = "shop") {
      const page = await client.get(`/v1/accounts?system_id=${systemId}&user_id=${userId}`);
      const [account] = page.body.items as { available: string; frozen: string }[];
      return account === undefined ? "none" : `${account.available}+${account.frozen}`;
    },
  };
  return client;
}

/** Declares tests against a seeded node of each engine; its ledger must hold at their end. */
export function describeApi(name: string, declareTests: (client: TestClient) => void): void {
  describe.each(["embedded", "postgres"] as const)(`${name} (%s)`, (engine) => {
    let node: TestNode | undefined;
    const opened = () => {
      if (node === undefined) throw new Error("the node is not open");
      return node;
    };
    beforeAll(async () => {
      node = await openTestNode(engine);
      await seedNode(node);
    });
    afterAll(async () => {
      const verification = await opened().call("GET", "/v1/ledger/verification");
      await opened().close();
      expect(verification.body).toMatchObject({ ok: true, differences: [] });
    });
    declareTests(clientOf(opened));
  });
}
