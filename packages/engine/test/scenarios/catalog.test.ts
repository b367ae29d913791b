// The catalog: what a PUT replaces, what is counted as a change, and that a change waits for batches.
import { beforeAll, expect, it } from "vitest";
import {
  getSystem,
  listCreditTypes,
  listLinks,
  listSystems,
  loadCatalog,
  putCreditType,
  putLink,
  putSystem,
  readCatalogState,
} from "../../src/catalog/index.ts";
import { type Database, type Statement, statement } from "../../src/database/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";

async function versionOf(database: Database): Promise<bigint> {
  return (await database.transaction(readCatalogState)).version;
}

const waiters: Statement = statement(
  "",
  "select 1 as waiting from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())",
);

async function waitForWaiters(database: Database, count: number): Promise<void> {
  while ((await database.transaction((tx) => tx.query(waiters))).length < count);
}

describeOnBothEngines("the catalog", (engine) => {
  let database: Database;
  beforeAll(async () => {
    database = await engine.open();
    await putSystem(database, { systemId: "shop", name: "电商商城", kind: "hosted" });
    await putSystem(database, { systemId: "club", name: "Club", kind: "hosted" });
  });

  it("counts every change and nothing that stands already", async () => {
    const steps: bigint[] = [await versionOf(database)];
    const step = async (work: () => Promise<unknown>) => {
      await work();
      steps.push(await versionOf(database));
    };
    const type = { systemId: "shop", creditTypeId: "coin", name: "coin" };
    const link = { sourceSystem: "shop", targetSystem: "club", userMapping: "same_id" } as const;
    await step(() => putCreditType(database, type));
    await step(() => putCreditType(database, type));
    await step(() => putCreditType(database, { ...type, name: "Coin" }));
    await step(() => putLink(database, link));
    await step(() => putLink(database, { ...link, enabled: true }));
    await step(() => putLink(database, { ...link, enabled: false }));
    await step(() => putSystem(database, { systemId: "shop", name: "电商商城", kind: "hosted" }));
    const start = steps[0] ?? 0n;
    expect(steps.map((version) => Number(version - start))).toEqual([0, 1, 1, 2, 3, 3, 4, 4]);
  });

  it("keeps a partner's settings as given, and finds them the same again", async () => {
    const partner = {
      systemId: "airline",
      name: "Airline",
      kind: "remote",
      baseUrl: "https://airline.example",
      keys: { keys: [{ kty: "OKP", crv: "Ed25519", x: "A".repeat(43) }] },
      speaksFor: ["hotel"],
      timeoutMs: 5000,
      rateLimit: 50,
    } as const;
    expect((await putSystem(database, partner)).outcome).toBe("created");
    const repeated = await putSystem(database, partner);
    expect(repeated.outcome).toBe("unchanged");
    expect(repeated.system).toMatchObject(partner);
  });

  it("replaces the whole by a PUT, and keeps what an import leaves out", async () => {
    const bank = { systemId: "bank", name: "Bank", kind: "hosted" } as const;
    await putSystem(database, { ...bank, status: "suspended", timeoutMs: 900 });
    expect((await putSystem(database, bank, "kept")).outcome).toBe("unchanged");
    const renamed = await putSystem(database, { ...bank, name: "The Bank" }, "kept");
    expect(renamed.system).toMatchObject({ name: "The Bank", status: "suspended", timeoutMs: 900 });
    const replaced = await putSystem(database, bank);
    expect(replaced.system.status).toBe("active");
    expect(replaced.system.timeoutMs).toBeUndefined();
  });

  it("refuses another kind, and links and credit types of unknown systems", async () => {
    const remote = { systemId: "shop", name: "Shop", kind: "remote" } as const;
    await expect(putSystem(database, remote)).rejects.toMatchObject({ code: "system_kind_fixed" });
    const type = { systemId: "nowhere", creditTypeId: "coin", name: "coin" };
    await expect(putCreditType(database, type)).rejects.toMatchObject({ code: "system_not_found" });
    const link = { sourceSystem: "shop", targetSystem: "nowhere", userMapping: "mapped" } as const;
    await expect(putLink(database, link)).rejects.toMatchObject({ code: "system_not_found" });
    expect(await database.transaction((tx) => getSystem(tx, "nowhere"))).toBeUndefined();
  });

  it("lists in pages that leave nothing out", async () => {
    const systems: string[] = [];
    for (;;) {
      const page = await database.transaction((tx) => listSystems(tx, { limit: 2, after: systems.at(-1) }));
      systems.push(...page.map((system) => system.systemId));
      if (page.length < 2) break;
    }
    expect(systems).toEqual(["airline", "bank", "club", "shop"]);
    const types = await database.transaction((tx) => listCreditTypes(tx, { systemId: "shop", limit: 10 }));
    expect(types.map((type) => type.creditTypeId)).toEqual(["coin"]);
    const links = await database.transaction((tx) =>
      listLinks(tx, { limit: 10, after: { sourceSystem: "shop", targetSystem: "airline" } }),
    );
    expect(links.map((link) => link.targetSystem)).toEqual(["club"]);
  });

  it("loads as a snapshot", async () => {
    const catalog = await database.transaction(loadCatalog);
    expect(catalog.version).toBe(await versionOf(database));
    expect(catalog.system("shop")).toEqual({ systemId: "shop", kind: "hosted", status: "active" });
    expect(catalog.link("shop", "club")).toMatchObject({ userMapping: "same_id", enabled: false });
    expect(catalog.issuing("shop", "coin")).toBeDefined();
  });

  // The embedded engine has one connection: its transactions take turns anyway.
  if (engine.name === "embedded") return;

  it("answers a change only after the batches that began before it, and no batch reads the state before it afterwards (C1, C3)", async () => {
    const events: string[] = [];
    const underWay = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const batch = database
      .transaction(async (tx) => {
        await readCatalogState(tx);
        underWay.resolve();
        await mayEnd.promise;
      })
      .then(() => events.push("batch"));
    await underWay.promise;
    const before = await versionOf(database);
    const change = putSystem(database, {
      systemId: "club",
      name: "Club",
      kind: "hosted",
      status: "suspended",
    }).then(() => events.push("change"));
    // The next batch stands in line behind the change, and must see what the change did.
    await waitForWaiters(database, 1);
    const next = versionOf(database);
    await waitForWaiters(database, 2);
    mayEnd.resolve();
    await Promise.all([batch, change]);
    expect(events).toEqual(["batch", "change"]);
    expect(await next).toBe(before + 1n);
  });
});
