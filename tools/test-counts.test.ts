// Proves the closing line of `npm test`, also for runs that break outside of any test.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatCounts } from "./test-counts.ts";

describe("formatCounts", () => {
  it("names skipped tests only where there are some", () => {
    expect(formatCounts({ passed: 3, failed: 0, skipped: 0 })).toBe("3 passed, 0 failed");
    expect(formatCounts({ passed: 3, failed: 1, skipped: 2 })).toBe("3 passed, 1 failed, 2 skipped");
  });
});

describe("npm test", () => {
  const root = join(import.meta.dirname, "..");
  let folder = "";

  beforeEach(() => {
    // Inside the clone, because the tests in it import vitest.
    mkdirSync(join(root, ".pointbridge"), { recursive: true });
    folder = mkdtempSync(join(root, ".pointbridge/counts-"));
    writeFileSync(
      join(folder, "vitest.config.ts"),
      `export default { test: { root: ${JSON.stringify(folder)}, reporters: [${JSON.stringify(join(root, "tools/test-counts.ts"))}] } };`,
    );
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function run(tests: string): { code: number | null; lastLine: string | undefined } {
    writeFileSync(join(folder, "some.test.ts"), `import { describe, it } from "vitest";\n${tests}\n`);
    const { VITEST: _running, ...environment } = process.env;
    const flags = ["--config", join(folder, "vitest.config.ts")];
    const result = spawnSync(process.execPath, [join(root, "tools/run-tests.ts"), ...flags], {
      encoding: "utf8",
      env: environment,
    });
    return { code: result.status, lastLine: result.stdout.trimEnd().split("\n").at(-1) };
  }

  it.each([
    ["all is well", 'it("a", () => {}); it.skip("b", () => {});', 0, "1 passed, 0 failed, 1 skipped"],
    ["a test fails", 'it("a", () => {}); it("b", () => { throw new Error("b"); });', 1, "1 passed, 1 failed"],
    ["a file can't be read", 'it("a", () => {}); throw new Error("file");', 1, "0 passed, 1 failed"],
    [
      "an error escapes",
      'it("a", () => {}); setTimeout(() => { throw new Error("late"); });',
      1,
      "1 passed, 1 failed",
    ],
    ["there are none", "", 1, "0 passed, 1 failed"],
    ["the worker dies", 'it("a", () => { process.kill(process.pid, "SIGKILL"); });', 1, "0 passed, 2 failed"],
  ])("ends with the counts when %s", (_name, tests, code, lastLine) => {
    expect(run(tests)).toEqual({ code, lastLine });
  });
});
