// Profiles lie sealed (U1-U8, S4-S7): nothing of them can be read without the key, what is tampered with is named,
// keys change without a stop, and a person is erased.
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { putSystem } from "../../src/catalog/index.ts";
import { type Database, migrate, openDatabase } from "../../src/database/index.ts";
import { shardOf } from "../../src/domain/index.ts";
import { defaultDataKeySettings } from "../../src/sealing/index.ts";
import { eraseUser } from "../../src/users/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";
import {
  countErasures,
  insertPlain,
  readKeys,
  readRow,
  readRows,
  setSealed,
} from "../support/sealed-row-queries.ts";
import { createTestDatabase } from "../support/test-database.ts";
import { openProfiles, type TestProfiles } from "../support/test-profiles.ts";

const shardCount = 2;
const masterKey = randomBytes(32);

interface SealedRow {
  readonly sealed: string;
  readonly key_version: number;
  readonly whole: string;
}

interface KeyRow {
  readonly system_id: string;
  readonly key_version: number;
  readonly state: string;
  readonly secret: string;
  readonly is_wrapped: boolean;
  readonly messages: bigint;
}

const content = {
  username: "canary ann",
  email: "canary@example.org",
  phone: "+1 555 canary",
  attributes: { b: [1, { canary: true }], a: "canary" },
};

