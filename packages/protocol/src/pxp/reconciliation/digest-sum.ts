// The sum of records' digests: what stands for a window's records in one line.
//
// D1  Addition modulo 2^128 of the first 16 bytes, big-endian. Sums of parts add up to the sum of the whole, a
//     record that changes is subtracted as it was and added as it is, and one that stands twice shows.
const LIMBS = 4;
const LIMB_BASE = 2 ** 32;
/** So many limbs add up to less than 2^53. */
const PENDING_MAX = 1_000_000;
export const digestSumBytes = 16;
export const digestSumPattern = "^[0-9a-f]{32}$";

export class DigestSum {
  /** The highest first. */
  readonly #limbs = new Float64Array(LIMBS);
  #pendingCount = 0;

  /** @param hex 32 hex digits */
  static parse(hex: string): DigestSum {
    return DigestSum.read(Buffer.from(hex, "hex"));
  }

  /** @param bytes 16, big-endian */
  static read(bytes: Uint8Array): DigestSum {
    const view = new DataView(bytes.buffer, bytes.byteOffset, digestSumBytes);
    const sum = new DigestSum();
    for (let index = 0; index < LIMBS; index += 1) sum.#limbs[index] = view.getUint32(index * 4);
    return sum;
  }

  #carry(): void {
    for (let index = LIMBS - 1; index >= 0; index -= 1) {
      const limb = this.#limbs[index] ?? 0;
      const carry = Math.floor(limb / LIMB_BASE);
      this.#limbs[index] = limb - carry * LIMB_BASE;
      if (index > 0) this.#limbs[index - 1] = (this.#limbs[index - 1] ?? 0) + carry;
    }
    this.#pendingCount = 0;
  }

  /**
   * @param words a digest's, the highest first
   * @param sign 1 for a record that is there, -1 for one that was
   */
  add(words: Int32Array, sign: 1 | -1 = 1): void {
    for (let index = 0; index < LIMBS; index += 1) {
      this.#limbs[index] = (this.#limbs[index] ?? 0) + sign * ((words[index] ?? 0) >>> 0);
    }
    this.#pendingCount += 1;
    if (this.#pendingCount >= PENDING_MAX) this.#carry();
  }

  addSum(other: DigestSum, sign: 1 | -1 = 1): void {
    other.#carry();
    for (let index = 0; index < LIMBS; index += 1) {
      this.#limbs[index] = (this.#limbs[index] ?? 0) + sign * (other.#limbs[index] ?? 0);
    }
    this.#carry();
  }

  equals(other: DigestSum): boolean {
    return this.toString() === other.toString();
  }

  /** 32 hex digits. */
  toString(): string {
    this.#carry();
    return Array.from(this.#limbs, (limb) => limb.toString(16).padStart(8, "0")).join("");
  }
}
