// Values drawn from a document's schemas: well-formed ones that often name what is there, and what to put in their place.
import type { Shape } from "../http/samples.ts";
import type { Random } from "../support/partner-mix.ts";

export function pick<T>(random: Random, from: readonly T[]): T {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error("there is nothing to pick from");
  return one;
}

export function isChance(random: Random, share: number): boolean {
  return random() < share;
}

const systems = ["shop", "shop", "club", "airline", "lounge", "nowhere"];
const sources = ["shop", "shop", "shop", "airline", "airline", "club", "nowhere"];
const targets = ["club", "club", "airline", "shop", "shop", "lounge", "nowhere"];
const types = ["coin", "coin", "coin", "star", "mile", "none"];
const targetTypes = ["star", "star", "mile", "coin", "none"];
const users = ["u1", "u1", "u1", "u2", "c1", "会员 7", "x".repeat(128)];
const times = ["2026-11-23T09:30:00.000Z", "2020-01-01T00:00:00.000Z", "2099-01-01T00:00:00.000Z"];
const amounts = ["1", "1", "2", "5", "5", "7", "100", "1000000", "9223372036854775807"];
const rates = ["1", "1", "0.29", "0.3", "1.1", "999999999999.999999999999999999", "0.000000000000000001"];
// Nobody listens there: what is configured leads nowhere.
const urls = ["http://127.0.0.1:9", "http://127.0.0.1:9/points"];

/** By the name of the field or parameter. Ids are from a small pool, so that requests meet each other's. */
const texts: Readonly<Record<string, readonly string[]>> = {
  system_id: systems,
  source_system: sources,
  target_system: targets,
  systems,
  speaks_for: ["lounge-2", "lounge-3"],
  credit_type_id: types,
  source_credit_type: types,
  target_credit_type: targetTypes,
  user_id: users,
  source_user_id: users,
  target_user_id: users,
  amount: amounts,
  source_amount: amounts,
  min_source_amount: ["1", "5"],
  bound: amounts,
  rate: rates,
  exchange_rate: rates,
  rate_change_limit_percent: ["0", "20", "100", "12.5"],
  url: urls,
  base_url: urls,
  host: ["127.0.0.1"],
  account_id: [`CS:${"0".repeat(64)}`],
  inconsistency_id: ["exchange:x-1", "ledger:1"],
  cron: ["0 3 * * *", "*/5 * * * *"],
  kind: ["credits", "holds", "systems", "credit-types", "links", "rates", "balances", "mappings", "users"],
  cursor: ["bm8", "AAAA", ""],
  after: ["bm8", "AAAA", ""],
  x: ["A".repeat(43)],
  secret: ["A".repeat(43)],
  payload: ["A".repeat(43), "e30.e30.AAAA"],
  types: ["exchange.completed", "none"],
};

function drawId(random: Random): string {
  return `r-${Math.floor(random() * 200)}`;
}

/** What stands in the node, by the name that addresses have for it. */
export type KnownTexts = Readonly<Record<string, readonly string[]>>;

function drawText(random: Random, name: string, shape: Shape, known: KnownTexts): string {
  const standing = known[name];
  if (standing !== undefined && isChance(random, 0.4)) return pick(random, standing);
  const ofName = texts[name];
  if (ofName !== undefined) return pick(random, ofName);
  if (/_(at|time|after|before|since)$|^since$/.test(name)) return pick(random, times);
  if (/_(value|percent)$/.test(name)) return pick(random, ["5", "0", "12.5"]);
  if (/_id$|_ids$/.test(name)) return drawId(random);
  const length = shape.minLength ?? 1;
  return pick(random, ["abc", "Li Wei", "li@members.example", drawId(random)]).padEnd(length, "x");
}

function drawInteger(random: Random, shape: Shape & { readonly maximum?: number }): number {
  const least = shape.minimum ?? 0;
  const most = shape.maximum ?? least + 1_000;
  return pick(random, [least, Math.min(least + 1, most), Math.min(least + 10, most), most]);
}

