// M1-M2 and the proofs, against the examples of RFC 6962's own reference tree and a plain recomputation.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consistencyRanges, inclusionRanges, verifyConsistency, verifyInclusion } from "./proofs.ts";
import {
  completeSubtrees,
  GrowingTree,
  hashLeaf,
  hashNode,
  hashRange,
  type LeafRange,
  splitOf,
  subtreeKey,
  subtreesOf,
} from "./tree.ts";

/** The leaves that implementations of the RFC are tried with. */
const inputs = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map((hex) => Buffer.from(hex, "hex"));
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/** Word for word as the RFC defines it. */
function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (leaves.length === 1 && only !== undefined) return only;
  const k = splitOf(leaves.length);
  return hashNode(plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
}

/** What a database would hold, filled in batches of several sizes. */
function storeOf(leaves: readonly Uint8Array[], batch: number): Map<string, Uint8Array> {
  const store = new Map<string, Uint8Array>();
  for (let size = 0; size < leaves.length; size += batch) {
    const added = leaves.slice(size, size + batch);
    const made = completeSubtrees(size, added, store);
    for (const [offset, hash] of added.entries())
      store.set(subtreeKey({ level: 0, index: size + offset }), hash);
    for (const { name, hash } of made) {
      expect(store.has(subtreeKey(name))).toBe(false);
      store.set(subtreeKey(name), hash);
    }
  }
  return store;
}

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, index) => hashLeaf(Buffer.from(`leaf ${index}`)));
const hashesOf = (ranges: readonly LeafRange[], store: Map<string, Uint8Array>) =>
  ranges.map((range) => hashRange(range, store));

describe("the audit tree", () => {
  it("M1 has the roots of the RFC's reference leaves", () => {
    const tree = new GrowingTree();
    for (const [index, input] of inputs.entries()) {
      tree.append(hashLeaf(input));
      expect(Buffer.from(tree.root()).toString("hex")).toBe(roots[index]);
    }
    expect(Buffer.from(new GrowingTree().root()).toString("hex")).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
  });

  it("M2 has the plain root at every size, however it was filled, from few subtrees", () => {
    const leaves = leavesOf(70);
    for (const batch of [1, 3, 16, 70]) {
      const store = storeOf(leaves, batch);
      for (let size = 1; size <= leaves.length; size += 1) {
        expect(hashRange({ start: 0, end: size }, store)).toEqual(plainRoot(leaves.slice(0, size)));
        expect(subtreesOf({ start: 0, end: size }).length).toBeLessThanOrEqual(
          Math.ceil(Math.log2(size + 1)),
        );
      }
    }
  });

  it("every entry is proven in every tree, and nothing else is", () => {
    const leaves = leavesOf(33);
    const store = storeOf(leaves, 8);
    for (let size = 1; size <= leaves.length; size += 1) {
      const root = hashRange({ start: 0, end: size }, store);
      for (let index = 0; index < size; index += 1) {
        const leaf = leaves[index] as Uint8Array;
        const proof = hashesOf(inclusionRanges(index, size), store);
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        expect(verifyInclusion(leaf, index, size, [...proof, leaf], root)).toBe(false);
        expect(verifyInclusion(leaf, (index + 1) % size, size, proof, root)).toBe(size === 1);
        expect(verifyInclusion(hashLeaf(Buffer.from("other")), index, size, proof, root)).toBe(false);
        expect(verifyInclusion(leaf, index, size, proof.slice(1), root)).toBe(proof.length === 0);
      }
    }
  });

  it("every tree is proven to begin every later one, and no other tree is", () => {
    const leaves = leavesOf(33);
    const store = storeOf(leaves, 5);
    const at = (size: number) => ({ size, root: hashRange({ start: 0, end: size }, store) });
    for (let to = 1; to <= leaves.length; to += 1) {
      for (let from = 0; from <= to; from += 1) {
        const proof = hashesOf(consistencyRanges(from, to), store);
        expect(verifyConsistency(at(from), at(to), proof)).toBe(true);
        if (from === 0) continue;
        const other = { size: from, root: hashLeaf(Buffer.from("other")) };
        expect(verifyConsistency(other, at(to), proof)).toBe(false);
        if (from === to) continue;
        expect(verifyConsistency(at(from), { ...at(to), root: other.root }, proof)).toBe(false);
        expect(verifyConsistency(at(from), at(to), [...proof, other.root])).toBe(false);
        expect(verifyConsistency(at(from), at(to), proof.slice(0, -1))).toBe(false);
      }
    }
  });

  it("a proof with one bit changed proves nothing", () => {
    const leaves = leavesOf(21);
    const store = storeOf(leaves, 4);
    const root = hashRange({ start: 0, end: 21 }, store);
    const proof = hashesOf(inclusionRanges(13, 21), store);
    fc.assert(
      fc.property(fc.nat(proof.length - 1), fc.nat(255), (part, bit) => {
        const changed = proof.map((hash) => Buffer.from(hash));
        const hash = changed[part] as Buffer;
        hash[bit >> 3] = (hash[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        return !verifyInclusion(leaves[13] as Uint8Array, 13, 21, changed, root);
      }),
      { numRuns: 200 },
    );
  });
});
