// `npm run soak:partners`: the mix of faults between a hub and its partners over 10,000 exchanges, half of them on each
// engine; `-- --exchanges N` for another number on each, `-- --seed S` for a run again, `-- --engine NAME` for one.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: {
    exchanges: { type: "string", default: "5000" },
    seed: { type: "string" },
    engine: { type: "string" },
  },
});
const flags = [
  "run",
  "packages/engine/test/properties/partner-mix.test.ts",
  ...(values.engine === undefined ? [] : ["--testNamePattern", `\\(${values.engine}\\)`]),
];
const child = spawn(process.execPath, [join(root, "node_modules/vitest/vitest.mjs"), ...flags], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    POINTBRIDGE_SOAK_EXCHANGES: values.exchanges,
    ...(values.seed === undefined ? {} : { POINTBRIDGE_TEST_SEED: values.seed }),
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
child.on("close", (code) => {
  process.exitCode = code ?? 1;
});
