// A record's digest: HMAC-SHA-256 of its text under the key of its leg, which is HMAC-SHA-256 of the leg's text
// under the secret that two nodes share. Whoever chooses ids and amounts but does not know the secret can't make
// records whose digests add up to a wanted sum.
//
// H1  Bytes 0 to 15 of a digest go into sums, bytes 16 to 23 are the record's key in sketches; the rest is unused.
import { createHmac } from "node:crypto";
import { type Leg, legText } from "./record.ts";
import { blockBytes, compressBlock, initialState } from "./sha256-block.ts";

export const secretBytes = 32;

export function legKey(secret: Uint8Array, leg: Leg): Buffer {
  if (secret.length !== secretBytes)
    throw new Error(`the secret has ${secret.length} bytes, not ${secretBytes}`);
  return createHmac("sha256", secret).update(legText(leg), "utf8").digest();
}

function keyedState(key: Uint8Array, mask: number): Int32Array {
  const block = new Uint8Array(blockBytes).fill(mask);
  key.forEach((byte, index) => {
    block[index] = byte ^ mask;
  });
  const state = initialState();
  compressBlock(state, block, 0);
  return state;
}

/** Bytes after a message: the mark, zeros, and its length in bits. */
const TAIL_BYTES = 9;
/** Longer than any record: five fields of 128 characters at most, four bytes each. */
const LONGEST_RECORD_BYTES = 4096;
const DIGEST_WORDS = 8;

function writeLength(bytes: Uint8Array, end: number, messageBytes: number): void {
  // The key's block has been hashed before.
  const bits = (messageBytes + blockBytes) * 8;
  bytes[end - 4] = bits >>> 24;
  bytes[end - 3] = bits >>> 16;
  bytes[end - 2] = bits >>> 8;
  bytes[end - 1] = bits;
}

function writeWords(words: Int32Array, bytes: Uint8Array): void {
  for (let index = 0; index < DIGEST_WORDS; index += 1) {
    const value = words[index] as number;
    const place = index * 4;
    bytes[place] = value >>> 24;
    bytes[place + 1] = value >>> 16;
    bytes[place + 2] = value >>> 8;
    bytes[place + 3] = value;
  }
}

const encoder = new TextEncoder();

/** Hashes the records of one leg. */
export class RecordHash {
  /** The last digest: eight words, the first the highest. */
  readonly words = new Int32Array(DIGEST_WORDS);
  readonly #inner: Int32Array;
  readonly #outer: Int32Array;
  readonly #state = new Int32Array(DIGEST_WORDS);
  readonly #message = new Uint8Array(LONGEST_RECORD_BYTES + blockBytes);
  readonly #second = new Uint8Array(blockBytes);
  readonly #text = new Uint8Array(LONGEST_RECORD_BYTES);

  /** @param secret 32 bytes */
  constructor(secret: Uint8Array, leg: Leg) {
    const key = legKey(secret, leg);
    this.#inner = keyedState(key, 0x36);
    this.#outer = keyedState(key, 0x5c);
    this.#second[32] = 0x80;
    writeLength(this.#second, blockBytes, 32);
  }

  /** Hashes the bytes from start to end into `words`. */
  hashBytes(bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    if (length > LONGEST_RECORD_BYTES) throw new Error(`a record of ${length} bytes is none`);
    const total = Math.ceil((length + TAIL_BYTES) / blockBytes) * blockBytes;
    const message = this.#message;
    for (let index = 0; index < length; index += 1) message[index] = bytes[start + index] as number;
    message[length] = 0x80;
    message.fill(0, length + 1, total);
    writeLength(message, total, length);
    this.#state.set(this.#inner);
    for (let offset = 0; offset < total; offset += blockBytes) compressBlock(this.#state, message, offset);
    writeWords(this.#state, this.#second);
    this.words.set(this.#outer);
    compressBlock(this.words, this.#second, 0);
  }

  /** Hashes a record's text into `words`. */
  hashText(text: string): void {
    const { read, written } = encoder.encodeInto(text, this.#text);
    if (read < text.length) throw new Error(`a record of ${text.length} characters is none`);
    this.hashBytes(this.#text, 0, written);
  }

  /** 32 bytes. */
  digest(text: string): Buffer {
    this.hashText(text);
    const bytes = Buffer.alloc(DIGEST_WORDS * 4);
    writeWords(this.words, bytes);
    return bytes;
  }
}
