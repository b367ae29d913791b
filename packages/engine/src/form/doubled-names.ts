// Names that come twice in one object. A parser keeps one of the two values and says nothing, so two readers of the
// same signed bytes could read two amounts.
import { pointerToken } from "./faults.ts";

const QUOTE = '"';
const COLON = ":";
const POINTER_TOKENS_MAX = 64;

/** Where the string ends that begins at this quote: the place of its last quote. The text is JSON. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf(QUOTE, start + 1); ; end = text.indexOf(QUOTE, end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
}

function isName(text: string, end: number): boolean {
  let next = end + 1;
  while (text[next] === " " || text[next] === "\n" || text[next] === "\r" || text[next] === "\t") next += 1;
  return text[next] === COLON;
}

/** How many names all objects of a JSON text have together. What was parsed has fewer where one came twice. */
export function countNames(text: string): number {
  let count = 0;
  for (let start = text.indexOf(QUOTE); start >= 0; ) {
    const end = endOfString(text, start);
    if (isName(text, end)) count += 1;
    start = text.indexOf(QUOTE, end + 1);
  }
  return count;
}

interface Level {
  /** Of an object; undefined in a list. */
  readonly names: Set<string> | undefined;
  token: string | number;
}

/** The pointer to the first name of a JSON text that its object has already. */
export function findDoubledName(text: string): string | undefined {
  const levels: Level[] = [];
  // A path deeper than any schema is told from its top.
  const pointerOf = () =>
    levels
      .slice(0, POINTER_TOKENS_MAX)
      .map(({ token }) => `/${pointerToken(String(token))}`)
      .join("");
  for (let place = 0; place < text.length; place += 1) {
    const level = levels.at(-1);
    switch (text[place]) {
      case "{":
        levels.push({ names: new Set(), token: "" });
        break;
      case "[":
        levels.push({ names: undefined, token: 0 });
        break;
      case "}":
      case "]":
        levels.pop();
        break;
      case ",":
        if (typeof level?.token === "number") level.token += 1;
        break;
      case QUOTE: {
        const end = endOfString(text, place);
        if (level?.names !== undefined && isName(text, end)) {
          level.token = JSON.parse(text.slice(place, end + 1)) as string;
          if (level.names.has(level.token)) return pointerOf();
          level.names.add(level.token);
        }
        place = end;
        break;
      }
      default:
    }
  }
  return undefined;
}
