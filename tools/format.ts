// `npm run format`: writes Biome's formatting and import order into the files.
import { runTool } from "./run-tool.ts";

const result = await runTool("format", "@biomejs/biome/bin/biome", [
  "check",
  "--write",
  "--colors=off",
  "--error-on-warnings",
  ".",
]);
process.stdout.write(result.output);
process.exit(result.code);
