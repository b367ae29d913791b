// Erasure and data keys through the API: who asked is in the log, and nothing of what was erased is left.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEverything } from "../support/stored-text-queries.ts";
import { openTestNode, seedNode, type TestNode } from "./test-node.ts";

describe("protected data", () => {
  let node: TestNode;
  const call = (method: string, url: string, body?: object) =>
    node.call(method, url, body === undefined ? {} : { body });
  const user = { system_id: "shop", user_id: "u1" };

  beforeAll(async () => {
    node = await openTestNode("postgres");
    await seedNode(node);
  });
  afterAll(() => node.close());

  it("a data key is rotated, and the log says by whom", async () => {
    expect((await call("PUT", "/v1/users", { ...user, email: "ann@example.org" })).status).toBe(201);
    const rotated = await call("POST", "/v1/data-keys/rotate", { system_id: "shop" });
    expect(rotated.body).toMatchObject({
      items: [
        { system_id: "shop", version: 2, state: "active", retired_at: null },
        { system_id: "shop", version: 1, state: "retiring" },
      ],
    });
    expect((await call("GET", "/v1/data-keys")).body).toMatchObject({
      items: [{ version: 2 }, { version: 1 }],
    });
    const log = await call("GET", "/v1/operations?type=key_update");
    expect(log.body).toMatchObject({ items: [{ principal: "tester", source_system: "shop" }] });
    expect((await call("POST", "/v1/data-keys/rotate", { system_id: "nowhere" })).status).toBe(422);
    expect((await call("PUT", "/v1/users", { ...user, email: "ann@example.org" })).body).toMatchObject({
      email: "ann@example.org",
    });
  });

  it("a person is erased, also again, and ledger and log stand", async () => {
    const erased = await call("POST", "/v1/users/erase", user);
    expect(erased).toMatchObject({ status: 200, body: { ...user, erased: [user], partners: [] } });
    expect((await call("POST", "/v1/users/erase", user)).body).toMatchObject({ erased: [] });
    const log = await call("GET", `/v1/operations/${String(erased.body["operation_id"])}`);
    expect(log.body).toMatchObject({
      type: "user_update",
      status: "completed",
      user_id: "u1",
      principal: "tester",
    });
    expect((await call("GET", "/v1/ledger/verification")).body).toMatchObject({ ok: true });
    const accounts = await call("GET", "/v1/accounts?system_id=shop&user_id=u1");
    expect(accounts.body).toMatchObject({ items: [{ available: "1000" }] });
    expect(await listEverything(node.database)).not.toContain("ann@example.org");
    expect((await call("POST", "/v1/users/erase", { ...user, system_id: "nowhere" })).status).toBe(422);
  });
});
