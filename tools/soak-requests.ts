// `npm run soak:requests`: 20,000 generated requests over every endpoint of both OpenAPI documents; `-- --requests N` for
// another number, `-- --seed S` for the same again.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: { requests: { type: "string", default: "20000" }, seed: { type: "string" } },
});
const child = spawn(
  process.execPath,
  [
    join(root, "node_modules/vitest/vitest.mjs"),
    "run",
    "packages/engine/test/security/generated-requests.test.ts",
  ],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      POINTBRIDGE_TEST_SOAK: "1",
      POINTBRIDGE_SOAK_REQUESTS: values.requests,
      ...(values.seed === undefined ? {} : { POINTBRIDGE_TEST_SEED: values.seed }),
    },
  },
);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
child.on("close", (code) => {
  process.exitCode = code ?? 1;
});
