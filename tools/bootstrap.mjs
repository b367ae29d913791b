// Entry of `npm start`, `npm test` and the other scripts: installs what is missing, then runs the task on the pinned Node.
// Plain JavaScript for Node 20 without any package, because it is what runs in a fresh clone.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { linkCommand } from "./link-command.mjs";
import { chooseNode, root } from "./pinned-node.mjs";

const endWithParent = pathToFileURL(join(root, "packages/engine/bin/end-with-parent.js")).href;

// `tied` tasks run servers: they must not outlive this process, so they get a channel whose closing ends them.
// `console` tasks need the console's files, which are built where their sources have changed.
const tasks = {
  start: { command: ["packages/engine/src/main.ts", "sandbox"], tied: true, console: true },
  test: { command: ["tools/run-tests.ts"], tied: false, console: true },
  check: { command: ["tools/check.ts"], tied: false },
  bench: { command: ["bench/main.ts"], tied: true },
  "bench:reconciliation": { command: ["bench/reconciliation.ts"], tied: true },
  model: { command: ["packages/engine/test/model/main.ts"], tied: false },
  "soak:partners": { command: ["tools/soak-partners.ts"], tied: false },
  "soak:requests": { command: ["tools/soak-requests.ts"], tied: false },
  "test:mutations": { command: ["tools/mutations/main.ts"], tied: false, console: true },
  pictures: { command: ["tools/console-pictures.ts"], tied: false, console: true },
  sbom: { command: ["tools/sbom.ts"], tied: false },
  format: { command: ["tools/format.ts"], tied: false },
};

const stampFile = join(root, "node_modules", ".pointbridge-lockfile-sha256");

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** True when each package that the lockfile asks for stands in node_modules in that version. */
function matchesLockfile() {
  const installedFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const wanted = readJson(join(root, "package-lock.json")).packages;
  const installed = readJson(installedFile).packages;
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.includes("node_modules/")) continue;
    const found = installed[path];
    // An optional package may be for another platform; where it is there, it must be the right one.
    if (found === undefined ? !entry.optional : found.version !== entry.version) return false;
  }
  return true;
}

function runNpm(npmArguments) {
  // Inside an npm script npm says which Node and which file it is; that also avoids npm.cmd on Windows.
  const { npm_execpath: npmFile, npm_node_execpath: npmNode } = process.env;
  const throughNode = npmFile !== undefined && /\.c?js$/.test(npmFile);
  const result = throughNode
    ? spawnSync(npmNode ?? process.execPath, [npmFile, ...npmArguments], {
        cwd: root,
        stdio: ["ignore", 2, 2],
      })
    : spawnSync("npm", npmArguments, {
        cwd: root,
        stdio: ["ignore", 2, 2],
        shell: process.platform === "win32",
      });
  if (result.error)
    throw new Error(`npm could not be started: ${result.error.message}. Install npm, then try again.`);
  if (result.status !== 0) throw new Error(`"npm ${npmArguments.join(" ")}" failed; what it says is above.`);
}

function ensureInstalled() {
  const digest = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === digest) return;
  if (!matchesLockfile()) {
    process.stderr.write("Installing what Pointbridge needs (once; about half a minute) ...\n");
    // Windows can't delete the pinned node.exe while it runs this script, so there npm only changes what differs.
    const inPlace = process.platform === "win32" && existsSync(join(root, "node_modules"));
    runNpm([inPlace ? "install" : "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  }
  linkCommand();
  writeFileSync(stampFile, digest);
}

function ensureConsole() {
  const result = spawnSync(chooseNode(), [join(root, "tools/build-console.ts")], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (result.error) throw new Error(`the console could not be built: ${result.error.message}`);
  if (result.status !== 0) throw new Error("the console could not be built; what was said is above.");
}

function runTask(task, flags) {
  const options = task.tied ? ["--import", endWithParent] : [];
  const child = spawn(chooseNode(), [...options, ...task.command.map(toTaskPath), ...flags], {
    stdio: task.tied ? ["inherit", "inherit", "inherit", "ipc"] : "inherit",
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the child by itself; a second one would mean "now" to it.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.on("error", (error) => fail(error));
  child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

function toTaskPath(part) {
  return part.endsWith(".ts") ? join(root, part) : part;
}

function fail(error) {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

const [name = "", ...flags] = process.argv.slice(2);
const task = tasks[name];
try {
  if (task === undefined) throw new Error(`No task "${name}"; there are: ${Object.keys(tasks).join(", ")}.`);
  ensureInstalled();
  if (task.console) ensureConsole();
  runTask(task, flags);
} catch (error) {
  fail(error);
}
