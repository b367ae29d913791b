// What a file is refused for before anything of it is applied: the line, the field, the reason.
import { describe, expect, it } from "vitest";
import { FileCheck } from "./file-check.ts";
import type { ImportKind, ImportLine } from "./import-line.ts";

const sound: Readonly<Record<ImportKind, ImportLine>> = {
  systems: { system_id: "shop", name: "电商商城", kind: "hosted" },
  "credit-types": { system_id: "shop", credit_type_id: "coin", name: "coin" },
  links: { source_system: "shop", target_system: "club", user_mapping: "mapped" },
  rates: {
    source_system: "shop",
    target_system: "club",
    source_credit_type: "coin",
    target_credit_type: "star",
    rate: "0.000000000000000001",
  },
  balances: { system_id: "shop", user_id: "客户 0", credit_type_id: "coin", amount: "9223372036854775807" },
  mappings: { source_system: "shop", source_user_id: "u0", target_system: "club", target_user_id: "m0" },
  users: { system_id: "shop", user_id: "u0", email: "u0@example.com", attributes: '{"tier":"gold"}' },
};

function faultsOf(kind: ImportKind, ...lines: readonly ImportLine[]): string[] {
  return new FileCheck(kind).check(lines, 2).map(({ line, field, code }) => `${line} ${field} ${code}`);
}

describe.each(Object.entries(sound) as [ImportKind, ImportLine][])("a file of %s", (kind, line) => {
  it("may say the same thing twice", () => {
    expect(faultsOf(kind, line, line)).toEqual([]);
  });

  it("has the columns of its kind and no others", () => {
    const [missing = "", ...rest] = Object.keys(line);
    const without = Object.fromEntries(rest.map((name) => [name, line[name] ?? ""]));
    expect(faultsOf(kind, { ...without, extra: "1" })).toEqual([
      "2 extra invalid_request",
      `2 ${missing} invalid_request`,
    ]);
  });

  it("has a sound id in every line", () => {
    const [id = ""] = Object.keys(line);
    for (const bad of ["", " shop", "-shop", "sh op", "x".repeat(65), "店", "a\u0000"]) {
      expect(faultsOf(kind, line, { ...line, [id]: bad })).toEqual([`3 ${id} invalid_request`]);
    }
  });
});

it.each([
  ["systems", "kind", "Hosted"],
  ["systems", "name", ""],
  ["systems", "status", "asleep"],
  ["links", "user_mapping", "same"],
  ["links", "enabled", "yes"],
  ["links", "target_system", "shop"],
  ["rates", "rate", "0"],
  ["rates", "rate", "0.0"],
  ["rates", "rate", "-1"],
  ["rates", "rate", "1e3"],
  ["rates", "rate", ".5"],
  ["rates", "rate", "0.0000000000000000001"],
  ["rates", "min_source_amount", "0"],
  ["rates", "rounding", "up"],
  ["balances", "amount", "9223372036854775808"],
  ["balances", "amount", "01"],
  ["balances", "amount", "-1"],
  ["balances", "amount", "1.5"],
  ["balances", "amount", ""],
  ["balances", "user_id", "tab\tbed"],
  ["balances", "user_id", "\ud800"],
  ["mappings", "target_user_id", "😀".repeat(129)],
  ["users", "attributes", "[1]"],
  ["users", "attributes", '{"a":'],
  ["users", "attributes", '{"a":"\\u0000"}'],
  ["users", "attributes", '{"a":"\\ud800"}'],
] as const)("refuses in %s a %s of %j", (kind, field, text) => {
  expect(faultsOf(kind, { ...sound[kind], [field]: text })).toEqual([`2 ${field} invalid_request`]);
});

it.each([
  ["balances", "amount", "0"],
  ["balances", "user_id", "😀".repeat(128)],
  ["links", "enabled", ""],
  ["users", "attributes", '{"a":"\\\\u0000 \\ud83d\\ude00"}'],
] as const)("takes in %s a %s of %j", (kind, field, text) => {
  expect(faultsOf(kind, { ...sound[kind], [field]: text })).toEqual([]);
});

it("compares lines by what they mean", () => {
  expect(faultsOf("rates", { ...sound.rates, rate: "0.970" }, { ...sound.rates, rate: "00.97" })).toEqual([]);
  const contradiction = { ...sound.rates, rate: "0.98" };
  expect(faultsOf("rates", sound.rates, contradiction)).toEqual(["3 rate invalid_request"]);
});

it("finds lines of a whole file that contradict each other, over several calls", () => {
  const check = new FileCheck("mappings");
  expect(check.check([sound.mappings], 2)).toEqual([]);
  expect(check.check([{ ...sound.mappings, target_user_id: "m1" }], 1002)).toMatchObject([
    { line: 1002, field: "target_user_id", code: "mapping_exists" },
  ]);
  expect(check.check([{ ...sound.mappings, source_user_id: "u1" }], 2002)).toMatchObject([
    { line: 2002, field: "target_user_id", code: "mapping_taken" },
  ]);
  const balances = new FileCheck("balances");
  balances.check([sound.balances], 2);
  expect(balances.check([{ ...sound.balances, amount: "0" }], 3)).toMatchObject([
    { line: 3, field: "amount", code: "opening_differs" },
  ]);
});
