// M4: a node that works as a role of its own does all it has to, and can't change the audit log.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, migrate, openDatabase, prepareRole } from "../../src/database/index.ts";
import { acceptKey } from "../../src/http/index.ts";
import { assembleNode } from "../../src/node.ts";
import { createLog } from "../../src/system/index.ts";
import { apiKey, callApp, seedNode, testPartnerSetup } from "../http/test-node.ts";
import { changeEntry, removeEntry } from "../support/audit-row-queries.ts";
import { createTestDatabase } from "../support/test-database.ts";

describe("a node under a role of its own", () => {
  const role = `pointbridge_test_${randomBytes(4).toString("hex")}`;
  const cleanUps: (() => Promise<unknown>)[] = [];
  let database: Database;

  beforeAll(async () => {
    const place = await createTestDatabase();
    const owner = await openDatabase({ url: place.url });
    await migrate(owner);
    await prepareRole(owner, role);
    // Again, as the next start does.
    await prepareRole(owner, role);
    await owner.close();
    database = await openDatabase({ url: place.url, role });
    cleanUps.push(
      () => database.close(),
      () => place.drop(),
    );
  });

  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });

  it("M4 exchanges, folds the audit log and signs it, and may not touch what is in it", async () => {
    const node = await assembleNode(database, {
      shardCount: 1,
      log: createLog("silent"),
      acceptedKeys: [acceptKey(apiKey, { name: "tester", role: "administrator" })],
      partners: testPartnerSetup,
      posting: { sweepIntervalMs: 0 },
    });
    cleanUps.unshift(() => node.close());
    const call = (method: string, url: string, options?: { readonly body?: unknown }) =>
      callApp(node.app, method, url, options);
    await seedNode({ ...node, database, call, close: async () => undefined });
    const profile = { system_id: "shop", user_id: "u1", email: "a@example.org" };
    expect((await call("PUT", "/v1/users", { body: profile })).status).toBe(201);
    const exchange = { user_id: "u1", source_system: "shop", target_system: "club", amount: "10" };
    const types = { source_credit_type: "coin", target_credit_type: "star" };
    expect((await call("POST", "/v1/exchanges", { body: { ...exchange, ...types } })).status).toBe(201);
    await node.services.audit.fold();
    expect(await node.services.audit.checkpoint()).toBeDefined();
    for (const tampering of [changeEntry, removeEntry]) {
      await expect(database.transaction((tx) => tx.query(tampering, [0]))).rejects.toThrow(
        "permission denied for table audit_entries",
      );
    }
    expect((await call("GET", "/v1/audit/verification")).body).toMatchObject({ ok: true });
  });

  it("M4 is refused where its name is none", async () => {
    await expect(prepareRole(database, "a; drop table x")).rejects.toThrow("no name of a role");
  });
});
