// The building blocks of every /v1 schema: ids, amounts, times, names, pages.
import { type TObject, type TSchema, type TString, Type } from "typebox";

/** A request's own id for what it does; also its idempotency key. Compared byte for byte. */
export const operationIdPattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$";
/** Of systems and credit types. */
export const catalogIdPattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
/** No controls, surrogates, unassigned code points, line or paragraph separators; counted in code points. */
const printable = "[^\\p{Cc}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]";
export const userIdPattern = `^${printable}{1,128}$`;
export const namePattern = `^${printable}{1,200}$`;
export const notePattern = `^${printable}{1,2000}$`;
export const amountPattern = "^[1-9][0-9]{0,18}$";
export const balancePattern = "^(0|[1-9][0-9]{0,18})$";
export const ratePattern = "^[0-9]{1,12}(\\.[0-9]{1,18})?$";
export const accountIdPattern = "^CS:[0-9a-f]{64}$";
/** What a time in a query may look like: a date and a time with a zone, to the millisecond at most. */
export const timePattern =
  "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})$";

/** Lines of one batch or import call. */
export const batchLinesMax = 1000;
export const pageLimitMax = 1000;
export const pageLimitDefault = 100;
/** Bytes of metadata as JSON, and levels of nesting in it. */
export const metadataBytesMax = 16 * 1024;
export const metadataDepthMax = 16;

/** An object that takes no other fields than these. */
export function closed<P extends Record<string, TSchema>>(
  title: string,
  description: string,
  properties: P,
): TObject<P> {
  return Type.Object(properties, { title, description, additionalProperties: false });
}

/** A page of a list; `next_cursor` is null on the last one. */
export function pageOf<I extends TSchema>(title: string, item: I) {
  return closed(title, "A page of a list.", {
    items: Type.Array(item),
    next_cursor: Type.Union([Type.String(), Type.Null()], {
      description: "Pass it as `cursor` to read on; null on the last page.",
    }),
  });
}

export function nullable<S extends TSchema>(schema: S, description: string) {
  return Type.Union([schema, Type.Null()], { description });
}

/** One of some words. Unlike TypeBox's own, the schema says its type. */
export function oneOf<const V extends readonly string[]>(values: V, description: string) {
  return Type.Unsafe<V[number]>({ type: "string", enum: [...values], description });
}

function patterned(pattern: string, description: string): TString {
  return Type.String({ pattern, description });
}

/** Text for people, on one line. */
export function printableText(lengthMax: number, description: string): TString {
  return patterned(`^${printable}{1,${lengthMax}}$`, description);
}

export const operationId = patterned(
  operationIdPattern,
  "Id of an operation and its idempotency key: 1-128 of A-Z a-z 0-9 . _ : - and no mark in front. Unique in the node, kept for ever. The node makes a UUIDv7 where a request leaves it out.",
);
export const systemId = patterned(
  catalogIdPattern,
  "Id of a system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front.",
);
export const creditTypeId = patterned(
  catalogIdPattern,
  "Id of a credit type within its system: 1-64 of A-Z a-z 0-9 . _ - and no mark in front.",
);
export const userId = patterned(userIdPattern, "Id of a user within a system: 1-128 printable characters.");
export const accountId = patterned(
  accountIdPattern,
  "`CS:` and the hex SHA-256 of `{user_id}:{system_id}:{credit_type_id}`.",
);
export const name = patterned(namePattern, "A name for people: 1-200 printable characters.");
export const note = patterned(notePattern, "Words for people: 1-2000 printable characters.");
export const businessText = patterned(userIdPattern, "1-128 printable characters.");

/** An amount in a request. */
export const amount = Type.Union(
  [Type.String({ pattern: amountPattern }), Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })],
  {
    description:
      "Points: a decimal string from 1 to 9223372036854775807, or a JSON integer up to 9007199254740991 in plain digits.",
  },
);
/** An amount in an answer, where 0 may appear. */
export const points = patterned(balancePattern, "Points, as a decimal string from 0 to 9223372036854775807.");
export const rate = patterned(
  ratePattern,
  "Target points per source point: a decimal string greater than 0 with at most 12 integer and 18 fractional digits.",
);
export const time = Type.String({
  format: "date-time",
  description: "ISO 8601 in UTC with milliseconds, like 2026-11-23T09:30:00.000Z.",
});
export const metadata = Type.Unsafe<Record<string, unknown>>({
  type: "object",
  additionalProperties: true,
  description:
    "Free data of yours, kept with the operation: an object of at most 16 KiB as JSON and 16 levels. Numbers in it to 9007199254740991; write larger ones as strings.",
});
export const idempotent = Type.Boolean({
  description: "True where the operation was there before this call.",
});

/** What every list takes. Numbers arrive as text in a query. */
export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: pageLimitMax,
      default: pageLimitDefault,
      description: "Items per page, to 1000.",
    }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 1024, description: "`next_cursor` of the page before." }),
  ),
};

export const timeInQuery = Type.String({
  pattern: timePattern,
  description: "ISO 8601 with a zone, like 2026-11-23T09:30:00.000Z.",
});
