// Imports: one bad line and nothing is applied; the same file again changes nothing.
import { afterAll, beforeAll, expect, it } from "vitest";
import { getSystem, listLinks, putLink, putSystem } from "../../src/catalog/index.ts";
import type { Database } from "../../src/database/index.ts";
import { accountIdOf } from "../../src/domain/index.ts";
import type { ImportKind, ImportLine } from "../../src/import-files/index.ts";
import { importLines, openingIdOf } from "../../src/imports/index.ts";
import { findAccount, verifyLedger } from "../../src/ledger/index.ts";
import { findMapping } from "../../src/mappings/index.ts";
import { defaultPostingSettings, Posting } from "../../src/posting/index.ts";
import { ratesInForce } from "../../src/rates/index.ts";
import { createLog } from "../../src/system/index.ts";
import type { Profiles } from "../../src/users/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import { openProfiles } from "../support/test-profiles.ts";

const shardCount = 2;
const principal = "administrator";

function table(head: string, ...rows: readonly string[]): ImportLine[] {
  const columns = head.split(",");
  return rows.map((row) =>
    Object.fromEntries(row.split(",").map((text, index) => [columns[index] ?? "", text])),
  );
}

const systems = table("system_id,name,kind", "shop,电商商城,hosted", "club,Club,hosted", "far,Far,remote");
const creditTypes = table(
  "system_id,credit_type_id,name",
  "shop,coin,coin",
  "club,star,star",
  "far,mile,mile",
);
const links = table("source_system,target_system,user_mapping", "shop,club,same_id", "club,shop,mapped");
const rateColumns = "source_system,target_system,source_credit_type,target_credit_type,rate";
const rates = table(rateColumns, "shop,club,coin,star,1", "club,shop,star,coin,0.97");
const balanceColumns = "system_id,user_id,credit_type_id,amount";
const balances = table(
  balanceColumns,
  "shop,u0,coin,9007199254740993",
  "shop,客户 1,coin,0",
  "club,u0,star,5",
);
const mappingColumns = "source_system,source_user_id,target_system,target_user_id";
const mappings = table(mappingColumns, "club,u0,shop,u0", "club,u1,shop,客户 1");
const users = table(
  "system_id,user_id,username,email,attributes",
  "shop,u0,Zed,,",
  'shop,u1,,z@example.com,{"a":1}',
);

const files: readonly (readonly [ImportKind, ImportLine[]])[] = [
  ["systems", systems],
  ["credit-types", creditTypes],
  ["links", links],
  ["rates", rates],
  ["balances", balances],
  ["mappings", mappings],
  ["users", users],
];

