// Builds the console's static files into packages/console/dist, unless they are those of these sources already.
// Run by the bootstrap before a node is started or tested; `--force` builds in any case.
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const root = join(import.meta.dirname, "..");
const consoleFolder = join(root, "packages/console");
const outputFolder = join(consoleFolder, "dist");
const stampFile = join(outputFolder, ".sources-sha256");

/** What the result depends on: the sources, the SDK that is bundled with them, the packages' versions. */
const inputs = [
  "packages/console/index.html",
  "packages/console/public/**/*",
  "packages/console/src/**/*",
  "packages/sdk/src/**/*.ts",
  "tools/build-console.ts",
  "package-lock.json",
];

function digestSources(): string {
  const digest = createHash("sha256");
  for (const path of globSync(inputs, { cwd: root }).sort()) {
    const file = join(root, path);
    if (/\.test\.tsx?$/.test(path) || !/\.[a-z]+$/.test(path)) continue;
    digest.update(`${path}\0`).update(readFileSync(file)).update("\0");
  }
  return digest.digest("hex");
}

/** A node sends these as they are, so that it spends no time on them. */
function compressFiles(): void {
  for (const path of globSync("**/*.{js,css,svg}", { cwd: outputFolder })) {
    const file = join(outputFolder, path);
    writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
  }
}

async function buildConsole(): Promise<void> {
  // A test run that builds says "test" here, and would get the libraries as they are for development.
  process.env["NODE_ENV"] = "production";
  await build({
    root: consoleFolder,
    configFile: false,
    envDir: false,
    base: "/console/",
    logLevel: "warn",
    resolve: { dedupe: ["react", "react-dom"] },
    // The node puts a fresh nonce in its place with every page: styles are made at run time.
    html: { cspNonce: "POINTBRIDGE-NONCE" },
    oxc: { jsx: { runtime: "automatic" } },
    build: {
      outDir: "dist",
      emptyOutDir: true,
      target: "es2022",
      sourcemap: false,
      // Inlined pictures and preloads in the page would need a wider policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1_500,
      rolldownOptions: {
        onLog(level, log, handle) {
          // Says for whom a component is rendered, which only matters to servers that render.
          if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
        },
      },
      reportCompressedSize: false,
    },
  });
  compressFiles();
}

const digest = digestSources();
const isBuilt = existsSync(stampFile) && readFileSync(stampFile, "utf8") === digest;
if (!isBuilt || process.argv.includes("--force")) {
  const startedAt = performance.now();
  await buildConsole();
  writeFileSync(stampFile, digest);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  process.stderr.write(`Built the console in ${seconds} s.\n`);
}
