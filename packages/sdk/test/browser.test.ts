// The SDK runs in browsers too: its sources use nothing that only Node has. The partner kit and the receiver of
// webhooks, entries of their own, do.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const folder = new URL("../src/", import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (name) => name.endsWith(".ts") && !/^(partner|webhooks)[/\\]/.test(name),
);

it.each(names)("%s imports its own files and types only, and no name of Node's", (name) => {
  const source = readFileSync(new URL(name.replaceAll("\\", "/"), folder), "utf8");
  const text = source.replaceAll(/\/\*.*?\*\/|\/\/[^\n]*/gs, "");
  const imports = [...text.matchAll(/^(?:import|export)\b([^;"]*)\bfrom "([^"]+)"/gm)];
  for (const [, names, specifier] of imports) {
    expect(specifier).not.toMatch(/^\.\/partner\//);
    if (specifier?.startsWith("./") === true || specifier === "@pointbridge/protocol/receipts") continue;
    expect([names?.trim().startsWith("type "), specifier]).toEqual([true, "@pointbridge/protocol"]);
  }
  expect(/\b(process\.|Buffer\b|require\(|setImmediate|import\()/.exec(text)?.[0]).toBeUndefined();
});
