// Proofs as RFC 6962 defines them, made here from its definitions alone, are verified; altered ones are not.
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSigner, parseCheckpoint } from "./checkpoint.ts";
import { type Bytes, leafOf, verifyConsistency, verifyInclusion } from "./proofs.ts";

const sha256 = (...parts: readonly Uint8Array[]) =>
  createHash("sha256").update(Buffer.concat(parts)).digest();
const hex = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString("hex"));
const bytesOf = (hash: Uint8Array): Bytes => Uint8Array.from(hash);

function splitOf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  const k = splitOf(leaves.length);
  return sha256(Uint8Array.of(1), rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** RFC 6962, 2.1.1 */
function pathOf(index: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = splitOf(leaves.length);
  return index < k
    ? [...pathOf(index, leaves.slice(0, k)), rootOf(leaves.slice(k))]
    : [...pathOf(index - k, leaves.slice(k)), rootOf(leaves.slice(0, k))];
}

/** RFC 6962, 2.1.2 */
function consistencyOf(from: number, leaves: readonly Uint8Array[], isKnown = true): Uint8Array[] {
  if (from === leaves.length) return isKnown ? [] : [rootOf(leaves)];
  const k = splitOf(leaves.length);
  return from <= k
    ? [...consistencyOf(from, leaves.slice(0, k), isKnown), rootOf(leaves.slice(k))]
    : [...consistencyOf(from - k, leaves.slice(k), false), rootOf(leaves.slice(0, k))];
}

const leaves = Array.from({ length: 40 }, (_, index) => sha256(Buffer.from(`entry ${index}`)));
const treeOf = (size: number) => ({ size, root: bytesOf(rootOf(leaves.slice(0, size))) });

describe("V1 inclusion", () => {
  it("holds for every entry of every tree, and for no other place, tree or leaf", async () => {
    for (let size = 1; size <= 11; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const leaf = bytesOf(leaves[index] ?? Buffer.alloc(0));
        const proof = hex(pathOf(index, leaves.slice(0, size)));
        expect(await verifyInclusion(leaf, index, treeOf(size), proof)).toBe(true);
        expect(await verifyInclusion(leaf, (index + 1) % (size + 1), treeOf(size), proof)).toBe(false);
        expect(await verifyInclusion(leaf, index, treeOf(size + 1), proof)).toBe(false);
        expect(await verifyInclusion(treeOf(40).root, index, treeOf(size), proof)).toBe(false);
        expect(await verifyInclusion(leaf, index, treeOf(size), [...proof, ...hex([leaf])])).toBe(false);
      }
    }
  });

  it("needs the entry's own words and salt", async () => {
    const salt = Buffer.alloc(16, 7).toString("base64url");
    const leaf = sha256(Uint8Array.of(0), sha256(Buffer.alloc(16, 7), Buffer.from("积分")));
    expect(hex([(await leafOf(salt, "积分")) ?? Buffer.alloc(0)])).toEqual(hex([leaf]));
    expect(hex([(await leafOf(salt, "积分 ")) ?? Buffer.alloc(0)])).not.toEqual(hex([leaf]));
    expect(await leafOf("AAAA", "积分")).toBeUndefined();
  });
});

describe("V2 consistency", () => {
  it("holds for every beginning of every tree, and for no altered proof or root", async () => {
    for (let to = 1; to <= 11; to += 1) {
      for (let from = 1; from <= to; from += 1) {
        const proof = hex(consistencyOf(from, leaves.slice(0, to)));
        expect(await verifyConsistency(treeOf(from), treeOf(to), proof)).toBe(true);
        expect(await verifyConsistency({ ...treeOf(from), root: treeOf(40).root }, treeOf(to), proof)).toBe(
          false,
        );
        expect(await verifyConsistency(treeOf(from), { ...treeOf(to), root: treeOf(40).root }, proof)).toBe(
          false,
        );
        expect(await verifyConsistency(treeOf(from), treeOf(to), [...proof, ...hex([treeOf(1).root])])).toBe(
          false,
        );
      }
    }
  });
});

describe("a checkpoint", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const { kty = "", crv = "", x = "" } = publicKey.export({ format: "jwk" });
  const key = { kty, crv, x };
  const text = `pointbridge/shop\n7\n${Buffer.from(treeOf(7).root).toString("base64")}\n`;
  const keyHash = sha256(
    Buffer.from("pointbridge/shop\n"),
    Uint8Array.of(1),
    Buffer.from(x, "base64url"),
  ).subarray(0, 4);
  const signature = Buffer.concat([keyHash, sign(null, Buffer.from(text), privateKey)]);
  const note = `${text}\n\u2014 pointbridge/shop ${signature.toString("base64")}\n`;

  it("is verified by its own key and by no other", async () => {
    const checkpoint = parseCheckpoint(note);
    expect(checkpoint).toMatchObject({ origin: "pointbridge/shop", size: 7 });
    if (checkpoint === undefined) return;
    const other = generateKeyPairSync("ed25519").publicKey.export({ format: "jwk" });
    expect(await findSigner(checkpoint, [key])).toEqual(key);
    expect(await findSigner(checkpoint, [{ ...key, x: other.x ?? "" }])).toBeUndefined();
  });

  it("is none any more, or nobody's, once a mark of it is altered", async () => {
    const place = fc.integer({ min: 0, max: note.length - 2 });
    await fc.assert(
      fc.asyncProperty(place, fc.constantFrom("A", "7", "9", "x", "\n"), async (at, mark) => {
        fc.pre(note[at] !== mark);
        const altered = parseCheckpoint(note.slice(0, at) + mark + note.slice(at + 1));
        const signer = altered === undefined ? undefined : await findSigner(altered, [key]);
        const isUnchanged = altered?.size === 7 && altered.text === text;
        expect(signer === undefined || isUnchanged).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
