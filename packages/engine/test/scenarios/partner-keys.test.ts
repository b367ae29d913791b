// The keys of a node and of its partners, and the nonces they sign with, on both engines: who may register what,
// what a rotation leaves standing, and that instances on one database agree at once.
import { randomBytes } from "node:crypto";
import { generateSigningKey, type PublicJwk } from "@pointbridge/protocol/pxp";
import { beforeAll, expect, it } from "vitest";
import { putSystem } from "../../src/catalog/index.ts";
import { type Database, statement } from "../../src/database/index.ts";
import { Partners, registerKeys } from "../../src/partner/index.ts";
import { createLog } from "../../src/system/index.ts";
import { describeOnBothEngines } from "../support/both-engines.ts";

const log = createLog("silent");

function openPartners(database: Database, masterKey?: Uint8Array): Promise<Partners> {
  return Partners.open(database, { publicUrl: undefined, allowLoopback: true, masterKey }, log);
}

function newKey(): PublicJwk & { readonly keyId: string } {
  const { keyId, publicJwk } = generateSigningKey();
  return { ...publicJwk, keyId };
}

/** What a registered key's row says. */
async function stateOf(partners: Partners, keyId: string): Promise<string | undefined> {
  const key = (await partners.registry.current()).findKey(keyId);
  return key && `${key.nodeId} ${key.state}`;
}

const readPrivateKeys = statement("", "select private_key, is_wrapped from node_keys order by created_at");

describeOnBothEngines("keys of the partner protocol", (engine) => {
  let database: Database;
  let here: Partners;
  let elsewhere: Partners;

  beforeAll(async () => {
    database = await engine.open();
    [here, elsewhere] = await Promise.all([openPartners(database), openPartners(database)]);
  });

  const put = (systemId: string, keys?: readonly PublicJwk[], speaksFor?: readonly string[]) =>
    putSystem(
      database,
      {
        systemId,
        name: systemId,
        kind: "remote",
        baseUrl: "http://127.0.0.1:9",
        speaksFor,
        keys: keys && { keys: keys.map(({ x }) => ({ kty: "OKP", crv: "Ed25519", x })) },
      },
      "default",
      registerKeys,
    );

  it("are the same on every instance, however many start at once (K1)", async () => {
    const [one, two] = await Promise.all([here.registry.current(), elsewhere.registry.current()]);
    expect(one.nodeKeys).toHaveLength(1);
    expect(two.nodeKeys[0].keyId).toBe(one.nodeKeys[0].keyId);
  });

  it("of a partner are in force at once on every instance (R1)", async () => {
    await elsewhere.registry.current();
    const key = newKey();
    await put("shop", [key], ["kiosk"]);
    expect(await stateOf(elsewhere, key.keyId)).toBe("shop pending");
    const caller = (await elsewhere.registry.current()).callerOf("shop");
    expect(["shop", "kiosk", "airline"].map(caller.speaksFor)).toEqual([true, true, false]);
  });

  it("belong to one node: systems that share one join it, another node's is refused (P1, P2)", async () => {
    const [first, second, third] = [newKey(), newKey(), newKey()];
    await put("inn", [first]);
    await put("inn-two", [first, second]);
    expect(await stateOf(here, second.keyId)).toBe("inn pending");
    await put("cafe", [third]);
    await expect(put("inn", [first, third])).rejects.toMatchObject({
      code: "key_registered",
      extra: { errors: [{ path: "/keys/keys/1" }] },
    });
    await expect(put("bistro", [third, first])).rejects.toMatchObject({ code: "key_registered" });
    await expect(put("cafe", [first])).rejects.toMatchObject({ code: "key_registered" });
    expect(await stateOf(here, first.keyId)).toBe("inn pending");
    expect((await here.registry.current()).targetOf("bistro")).toBeUndefined();
  });

  it("are revoked when a list leaves them out, and never come back (P3)", async () => {
    const [old, young, other] = [newKey(), newKey(), newKey()];
    await put("bank", [old]);
    await put("bank", [old, young]);
    await put("bank", [young]);
    expect(await stateOf(elsewhere, old.keyId)).toBe("bank revoked");
    expect(await stateOf(elsewhere, young.keyId)).toBe("bank pending");
    await expect(put("bank", [young, old])).rejects.toMatchObject({ code: "key_revoked" });
    await expect(put("broker", [old, other])).rejects.toMatchObject({ code: "key_revoked" });
    // A PUT that does not speak of keys leaves them alone.
    await put("bank");
    expect(await stateOf(elsewhere, young.keyId)).toBe("bank pending");
    await put("bank", []);
    expect(await stateOf(elsewhere, young.keyId)).toBe("bank revoked");
  });

  it("that two PUTs bring at once go to one node (P1)", async () => {
    const key = newKey();
    await Promise.all([put("left", [key]), put("right", [key])]);
    const book = await here.registry.current();
    const nodeId = book.findKey(key.keyId)?.nodeId ?? "";
    expect(["left", "right"]).toContain(nodeId);
    expect(["left", "right"].map(book.callerOf(nodeId).speaksFor)).toEqual([true, true]);
  });

  it("are proven by the first message that verifies with them (R3)", async () => {
    const key = newKey();
    await put("gym", [key]);
    await here.registry.noteProven(await here.registry.current(), key.keyId);
    await put("gym-two", [key]);
    expect(await stateOf(elsewhere, key.keyId)).toBe("gym active");
    const revoked = newKey();
    await put("pool", [revoked]);
    const before = await here.registry.current();
    await put("pool", []);
    await here.registry.noteProven(before, revoked.keyId);
    await put("pool-two", [newKey()]);
    expect(await stateOf(here, revoked.keyId)).toBe("pool revoked");
  });

  it("of the node keep the old one beside the new, on every instance at once (K2)", async () => {
    const key = newKey();
    await put("early", [key]);
    const [old] = (await elsewhere.registry.current()).nodeKeys;
    await here.rotateKeys();
    const book = await elsewhere.registry.current();
    const [active, retiring] = book.nodeKeys;
    expect(active.keyId).not.toBe(old.keyId);
    expect(retiring?.keyId).toBe(old.keyId);
    // A partner from before knows the old key, one that came later has the new one, until one of them is taken.
    await put("late", [newKey()]);
    const later = await elsewhere.registry.current();
    const now = new Date();
    expect(later.answerKeyFor("early", now).keyId).toBe(old.keyId);
    expect(later.answerKeyFor("late", now).keyId).toBe(active.keyId);
    const nextWeek = new Date(now.getTime() + 8 * 86_400_000);
    expect(later.answerKeyFor("early", nextWeek).keyId).toBe(active.keyId);
    await here.registry.noteAccepted(later, "early", active.keyId);
    expect((await elsewhere.registry.current()).answerKeyFor("early", now).keyId).toBe(active.keyId);
  });

  it("lie wrapped where there is a master key, which then has to be the same (K3)", async () => {
    const masterKey = randomBytes(32);
    const wrapped = await openPartners(database, masterKey);
    const rows = await database.transaction((transaction) =>
      transaction.query<{ private_key: string; is_wrapped: boolean }>(readPrivateKeys),
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const row of rows) {
      expect(row.is_wrapped).toBe(true);
      expect(row.private_key).not.toContain("OKP");
    }
    await wrapped.rotateKeys();
    expect((await wrapped.registry.current()).nodeKeys).toHaveLength(rows.length + 1);
    for (const wrong of [undefined, randomBytes(32)]) {
      const opened = openPartners(database, wrong);
      await expect(opened).rejects.toMatchObject({ code: "invalid_setting" });
      await expect(opened).rejects.toThrow("POINTBRIDGE_MASTER_KEY");
    }
  });
});

