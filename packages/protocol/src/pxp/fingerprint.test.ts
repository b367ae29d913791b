// Fingerprints: every vector, and that fields outside of them never count.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { CallName } from "./calls.ts";
import {
  conflictingCreditField,
  conflictingHoldField,
  type Fingerprint,
  type FingerprintField,
  fingerprintFields,
} from "./fingerprint.ts";

const { vectors } = JSON.parse(
  readFileSync(new URL("../../vectors/fingerprints.json", import.meta.url), "utf8"),
) as {
  vectors: {
    name: string;
    call: CallName;
    row: Fingerprint;
    body: Fingerprint;
    conflicting_field: FingerprintField | null;
  }[];
};

it.each(vectors)("$call: $name", ({ call, row, body, conflicting_field: expected }) => {
  const find = call.startsWith("credits") ? conflictingCreditField : conflictingHoldField;
  expect(find(row, body) ?? null).toBe(expected);
});

const fingerprint = fc.record({
  source_system: fc.string(),
  target_system: fc.string(),
  user_id: fc.string(),
  credit_type_id: fc.string(),
  amount: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String),
});

it("a body conflicts with another exactly where one of the five fields differs", () => {
  fc.assert(
    fc.property(fingerprint, fingerprint, fc.subarray([...fingerprintFields]), (row, other, changed) => {
      const call = { ...row, ...Object.fromEntries(changed.map((field) => [field, other[field]])) };
      const expected = fingerprintFields.find((field) => row[field] !== call[field]);
      return conflictingCreditField(row, call) === expected;
    }),
  );
});

it("an amount has one value, however a store keeps it", () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
      fc.integer({ min: 0, max: 5 }),
      (amount, zeros) => {
        const written = "0".repeat(zeros) + String(amount);
        return (
          conflictingHoldField({ amount: written }, { amount: String(amount) }) === undefined &&
          conflictingHoldField({ amount }, { amount: String(amount + 1n) }) === "amount"
        );
      },
    ),
  );
});
