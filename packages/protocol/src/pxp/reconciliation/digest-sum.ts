// The sum of records' digests: what stands for a window's records in one line.
//
// D1  Addition modulo 2^128 of the first 16 bytes, big-endian. Sums of parts add up to the sum of the whole, a
//     record that changes is subtracted as it was and added as it is, and one that stands twice shows.
const LIMBS = 4;
const LIMB_BASE = 2 ** 32;
export const digestSumPattern = "^[0-9a-f]{32}$";

export class DigestSum {
  /** The highest first, each below 2^32. */
  readonly #limbs = new Float64Array(LIMBS);

  static parse(hex: string): DigestSum {
    const sum = new DigestSum();
    for (let index = 0; index < LIMBS; index += 1) {
      sum.#limbs[index] = Number.parseInt(hex.slice(index * 8, index * 8 + 8), 16);
    }
    return sum;
  }

  #carry(): void {
    for (let index = LIMBS - 1; index >= 0; index -= 1) {
      const limb = this.#limbs[index] ?? 0;
      const carry = Math.floor(limb / LIMB_BASE);
      this.#limbs[index] = limb - carry * LIMB_BASE;
      if (index > 0) this.#limbs[index - 1] = (this.#limbs[index - 1] ?? 0) + carry;
    }
  }

  /** @param sign 1 for a record that is there, -1 for one that was */
  add(digest: Buffer, sign: 1 | -1 = 1, offset = 0): void {
    for (let index = 0; index < LIMBS; index += 1) {
      const limb = digest.readUInt32BE(offset + index * 4);
      this.#limbs[index] = (this.#limbs[index] ?? 0) + sign * limb;
    }
    this.#carry();
  }

  addSum(other: DigestSum, sign: 1 | -1 = 1): void {
    for (let index = 0; index < LIMBS; index += 1) {
      this.#limbs[index] = (this.#limbs[index] ?? 0) + sign * (other.#limbs[index] ?? 0);
    }
    this.#carry();
  }

  /** 32 hex digits. */
  toString(): string {
    return Array.from(this.#limbs, (limb) => limb.toString(16).padStart(8, "0")).join("");
  }
}
