// The calls by which two sides compare what they have without listing it: the secret, sums, sketches, single rows.
//
// C1  A window is half-open, by `initiated_at`. What has moved in it is counted and summed; what is not decided yet
//     is counted apart.
// C2  What a side says of its sums is as of `complete_until` or later: what was committed before is in them.
import { type Static, Type } from "typebox";
import { oneOf } from "../../v1/index.ts";
import {
  amount,
  creditTypeId,
  open,
  operationId,
  patterned,
  pxpTimePattern,
  rate,
  systemId,
  time,
  userId,
} from "../call-fields.ts";
import { digestSumPattern } from "./digest-sum.ts";
import { legKinds } from "./record.ts";
import { sketchCellsMax, sketchCellsMin } from "./sketch.ts";

/** Hours of a window that are told one by one. */
export const summaryHoursMax = 10_000;
/** Cells in one answer, of all its sketches together. */
export const answerCellsMax = 131_072;
/** Rows in one answer, and what may be asked for at once. */
export const rowsMax = 1000;
/** Of `keys` in a call for rows: 6 bytes of time, 8 of key. */
export const rowKeyBytes = 14;

const leg = {
  kind: oneOf([...legKinds], "`credits`: what the target gave. `holds`: what the source took."),
  source_system: systemId,
  target_system: systemId,
};
const window = { ...leg, start_time: time, end_time: time };
const keyVersion = Type.Integer({
  minimum: 1,
  maximum: 2_147_483_647,
  description: "Which of the caller's secrets the digests are under.",
});
const count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const sum = patterned("^(0|[1-9][0-9]{0,39})$", "Points added up.");
const digestSum = patterned(digestSumPattern, "The sum of the records' digests modulo 2^128, in hex.");

export const keyCall = open(
  "ReconciliationKeyCall",
  "Hands over the secret under which the caller wants digests of one leg. The same again changes nothing.",
  {
    ...leg,
    key_version: keyVersion,
    secret: patterned("^[A-Za-z0-9_-]{43}$", "32 random bytes, base64url."),
  },
);
export const keyAnswer = open("ReconciliationKeyAnswer", "The secret is kept.", { key_version: keyVersion });

export const summaryCall = open("SummaryCall", "Asks for what a window adds up to.", {
  ...window,
  key_version: Type.Optional(keyVersion),
  per: Type.Optional(oneOf(["hour"], "Also by full hour of UTC, for hours with records.")),
  counted_since: Type.Optional(
    patterned(
      pxpTimePattern,
      "Sums are to have been added up from the rows themselves since then, not only kept up with changes.",
    ),
  ),
});

export const summaryAnswer = open("SummaryAnswer", "What a window adds up to.", {
  count,
  totals: Type.Array(
    open("CreditTypeTotal", "Records of one credit type.", {
      credit_type_id: creditTypeId,
      count,
      amount: sum,
    }),
    {
      maxItems: 1001,
    },
  ),
  open_count: Type.Integer({
    minimum: 0,
    description: "Rows that are not decided yet: pending, held, under way.",
  }),
  digest_sum: Type.Optional(digestSum),
  complete_until: time,
  hours: Type.Optional(
    Type.Array(
      open("HourSummary", "Records of one hour, or of the part of it that the window has.", {
        start_time: time,
        count,
        amount: sum,
        digest_sum: Type.Optional(digestSum),
      }),
      { maxItems: summaryHoursMax },
    ),
  ),
});

export const sketchCall = open(
  "SketchCall",
  "Asks for a sketch of a window, or one for each of some hours.",
  {
    ...window,
    key_version: keyVersion,
    cells: Type.Integer({
      minimum: sketchCellsMin,
      maximum: sketchCellsMax,
      description: "Of a table: a power of two. A sketch has four tables.",
    }),
    hours: Type.Optional(
      Type.Array(time, {
        minItems: 1,
        maxItems: 1000,
        description: "Beginnings of hours, in order. Absent: the window as one.",
      }),
    ),
  },
);

export const sketchAnswer = open("SketchAnswer", "Sketches, in the order in which they were asked for.", {
  sketches: Type.Array(
    open("SketchOfRecords", "Table by table, cell by cell: count 2 bytes, key 8, time 6, check 4; base64.", {
      count,
      digest_sum: digestSum,
      sketch: Type.String({ maxLength: 4 * 1024 * 1024 }),
    }),
    { maxItems: 1000 },
  ),
});

export const rowsCall = open(
  "RowsCall",
  "Asks for single rows: by key and time, by id, or those that are not decided yet.",
  {
    ...window,
    key_version: Type.Optional(keyVersion),
    keys: Type.Optional(
      Type.String({
        maxLength: Math.ceil((rowsMax * rowKeyBytes) / 3) * 4,
        description:
          "Base64 of 14 bytes for each: `initiated_at` in milliseconds (6) and the record's key (8).",
      }),
    ),
    operation_ids: Type.Optional(Type.Array(operationId, { maxItems: rowsMax })),
    open: Type.Optional(
      Type.Boolean({ description: "Rows of the window that are not decided yet, in order, page by page." }),
    ),
    packed: Type.Optional(
      Type.Boolean({
        description: "The answer may have its rows `packed`: the same list, as JSON, deflated, in base64.",
      }),
    ),
    cursor: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
  },
);

const millis = Type.Integer({ minimum: 0, maximum: 253_402_300_799_999 });

/** The rows of an answer. */
export const rowTuples = Type.Array(
  Type.Tuple(
    [
      operationId,
      Type.Union([userId, Type.Null()]),
      Type.Union([creditTypeId, Type.Null()]),
      Type.Union([amount, Type.Null()]),
      Type.String({ maxLength: 32 }),
      millis,
      Type.Union([millis, Type.Null()]),
      Type.Union([rate, Type.Null()]),
    ],
    {
      description:
        "operation_id, user_id, credit_type_id, amount, outcome, initiated_at, completed_at (milliseconds since 1970), exchange_rate.",
    },
  ),
  { maxItems: rowsMax + 1000 },
);

export const rowsAnswer = open(
  "RowsAnswer",
  "Rows of every outcome that were found; several under one id are all told.",
  {
    rows: Type.Optional(rowTuples),
    packed: Type.Optional(Type.String({ maxLength: 4 * 1024 * 1024 })),
    next_cursor: Type.Union([Type.String({ maxLength: 1024 }), Type.Null()]),
  },
);

export type KeyCall = Static<typeof keyCall>;
export type SummaryCall = Static<typeof summaryCall>;
export type SketchCall = Static<typeof sketchCall>;
export type RowsCall = Static<typeof rowsCall>;
export type KeyAnswer = Static<typeof keyAnswer>;
export type SummaryAnswer = Static<typeof summaryAnswer>;
export type SketchAnswer = Static<typeof sketchAnswer>;
export type RowsAnswer = Static<typeof rowsAnswer>;
export type RowTuple = Static<typeof rowTuples>[number];
