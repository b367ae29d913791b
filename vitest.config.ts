// How the tests run: pure ones by themselves; those of whole nodes beside a real PostgreSQL, and a browser.
import { defineConfig } from "vitest/config";

// Soaks and load runs are started by hand, by their file's name.
const exclude = ["**/node_modules/**", "**/*.soak.test.ts"];

export default defineConfig({
  test: {
    reporters: ["default", "./tools/test-counts.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A suite that quietly lost all its tests is a failure.
    passWithNoTests: false,
    // Many wait for processes, disks and partners: two at a time keep two cores busy. No test's verdict hangs on time.
    maxWorkers: 2,
    // Files that follow each other share a process: reading the engine anew, and compiling the embedded database, cost
    // a third of a run. So a file leaves nothing behind: no timer, no server, no mocked clock, no setting.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          include: [
            "packages/*/src/**/*.test.ts",
            "packages/{protocol,sdk}/test/**/*.test.ts",
            "tools/**/*.test.ts",
          ],
          exclude,
        },
      },
      {
        extends: true,
        test: {
          name: "engine",
          include: [
            "packages/{engine,console}/test/**/*.test.ts",
            "examples/**/*.test.ts",
            "bench/**/*.test.ts",
          ],
          exclude,
          globalSetup: ["packages/engine/test/support/postgres-global-setup.ts"],
        },
      },
    ],
  },
});
