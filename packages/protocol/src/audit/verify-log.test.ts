// W1, W2: what was done to a log shows, and is named.
import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { generateSigningKey, toSigningKey } from "../pxp/index.ts";
import { signCheckpoint } from "./checkpoint.ts";
import { commitmentOf, leafOf } from "./leaf.ts";
import { GrowingTree } from "./tree.ts";
import { type GivenCheckpoint, type LogEntry, LogVerifier } from "./verify-log.ts";

const origin = "pointbridge/test";
const made = generateSigningKey();
const other = generateSigningKey();

function entryOf(index: number, body = `{"n":${index}}`): LogEntry {
  const salt = randomBytes(16).toString("base64url");
  return { entry_index: index, body, salt, commitment: commitmentOf(salt, body).toString("hex") };
}

function rootOf(entries: readonly LogEntry[]): Uint8Array {
  const tree = new GrowingTree();
  for (const { commitment } of entries) tree.append(leafOf(Buffer.from(commitment, "hex")));
  return tree.root();
}

function checkpointOf(entries: readonly LogEntry[], key = made, isStored = true): GivenCheckpoint {
  const checkpoint = { origin, size: entries.length, root: rootOf(entries) };
  const note = signCheckpoint(checkpoint, toSigningKey(key.privateJwk), key.publicJwk.x);
  return { note, source: isStored ? "the node" : "a file", isStored };
}

function faultsOf(
  entries: readonly LogEntry[],
  checkpoints: readonly GivenCheckpoint[],
  keys = [made],
): readonly string[] {
  const verifier = new LogVerifier(
    origin,
    checkpoints,
    keys.map(({ publicJwk }) => publicJwk),
  );
  for (const entry of entries) verifier.add(entry);
  return verifier.finish().faults;
}

const entries = Array.from({ length: 12 }, (_, index) => entryOf(index));
const checkpoints = [5, 9, 12].map((size) => checkpointOf(entries.slice(0, size)));
const outside = checkpointOf(entries.slice(0, 9), made, false);

describe("the audit log's verifier", () => {
  it("finds nothing where nothing was done", () => {
    expect(faultsOf(entries, [...checkpoints, outside])).toEqual([]);
    expect(faultsOf([...entries, entryOf(12)], checkpoints)).toEqual([]);
    expect(faultsOf([], [])).toEqual([]);
  });

  it("names a removed entry", () => {
    expect(faultsOf(entries.toSpliced(7, 1), checkpoints)).toEqual(["entry 7 is missing"]);
    expect(faultsOf(entries.slice(0, 8), [outside])).toEqual([
      "the log ends with 8 entries, and a checkpoint of 9 was signed (a file): entries were removed",
    ]);
    // Renumbered, so that none seems to be missing.
    const renumbered = entries.toSpliced(7, 1).map((entry, index) => ({ ...entry, entry_index: index }));
    expect(faultsOf(renumbered, checkpoints)[0]).toContain("the log was changed between entries 5 and 8");
  });

  it("names a changed entry, with its commitment or without", () => {
    const changed = entries.with(6, { ...(entries[6] as LogEntry), body: "{}" });
    expect(faultsOf(changed, checkpoints)).toEqual([
      "entry 6 was changed: it is not what its leaf commits to",
    ]);
    expect(faultsOf(entries.with(6, { ...(entries[6] as LogEntry), salt: "" }), [])).toHaveLength(1);
    expect(faultsOf(entries.with(6, entryOf(6, "{}")), checkpoints)).toEqual([
      expect.stringContaining("the log was changed between entries 5 and 8"),
      expect.stringContaining("the log was changed between entries 5 and 11"),
    ]);
  });

  it("names a rewritten checkpoint, and a log that was rewritten together with its checkpoints", () => {
    const forged = entries.with(6, entryOf(6, "{}"));
    const unsigned = (checkpoints[1] as GivenCheckpoint).note.replace("\n9\n", "\n8\n");
    expect(faultsOf(entries, [{ note: unsigned, source: "the node", isStored: true }])[0]).toContain(
      "was rewritten",
    );
    // Signed anew, by somebody who has the database and not the node's key.
    const anew = [5, 9, 12].map((size) => checkpointOf(forged.slice(0, size), other));
    expect(faultsOf(forged, anew)).toEqual([expect.stringContaining("is not signed by any of the keys")]);
    // By somebody who has the key too; only what was kept elsewhere shows it.
    const stolen = [5, 9, 12].map((size) => checkpointOf(forged.slice(0, size)));
    expect(faultsOf(forged, stolen)).toEqual([]);
    expect(faultsOf(forged, [...stolen, outside])).toEqual([
      expect.stringContaining("(a file): the log was changed"),
    ]);
  });

  it("takes an old checkpoint of a retired key, if it fits, and none from elsewhere", () => {
    const old = checkpointOf(entries.slice(0, 5), other);
    expect(faultsOf(entries, [old, ...checkpoints])).toEqual([]);
    expect(faultsOf(entries, [{ ...old, isStored: false }])).toEqual([
      expect.stringContaining("a key is missing"),
    ]);
    expect(faultsOf(entries, [{ ...old, isStored: false }], [made, other])).toEqual([]);
  });

  it("names what is no checkpoint, and one of another log", () => {
    expect(faultsOf(entries, [{ note: "hello\n", source: "a file", isStored: false }])[0]).toContain(
      "no checkpoint",
    );
    const foreign = (checkpoints[0] as GivenCheckpoint).note.replaceAll(origin, "pointbridge/other");
    expect(faultsOf(entries, [{ note: foreign, source: "a file", isStored: false }])[0]).toContain(
      "of another log",
    );
  });
});
