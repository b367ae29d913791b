// SHA-256's compression of one block (FIPS 180-4), for records by the million: each is three blocks or four, and a
// call into the platform's own costs several times what they take.

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) {
    if (candidate % divisor === 0) return false;
  }
  return true;
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate += 1) {
    if (isPrime(candidate)) primes.push(candidate);
  }
  return primes;
}

function fractionBits(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32) | 0;
}

// As the standard derives them: fractions of the primes' cube roots, and of the first primes' square roots.
const constants = new Int32Array(firstPrimes(64).map((prime) => fractionBits(Math.cbrt(prime))));
const initial = new Int32Array(firstPrimes(8).map((prime) => fractionBits(Math.sqrt(prime))));

export const blockBytes = 64;

/** The state before the first block: eight words. */
export function initialState(): Int32Array {
  return initial.slice();
}

const schedule = new Int32Array(64);

function word(list: Int32Array | Uint8Array, index: number): number {
  // An index within the list is never undefined, which the types can't see.
  return list[index] as number;
}

function fillSchedule(bytes: Uint8Array, offset: number): void {
  for (let index = 0; index < 16; index += 1) {
    const place = offset + index * 4;
    schedule[index] =
      (word(bytes, place) << 24) |
      (word(bytes, place + 1) << 16) |
      (word(bytes, place + 2) << 8) |
      word(bytes, place + 3);
  }
  for (let index = 16; index < 64; index += 1) {
    const x = word(schedule, index - 15);
    const y = word(schedule, index - 2);
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    schedule[index] = (word(schedule, index - 16) + s0 + word(schedule, index - 7) + s1) | 0;
  }
}

/** Takes one block into the state. */
export function compressBlock(state: Int32Array, bytes: Uint8Array, offset: number): void {
  fillSchedule(bytes, offset);
  let a = word(state, 0);
  let b = word(state, 1);
  let c = word(state, 2);
  let d = word(state, 3);
  let e = word(state, 4);
  let f = word(state, 5);
  let g = word(state, 6);
  let h = word(state, 7);
  for (let index = 0; index < 64; index += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const choice = (e & f) ^ (~e & g);
    const first = (h + s1 + choice + word(constants, index) + word(schedule, index)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const words = [a, b, c, d, e, f, g, h];
  for (let index = 0; index < 8; index += 1)
    state[index] = (word(state, index) + (words[index] as number)) | 0;
}
