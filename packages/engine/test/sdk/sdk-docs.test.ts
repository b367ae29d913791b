// Runs the example of docs/sdk.md, as it stands there, against a listening node.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "@pointbridge/sdk";
import { expect, it } from "vitest";
import { apiKey, openTestNode } from "../http/test-node.ts";

const page = readFileSync(new URL("../../../../docs/sdk.md", import.meta.url), "utf8");
const here = fileURLToPath(new URL(".", import.meta.url));

function blockOf(language: string): string {
  const block = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "ms").exec(page)?.[1];
  if (block === undefined) throw new Error(`docs/sdk.md has no ${language} block`);
  return block;
}

it("the example of docs/sdk.md prints what the page says", async () => {
  const node = await openTestNode("embedded");
  try {
    const url = await node.app.listen({ host: "127.0.0.1", port: 0 });
    const words = ["--input-type=module-typescript", "--eval", blockOf("ts")];
    const env = { ...process.env, POINTBRIDGE_URL: url, POINTBRIDGE_API_KEY: apiKey };
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: here, env });
    expect(stdout).toBe(blockOf("text"));
  } finally {
    await node.close();
  }
});

it("the page names every call of the client", () => {
  const client = createClient({ url: "http://node.invalid", apiKey });
  for (const [resource, calls] of Object.entries(client) as [string, object][]) {
    const row = page.split("\n").find((line) => line.startsWith("|") && line.includes(`\`${resource}\``));
    const names = Object.getOwnPropertyNames(Object.getPrototypeOf(calls)).filter(
      (name) => name !== "constructor",
    );
    for (const name of names) expect(row, `${resource}.${name}`).toContain(`\`${name}\``);
  }
});