describe("profiles", () => {
  let database: Database;
  let drop: () => Promise<void>;
  let systemId: string;
  let here: TestProfiles;
  let nextSystem = 0;

  beforeAll(async () => {
    const place = await createTestDatabase();
    drop = () => place.drop();
    database = await openDatabase({ url: place.url });
    await migrate(database, shardCount);
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });
  // Each test has a system, and so a data key, of its own.
  beforeEach(async () => {
    systemId = `system-${(nextSystem += 1)}`;
    await putSystem(database, { systemId, name: systemId, kind: "hosted" }, "kept");
    here = await openProfiles(database, shardCount, masterKey);
  });

  const put = (userId: string, more: object = content, at = here) =>
    at.profiles.put([{ systemId, userId, ...more }]);
  const get = (userId: string, at = here) => at.profiles.get({ systemId, userId });
  const placeOf = (userId: string) => [shardOf(userId, shardCount), systemId, userId] as const;
  const rowOf = async (userId: string) => {
    const [row] = await database.transaction((tx) => tx.query<SealedRow>(readRow, [...placeOf(userId)]));
    if (row === undefined) throw new Error(`${userId} has no row`);
    return row;
  };
  const tamper = (userId: string, sealed: string, version: number) =>
    database.transaction((tx) => tx.query(setSealed, [...placeOf(userId), sealed, version]));
  const keys = async () => {
    const rows = await database.transaction((tx) => tx.query<KeyRow>(readKeys));
    return rows.filter((row) => row.system_id === systemId);
  };

  it("U1, U2 are read back as they were put, are sealed in the database, and again change nothing", async () => {
    expect(await put("u1")).toEqual(["created"]);
    expect(await get("u1")).toMatchObject(content);
    const first = await rowOf("u1");
    expect(first.whole).not.toContain("canary");
    const { a, b } = content.attributes;
    expect(await put("u1", { ...content, attributes: { a, b } })).toEqual(["unchanged"]);
    expect((await rowOf("u1")).sealed).toBe(first.sealed);
    expect(await put("u1", { email: "canary@example.org" })).toEqual(["changed"]);
    expect(await get("u1")).toMatchObject({ username: null, attributes: null, email: "canary@example.org" });
    // The same content of two users has nothing in common in the database.
    await put("u2", { email: "canary@example.org" });
    const [one, two] = [await rowOf("u1"), await rowOf("u2")];
    expect(one.sealed.split(".")[2]).not.toBe(two.sealed.split(".")[2]);
    expect((await keys())[0]).toMatchObject({ is_wrapped: true, state: "active" });
  });

  it("U4 a flipped bit, a swapped cell and another key version are each named, and putting anew mends them", async () => {
    await put("u1");
    await put("u2", { username: "other" });
    const { sealed, key_version: version } = await rowOf("u1");
    const place = `user_profiles.sealed of ${systemId} u1`;
    const bytes = Buffer.from(sealed.split(".")[3] ?? "", "base64url");
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await tamper("u1", [...sealed.split(".").slice(0, 3), bytes.toString("base64url")].join("."), version);
    await expect(get("u1")).rejects.toThrow(`${place} was changed since it was sealed`);
    expect(await put("u1")).toEqual(["changed"]);
    await tamper("u1", (await rowOf("u2")).sealed, version);
    await expect(get("u1")).rejects.toThrow(`${place} was sealed for another place and moved here`);
    await tamper("u1", sealed, version + 1);
    await expect(get("u1")).rejects.toThrow(
      `names version ${version + 1} of a data key of ${systemId}, which never was`,
    );
    expect(await put("u1")).toEqual(["changed"]);
    expect(await get("u1")).toMatchObject(content);
  });

  it("S4, S6 a data key is rotated while everything goes on, and what is put back from before is named", async () => {
    const there = await openProfiles(database, shardCount, masterKey);
    const users = Array.from({ length: 220 }, (_, index) => `u${index}`);
    await here.profiles.put(users.map((userId) => ({ systemId, userId, ...content, username: userId })));
    await put("late", content, there);
    const before = await rowOf("u7");
    expect(await here.dataKeys.rotate(systemId)).toBe(2);
    // The other instance still has the first version at hand, and finds out in its transaction.
    expect(await put("late", { username: "later" }, there)).toEqual(["changed"]);
    expect((await rowOf("late")).key_version).toBe(2);
    expect(await get("u7", there)).toMatchObject({ username: "u7" });
    const [sealedHere, sealedThere] = await Promise.all([here.sealer.run(), there.sealer.run()]);
    expect(sealedHere + sealedThere).toBe(220);
    await here.sealer.run();
    expect((await keys()).map(({ state, secret }) => [state, secret === ""])).toEqual([
      ["retired", true],
      ["active", false],
    ]);
    for (const userId of users.slice(0, 20)) {
      expect(await get(userId)).toMatchObject({ username: userId });
      expect((await rowOf(userId)).key_version).toBe(2);
    }
    await tamper("u7", before.sealed, before.key_version);
    for (const at of [here, there]) {
      await expect(get("u7", at)).rejects.toThrow(
        "retired after everything had been sealed anew: an old copy was put back",
      );
    }
    expect(await put("u7")).toEqual(["changed"]);
  });

  it("S5 a data key that has sealed enough is rotated by itself", async () => {
    const settings = { ...defaultDataKeySettings, messagesMax: 8, reservedAtOnce: 4 };
    const few = await openProfiles(database, shardCount, masterKey, settings);
    for (let index = 0; index < 20; index += 1) await put(`u${index}`, content, few);
    const rows = await keys();
    expect(rows.map(({ key_version: version }) => version)).toEqual([1, 2, 3]);
    for (let index = 0; index < 20; index += 1) expect(await get(`u${index}`)).toMatchObject(content);
  });

  it("U7 rows that are older than sealing are read, and sealed in batches wherever it is cut off", async () => {
    await here.sealer.run();
    const attributes = JSON.stringify(content.attributes);
    const { username, email, phone } = content;
    for (let index = 0; index < 205; index += 1) {
      await database.transaction((tx) =>
        tx.query(insertPlain, [...placeOf(`u${index}`), username, email, phone, attributes]),
      );
    }
    expect(await get("u3")).toMatchObject(content);
    expect(await put("u3")).toEqual(["unchanged"]);
    const again = await openProfiles(database, shardCount, masterKey);
    expect(await again.sealer.run()).toBe(205);
    expect(await again.sealer.run()).toBe(0);
    const rows = await database.transaction((tx) => tx.query<SealedRow>(readRows));
    expect(rows.filter((row) => row.whole.includes("canary") || row.sealed === null)).toEqual([]);
    expect(await get("u204")).toMatchObject(content);
  });

  it("S7 the master key is changed while instances go on, each reading what the other wraps", async () => {
    await put("u1");
    const next = randomBytes(32);
    // First every instance can read the new key, then every one wraps with it, then the old one is forgotten.
    const prepared = await openProfiles(database, shardCount, { current: masterKey, other: next });
    const changed = await openProfiles(database, shardCount, { current: next, other: masterKey });
    expect(await get("u1", prepared)).toMatchObject(content);
    expect(await put("u2", content, changed)).toEqual(["created"]);
    expect(await get("u2", prepared)).toMatchObject(content);
    const after = await openProfiles(database, shardCount, next);
    expect(await get("u1", after)).toMatchObject(content);
    await expect(openProfiles(database, shardCount, masterKey)).rejects.toThrow(
      "POINTBRIDGE_MASTER_KEY is not the key",
    );
    await expect(openProfiles(database, shardCount)).rejects.toThrow("POINTBRIDGE_MASTER_KEY is not set");
    await openProfiles(database, shardCount, { current: masterKey, other: next });
  });

  it("U5, U6 a person is erased with every copy, again without harm, and the log says so", async () => {
    await put("u1");
    const provisionedFor = { sourceSystem: systemId, sourceUserId: "u1" };
    const by = { origin: { principal: "tester" }, shardCount };
    const other = `${systemId}-target`;
    await putSystem(database, { systemId: other, name: other, kind: "hosted" }, "kept");
    await here.profiles.put([{ systemId: other, userId: "copy", ...content }], { ...by, provisionedFor });
    await here.profiles.put([{ systemId: other, userId: "own", ...content }], by);
    const erasure = await eraseUser(database, shardCount, { systemId, userId: "u1" }, by);
    expect(erasure.profiles).toEqual([
      { systemId, userId: "u1" },
      { systemId: other, userId: "copy" },
    ]);
    expect(await get("u1")).toBeUndefined();
    expect(await here.profiles.get({ systemId: other, userId: "copy" })).toBeUndefined();
    expect(await here.profiles.get({ systemId: other, userId: "own" })).toMatchObject(content);
    expect((await eraseUser(database, shardCount, { systemId, userId: "u1" }, by)).profiles).toEqual([]);
    const logged = await Promise.all(
      [1, 2].map((shardId) =>
        database.transaction((tx) => tx.query<{ count: number }>(countErasures, [shardId])),
      ),
    );
    expect(logged.flat().reduce((sum, { count }) => sum + count, 0)).toBe(2);
    await expect(eraseUser(database, shardCount, { systemId: "none", userId: "u1" }, by)).rejects.toThrow(
      "none",
    );
  });
});

describeOnBothEngines("profiles without a master key", (engine) => {
  it("S7 are sealed all the same, and under new keys once there is one", async () => {
    const database = await engine.open(1);
    await putSystem(database, { systemId: "shop", name: "shop", kind: "hosted" }, "kept");
    const plain = await openProfiles(database, 1);
    await plain.profiles.put([{ systemId: "shop", userId: "u1", ...content }]);
    const stored = () => database.transaction((tx) => tx.query<KeyRow>(readKeys));
    expect(await stored()).toMatchObject([{ key_version: 1, is_wrapped: false }]);
    const wrapped = await openProfiles(database, 1, masterKey);
    expect(await stored()).toMatchObject([
      { key_version: 1, is_wrapped: true, state: "retiring" },
      { key_version: 2, is_wrapped: true, state: "active" },
    ]);
    expect(await wrapped.sealer.run()).toBe(1);
    expect(await stored()).toMatchObject([{ state: "retired", secret: "" }, { state: "active" }]);
    expect(await wrapped.profiles.get({ systemId: "shop", userId: "u1" })).toMatchObject(content);
  });
});
