// The Merkle tree of RFC 6962 over leaves in order.
//
// M1  A leaf is hashed with 0x00 in front and a node with 0x01, so that neither can be taken for the other.
// M2  Complete subtrees never change: what is stored of them is written once. Any root or proof is made of at most
//     two of them for each level.
import { createHash } from "node:crypto";

/** M1 */
export function hashLeaf(bytes: Uint8Array): Buffer {
  return createHash("sha256").update(Buffer.of(0)).update(bytes).digest();
}

/** M1 */
export function hashNode(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest();
}

/** The root of a tree without leaves. */
export function emptyRoot(): Buffer {
  return createHash("sha256").digest();
}

/** Leaves from `start` up to, not including, `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** A complete subtree: of 2^level leaves, the index-th of its level. */
export interface SubtreeName {
  readonly level: number;
  readonly index: number;
}

export function subtreeKey({ level, index }: SubtreeName): string {
  return `${level}/${index}`;
}

/** The largest power of two below a number above 1. */
export function splitOf(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

function completeSubtree({ start, end }: LeafRange): SubtreeName | undefined {
  const count = end - start;
  const level = Math.log2(count);
  return Number.isInteger(level) && start % count === 0 ? { level, index: start / count } : undefined;
}

/** The complete subtrees that a range's hash is made of, from left to right. */
export function subtreesOf(range: LeafRange): SubtreeName[] {
  if (range.end <= range.start) return [];
  const complete = completeSubtree(range);
  if (complete !== undefined) return [complete];
  const middle = range.start + splitOf(range.end - range.start);
  return [
    ...subtreesOf({ start: range.start, end: middle }),
    ...subtreesOf({ start: middle, end: range.end }),
  ];
}

/** Hashes of complete subtrees by `subtreeKey`. */
export type Subtrees = ReadonlyMap<string, Uint8Array>;

/** A range's hash. @throws RangeError where a subtree is missing */
export function hashRange(range: LeafRange, subtrees: Subtrees): Uint8Array {
  if (range.end <= range.start) return emptyRoot();
  const complete = completeSubtree(range);
  if (complete !== undefined) {
    const hash = subtrees.get(subtreeKey(complete));
    if (hash === undefined) throw new RangeError(`the subtree ${subtreeKey(complete)} is missing`);
    return hash;
  }
  const middle = range.start + splitOf(range.end - range.start);
  return hashNode(
    hashRange({ start: range.start, end: middle }, subtrees),
    hashRange({ start: middle, end: range.end }, subtrees),
  );
}

/**
 * The subtrees above new leaves that these make complete, lowest level first; M2: each is made once.
 * @param size leaves before
 * @param leaves the new leaves' hashes, in order
 * @param edge the complete subtrees of the tree of `size` leaves
 */
export function completeSubtrees(
  size: number,
  leaves: readonly Uint8Array[],
  edge: Subtrees,
): { readonly name: SubtreeName; readonly hash: Uint8Array }[] {
  const made: { name: SubtreeName; hash: Uint8Array }[] = [];
  let row = leaves.map((hash, offset) => ({ index: size + offset, hash }));
  for (let level = 1; row.length > 0; level += 1) {
    const above: { index: number; hash: Uint8Array }[] = [];
    const below = new Map(row.map(({ index, hash }) => [index, hash]));
    for (const { index, hash } of row.filter((node) => node.index % 2 === 1)) {
      const left = below.get(index - 1) ?? edge.get(subtreeKey({ level: level - 1, index: index - 1 }));
      if (left === undefined) throw new RangeError(`the subtree ${level - 1}/${index - 1} is missing`);
      above.push({ index: (index - 1) / 2, hash: hashNode(left, hash) });
    }
    made.push(...above.map(({ index, hash }) => ({ name: { level, index }, hash })));
    row = above;
  }
  return made;
}

/** A tree that is built leaf by leaf and remembers its right edge only: what a verifier needs. */
export class GrowingTree {
  #size = 0;
  /** Complete subtrees from left to right; each is smaller than the one before. */
  readonly #peaks: { level: number; hash: Uint8Array }[] = [];

  get size(): number {
    return this.#size;
  }

  append(leaf: Uint8Array): void {
    let peak = { level: 0, hash: leaf };
    for (let last = this.#peaks.at(-1); last?.level === peak.level; last = this.#peaks.at(-1)) {
      this.#peaks.pop();
      peak = { level: peak.level + 1, hash: hashNode(last.hash, peak.hash) };
    }
    this.#peaks.push(peak);
    this.#size += 1;
  }

  root(): Uint8Array {
    const [last, ...rest] = [...this.#peaks].reverse();
    if (last === undefined) return emptyRoot();
    return rest.reduce<Uint8Array>((right, left) => hashNode(left.hash, right), last.hash);
  }
}
