// Nothing personal leaves by another way than it was asked for: a profile full of canaries is put, imported, sent to
// a partner, refused and lost, and then everything that two nodes say and keep is searched for it.
import { randomBytes } from "node:crypto";
import { Writable } from "node:stream";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "../../src/database/index.ts";
import {
  joinNodes,
  nodeApiKey,
  openPartnerNode,
  type PartnerNode,
  putHosted,
  putTestRoute,
  quickLadder,
} from "../support/partner-node.ts";
import { listEverything } from "../support/stored-text-queries.ts";
import { createTestDatabase } from "../support/test-database.ts";

const profile = {
  username: "Canary-Name 金丝雀",
  email: "canary-mail@birds.example",
  phone: "+1 555 CANARY-PHONE",
  attributes: { "canary-attribute": ["canary-value"], depth: { "canary-key": 1 } },
};
const canaries = /canary-(name|mail|phone|attribute|value|key)|金丝雀|birds\.example/gi;

/** GETs whose answers must not hold anything personal: all there are, of either node. */
const reads = [
  "/v1/operations?limit=1000",
  "/v1/exchanges?limit=1000",
  "/v1/accounts?limit=1000",
  "/v1/inconsistencies",
  "/v1/alerts",
  "/v1/events?limit=1000",
  "/v1/audit/entries?limit=1000",
  "/v1/audit/verification",
  "/v1/ledger/verification",
  "/v1/mappings/history",
  "/v1/data-keys",
  "/v1/api-keys",
  "/metrics",
  "/openapi.json",
];

describe("personal data", () => {
  const cleanUps: (() => Promise<unknown>)[] = [];
  const logged: string[] = [];
  const said: string[] = [];
  const urls: string[] = [];
  let shop: PartnerNode;
  let airline: PartnerNode;

  /** Logs everything there is to log. */
  function openLog() {
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged.push(chunk.toString("utf8"));
        done();
      },
    });
    return pino({ level: "trace" }, sink);
  }

  async function openNode(): Promise<PartnerNode> {
    const place = await createTestDatabase();
    const database = await openDatabase({ url: place.url });
    const ladder = { ...quickLadder, undoAfterMs: 60_000, alarmAfterMs: 200, leaseMs: 30_000 };
    const node = await openPartnerNode(database, {
      ladder,
      timeoutMs: 20_000,
      log: openLog(),
      masterKey: randomBytes(32),
    });
    cleanUps.push(
      () => node.close(),
      () => database.close(),
      () => place.drop(),
    );
    return node;
  }

  /** Keeps what was answered, unless the profile is what was asked for. */
  async function call(node: PartnerNode, method: "GET" | "PUT" | "POST", url: string, payload?: object) {
    const answer = await node.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${nodeApiKey}` },
      ...(payload === undefined ? {} : { payload }),
    });
    urls.push(url);
    if (method !== "PUT" || url !== "/v1/users" || answer.statusCode >= 300)
      said.push(`${url}: ${answer.body}`);
    return { status: answer.statusCode, text: answer.body };
  }

  const exchangeOf = (operation_id: string, user_id: string, target: "airline" | "club") => ({
    operation_id,
    user_id,
    source_system: "shop",
    target_system: target,
    source_credit_type: "coin",
    target_credit_type: target === "airline" ? "mile" : "star",
    amount: "10",
  });

  beforeAll(async () => {
    shop = await openNode();
    airline = await openNode();
    await joinNodes(shop, airline);
    await putHosted(shop, "club", "star");
    const source = ["shop", "coin"] as const;
    const mapped = { userMapping: "mapped", autoProvision: true } as const;
    await putTestRoute(shop, { source, target: ["club", "star"], rate: "1", ...mapped });
    await putTestRoute(shop, { source, target: ["airline", "mile"], rate: "0.29", ...mapped });
    for (const user_id of ["u1", "u2", "u3"]) {
      await call(shop, "POST", "/v1/credits", {
        system_id: "shop",
        credit_type_id: "coin",
        user_id,
        amount: "1000",
      });
    }
  }, 120_000);

  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });

  it("goes through every way that takes it", async () => {
    expect(
      (await call(shop, "PUT", "/v1/users", { system_id: "shop", user_id: "u1", ...profile })).status,
    ).toBe(201);
    const { attributes, ...rest } = profile;
    const line = { system_id: "shop", user_id: "u2", ...rest, attributes: JSON.stringify(attributes) };
    expect((await call(shop, "POST", "/v1/imports/users", { lines: [line] })).status).toBe(200);
    await call(shop, "PUT", "/v1/users", { system_id: "shop", user_id: "u3", ...profile });
    for (const target of ["club", "airline"] as const) {
      for (const userId of ["u1", "u2"]) {
        const made = await call(
          shop,
          "POST",
          "/v1/exchanges",
          exchangeOf(`${target}-${userId}`, userId, target),
        );
        expect([201, 202]).toContain(made.status);
      }
    }
    await expect
      .poll(async () => (await call(shop, "GET", "/v1/exchanges/airline-u1")).text, { timeout: 20_000 })
      .toContain('"completed"');
  });

  it("goes wrong in every way", async () => {
    const bad = { system_id: "shop", user_id: "u1", ...profile };
    const refused = [
      await call(shop, "PUT", "/v1/users", { ...bad, email: `${profile.email}${"x".repeat(400)}` }),
      await call(shop, "PUT", "/v1/users", { ...bad, phone: 5 }),
      await call(shop, "PUT", "/v1/users", { ...bad, system_id: "nowhere" }),
      await call(shop, "PUT", "/v1/users", { ...bad, attributes: profile.email }),
      await call(shop, "POST", "/v1/imports/users", { lines: [{ ...bad, attributes: `{${profile.phone}` }] }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([400, 400, 422, 400, 400]);
    // A partner that is away while somebody is to be created there.
    await airline.app.close();
    const waiting = await call(shop, "POST", "/v1/exchanges", exchangeOf("lost", "u3", "airline"));
    expect(waiting.status).toBe(202);
    await expect
      .poll(async () => (await call(shop, "GET", "/v1/exchanges/lost")).text, { timeout: 20_000 })
      .toContain("needs_attention");
  }, 60_000);

  it("is found nowhere: no log, answer, address, event, metric, audit entry or row", async () => {
    await shop.services.audit.fold();
    for (const url of reads) await call(shop, "GET", url);
    const find = (texts: readonly string[]) =>
      texts.flatMap((text) =>
        [...text.matchAll(canaries)].map((at) => text.slice(Math.max(at.index - 60, 0), at.index + 60)),
      );
    expect(find(said)).toEqual([]);
    expect(find(urls)).toEqual([]);
    expect(find(logged)).toEqual([]);
    expect(logged.length).toBeGreaterThan(0);
    expect(find([await listEverything(shop.database), await listEverything(airline.database)])).toEqual([]);
    // And yet it is there for whoever asks for it, at both nodes.
    expect(await shop.services.profiles.get({ systemId: "shop", userId: "u1" })).toMatchObject(profile);
    const everything = await listEverything(airline.database);
    const [copy] = [...everything.matchAll(/user-[0-9a-f-]{36}/g)];
    const copied = await airline.services.profiles.get({ systemId: "airline", userId: copy?.[0] ?? "" });
    expect(copied).toMatchObject(profile);
  });
});
