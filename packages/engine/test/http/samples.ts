// Well-formed requests made from the OpenAPI document, and every way to spoil one field of them.
import { v1 } from "@pointbridge/protocol";
import type { OpenApiDocument } from "../../src/http/index.ts";

export interface Shape {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly items?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Shape;
  readonly anyOf?: readonly Shape[];
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Shape;
}

export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Shape | undefined;
  readonly isBodyRequired: boolean;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: { readonly "application/json": { readonly schema: Shape } };
  };
}

export function endpointsOf(document: OpenApiDocument): Endpoint[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, value]) => {
      const operation = value as unknown as Operation;
      return {
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        body: operation.requestBody?.content["application/json"].schema,
        isBodyRequired: operation.requestBody?.required ?? false,
      };
    }),
  );
}

/** Well-formed texts for fields whose pattern says more than a generator could guess. */
const texts: Readonly<Record<string, string>> = {
  system_id: "shop",
  inconsistency_id: "exchange:e-1",
  source_system: "shop",
  target_system: "club",
  credit_type_id: "coin",
  source_credit_type: "coin",
  target_credit_type: "star",
  operation_id: "op-1",
  quote_id: "quote-1",
  account_id: `CS:${"0".repeat(64)}`,
  amount: "1",
  min_source_amount: "1",
  max_amount: "1",
  rate: "1.5",
  rate_change_limit_percent: "20",
  base_url: "https://partner.example",
  x: "A".repeat(43),
  created_after: "2026-01-01T00:00:00.000Z",
  created_before: "2026-01-02T00:00:00.000Z",
  start_time: "2026-01-01T00:00:00.000Z",
  end_time: "2026-01-02T00:00:00.000Z",
  initiated_at: "2026-01-01T00:00:00.000Z",
  since: "2026-01-01T00:00:00.000Z",
  expires_at: "2099-01-01T00:00:00.000Z",
  effective_at: "2099-01-01T00:00:00.000Z",
  exchange_rate: "1.5",
  cron: "0 3 * * *",
  body: "{}",
  received_at: "2026-01-01T00:00:00.000Z",
  alert_value: "5",
  warning_value: "5",
  critical_value: "5",
  repair_value_max: "5",
  four_eyes_above: "5",
};

export class Sampler {
  readonly #schemas: OpenApiDocument["components"]["schemas"];

  constructor(document: OpenApiDocument) {
    this.#schemas = document.components.schemas;
  }

  resolve(shape: Shape): Shape {
    if (shape.$ref === undefined) return shape;
    const name = shape.$ref.split("/").at(-1) ?? "";
    return this.#schemas[name] as unknown as Shape;
  }

  /** A well-formed value with every field present. */
  sample(reference: Shape, name: string): unknown {
    const shape = this.resolve(reference);
    if (shape.anyOf !== undefined) return this.sample(shape.anyOf[0] ?? {}, name);
    if (shape.enum !== undefined) return shape.enum[0];
    switch (shape.type) {
      case "object": {
        const fields = Object.entries(shape.properties ?? {});
        if (fields.length === 0) return { name: "text" };
        return Object.fromEntries(fields.map(([key, member]) => [key, this.sample(member, key)]));
      }
      case "array":
        return [this.sample(shape.items ?? {}, name.replace(/s$/, ""))];
      case "integer":
        return Math.max(shape.minimum ?? 1, 1);
      case "boolean":
        return true;
      default:
        return texts[name] ?? (shape.pattern?.includes("A-Za-z0-9") ? "abc" : "abc");
    }
  }
}

/** A body with one place spoilt, as the text to send, and where the problem must point. */
export interface Spoilt {
  readonly what: string;
  readonly text: string;
  readonly path: string;
}

const MEGABYTE = "x".repeat(1024 * 1024);
const PLACE = '"@@place@@"';
const NOT_TEXT = ["null", "true", "5", "{}", "[]"];
const BAD_TEXT = ['"\\u0000"', '"a\\ud800"', '"\\udc00b"', '"a\\u0007"', '""', `"${MEGABYTE}"`];
const BAD_NUMBERS =
  "null true {} [] [1] 0 -1 -0 1.5 1.0 1e3 1E400 9007199254740993 9223372036854775808 1e19".split(" ");
