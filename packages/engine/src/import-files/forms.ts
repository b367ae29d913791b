// The columns of each kind of file: which there are, and what may stand in them. The rules of form are
// those of the API.
import { v1 } from "@pointbridge/protocol";
import { canonicalJson, parsePercent, parsePoints, parseRate } from "../domain/index.ts";
import type { ImportKind } from "./import-line.ts";

export interface Column {
  readonly name: string;
  readonly isRequired: boolean;
  /** What is wrong with a text; undefined if nothing is. */
  readonly judge: (text: string) => string | undefined;
  /** The one writing of a sound text, by which lines are compared. */
  readonly toCanonical: (text: string) => string;
}

/** What may stand in a file once: lines that agree in `key` must agree in `value` too. */
export interface Uniqueness {
  readonly key: readonly string[];
  readonly value: readonly string[];
  readonly code: string;
}

export interface FileForm {
  readonly columns: readonly Column[];
  readonly uniqueness: readonly Uniqueness[];
  /** Columns that must differ from each other. */
  readonly different?: readonly [string, string];
}

const asWritten = (text: string): string => text;

function matching(name: string, pattern: string, expected: string): Column {
  const expression = new RegExp(pattern, "u");
  const judge = (text: string) => (expression.test(text) ? undefined : `must be ${expected}`);
  return { name, isRequired: true, judge, toCanonical: asWritten };
}

function oneOf(name: string, ...words: readonly string[]): Column {
  const judge = (text: string) => (words.includes(text) ? undefined : `must be ${words.join(" or ")}`);
  return { name, isRequired: true, judge, toCanonical: asWritten };
}

function optional(column: Column): Column {
  const judge = (text: string) => (text === "" ? undefined : column.judge(text));
  const toCanonical = (text: string) => (text === "" ? "" : column.toCanonical(text));
  return { ...column, isRequired: false, judge, toCanonical };
}

function systemId(name: string): Column {
  return matching(name, v1.catalogIdPattern, "a system's id: 1-64 of A-Z a-z 0-9 . _ - and no mark in front");
}

function creditTypeId(name: string): Column {
  return matching(
    name,
    v1.catalogIdPattern,
    "a credit type's id: 1-64 of A-Z a-z 0-9 . _ - and no mark in front",
  );
}

function userId(name: string): Column {
  return matching(name, v1.userIdPattern, "1-128 printable characters");
}

function displayName(name: string): Column {
  return matching(name, v1.namePattern, "1-200 printable characters");
}

function freeText(name: string): Column {
  const expression = /^[^\p{Cc}\p{Cs}]{1,320}$/u;
  const judge = (text: string) =>
    expression.test(text) ? undefined : "must be at most 320 printable characters";
  return optional({ name, isRequired: false, judge, toCanonical: asWritten });
}

const yesOrNo = (name: string): Column => optional(oneOf(name, "true", "false"));

const rate: Column = {
  name: "rate",
  isRequired: true,
  judge: (text) =>
    parseRate(text) === undefined
      ? "must be a decimal number greater than 0 with at most 12 integer and 18 fractional digits"
      : undefined,
  toCanonical: (text) => parseRate(text)?.text ?? text,
};

const rateChangeLimit: Column = optional({
  name: "rate_change_limit_percent",
  isRequired: false,
  judge: (text) =>
    parsePercent(text) === undefined
      ? "must be a decimal number from 0 with at most 6 integer and 6 fractional digits"
      : undefined,
  toCanonical: (text) => parsePercent(text)?.text ?? text,
});

const rateChangeWindow: Column = optional({
  name: "rate_change_window_ms",
  isRequired: false,
  judge: (text) =>
    /^[1-9][0-9]{4,10}$/.test(text) && Number(text) >= 60_000 && Number(text) <= 31_536_000_000
      ? undefined
      : "must be a whole number from 60000 to 31536000000",
  toCanonical: asWritten,
});

const minSourceAmount: Column = optional({
  name: "min_source_amount",
  isRequired: false,
  judge: (text) =>
    parsePoints(text) === undefined ? "must be a whole number from 1 to 9223372036854775807" : undefined,
  toCanonical: asWritten,
});

const amount: Column = {
  name: "amount",
  isRequired: true,
  judge: (text) =>
    text === "0" || parsePoints(text) !== undefined
      ? undefined
      : "must be a whole number from 0 to 9223372036854775807, without sign or leading zeros",
  toCanonical: asWritten,
};

/** Reads free data; undefined for what is not a JSON object. */
export function parseAttributes(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What JSON writes as an escape although the database can't keep it; an escaped backslash before it is text. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

const attributes: Column = optional({
  name: "attributes",
  isRequired: false,
  judge: (text) => {
    const value = parseAttributes(text);
    if (value === undefined) return "must be a JSON object";
    return UNSTORABLE.test(canonicalJson(value)) ? "must not hold NUL or a lone surrogate" : undefined;
  },
  toCanonical: (text) => canonicalJson(parseAttributes(text)),
});

function form(key: readonly string[], columns: readonly Column[], code = "invalid_request"): FileForm {
  const value = columns.map((column) => column.name).filter((name) => !key.includes(name));
  return { columns, uniqueness: [{ key, value, code }] };
}

const systemPair = [systemId("source_system"), systemId("target_system")];
const linkKey = ["source_system", "target_system"];
const rateKey = ["source_system", "target_system", "source_credit_type", "target_credit_type"];

const mappings: FileForm = {
  columns: [
    systemId("source_system"),
    userId("source_user_id"),
    systemId("target_system"),
    userId("target_user_id"),
  ],
  uniqueness: [
    {
      key: ["source_system", "target_system", "source_user_id"],
      value: ["target_user_id"],
      code: "mapping_exists",
    },
    {
      key: ["source_system", "target_system", "target_user_id"],
      value: ["source_user_id"],
      code: "mapping_taken",
    },
  ],
};

export const forms: Readonly<Record<ImportKind, FileForm>> = {
  systems: form(
    ["system_id"],
    [
      systemId("system_id"),
      displayName("name"),
      oneOf("kind", "hosted", "remote"),
      optional(oneOf("status", "active", "suspended")),
    ],
  ),
  "credit-types": form(
    ["system_id", "credit_type_id"],
    [systemId("system_id"), creditTypeId("credit_type_id"), displayName("name")],
  ),
  links: {
    ...form(linkKey, [
      ...systemPair,
      oneOf("user_mapping", "same_id", "mapped"),
      yesOrNo("auto_provision"),
      yesOrNo("enabled"),
      yesOrNo("allow_gaining_cycles"),
      rateChangeLimit,
      rateChangeWindow,
    ]),
    different: ["source_system", "target_system"],
  },
  rates: form(rateKey, [
    ...systemPair,
    creditTypeId("source_credit_type"),
    creditTypeId("target_credit_type"),
    rate,
    optional(oneOf("rounding", "down")),
    minSourceAmount,
  ]),
  balances: form(
    ["system_id", "user_id", "credit_type_id"],
    [systemId("system_id"), userId("user_id"), creditTypeId("credit_type_id"), amount],
    "opening_differs",
  ),
  mappings,
  users: form(
    ["system_id", "user_id"],
    [
      systemId("system_id"),
      userId("user_id"),
      freeText("username"),
      freeText("email"),
      freeText("phone"),
      attributes,
    ],
  ),
};
