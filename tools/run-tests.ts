// `npm test`: runs Vitest and ends with the line `N passed, N failed`, whatever happened before it.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestCounts } from "./test-counts.ts";
import { formatCounts } from "./test-counts.ts";

const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "pointbridge-counts-"));
const countsFile = join(folder, "counts.json");

function readCounts(): TestCounts {
  if (!existsSync(countsFile)) return { passed: 0, failed: 0, skipped: 0 };
  return JSON.parse(readFileSync(countsFile, "utf8")) as TestCounts;
}

const child = spawn(
  process.execPath,
  [join(root, "node_modules/vitest/vitest.mjs"), "run", ...process.argv.slice(2)],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      POINTBRIDGE_TEST_COUNTS: countsFile,
      // Half of the time of a process that tests start is the reading of its sources.
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"] ?? join(tmpdir(), "pointbridge-compile-cache"),
    },
  },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(signal);
  });
}
child.on("close", (code) => {
  const counts = readCounts();
  rmSync(folder, { recursive: true, force: true });
  // A run that broke outside of any test (a crash, an unhandled error) must not look green.
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed;
  process.stdout.write(`\n${formatCounts({ ...counts, failed })}\n`);
  process.exitCode = failed > 0 ? (code ?? 1) || 1 : 0;
});
