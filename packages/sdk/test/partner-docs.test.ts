// Runs the example of docs/partner-kit.md as it stands there, and holds its tables to the code.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const page = readFileSync(new URL("../../../docs/partner-kit.md", import.meta.url), "utf8");
const here = fileURLToPath(new URL(".", import.meta.url));

function blockOf(language: string): string {
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(page)?.[1];
  if (block === undefined) throw new Error(`docs/partner-kit.md has no ${language} block`);
  return block;
}

it("the example prints what the page says", async () => {
  const words = ["--input-type=module-typescript", "--eval", blockOf("ts")];
  const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: here });
  expect(stdout).toBe(blockOf("text"));
});

/** Names of an interface's members. */
function membersOf(file: string, name: string): string[] {
  const source = readFileSync(new URL(`../src/partner/${file}`, import.meta.url), "utf8");
  const body = new RegExp(`export interface ${name}<Tx> \\{\\n(.*?)^\\}`, "ms").exec(source)?.[1] ?? "";
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)(?:<T>)?\??[(:]/gm)].map(([, member]) => member ?? "");
}

it.each([
  ["store.ts", "PartnerStore", 17],
  ["partner.ts", "PartnerSettings", 12],
])("the page names each member of %s %s", (file, name, count) => {
  const members = membersOf(file, name);
  expect(members).toHaveLength(count);
  for (const member of members) expect(page).toMatch(new RegExp(`^\\|.*\`${member}[(\`]`, "m"));
});
