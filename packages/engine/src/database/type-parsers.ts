// How column values arrive, the same on both engines. Numbers by object id, as both drivers name types.

const INT8 = 20;
const NUMERIC = 1700;
const TIMESTAMPTZ = 1184;

const BLANK = 32;
const ZERO = 48;

/** A number of so many digits; NaN where there are others than digits. */
function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let index = from; index < from + count; index += 1) {
    const digit = text.charCodeAt(index) - ZERO;
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : Number.NaN;
  }
  return number;
}

/** `2026-11-23 10:00:00+00` with up to three decimals, as nearly all times come: without a text in between. */
function parsePlainTimestamp(text: string): number {
  if (!text.endsWith("+00") || text.charCodeAt(10) !== BLANK) return Number.NaN;
  const decimals = text.length - "2026-11-23 10:00:00+00".length - 1;
  if (decimals === 0 || decimals > 3) return Number.NaN;
  const fraction = decimals < 0 ? 0 : digits(text, 20, decimals) * 10 ** (3 - decimals);
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 2), digits(text, 8, 2)];
  // Years before that are read as of the last century.
  if (year < 100) return Number.NaN;
  return Date.UTC(
    year,
    month - 1,
    day,
    digits(text, 11, 2),
    digits(text, 14, 2),
    digits(text, 17, 2),
    fraction,
  );
}

// PostgreSQL writes `2026-11-23 10:00:00.123+00`, of which Date takes neither the blank nor the short offset.
function parseTimestamp(text: string): Date {
  const plainMs = parsePlainTimestamp(text);
  if (!Number.isNaN(plainMs)) return new Date(plainMs);
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