describeOnBothEngines("imports", (engine) => {
  let database: Database;
  let posting: Posting;
  let profiles: Profiles;
  beforeAll(async () => {
    database = await engine.open(shardCount);
    const settings = { ...defaultPostingSettings, shardCount, sweepIntervalMs: 0 };
    const listener = { batchDone: () => undefined, batchRetried: () => undefined };
    posting = new Posting(database, settings, listener, createLog("silent"));
    profiles = (await openProfiles(database, shardCount)).profiles;
  });
  afterAll(() => posting.stop());

  const run = (kind: ImportKind, lines: readonly ImportLine[], dryRun = false) =>
    importLines({ database, shardCount, posting, profiles }, kind, lines, {
      dryRun,
      firstLine: 2,
      principal,
    });
  const faults = async (kind: ImportKind, lines: readonly ImportLine[], dryRun = false) => {
    const { applied, unchanged, errors } = await run(kind, lines, dryRun);
    return [applied, unchanged, ...errors.map(({ line, field, code }) => `${line} ${field} ${code}`)];
  };

  it("names what a file refers to and is not there", async () => {
    expect(await faults("balances", balances)).toEqual([
      0,
      0,
      "2 system_id system_not_found",
      "3 system_id system_not_found",
      "4 system_id system_not_found",
    ]);
  });

  it("applies every kind, and the same files again change nothing (I3)", async () => {
    for (const [kind, lines] of files) {
      expect(await run(kind, lines, true)).toEqual({ applied: 0, unchanged: 0, errors: [] });
      expect(await run(kind, lines)).toEqual({ applied: lines.length, unchanged: 0, errors: [] });
    }
    for (const [kind, lines] of files) {
      expect(await run(kind, lines, true)).toEqual({ applied: 0, unchanged: 0, errors: [] });
      expect(await run(kind, [...lines, ...lines])).toEqual({
        applied: 0,
        unchanged: 2 * lines.length,
        errors: [],
      });
    }
    const read = await database.transaction(async (tx) => ({
      account: await findAccount(
        tx,
        shardCount,
        accountIdOf({ systemId: "shop", userId: "u0", creditTypeId: "coin" }),
      ),
      empty: await findAccount(
        tx,
        shardCount,
        accountIdOf({ systemId: "shop", userId: "客户 1", creditTypeId: "coin" }),
      ),
      mapping: await findMapping(tx, shardCount, {
        sourceSystem: "club",
        sourceUserId: "u1",
        targetSystem: "shop",
      }),
      rates: await ratesInForce(tx, { limit: 10 }),
    }));
    const user = await profiles.get({ systemId: "shop", userId: "u1" });
    expect({ ...read, user }).toMatchObject({
      account: { available: 9_007_199_254_740_993n },
      empty: { available: 0n },
      mapping: { targetUserId: "客户 1" },
      user: { username: null, email: "z@example.com", attributes: { a: 1 } },
      rates: [{ rate: "0.97" }, { rate: "1" }],
    });
    expect(await verifyLedger(database, shardCount)).toMatchObject({ ok: true });
  });

  it("leaves what an operator has changed and the file does not speak of", async () => {
    await putSystem(database, { systemId: "club", name: "Club", kind: "hosted", status: "suspended" });
    await putLink(database, {
      sourceSystem: "shop",
      targetSystem: "club",
      userMapping: "same_id",
      enabled: false,
    });
    expect(await run("systems", systems)).toMatchObject({ applied: 0, unchanged: 3 });
    expect(await run("links", links)).toMatchObject({ applied: 0, unchanged: 2 });
    const system = await database.transaction((tx) => getSystem(tx, "club"));
    expect(system?.status).toBe("suspended");
    const [, link] = await database.transaction((tx) => listLinks(tx, { limit: 10 }));
    expect(link?.enabled).toBe(false);
  });

  it("applies nothing of a call with a faulty line, and names all of them (I1, I2)", async () => {
    const bad = table(
      balanceColumns,
      "shop,new,coin,1",
      "shop,u0,coin,1",
      "far,x,mile,1",
      "shop,y,star,1",
      "shop,z,coin,x",
    );
    for (const dryRun of [true, false]) {
      expect(await faults("balances", bad, dryRun)).toEqual([
        0,
        0,
        "3 amount opening_differs",
        "4 system_id system_not_hosted",
        "5 credit_type_id credit_type_not_found",
        "6 amount invalid_request",
      ]);
    }
    const badMappings = table(mappingColumns, "club,new,shop,n", "club,u0,shop,other", "club,u9,shop,u0");
    for (const dryRun of [true, false]) {
      expect(await faults("mappings", badMappings, dryRun)).toEqual([
        0,
        0,
        "3 target_user_id mapping_exists",
        "4 target_user_id mapping_taken",
      ]);
    }
    expect(await faults("systems", table("system_id,name,kind", "new,New,hosted", "far,Far,hosted"))).toEqual(
      [0, 0, "3 kind system_kind_fixed"],
    );
    const read = await database.transaction(async (tx) => [
      await findAccount(
        tx,
        shardCount,
        accountIdOf({ systemId: "shop", userId: "new", creditTypeId: "coin" }),
      ),
      await findMapping(tx, shardCount, { sourceSystem: "club", sourceUserId: "new", targetSystem: "shop" }),
      await getSystem(tx, "new"),
    ]);
    expect(read).toEqual([undefined, undefined, undefined]);
  });

  it("opens an account once, whoever else asks at the same time", async () => {
    const owner = { systemId: "shop", userId: "raced", creditTypeId: "coin" };
    const asked = ["10", "10", "20"].map((amount) =>
      run("balances", table(balanceColumns, `shop,raced,coin,${amount}`)),
    );
    const results = await Promise.all(asked);
    expect(results.reduce((sum, result) => sum + result.applied, 0)).toBe(1);
    const account = await database.transaction((tx) => findAccount(tx, shardCount, accountIdOf(owner)));
    expect([10n, 20n]).toContain(account?.available);
    const [operation] = results.flatMap((result) => result.errors.map((error) => error.code));
    expect(operation).toBe("opening_differs");
    expect(openingIdOf(owner)).toBe(`opening:${accountIdOf(owner)}`);
  });
});
