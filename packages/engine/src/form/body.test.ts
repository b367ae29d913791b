// What a body may hold beside what a schema says.
import { randomInt } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readBody } from "./body.ts";
import { FormError } from "./form.ts";

function pathOfFault(text: string): string {
  try {
    readBody(Buffer.from(text));
    return "none";
  } catch (error) {
    if (error instanceof FormError) return error.faults.map(({ path }) => path).join(" ");
    throw error;
  }
}

describe("a body", () => {
  it.each([
    ['{"amount":"5","amount":"500"}', "/amount"],
    ['{"amount":"5","\\u0061mount":"500"}', "/amount"],
    ['{"a":[{"b":1},{"c":{"d":1 , "e":"x" , "d" : 2}}]}', "/a/1/c/d"],
    ['[[],[{"/~":[],"/~":{}}]]', "/1/0/~1~0"],
    ['{"a":1,"b":{"a":1},"c":[{"a":"\\"a\\":"},{"a":":"}],"d":"a","e":"\\\\"}', "none"],
    ['{"__proto__":1,"a":1}', "/__proto__"],
  ])("has no name twice in one object: %s", (text, path) => {
    expect(pathOfFault(text)).toBe(path);
  });

  it("of any JSON that has none twice is taken", () => {
    const strings = ["", '"', "\\", '\\"', ":", '":', "a", "{", "\n", "é"];
    const draw = (depth: number): unknown => {
      const kind = depth > 3 ? 0 : randomInt(4);
      const text = strings[randomInt(strings.length)] ?? "";
      if (kind === 1) return Array.from({ length: randomInt(4) }, () => draw(depth + 1));
      if (kind === 2) return { [text]: draw(depth + 1), [`${text}x`]: text };
      return kind === 3 ? randomInt(100) : text;
    };
    for (let run = 0; run < 500; run += 1) {
      const text = JSON.stringify(draw(0), null, randomInt(3));
      expect({ text, path: pathOfFault(text) }).toEqual({ text, path: "none" });
    }
  });
});
