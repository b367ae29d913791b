// The audit tree's proofs (RFC 6962, verified as in RFC 9162), computed in the browser: what the node says about its
// own log is held against nothing of the node but a signed checkpoint.
//
// V1  An entry is only called proven where its commitment, the path of hashes and the checkpoint's root agree.
// V2  A later checkpoint is only called a continuation where both roots come out of one proof.

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Tree {
  readonly size: number;
  readonly root: Bytes;
}

export async function digestOf(...parts: readonly Uint8Array[]): Promise<Bytes> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

export function fromHex(text: string): Bytes | undefined {
  if (!/^([0-9a-f]{2})*$/.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function fromBase64(text: string): Bytes | undefined {
  const plain = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/={0,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(plain) || plain.length % 4 === 1) return undefined;
  return Uint8Array.from(atob(plain), (mark) => mark.charCodeAt(0));
}

export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}

const leafMark = Uint8Array.of(0);
const nodeMark = Uint8Array.of(1);
const saltBytes = 16;

/** The leaf that commits to an entry. @param salt base64url */
export async function leafOf(salt: string, body: string): Promise<Bytes | undefined> {
  const bytes = fromBase64(salt);
  if (bytes?.length !== saltBytes) return undefined;
  return digestOf(leafMark, await digestOf(bytes, new TextEncoder().encode(body)));
}

function hashNode(left: Bytes, right: Bytes): Promise<Bytes> {
  return digestOf(nodeMark, left, right);
}

/** Hashes of a proof, as hex; undefined where one is none. */
function readProof(proof: readonly string[]): Bytes[] | undefined {
  const hashes = proof.map(fromHex);
  return hashes.every((hash) => hash?.length === 32) ? (hashes as Bytes[]) : undefined;
}

/** V1: whether the leaf is the tree's entry of this index. */
export async function verifyInclusion(
  leaf: Bytes,
  index: number,
  { size, root }: Tree,
  proof: readonly string[],
): Promise<boolean> {
  const hashes = readProof(proof);
  if (hashes === undefined || !(index >= 0 && index < size)) return false;
  let [node, last] = [BigInt(index), BigInt(size - 1)];
  let hash = leaf;
  for (const part of hashes) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      hash = await hashNode(part, hash);
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = await hashNode(hash, part);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && isSame(hash, root);
}

/** V2: whether the earlier tree is the beginning of the later one. */
export async function verifyConsistency(
  earlier: Tree,
  later: Tree,
  proof: readonly string[],
): Promise<boolean> {
  const hashes = readProof(proof);
  if (hashes === undefined || earlier.size > later.size || earlier.size < 1) return false;
  if (earlier.size === later.size) return hashes.length === 0 && isSame(earlier.root, later.root);
  let [node, last] = [BigInt(earlier.size - 1), BigInt(later.size - 1)];
  while (node % 2n === 1n) [node, last] = [node >> 1n, last >> 1n];
  const first = node === 0n ? earlier.root : hashes.shift();
  if (first === undefined) return false;
  let [older, newer] = [first, first];
  for (const part of hashes) {
    if (last === 0n) return false;
    if (node % 2n === 1n || node === last) {
      older = await hashNode(part, older);
      newer = await hashNode(part, newer);
      while (node % 2n === 0n && node !== 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      newer = await hashNode(newer, part);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n && isSame(older, earlier.root) && isSame(newer, later.root);
}
