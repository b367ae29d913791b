// `npm run pictures`: makes the pictures of the operator's guide anew, of nodes and a browser of the tests.
import { spawn } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const child = spawn(
  process.execPath,
  [join(root, "node_modules/vitest/vitest.mjs"), "run", "packages/console/test/pictures.test.ts"],
  { cwd: root, stdio: "inherit", env: { ...process.env, POINTBRIDGE_TEST_PICTURES: "1" } },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
child.on("close", (code) => {
  process.exitCode = code ?? 1;
});
