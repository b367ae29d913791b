// Reads a query string strictly: each name once, well-formed percent-encoding, no NUL.
import { malformed } from "../form/index.ts";

function decodePart(part: string): string | undefined {
  try {
    return decodeURIComponent(part.replaceAll("+", " "));
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

const WHOLE_NUMBER = /^(0|[1-9][0-9]{0,15})$/;

/**
 * @param numeric names whose values are numbers, so that the schema sees them as such
 * @throws FormError
 */
export function readQuery(url: string, numeric: ReadonlySet<string>): Record<string, string | number> {
  const start = url.indexOf("?");
  const query = new Map<string, string | number>();
  if (start === -1) return {};
  for (const part of url.slice(start + 1).split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = decodePart(equals === -1 ? part : part.slice(0, equals));
    const value = decodePart(equals === -1 ? "" : part.slice(equals + 1));
    if (name === undefined || name.includes("\0"))
      throw malformed("/query", "has a name that is not valid UTF-8");
    const path = `/query/${name.slice(0, 64).toWellFormed()}`;
    if (value === undefined) throw malformed(path, "is not percent-encoded UTF-8");
    if (value.includes("\0")) throw malformed(path, "holds a NUL character");
    if (query.has(name)) throw malformed(path, "is given more than once");
    query.set(name, numeric.has(name) && WHOLE_NUMBER.test(value) ? Number(value) : value);
  }
  // Own properties only, whatever the names are.
  return Object.fromEntries(query);
}
