// What stands in the vector files of reconciliation: records, sums and sketches, made by the protocol's own code
// from inputs that are written out here.
import {
  DigestSum,
  joinTime,
  type Leg,
  legKey,
  legText,
  type RecordFields,
  RecordHash,
  recordText,
  Sketch,
  type SketchItem,
  splitTime,
} from "../../src/pxp/index.ts";

export const secret = Buffer.from("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "hex");
export const credits: Leg = { kind: "credits", sourceSystem: "shop", targetSystem: "airline" };
const holds: Leg = { kind: "holds", sourceSystem: "airline", targetSystem: "shop" };
const startMs = Date.UTC(2026, 10, 23, 9);

function fieldsOf(operationId: string, changes: Partial<RecordFields> = {}): RecordFields {
  const usual = {
    userId: "u1",
    creditTypeId: "mile",
    amount: 29n,
    standing: "moved",
    exchangeRate: "0.29",
  } as const;
  return { operationId, ...usual, ...changes };
}

interface RecordCase {
  readonly name: string;
  readonly leg: Leg;
  readonly fields: RecordFields;
}

const recordCases: readonly RecordCase[] = [
  { name: "a credit", leg: credits, fields: fieldsOf("op-1") },
  {
    name: "a credit with the longest id and the largest amount",
    leg: credits,
    fields: fieldsOf("A".repeat(128), { amount: 9_223_372_036_854_775_807n }),
  },
  {
    name: "a credit to a user beyond ASCII",
    leg: credits,
    fields: fieldsOf("op-2", { userId: "会员 七 é" }),
  },
  {
    name: "a credit with a longer id",
    leg: credits,
    fields: fieldsOf("op-3.with:a-longer_id.0123456789abcdef"),
  },
  { name: "a captured hold", leg: holds, fields: fieldsOf("op-1", { exchangeRate: null, amount: 50n }) },
  {
    name: "a hold that is only held has no record",
    leg: holds,
    fields: fieldsOf("op-4", { standing: "held" }),
  },
  { name: "a refusal has no record", leg: credits, fields: fieldsOf("op-5", { standing: "none" }) },
];

function recordVector({ name, leg, fields }: RecordCase) {
  const { operationId, userId, creditTypeId, amount, standing, exchangeRate } = fields;
  const text = recordText(fields);
  const digest = text === undefined ? null : new RecordHash(secret, leg).digest(text).toString("hex");
  return {
    name,
    leg: { kind: leg.kind, source_system: leg.sourceSystem, target_system: leg.targetSystem },
    row: {
      operation_id: operationId,
      user_id: userId,
      credit_type_id: creditTypeId,
      amount: String(amount),
      standing,
      exchange_rate: exchangeRate,
    },
    leg_text: legText(leg),
    leg_key: legKey(secret, leg).toString("hex"),
    record_text: text ?? null,
    digest,
    sum_part: digest?.slice(0, 32) ?? null,
    sketch_key: digest?.slice(32, 48) ?? null,
  };
}

/** Records by number: twenty a second. */
export function numberedRecord(number: number): { readonly text: string; readonly timeMs: number } {
  const text = recordText(fieldsOf(`op-${number}`, { amount: BigInt(number + 1) }));
  if (text === undefined) throw new Error("a credit that is completed has a record");
  return { text, timeMs: startMs + number * 50 };
}

export function itemOf(hash: RecordHash, timeMs: number): SketchItem {
  const [keyHigh = 0, keyLow = 0] = [hash.words[4], hash.words[5]].map((word) => (word ?? 0) >>> 0);
  return { keyHigh, keyLow, ...splitTime(timeMs) };
}

function sumVector(name: string, numbers: readonly number[]) {
  const hash = new RecordHash(secret, credits);
  const sum = new DigestSum();
  const digests = numbers.map((number) => {
    const digest = hash.digest(numberedRecord(number).text);
    sum.add(hash.words);
    return digest.toString("hex");
  });
  return { name, digests, count: digests.length, digest_sum: sum.toString() };
}

function describeItem(item: SketchItem) {
  const hex = (word: number) => word.toString(16).padStart(8, "0");
  return {
    sketch_key: `${hex(item.keyHigh)}${hex(item.keyLow)}`,
    initiated_at: new Date(joinTime(item)).toISOString(),
  };
}

function sketchOf(cells: number, numbers: readonly number[]) {
  const hash = new RecordHash(secret, credits);
  const sketch = new Sketch(cells);
  const items = numbers.map((number) => {
    const { text, timeMs } = numberedRecord(number);
    hash.hashText(text);
    const item = itemOf(hash, timeMs);
    sketch.add(item);
    return item;
  });
  return { sketch, items: items.map(describeItem) };
}

function rangeOf(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

function sketchVector(name: string, cells: number, numbers: readonly number[]) {
  const { sketch, items } = sketchOf(cells, numbers);
  return { name, cells, items, sketch: sketch.encode().toString("base64") };
}

function foldVector() {
  const { sketch, items } = sketchOf(16, rangeOf(100));
  return {
    name: "a sketch of 16 cells a table folds into one of 4",
    cells: 4,
    items,
    sketch: sketch.folded(4).encode().toString("base64"),
    larger: { cells: 16, sketch: sketch.encode().toString("base64") },
  };
}

const about = {
  records: "Which text a row has, and its digest. The secret is that of `secret`, in hex.",
  sums: "Digests of records and their sum: the first 16 bytes of each, big-endian, added modulo 2^128.",
  sketches:
    "Records in a sketch, by key and time, and the sketch's bytes in base64. `larger` folds into the same sketch.",
};

export const vectorDocuments: Readonly<Record<string, object>> = {
  "reconciliation-records.json": {
    about: about.records,
    secret: secret.toString("hex"),
    vectors: recordCases.map(recordVector),
  },
  "reconciliation-sums.json": {
    about: about.sums,
    vectors: [
      sumVector("nothing", []),
      sumVector("one record", [0]),
      sumVector("ten records, so that some addition carries", rangeOf(10)),
      sumVector("the same record twice counts twice", [3, 3]),
    ],
  },
  "reconciliation-sketches.json": {
    about: about.sketches,
    vectors: [
      sketchVector("nothing", 4, []),
      sketchVector("one record", 4, [0]),
      sketchVector("a hundred records", 4, rangeOf(100)),
      foldVector(),
    ],
  },
};

export const vectorFolder = new URL("../../vectors/", import.meta.url);
