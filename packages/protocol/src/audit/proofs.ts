// Proofs over the audit tree (RFC 6962, 2.1.1 and 2.1.2): that an entry is in a tree, and that a tree is the
// beginning of a later one. Verified by the algorithms of RFC 9162.
import { emptyRoot, hashNode, type LeafRange, splitOf } from "./tree.ts";

/** The ranges whose hashes prove that a leaf is in a tree, the lowest first. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`entry ${index} is not in a tree of ${size}`);
  const walk = (start: number, end: number): LeafRange[] => {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return index < middle
      ? [...walk(start, middle), { start: middle, end }]
      : [...walk(middle, end), { start, end: middle }];
  };
  return walk(0, size);
}

/** The ranges whose hashes prove that a tree of `from` leaves is the beginning of one of `to`. */
export function consistencyRanges(from: number, to: number): LeafRange[] {
  if (!(from >= 0 && from <= to))
    throw new RangeError(`a tree of ${from} is not a beginning of one of ${to}`);
  const walk = (start: number, end: number, isKnown: boolean): LeafRange[] => {
    if (from === end) return isKnown ? [] : [{ start, end }];
    const middle = start + splitOf(end - start);
    return from <= middle
      ? [...walk(start, middle, isKnown), { start: middle, end }]
      : [...walk(middle, end, false), { start, end: middle }];
  };
  return from === 0 || from === to ? [] : walk(0, to, true);
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.from(left).equals(right);
}

/** Whether the proof shows that `leaf` is the entry `index` of the tree of `size` leaves with this root. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let [node, last] = [BigInt(index), BigInt(size - 1)];
  let hash = leaf;
  for (const part of proof) {
    if (last === 0n || part.length !== 32) return false;
    if (node % 2n === 1n || node === last) {
      hash = hashNode(part, hash);
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = hashNode(hash, part);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && isSame(hash, root);
}

/** Whether the proof shows that the tree of `from` leaves is the beginning of the one of `to`. */
export function verifyConsistency(
  from: { readonly size: number; readonly root: Uint8Array },
  to: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (from.size > to.size || from.size < 0) return false;
  if (from.size === to.size) return proof.length === 0 && isSame(from.root, to.root);
  // Of nothing everything is a continuation.
  if (from.size === 0) return proof.length === 0 && isSame(from.root, emptyRoot());
  let [node, last] = [BigInt(from.size - 1), BigInt(to.size - 1)];
  while (node % 2n === 1n) [node, last] = [node >> 1n, last >> 1n];
  const parts = [...proof];
  const first = node === 0n ? from.root : parts.shift();
  if (first === undefined || first.length !== 32) return false;
  let [older, newer] = [first, first];
  for (const part of parts) {
    if (last === 0n || part.length !== 32) return false;
    if (node % 2n === 1n || node === last) {
      older = hashNode(part, older);
      newer = hashNode(part, newer);
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      newer = hashNode(newer, part);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && isSame(older, from.root) && isSame(newer, to.root);
}
