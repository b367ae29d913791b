// The forms of the calls: what they need, what they leave open, and that none takes less.
import { Compile } from "typebox/compile";
import { describe, expect, it } from "vitest";
import { callPaths, callSchemas, type PxpCallName } from "./calls.ts";

const route = {
  operation_id: "op-1",
  source_system: "airline",
  target_system: "shop",
  initiated_at: "2026-11-23T09:30:00.000Z",
};
const movement = { ...route, user_id: "u1", credit_type_id: "coin", amount: "80" };
const leg = { kind: "credits", source_system: "airline", target_system: "shop" };
const window = { ...leg, start_time: "2026-11-23T00:00:00.000Z", end_time: "2026-11-24T00:00:00.000Z" };
const needed: Record<PxpCallName, Record<string, unknown>> = {
  node: {},
  credits: { ...movement, source_credit_type: "mile", source_amount: "100", exchange_rate: "0.8" },
  "credits/rollback": { ...route, reason: "target_unknown" },
  holds: movement,
  "holds/capture": route,
  "holds/release": route,
  batch: { calls: [{ call: "credits" }] },
  users: { source_system: "airline", source_user_id: "m1", target_system: "shop", profile: {} },
  operations: {
    kind: "credits",
    source_system: "airline",
    target_system: "shop",
    start_time: "2026-11-23T00:00:00.000Z",
    end_time: "2026-11-24T00:00:00.000Z",
    limit: 100,
  },
  rates: {
    agreement_id: "change-1",
    state: "offered",
    source_system: "airline",
    target_system: "shop",
    source_credit_type: "mile",
    target_credit_type: "coin",
    exchange_rate: "0.8",
    min_source_amount: "1",
    expires_at: "2026-11-30T09:30:00.000Z",
  },
  receipts: { ...leg, operation_id: "x-1", payload: "eyJ9" },
  "reconciliation/key": { ...leg, key_version: 1, secret: "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8" },
  "reconciliation/summary": window,
  "reconciliation/sketch": { ...window, key_version: 1, cells: 16 },
  "reconciliation/rows": window,
};

describe.each(Object.keys(callSchemas) as PxpCallName[])("%s", (call) => {
  const validator = Compile(callSchemas[call]);

  it("takes what it needs, and unknown fields with it", () => {
    expect(callPaths[call]).toBe(`/pxp/v1/${call}`);
    expect(validator.Check(needed[call])).toBe(true);
    expect(validator.Check({ ...needed[call], later: { a: [1] } })).toBe(true);
  });

  it("takes nothing less", () => {
    for (const field of Object.keys(needed[call])) {
      const { [field]: _, ...rest } = needed[call];
      expect([field, validator.Check(rest)]).toEqual([field, false]);
      expect([field, validator.Check({ ...rest, [field]: null })]).toEqual([field, false]);
    }
  });
});

it.each([
  ["operation_id", ["-a", "", "a b", "a".repeat(129), "é"], ["a", "A.b_c:d-e", "a".repeat(128)]],
  ["user_id", ["", "a\nb", "\u0000", "x".repeat(129)], ["客户 0", "a@b", " "]],
  ["credit_type_id", ["a:b", "_a", ""], ["coin", "7", "a-b_c.d"]],
  ["amount", ["0", "080", "-1", "1.0", 80, "1e3", "", "1".repeat(20)], ["1", "9223372036854775807"]],
  ["source_amount", ["0", 100], ["100"]],
  ["exchange_rate", ["1e3", "-1", ".5", 0.8], ["0.8", "1", "0.000000000000000001"]],
  [
    "initiated_at",
    ["2026-11-23", "2026-11-23T09:30:00Z", "2026-11-23T09:30:00.000+01:00", "2026-13-23T09:30:00.000Z"],
    ["1999-12-31T23:59:59.999Z"],
  ],
  ["metadata", ["text", []], [{}, { a: { b: [1] } }]],
])("a credit's %s has its form", (field, wrong, right) => {
  const validator = Compile(callSchemas.credits);
  for (const value of wrong) {
    expect([value, validator.Check({ ...needed.credits, [field]: value })]).toEqual([value, false]);
  }
  for (const value of right) {
    expect([value, validator.Check({ ...needed.credits, [field]: value })]).toEqual([value, true]);
  }
});
