// The form of received calls beyond their schemas, and the exact product that a target gives at most.
import fc from "fast-check";
import { expect, it } from "vitest";
import { callNames } from "./calls.ts";
import { findCallFaults, floorAtRate, pointsMax } from "./forms.ts";

const credit = {
  operation_id: "op-1",
  source_system: "airline",
  target_system: "shop",
  user_id: "u1",
  credit_type_id: "coin",
  amount: "80",
  source_credit_type: "mile",
  source_amount: "100",
  exchange_rate: "0.8",
  initiated_at: "2026-11-23T09:30:00.000Z",
};

it.each<[string, unknown, string[]]>([
  ["the largest amount", { amount: "9223372036854775807" }, []],
  ["one more", { amount: "9223372036854775808" }, ["/amount"]],
  [
    "both amounts too large",
    { amount: "9999999999999999999", source_amount: "9999999999999999999" },
    ["/amount", "/source_amount"],
  ],
  ["a leap day", { initiated_at: "2028-02-29T00:00:00.000Z" }, []],
  ["a leap day of a common year", { initiated_at: "2026-02-29T00:00:00.000Z" }, ["/initiated_at"]],
  ["the smallest rate", { exchange_rate: "0.000000000000000001" }, []],
  ["no rate at all", { exchange_rate: "000.000" }, ["/exchange_rate"]],
  ["metadata of 16 KiB", { metadata: { a: "x".repeat(16_384 - 8) } }, []],
  ["metadata of a byte more", { metadata: { a: "x".repeat(16_384 - 7) } }, ["/metadata"]],
  ["metadata of as many letters and more bytes", { metadata: { a: "é".repeat(8_200) } }, ["/metadata"]],
  ["fields that are not known", { note: 1, start_time: "never" }, []],
])("%s", (_, changes, paths) => {
  expect(findCallFaults("credits", { ...credit, ...(changes as object) }).map(({ path }) => path)).toEqual(
    paths,
  );
});

it("any JSON is judged without throwing, and what is no object is at fault", () => {
  fc.assert(
    fc.property(fc.constantFrom(...callNames), fc.jsonValue(), (call, body) => {
      return findCallFaults(call, body).length > 0;
    }),
  );
});

it("the product is the largest whole number that is not above it", () => {
  const rate = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n - 1n }), fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }))
    .map(([whole, fraction]) => ({
      text: `${whole}.${String(fraction).padStart(18, "0")}`,
      whole,
      fraction,
    }));
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: pointsMax }), rate, (amount, { text, whole, fraction }) => {
      const scaled = amount * (whole * 10n ** 18n + fraction);
      const product = floorAtRate(amount, text);
      return product * 10n ** 18n <= scaled && scaled < (product + 1n) * 10n ** 18n;
    }),
  );
  expect([
    floorAtRate(100n, "0.29"),
    floorAtRate(100n, "2"),
    floorAtRate(3n, "0.333333333333333333"),
  ]).toEqual([29n, 200n, 0n]);
  expect(() => floorAtRate(1n, "1e3")).toThrow(/no rate/);
});
