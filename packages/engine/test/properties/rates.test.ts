// Rates and amounts as numbers: reading and writing lose nothing, conversion is the exact floor.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convertPoints, MAX_POINTS, parsePoints, parseRate } from "../../src/domain/index.ts";
import { rateOf } from "../support/test-ledger.ts";

const digits = fc.integer({ min: 0, max: 9 }).map(String);
const decimal = fc
  .tuple(
    fc.string({ unit: digits, minLength: 1, maxLength: 12 }),
    fc.string({ unit: digits, minLength: 0, maxLength: 18 }),
  )
  .filter(([integer, fraction]) => /[1-9]/.test(integer + fraction));
const amount = fc.oneof(fc.bigInt(1n, 1000n), fc.bigInt(1n, MAX_POINTS));

describe("rates", () => {
  it("are written as the shortest decimal that reads as the same ratio", () => {
    const property = fc.property(decimal, ([integer, fraction]) => {
      const read = rateOf(fraction === "" ? integer : `${integer}.${fraction}`);
      // Compared with the digits themselves, over one common denominator.
      const scaled = BigInt(integer + fraction.padEnd(18, "0"));
      expect(read.numerator * 10n ** 18n).toBe(scaled * read.denominator);
      expect(rateOf(read.text)).toEqual(read);
      expect(read.text).toMatch(/^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("convert to the floor: the whole that is not above the product, and whose next one is", () => {
    const property = fc.property(amount, decimal, (points, [integer, fraction]) => {
      const rate = rateOf(fraction === "" ? integer : `${integer}.${fraction}`);
      const product = points * BigInt(integer + fraction.padEnd(18, "0"));
      const gained = convertPoints(points, rate);
      expect(gained * 10n ** 18n <= product && product < (gained + 1n) * 10n ** 18n).toBe(true);
    });
    fc.assert(property, { numRuns: 2000 });
  });

  it("are exact where floating point is not", () => {
    expect(Math.floor(0.29 * 100)).toBe(28);
    expect(convertPoints(100n, rateOf("0.29"))).toBe(29n);
    expect(convertPoints(10_000n, rateOf("1.1"))).toBe(11_000n);
    expect(convertPoints(MAX_POINTS, rateOf("1"))).toBe(9_223_372_036_854_775_807n);
    expect(convertPoints(3n, rateOf("0.333333333333333333"))).toBe(0n);
  });

  it("are refused in any other writing", () => {
    const wrong = [
      "",
      "0",
      "0.000",
      "-1",
      "+1",
      ".5",
      "1.",
      "1e3",
      " 1",
      "1 ",
      "1,5",
      "0x1",
      "Infinity",
      "NaN",
      "１",
    ];
    for (const text of [...wrong, "1".repeat(13), `0.${"1".repeat(19)}`])
      expect(parseRate(text)).toBeUndefined();
  });
});

describe("amounts", () => {
  it("are read exactly, and nothing else is", () => {
    const property = fc.property(amount, (points) => {
      expect(parsePoints(points.toString())).toBe(points);
    });
    fc.assert(property);
    const wrong = ["", "0", "01", "-1", "+1", "1.0", "1e3", " 1", "9223372036854775808", "1".repeat(20)];
    for (const text of wrong) expect(parsePoints(text)).toBeUndefined();
    for (const number of [0, -1, 1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(parsePoints(number)).toBeUndefined();
    }
    expect(parsePoints(2 ** 53 - 1)).toBe(9_007_199_254_740_991n);
  });
});