describeOnBothEngines("nonces", (engine) => {
  let database: Database;
  let instances: readonly Partners[];
  const keepUntil = new Date(Date.now() + 60_000);

  beforeAll(async () => {
    database = await engine.open();
    instances = [await openPartners(database), await openPartners(database)];
  });

  it("are taken once per node by whichever instance comes first (N1)", async () => {
    const nonces = Array.from({ length: 50 }, () => randomBytes(16).toString("base64url"));
    const takes = nonces.flatMap((nonce) =>
      instances.flatMap(({ nonces: store }) => [
        store.take({ nodeId: "shop", nonce, keepUntil }),
        store.take({ nodeId: "shop", nonce, keepUntil }),
      ]),
    );
    const answers = await Promise.all(takes);
    for (const [index] of nonces.entries()) {
      const free = answers.slice(index * 4, index * 4 + 4).filter(({ isFree }) => isFree);
      expect(free).toHaveLength(1);
    }
  });

  it("of one node say nothing of another's (N1)", async () => {
    const [store] = instances.map((instance) => instance.nonces);
    const take = (nodeId: string, nonce: string) => store?.take({ nodeId, nonce, keepUntil });
    expect(await take("shop", "n")).toMatchObject({ isFree: true });
    expect(await take("inn", "n")).toMatchObject({ isFree: true });
    expect(await take("inn", "n")).toMatchObject({ isFree: false });
  });

  it("are swept when no clock of ours could accept their request any more, not before (N2)", async () => {
    const [store] = instances.map((instance) => instance.nonces);
    if (store === undefined) throw new Error("no instance is open");
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
    await store.take({ nodeId: "old", nonce: "gone", keepUntil: ago(11) });
    await store.take({ nodeId: "old", nonce: "kept", keepUntil: ago(9) });
    expect(await store.sweep()).toBe(1);
    expect(await store.take({ nodeId: "old", nonce: "gone", keepUntil })).toMatchObject({ isFree: true });
    expect(await store.take({ nodeId: "old", nonce: "kept", keepUntil })).toMatchObject({ isFree: false });
  });
});
