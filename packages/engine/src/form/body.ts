// Reads a request's body: UTF-8, JSON without a name twice in one object, and nothing in its strings that a database
// can't keep.
import { countNames, findDoubledName } from "./doubled-names.ts";
import { pointerToken } from "./faults.ts";
import { malformed } from "./form.ts";

export interface Body {
  readonly text: string;
  readonly value: unknown;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) throw malformed("", "is not valid UTF-8");
    throw error;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const position = /at position (\d+)/.exec(error.message)?.[1] ?? text.length;
    const before = text.slice(0, Number(position));
    const line = before.split("\n").length;
    const column = before.length - before.lastIndexOf("\n");
    throw malformed("", `is not valid JSON: the fault is at line ${line}, column ${column}`);
  }
}

// A raw control character is not JSON, and a lone surrogate not UTF-8: both can only come in as escapes.
const ESCAPE = "\\u";
const DANGEROUS_KEY = "__proto__";

function judgeText(text: string, what: string, path: string): void {
  if (text.includes("\0")) throw malformed(path, `${what}holds a NUL character, which can't be kept`);
  if (!text.isWellFormed())
    throw malformed(path, `${what}holds half of a surrogate pair, which is no character`);
}

interface Place {
  readonly value: unknown;
  readonly parent: Place | undefined;
  readonly key: string;
}

function pathOf(place: Place): string {
  const tokens: string[] = [];
  for (let at: Place | undefined = place; at?.parent !== undefined; at = at.parent) {
    // A path deeper than any schema is told from its top.
    if (tokens.length > 64) tokens.shift();
    tokens.push(pointerToken(at.key));
  }
  return tokens
    .reverse()
    .map((token) => `/${token}`)
    .join("");
}

/** Looks at every string and key. Keeps its own stack, since a body may nest as deep as it is long. */
function judgeStrings(root: unknown): void {
  const open: Place[] = [{ value: root, parent: undefined, key: "" }];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { value } = place;
    if (typeof value === "string") {
      if (value.includes("\0") || !value.isWellFormed()) judgeText(value, "", pathOf(place));
      continue;
    }
    if (typeof value !== "object" || value === null) continue;
    for (const [key, member] of Object.entries(value)) {
      const child: Place = { value: member, parent: place, key };
      if (key === DANGEROUS_KEY) throw malformed(pathOf(child), "is not a field of this request");
      if (key.includes("\0") || !key.isWellFormed()) judgeText(key, "has a name that ", pathOf(child));
      open.push(child);
    }
  }
}

/** How many fields all objects have together. Keeps its own stack, as above. */
function countKeys(root: unknown): number {
  let count = 0;
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    const members = Object.values(value);
    if (!Array.isArray(value)) count += members.length;
    for (const member of members) if (typeof member === "object") open.push(member);
  }
  return count;
}

/**
 * @returns undefined for an empty body
 * @throws FormError
 */
export function readBody(bytes: Uint8Array | undefined): Body | undefined {
  if (bytes === undefined || bytes.length === 0) return undefined;
  const text = decode(bytes);
  const value = parse(text);
  if (countNames(text) !== countKeys(value)) {
    throw malformed(findDoubledName(text) ?? "", "is there twice; send each field once");
  }
  if (text.includes(ESCAPE) || text.includes(DANGEROUS_KEY)) judgeStrings(value);
  return { text, value };
}
