// The audit log through the API (F1-F3, D1): everything that somebody did has an entry, proven by a signed tree.
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  LogVerifier,
  leafOf,
  parseCheckpoint,
  splitNotes,
  verifyConsistency,
  verifyInclusion,
} from "@pointbridge/protocol/audit";
import type { PublicJwk } from "@pointbridge/protocol/pxp";
import { expect, it } from "vitest";
import { Auditor, defaultAuditorSettings } from "../../src/audit/index.ts";
import { shardOf } from "../../src/domain/index.ts";
import { createLog } from "../../src/system/index.ts";
import { changeAmount, countAudit, removeOperation } from "../support/audit-row-queries.ts";
import { describeApi, toClub } from "./test-client.ts";

interface Entry {
  readonly entry_index: number;
  readonly body: string;
  readonly salt: string;
  readonly commitment: string;
}

interface Body {
  readonly done: readonly {
    readonly kind: string;
    readonly status: string;
    readonly principal: string;
    readonly operations: readonly [string, string][];
  }[];
}

interface Counts {
  readonly entries: number;
  readonly nodes: number;
  readonly checkpoints: number;
}

const bytesOf = (hashes: unknown) => (hashes as string[]).map((hash) => Buffer.from(hash, "hex"));

describeApi("the audit log", ({ node, post, put, get, newId }) => {
  const services = () => node().services;
  const entriesOf = async () => (await get("/v1/audit/entries?limit=1000")).body["items"] as Entry[];
  const operationsOf = (entries: readonly Entry[]) =>
    entries
      .flatMap(({ body }) => (JSON.parse(body) as Body).done)
      .flatMap(({ operations, ...group }) =>
        operations.map(([operation_id]) => ({ operation_id, ...group })),
      );
  const counts = async () => {
    const [row] = await node().database.transaction((tx) => tx.query<Counts>(countAudit));
    return row as Counts;
  };

  it("F1 has an entry for each thing that was done, by whom, and nothing personal", async () => {
    const [exchange, refused] = [newId(), newId()];
    await post("/v1/exchanges", { ...toClub, operation_id: exchange, amount: "10" });
    await post("/v1/exchanges", { ...toClub, operation_id: refused, user_id: "canary-user", amount: "10" });
    await put("/v1/users", { system_id: "shop", user_id: "canary-user", email: "canary@example.org" });
    const key = { name: "k", principal: "ann", role: "viewer" };
    await post("/v1/api-keys", key);
    await put("/v1/systems/later", { name: "later", kind: "hosted" });
    await services().audit.fold();
    const entries = await entriesOf();
    expect(operationsOf(entries)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          operation_id: exchange,
          kind: "exchange",
          status: "completed",
          principal: "tester",
        }),
        expect.objectContaining({ operation_id: refused, status: "failed" }),
        expect.objectContaining({ kind: "user_change", status: "completed", principal: "tester" }),
        expect.objectContaining({ kind: "api_key_change", status: "completed" }),
        expect.objectContaining({ kind: "system_change", status: "completed" }),
        expect.objectContaining({ kind: "rate_change", status: "completed" }),
      ]),
    );
    expect(JSON.stringify(entries)).not.toContain("canary");
    expect(entries.map(({ entry_index }) => entry_index)).toEqual(entries.map((_, index) => index));
  });

  it("F1 is folded once, however many nodes do it at a time", async () => {
    for (let index = 0; index < 30; index += 1) {
      await post("/v1/exchanges", { ...toClub, operation_id: newId(), amount: "4" });
    }
    const before = (await counts()).entries;
    const folded = await Promise.all([1, 2, 3].map(() => services().audit.fold()));
    const { entries, nodes } = await counts();
    expect(folded.reduce((sum, count) => sum + count, 0)).toBe(entries - before);
    expect(await services().audit.fold()).toBe(0);
    const ids = operationsOf(await entriesOf()).map(
      ({ operation_id, status }) => `${operation_id} ${status}`,
    );
    expect(new Set(ids).size).toBe(ids.length);
    // F2: all complete subtrees of the tree, no more.
    let complete = 0;
    for (let count = Math.floor(entries / 2); count > 0; count = Math.floor(count / 2)) complete += count;
    expect(nodes).toBe(complete);
  });

  it("F3 is signed, and proves its entries and that it only grew", async () => {
    await services().audit.checkpoint();
    const first = (await get("/v1/audit/checkpoint")).body;
    expect(await services().audit.checkpoint()).toMatchObject({ treeSize: first["tree_size"] });
    const exchange = newId();
    await post("/v1/exchanges", { ...toClub, operation_id: exchange, amount: "4" });
    await services().audit.fold();
    await services().audit.checkpoint();
    const second = (await get("/v1/audit/checkpoint")).body;
    const [from, to] = [Number(first["tree_size"]), Number(second["tree_size"])];
    expect(to).toBeGreaterThan(from);
    const rootOf = (checkpoint: typeof first) => Buffer.from(String(checkpoint["root_hash"]), "hex");
    const consistency = await get(`/v1/audit/proofs/consistency?from_size=${from}&to_size=${to}`);
    const trees = [first, second].map((one) => ({ size: Number(one["tree_size"]), root: rootOf(one) })) as [
      { size: number; root: Buffer },
      { size: number; root: Buffer },
    ];
    expect(verifyConsistency(trees[0], trees[1], bytesOf(consistency.body["proof"]))).toBe(true);

    const proven = (await get(`/v1/audit/operations/${exchange}`)).body;
    const [entry] = proven["entries"] as (Entry & { proof: string[] })[];
    if (entry === undefined) throw new Error("the exchange has no entry");
    const leaf = leafOf(Buffer.from(entry.commitment, "hex"));
    expect(verifyInclusion(leaf, entry.entry_index, to, bytesOf(entry.proof), rootOf(second))).toBe(true);
    const inclusion = await get(`/v1/audit/proofs/inclusion?entry_index=0&tree_size=${to}`);
    const leaf0 = Buffer.from(String(inclusion.body["leaf_hash"]), "hex");
    expect(verifyInclusion(leaf0, 0, to, bytesOf(inclusion.body["proof"]), rootOf(second))).toBe(true);
    expect((await get(`/v1/audit/proofs/inclusion?entry_index=${to}&tree_size=${to}`)).status).toBe(404);
    expect((await get(`/v1/audit/proofs/consistency?from_size=1&to_size=${to + 1}`)).status).toBe(404);
    expect((await get("/v1/audit/operations/unknown")).status).toBe(404);
  });

  it("F4 is verified by somebody who has the file and the keys and nothing else of the node", async () => {
    const checkpointFile = join(tmpdir(), `pointbridge-checkpoints-${crypto.randomUUID()}`);
    const settings = { ...defaultAuditorSettings, checkpointFile };
    const auditorOf = () => new Auditor(services().audit, settings, createLog("silent"));
    await auditorOf().checkpointNow();
    await post("/v1/exchanges", { ...toClub, operation_id: newId(), amount: "4" });
    // Another node goes on where the first one has stopped.
    await auditorOf().checkpointNow();
    const notes = splitNotes(await readFile(checkpointFile, "utf8"));
    const { body } = await get("/v1/audit/checkpoints");
    expect(notes).toEqual((body["items"] as { note: string }[]).map(({ note }) => note));
    const { keys } = (await get("/v1/keys")).body as { keys: PublicJwk[] };
    const given = notes.map((note) => ({ note, source: "the file", isStored: false }));
    const verifier = new LogVerifier(parseCheckpoint(notes[0] ?? "")?.origin, given, keys);
    for (const entry of await entriesOf()) verifier.add(entry);
    expect(verifier.finish()).toMatchObject({ faults: [], verified_checkpoints: notes.length });
  });

  it("D1 fits everything that can be asked of an account, whatever is told with it", async () => {
    const metadata = { z: 0.1, a: [1e15, { "\u{1f600}": null }], "": "\u2028" };
    const account = { system_id: "shop", user_id: "u1", credit_type_id: "coin", metadata };
    const done = async (path: string, body: object) =>
      expect((await post(path, body)).status).toBeLessThan(300);
    const hold = async () => {
      const operation_id = newId();
      await done("/v1/holds", {
        ...account,
        operation_id,
        amount: "3",
        business_code: "b",
        business_id: operation_id,
      });
      return `/v1/holds/${operation_id}`;
    };
    const credit = newId();
    await done("/v1/credits", { ...account, operation_id: credit, amount: "9" });
    await done(`/v1/credits/${credit}/rollback`, {});
    await done(`${await hold()}/capture`, { amount: "2" });
    await done(`${await hold()}/release`, {});
    await done("/v1/exchanges", { ...toClub, operation_id: newId(), amount: "4", metadata });
    await post("/v1/exchanges", { ...toClub, operation_id: newId(), amount: "999999999999" });
    await services().audit.fold();
    expect((await get("/v1/audit/verification")).body).toMatchObject({ ok: true, faults: [] });
    const statuses = operationsOf(await entriesOf()).map(({ kind, status }) => `${kind} ${status}`);
    expect(statuses).toEqual(
      expect.arrayContaining([
        "credit rolled_back",
        "hold captured",
        "hold released",
        "exchange completed",
        "exchange failed",
      ]),
    );
  });

  it("D2 finds an exchange that was changed before it was audited", async () => {
    const id = newId();
    await post("/v1/exchanges", { ...toClub, operation_id: id, amount: "4" });
    const place = [shardOf(id, services().shardCount), id];
    const change = (by: bigint) =>
      node().database.transaction((tx) => tx.query(changeAmount, [...place, by]));
    await change(1n);
    await services().audit.fold();
    expect((await get("/v1/audit/verification")).body["faults"]).toEqual([
      expect.stringContaining(`names the operation ${id}, which was changed since`),
    ]);
    await change(-1n);
    expect((await get("/v1/audit/verification")).body).toMatchObject({ ok: true });
  });

  it("D1 finds an operation that was changed or taken out after it was audited", async () => {
    const id = newId();
    const debit = { system_id: "shop", user_id: "u1", credit_type_id: "coin", amount: "1" };
    await post("/v1/debits", { ...debit, operation_id: id });
    await services().audit.fold();
    expect((await get("/v1/audit/verification")).body).toMatchObject({ ok: true, faults: [] });
    const place = [shardOf(id, services().shardCount), id];
    const change = (by: bigint) =>
      node().database.transaction((tx) => tx.query(changeAmount, [...place, by]));
    await change(1n);
    const [fault] = (await get("/v1/audit/verification")).body["faults"] as string[];
    expect(fault).toMatch(new RegExp(`^entry [0-9]+ names the operation ${id}, which was changed since$`));
    await change(-1n);
    expect((await get("/v1/audit/verification")).body).toMatchObject({ ok: true });
    // One that moved nothing, so that the ledger does not miss it.
    const made =
      operationsOf(await entriesOf()).find(({ kind }) => kind === "api_key_change")?.operation_id ?? "";
    const gone = [shardOf(made, services().shardCount), made];
    await node().database.transaction((tx) => tx.query(removeOperation, gone));
    expect((await get("/v1/audit/verification")).body["faults"]).toEqual([
      expect.stringContaining(`names the operation ${made}, which is gone from the log`),
    ]);
  });
});
