// Lists as PostgreSQL array literals. Built here, because one list per column is how a batch is written,
// and both drivers' own conversions are several times slower.

const NEEDS_ESCAPE = /["\\]/;

function quote(value: string): string {
  return NEEDS_ESCAPE.test(value) ? `"${value.replace(/["\\]/g, "\\$&")}"` : `"${value}"`;
}

/** A text[] literal; null stands for SQL's null. */
export function textArray(values: Iterable<string | null>): string {
  let literal = "{";
  let separator = "";
  for (const value of values) {
    literal += separator + (value === null ? "null" : quote(value));
    separator = ",";
  }
  return `${literal}}`;
}

/** A literal of any list of numbers. */
export function numberArray(values: Iterable<bigint | number | null>): string {
  let literal = "{";
  let separator = "";
  for (const value of values) {
    literal += separator + (value === null ? "null" : value);
    separator = ",";
  }
  return `${literal}}`;
}

/** A timestamptz[] literal. */
export function timeArray(values: Iterable<Date | null>): string {
  let literal = "{";
  let separator = "";
  for (const value of values) {
    literal += separator + (value === null ? "null" : `"${value.toISOString()}"`);
    separator = ",";
  }
  return `${literal}}`;
}