function resolve(shape: Shape, schemas: Readonly<Record<string, Shape>>): Shape {
  if (shape.$ref === undefined) return shape;
  const found = schemas[shape.$ref.split("/").at(-1) ?? ""];
  if (found === undefined) throw new Error(`${shape.$ref} leads nowhere`);
  return found;
}

/** A value of the shape; optional fields come and go. */
export function drawValue(
  random: Random,
  reference: Shape,
  name: string,
  schemas: Readonly<Record<string, Shape>>,
  known: KnownTexts,
): unknown {
  const shape = resolve(reference, schemas) as Shape & { readonly const?: unknown; readonly allOf?: Shape[] };
  const draw = (member: Shape, key: string) => drawValue(random, member, key, schemas, known);
  if (shape.const !== undefined) return shape.const;
  if (shape.anyOf !== undefined) return draw(pick(random, shape.anyOf), name);
  if (shape.allOf !== undefined) {
    return Object.assign({}, ...shape.allOf.map((part) => draw(part, name)));
  }
  if (shape.enum !== undefined) return pick(random, shape.enum);
  switch (shape.type) {
    case "object": {
      const required = new Set(shape.required);
      const fields = Object.entries(shape.properties ?? {});
      if (fields.length === 0) return pick(random, [{}, { note: "text" }, { a: { b: [1, "2", null] } }]);
      const drawn = fields.filter(([key]) => required.has(key) || isChance(random, 0.3));
      return Object.fromEntries(drawn.map(([key, member]) => [key, draw(member, key)]));
    }
    case "array": {
      const count = pick(random, [1, 1, 2, 3]);
      return Array.from({ length: count }, () => draw(shape.items ?? {}, name));
    }
    case "integer":
    case "number":
      return drawInteger(random, shape);
    case "boolean":
      return isChance(random, 0.5);
    case "null":
      return null;
    default:
      return drawText(random, name, shape, known);
  }
}

/** What no reader expects where it is put. */
export const strangeValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[]],
  [null],
  { $ref: "#" },
  ..." |0|-1|1e3|NaN|\u0000|a\ud800|\u202e|'; drop table operations; --|${7*7}|../../etc/passwd".split("|"),
  ..."9223372036854775808|01|2026-02-30T00:00:00.000Z|2026-13-01|0000-01-01T00:00:00.000Z".split("|"),
  ..."+275760-09-13T00:00:00.000Z|constructor|1,5|１|".split("|"),
  "x".repeat(5_000),
];

interface Place {
  readonly parent: Record<string, unknown>;
  readonly key: string;
}

function placesOf(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const parent = value as Record<string, unknown>;
  return Object.keys(parent).flatMap((key) => [{ parent, key }, ...placesOf(parent[key])]);
}

/** The value with one to three places changed. */
export function alter(random: Random, value: unknown): unknown {
  const copy = { root: structuredClone(value) };
  const count = pick(random, [1, 1, 2, 3]);
  for (let change = 0; change < count; change += 1) {
    const { parent, key } = pick(random, placesOf(copy));
    const way = random();
    if (way < 0.6) parent[key] = structuredClone(pick(random, strangeValues));
    else if (way < 0.8 && key !== "root") delete parent[key];
    else parent[pick(random, ["unknown_field", "constructor", "toString", "status"])] = "1";
  }
  return copy.root;
}

/** The text with a piece cut off, doubled, put in or turned into something else. */
export function spoilText(random: Random, text: string): string {
  const at = Math.floor(random() * (text.length + 1));
  const garbage = pick(random, [
    "\u0000",
    "{",
    "]",
    '"',
    '{"__proto__":1}',
    ",",
    "é",
    "\ufeff",
    "[".repeat(2_000),
  ]);
  return pick(random, [
    text.slice(0, at),
    text + text,
    text.slice(0, at) + garbage + text.slice(at),
    text.replace("{", '{"__proto__":{"role":"administrator"},'),
    text.replace(/"([a-z_]+)":/, (whole) => `${whole}1,${whole}`),
    pick(random, ["", " ", "null", "[]", "5", '"text"', garbage]),
  ]);
}
