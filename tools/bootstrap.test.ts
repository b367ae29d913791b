// Proves that the npm scripts install once, only when needed, and hand on flags and exit codes.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
let clone = "";

function writeFile(path: string, text: string): void {
  mkdirSync(join(clone, path, ".."), { recursive: true });
  writeFileSync(join(clone, path), text);
}

function writeLockfile(version: string): void {
  const packages = {
    "": { name: "fixture" },
    "node_modules/needed": { version },
    "node_modules/other-platform": { version: "1.0.0", optional: true },
  };
  writeFile("package-lock.json", JSON.stringify({ packages }));
}

// Stands for npm: notes that it ran, and installs by writing what npm writes.
const npm = `
  const { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
  appendFileSync("npm-runs", process.argv.slice(2, 3) + "\\n");
  if (process.env.NPM_FAILS) process.exit(1);
  mkdirSync("node_modules", { recursive: true });
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  for (const path of ["", "node_modules/other-platform"]) delete packages[path];
  writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages }));
`;

function runTask(taskArguments: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const result = spawnSync(process.execPath, [join(clone, "tools/bootstrap.mjs"), ...taskArguments], {
    encoding: "utf8",
    env: {
      ...process.env,
      npm_execpath: join(clone, "npm.cjs"),
      npm_node_execpath: process.execPath,
      ...environment,
    },
  });
  return { code: result.status, output: result.stdout, errors: result.stderr };
}

function countInstalls(): number {
  const file = join(clone, "npm-runs");
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").length : 0;
}

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), "pointbridge-bootstrap-"));
  for (const file of ["bootstrap.mjs", "link-command.mjs", "pinned-node.mjs"]) {
    cpSync(join(root, "tools", file), join(clone, "tools", file));
  }
  cpSync(join(root, "packages/engine/bin"), join(clone, "packages/engine/bin"), { recursive: true });
  writeFile("packages/engine/package.json", '{ "type": "module" }');
  writeFile(
    "packages/engine/src/main.ts",
    "console.log(...process.argv.slice(2) as string[]); process.exitCode = 5;\n",
  );
  writeFile("tools/build-console.ts", "");
  writeFile("npm.cjs", npm);
  writeLockfile("1.0.0");
});

afterEach(() => rmSync(clone, { recursive: true, force: true }));

describe("npm start", () => {
  it("installs in a fresh clone, then starts the sandbox with the flags and its exit code", () => {
    const { code, output, errors } = runTask(["start", "--once", "--port", "4200"]);
    expect({ code, output }).toEqual({ code: 5, output: "sandbox --once --port 4200\n" });
    expect(errors).toMatch(/^Installing [^\n]+\n$/);
  });

  it("installs once", () => {
    runTask(["start"]);
    expect(runTask(["start"])).toEqual({ code: 5, output: "sandbox\n", errors: "" });
    expect(countInstalls()).toBe(1);
  });

  it("installs nothing after an npm ci by hand", () => {
    writeFile("node_modules/.package-lock.json", '{"packages":{"node_modules/needed":{"version":"1.0.0"}}}');
    expect(runTask(["start"]).errors).toBe("");
    expect(countInstalls()).toBe(0);
  });

  it("installs again when the lockfile asks for something else", () => {
    runTask(["start"]);
    writeLockfile("1.0.1");
    runTask(["start"]);
    expect(countInstalls()).toBe(2);
  });

  it("says so and starts nothing when npm fails", () => {
    const { code, output, errors } = runTask(["start"], { NPM_FAILS: "1" });
    expect({ code, output }).toEqual({ code: 1, output: "" });
    expect(errors).toContain('"npm ci --ignore-scripts --no-audit --no-fund --loglevel=error" failed');
  });

  it.runIf(process.platform !== "win32")("links the command to the pinned Node", () => {
    const pin = join(clone, `node_modules/node-${process.platform}-${process.arch}/bin`);
    mkdirSync(pin, { recursive: true });
    mkdirSync(join(clone, "node_modules/.bin"));
    symlinkSync(process.execPath, join(pin, "node"));
    runTask(["start"]);
    const { status, stdout } = spawnSync(join(clone, "node_modules/.bin/pointbridge"), ["x"], {
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 5, stdout: "x\n" });
  });
});

describe("an unknown task", () => {
  it("names those that there are", () => {
    const { code, errors } = runTask(["begin"]);
    expect(code).toBe(1);
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      readonly scripts: Readonly<Record<string, string>>;
    };
    const tasks = Object.keys(scripts).filter((name) => scripts[name] === `node tools/bootstrap.mjs ${name}`);
    const named = /^No task "begin"; there are: (.*)\.\n$/.exec(errors)?.[1]?.split(", ");
    expect(named?.sort()).toEqual(tasks.sort());
  });
});

describe("a Node that can't run the sources", () => {
  it("is told which one is needed", () => {
    const older = `data:text/javascript,${encodeURIComponent(
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.20.2" } });',
    )}`;
    const { code, errors } = runTask(["start"], { NODE_OPTIONS: `--import=${older}` });
    expect(code).toBe(1);
    expect(errors).toMatch(/Pointbridge runs on Node 24 or newer.*Install Node 24/);
  });
});
