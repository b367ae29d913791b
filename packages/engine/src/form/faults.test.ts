// Proves that the slow path, which tells the faults, and the compiled check agree on what is malformed.
import { v1 } from "@pointbridge/protocol";
import { assert, constantFrom, dictionary, integer, jsonValue, oneof, property, string } from "fast-check";
import { Compile } from "typebox/compile";
import { describe, expect, it } from "vitest";
import { FAULTS_MAX, FaultList, findFaults } from "./faults.ts";

const schemas = [
  v1.exchangeInput,
  v1.exchangeBatch,
  v1.creditInput,
  v1.holdInput,
  v1.systemInput,
  v1.linkInput,
];
const sound: Readonly<Record<string, unknown>> = {
  user_id: "u1",
  source_system: "shop",
  target_system: "club",
  source_credit_type: "coin",
  target_credit_type: "star",
  amount: "1",
};

function faultsOf(schema: object, value: unknown) {
  const list = new FaultList();
  findFaults(value, schema, "", list);
  return list.faults;
}

describe("faults", () => {
  it("are found exactly where the compiled check refuses", () => {
    const names = constantFrom(...Object.keys(sound), "metadata", "operation_id", "x");
    const values = oneof(
      jsonValue(),
      constantFrom("shop", "1", 1, {}),
      string({ unit: "binary" }),
      integer(),
    );
    for (const schema of schemas) {
      const check = Compile(schema);
      assert(
        property(dictionary(names, values), (changes) => {
          const value = { ...sound, ...changes };
          expect(faultsOf(schema, value).length === 0).toBe(check.Check(value));
        }),
        { numRuns: 300 },
      );
    }
  });

  it("are told to a bound, however many there are", () => {
    const exchanges = Array.from({ length: 1000 }, () => ({}));
    expect(faultsOf(v1.exchangeBatch, { exchanges })).toHaveLength(FAULTS_MAX);
  });
});
