// Cursors: where the next page begins, opaque to the caller.
import { malformed } from "../form/index.ts";

/** A time as cursors hold it. */
export const storedTime =
  /^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\.[0-9]{3}Z$/;

export function writeCursor(keys: readonly string[]): string {
  return Buffer.from(JSON.stringify(keys), "utf8").toString("base64url");
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Reads back what `writeCursor` wrote; undefined for the first page.
 * @param patterns what each key must look like, since anybody can make up a cursor
 * @param path where the cursor stands in the request
 * @throws FormError
 */
export function readCursor(
  cursor: string | undefined,
  patterns: readonly RegExp[],
  path = "/query/cursor",
): readonly string[] | undefined {
  if (cursor === undefined) return undefined;
  const keys = decode(cursor);
  const fits =
    Array.isArray(keys) &&
    keys.length === patterns.length &&
    keys.every((key, index) => typeof key === "string" && patterns[index]?.test(key) === true);
  if (!fits) throw malformed(path, "is not a cursor of this list; pass next_cursor as it was given");
  return keys as string[];
}

/**
 * A page out of one item more than the page holds.
 * @param found up to limit + 1 items
 */
export function toPage<T, V>(
  found: readonly T[],
  limit: number,
  view: (item: T) => V,
  keysOf: (item: T) => readonly string[],
): { items: V[]; next_cursor: string | null } {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { items: items.map(view), next_cursor: hasMore ? writeCursor(keysOf(last)) : null };
}