const BAD_AMOUNTS = [
  ...BAD_NUMBERS,
  ...["0", "-1", "1.5", "01", "1e3", "+1", " 1", "１", "9223372036854775808", "99999999999999999999", ""].map(
    (text) => JSON.stringify(text),
  ),
  '"1\\u0000"',
  `"${"1".repeat(1024 * 1024)}"`,
];
const BAD_RATES = ["0", "0.0", "-1", "1e3", ".5", "1.", "1.1234567890123456789", "1234567890123", "NaN"];
const DEEP = `{"a":${'{"a":'.repeat(16)}1${"}".repeat(17)}`;
const BAD_METADATA = [
  "null",
  "true",
  "5",
  "[]",
  '"text"',
  DEEP,
  '{"a":"\\u0000"}',
  '{"a\\ud800":1}',
  '{"__proto__":1}',
  '{"a":9223372036854775808}',
  '{"a":1e400}',
  `{"a":"${MEGABYTE}"}`,
];

const BAD_INTEGERS = ["true", '"5"', "{}", "1.5", "9223372036854775808", "1e400"];
/** Smallest first: each is bad where it is below the least. */
const SMALL_INTEGERS = [-1, 0];

function badIntegers(shape: Shape): readonly string[] {
  const least = shape.minimum ?? Number.NEGATIVE_INFINITY;
  return ["null", ...BAD_INTEGERS, ...SMALL_INTEGERS.filter((small) => small < least).map(String)];
}

function isAmount(shape: Shape): boolean {
  return shape.anyOf?.some(({ pattern }) => pattern === v1.amountPattern) ?? false;
}

function badValues(name: string, shape: Shape): readonly string[] {
  if (isAmount(shape)) return BAD_AMOUNTS;
  if (shape.anyOf !== undefined) {
    const isNullable = shape.anyOf.some(({ type }) => type === "null");
    return badValues(name, shape.anyOf[0] ?? {}).filter((bad) => !isNullable || bad !== "null");
  }
  if (name === "metadata") return BAD_METADATA;
  if (name === "rate") return [...NOT_TEXT, ...BAD_TEXT, ...BAD_RATES.map((text) => JSON.stringify(text))];
  switch (shape.type) {
    case "string":
      return [...NOT_TEXT, ...BAD_TEXT];
    case "integer":
      return badIntegers(shape);
    case "boolean":
      return ["null", '"true"', "1", "{}"];
    case "array":
      return ["null", "{}", '"x"', "5", `[${"0,".repeat(1000)}0]`];
    default:
      return ["null", "[]", '"x"', "5"];
  }
}

function replaceAt(
  value: unknown,
  tokens: readonly string[],
  change: (parent: Record<string, unknown>, key: string) => void,
) {
  const copy = structuredClone(value);
  let parent = copy as Record<string, unknown>;
  for (const token of tokens.slice(0, -1)) parent = parent[token] as Record<string, unknown>;
  change(parent, tokens.at(-1) ?? "");
  return copy;
}

/** Every way to spoil a well-formed body, place by place. */
export function* spoil(sampler: Sampler, body: Shape): Generator<Spoilt> {
  const whole = sampler.sample(body, "");
  yield* spoilObject(sampler, sampler.resolve(body), whole, []);
}

function* spoilObject(
  sampler: Sampler,
  shape: Shape,
  whole: unknown,
  at: readonly string[],
): Generator<Spoilt> {
  const prefix = at.map((token) => `/${token}`).join("");
  if (shape.additionalProperties === false) {
    for (const key of ["unknown_field", "__proto__", "constructor", "toString"]) {
      const marked = replaceAt(whole, [...at, "@@key@@"], (parent, name) => {
        parent[name] = 1;
      });
      const text = JSON.stringify(marked).replace("@@key@@", key);
      yield { what: `unknown ${key}`, text, path: `${prefix}/${key}` };
    }
  }
  for (const key of shape.required ?? []) {
    const text = JSON.stringify(
      replaceAt(whole, [...at, key], (parent, name) => {
        delete parent[name];
      }),
    );
    yield { what: `missing ${key}`, text, path: `${prefix}/${key}` };
  }
  for (const [key, reference] of Object.entries(shape.properties ?? {})) {
    const member = sampler.resolve(reference);
    const place = [...at, key];
    const marked = JSON.stringify(
      replaceAt(whole, place, (parent, name) => {
        parent[name] = "@@place@@";
      }),
    );
    for (const bad of badValues(key, member)) {
      const what = `${key} = ${bad.slice(0, 40)}`;
      yield { what, text: marked.replace(PLACE, () => bad), path: `${prefix}/${key}` };
    }
    const items = sampler.resolve(member.items ?? {});
    if (member.properties !== undefined) yield* spoilObject(sampler, member, whole, place);
    else if (items.properties !== undefined) yield* spoilObject(sampler, items, whole, [...place, "0"]);
  }
}
