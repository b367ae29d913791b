// `npm run check`: structure rules, types, lint and format. One line each when they hold, their own words when they don't.

import type { ToolResult } from "./run-tool.ts";
import { runTool } from "./run-tool.ts";

const biomeFlags = ["--colors=off", "--reporter=summary", "--error-on-warnings"];
const steps: ReadonlyArray<() => Promise<ToolResult>> = [
  () => runTool("structure", "./tools/structure/main.ts", []),
  () => runTool("types", "typescript/bin/tsc", ["--noEmit"]),
  // The console runs in browsers: other libraries, and JSX.
  () => runTool("types of the console", "typescript/bin/tsc", ["-p", "packages/console", "--noEmit"]),
  () => runTool("lint", "oxlint/bin/oxlint", ["--type-aware", "--deny-warnings"]),
  () => runTool("format", "@biomejs/biome/bin/biome", ["ci", ...biomeFlags, "."]),
];

// Two at a time: each of them can use a core or more by itself.
const waiting = [...steps];
const results: ToolResult[] = [];
async function work(): Promise<void> {
  for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
    const result = await step();
    results.push(result);
    const seconds = (result.durationMs / 1000).toFixed(1);
    process.stdout.write(`${result.code === 0 ? "ok    " : "FAILED"} ${result.name} (${seconds} s)\n`);
    if (result.code !== 0) process.stdout.write(`${result.output.trimEnd()}\n`);
  }
}
await Promise.all([work(), work()]);

const failed = results.filter((result) => result.code !== 0).map((result) => result.name);
if (failed.length > 0)
  process.stdout.write(`Failed: ${failed.join(", ")}. "npm run format" repairs format.\n`);
process.exit(failed.length > 0 ? 1 : 0);
