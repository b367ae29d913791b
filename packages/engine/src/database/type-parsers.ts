// How column values arrive, the same on both engines. Numbers by object id, as both drivers name types.

const INT8 = 20;
const NUMERIC = 1700;
const TIMESTAMPTZ = 1184;

// PostgreSQL writes `2026-11-23 10:00:00.123+00`, of which Date takes neither the blank nor the short offset.
function parseTimestamp(text: string): Date {
  const date = new Date(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"));
  if (Number.isNaN(date.getTime()))
    throw new Error(`the database answered a time that can't be read: ${text}`);
  return date;
}

/** Beside these, int4 is a number, text a string, jsonb parsed and boolean a boolean in both drivers. */
export const typeParsers: Readonly<Record<number, (text: string) => unknown>> = {
  [INT8]: (text) => BigInt(text),
  [NUMERIC]: (text) => text,
  [TIMESTAMPTZ]: parseTimestamp,
};
