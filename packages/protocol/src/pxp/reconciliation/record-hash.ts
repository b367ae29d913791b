// A record's digest: HMAC-SHA-256 of its bytes under the secret that two nodes share. Whoever can choose ids and
// amounts but does not know the secret can't make records whose digests add up to a wanted sum.
import { createHash, type Hash } from "node:crypto";

export const secretBytes = 32;
const BLOCK_BYTES = 64;

function padded(secret: Uint8Array, mask: number): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, mask);
  secret.forEach((byte, index) => {
    block[index] = byte ^ mask;
  });
  return block;
}

/** The two blocks that HMAC puts in front of what it hashes, for whoever hashes elsewhere. @param secret 32 bytes */
export function hmacBlocks(secret: Uint8Array): { readonly inner: Buffer; readonly outer: Buffer } {
  if (secret.length !== secretBytes)
    throw new Error(`the secret has ${secret.length} bytes, not ${secretBytes}`);
  return { inner: padded(secret, 0x36), outer: padded(secret, 0x5c) };
}

/** Hashes many records under one secret: the secret's own blocks are hashed once. */
export class RecordHash {
  readonly #inner: Hash;
  readonly #outer: Hash;

  /** @param secret 32 bytes */
  constructor(secret: Uint8Array) {
    const { inner, outer } = hmacBlocks(secret);
    this.#inner = createHash("sha256").update(inner);
    this.#outer = createHash("sha256").update(outer);
  }

  /** 32 bytes. */
  digest(text: string): Buffer {
    const inner = this.#inner.copy().update(text, "utf8").digest();
    return this.#outer.copy().update(inner).digest();
  }
}
