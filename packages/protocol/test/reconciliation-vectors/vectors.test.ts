// Holds the committed vectors of reconciliation to what makes them, and what makes them to other code: HMAC of the
// platform, big integers, and sketches of plain arithmetic.
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  checkOf,
  DigestSum,
  estimateDifferences,
  type PeeledItem,
  peel,
  RecordHash,
  Sketch,
  type SketchItem,
  splitTime,
} from "../../src/pxp/index.ts";
import {
  credits,
  itemOf,
  numberedRecord,
  secret,
  vectorDocuments,
  vectorFolder,
} from "./vector-documents.ts";

const writer = "packages/protocol/test/reconciliation-vectors/write-vectors.ts";

interface RecordVector {
  readonly leg_text: string;
  readonly leg_key: string;
  readonly record_text: string | null;
  readonly digest: string | null;
}

function readVectors(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, vectorFolder), "utf8"));
}

function hmac(key: Uint8Array, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}

describe("the vectors of reconciliation", () => {
  it.each(Object.keys(vectorDocuments))(`in %s are what ${writer} writes`, (name) => {
    expect(readVectors(name)).toEqual(JSON.parse(JSON.stringify(vectorDocuments[name])));
  });

  it("have digests that the platform's HMAC makes too (H1)", () => {
    const { vectors } = readVectors("reconciliation-records.json") as { vectors: readonly RecordVector[] };
    for (const { leg_text, leg_key, record_text, digest } of vectors) {
      expect(hmac(secret, leg_text).toString("hex")).toBe(leg_key);
      const key = Buffer.from(leg_key, "hex");
      expect(record_text === null ? null : hmac(key, record_text).toString("hex")).toBe(digest);
    }
  });

  it("have sums that big integers make too (D1)", () => {
    const { vectors } = readVectors("reconciliation-sums.json") as {
      vectors: readonly { readonly digests: readonly string[]; readonly digest_sum: string }[];
    };
    for (const { digests, digest_sum } of vectors) {
      const sum = digests.reduce((total, digest) => total + BigInt(`0x${digest.slice(0, 32)}`), 0n);
      expect((sum % 2n ** 128n).toString(16).padStart(32, "0")).toBe(digest_sum);
    }
  });
});

describe("a record's digest", () => {
  it("is the platform's HMAC, however long the record is", () => {
    const hash = new RecordHash(secret, credits);
    const key = hmac(secret, "pxp-record-1\ncredits\nshop\nairline");
    for (let length = 0; length < 200; length += 1) {
      const text = "é".repeat(length % 3) + "x".repeat(length);
      expect(hash.digest(text).equals(hmac(key, text)), `${length} characters`).toBe(true);
    }
  });
});

describe("a sum", () => {
  it("loses nothing when what was added is subtracted", () => {
    const hash = new RecordHash(secret, credits);
    const sum = new DigestSum();
    for (const sign of [1, -1, -1, 1] as const) {
      for (let number = 0; number < 100; number += 1) {
        hash.hashText(numberedRecord(number).text);
        sum.add(hash.words, sign);
      }
    }
    expect(sum.toString()).toBe("0".repeat(32));
  });
});

function itemsFrom(from: number, count: number): SketchItem[] {
  const hash = new RecordHash(secret, credits);
  return Array.from({ length: count }, (_, index) => {
    const { text, timeMs } = numberedRecord(from + index);
    hash.hashText(text);
    return itemOf(hash, timeMs);
  });
}

function differenceOf(cells: number, left: readonly SketchItem[], right: readonly SketchItem[]): Sketch {
  const sketch = new Sketch(cells);
  for (const item of left) sketch.add(item);
  const other = new Sketch(cells);
  for (const item of right) other.add(item);
  sketch.addSketch(other, -1);
  return sketch;
}

const keysOf = (items: readonly PeeledItem[], sign: 1 | -1) =>
  items.filter((item) => item.sign === sign).map((item) => `${item.keyHigh} ${item.keyLow} ${item.timeLow}`);

describe("a sketch of differences", () => {
  const shared = itemsFrom(1_000_000, 5_000);

  it("gives exactly what one side has and the other has not (P1)", () => {
    const [ours, theirs] = [itemsFrom(0, 11), itemsFrom(100, 9)];
    const peeled = peel(differenceOf(16, [...shared, ...ours], [...shared, ...theirs]));
    expect(peeled.isWhole).toBe(true);
    const plain = (items: readonly SketchItem[]) =>
      items.map((item) => `${item.keyHigh} ${item.keyLow} ${item.timeLow}`);
    expect(keysOf(peeled.items, 1).sort()).toEqual(plain(ours).sort());
    expect(keysOf(peeled.items, -1).sort()).toEqual(plain(theirs).sort());
  });

  it("is the same whether it is made small or folded (S1)", () => {
    const large = differenceOf(256, itemsFrom(0, 500), itemsFrom(400, 200));
    const small = differenceOf(16, itemsFrom(0, 500), itemsFrom(400, 200));
    expect(large.folded(16).encode().equals(small.encode())).toBe(true);
    expect(Sketch.decode(small.encode(), 16)?.encode().equals(small.encode())).toBe(true);
  });

  it("of too many differences says about how many they are, and gives up within its cells (P2)", () => {
    for (const [ours, theirs] of [
      [1_000, 0],
      [500, 500],
      [0, 3_000],
    ] as const) {
      const sketch = differenceOf(16, itemsFrom(0, ours), itemsFrom(10_000, theirs));
      const estimate = estimateDifferences(sketch);
      expect(estimate).toBeGreaterThan((ours + theirs) / 2);
      expect(estimate).toBeLessThan((ours + theirs) * 2);
      const peeled = peel(sketch);
      expect(peeled.isWhole).toBe(false);
      expect(peeled.items.length).toBeLessThanOrEqual(64);
    }
  });

  it("of garbage ends within its cells (P2)", () => {
    const bytes = Buffer.alloc(4 * 64 * 20);
    bytes.forEach((_byte, index) => {
      bytes[index] = (index * 7919) % 251;
    });
    const sketch = Sketch.decode(bytes, 64);
    if (sketch === undefined) throw new Error("its length is right");
    expect(peel(sketch).isWhole).toBe(false);
    expect(Sketch.decode(bytes, 32)).toBeUndefined();
    expect(Sketch.decode(bytes, 63)).toBeUndefined();
  });

  it("that was made to turn in circles ends within its cells (P2)", () => {
    // One cell of each table says it holds a record; taking it from one leaves its negative in the others.
    const sketch = new Sketch(16);
    const item = { keyHigh: 0x00010002, keyLow: 0x00030004, ...splitTime(1_763_888_400_000) };
    sketch.add(item);
    sketch.counts[sketch.cellOf(item, 1)] = 0;
    sketch.checks[sketch.cellOf(item, 2)] = checkOf(item) + 1;
    const peeled = peel(sketch);
    expect(peeled.isWhole).toBe(false);
    expect(peeled.items.length).toBeLessThanOrEqual(64);
  });

  it("shows a record that stands twice on one side", () => {
    const [item] = itemsFrom(0, 1);
    if (item === undefined) throw new Error("one was made");
    expect(peel(differenceOf(16, [...shared, item, item], [...shared, item])).items).toEqual([
      { ...item, sign: 1 },
    ]);
    expect(peel(differenceOf(16, [...shared, item, item], shared)).isWhole).toBe(false);
  });
});
