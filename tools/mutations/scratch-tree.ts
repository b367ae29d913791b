// A copy of the working tree in a folder of its own, with what is installed linked, for changes that must never reach
// the tree itself.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { Replacement } from "./mutation.ts";

/** The project's own packages have to be those of the copy, caches nobody's. */
const ownPackages = "@pointbridge";
const caches = new Set([".vite", ".vite-temp", ".vitest", ".cache"]);

function listFiles(root: string): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  return listed
    .toString()
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(root, path)));
}

function linkInstalled(root: string, copy: string, folder: string): void {
  const installed = join(root, folder);
  if (!existsSync(installed)) return;
  const place = join(copy, folder);
  mkdirSync(place, { recursive: true });
  for (const name of readdirSync(installed)) {
    if (caches.has(name)) continue;
    if (name !== ownPackages) {
      symlinkSync(join(installed, name), join(place, name));
      continue;
    }
    mkdirSync(join(place, name));
    for (const own of readdirSync(join(installed, name))) {
      const target = relative(realpathSync(root), realpathSync(join(installed, name, own)));
      symlinkSync(join(copy, target), join(place, name, own));
    }
  }
}

export class ScratchTree {
  readonly root: string;

  constructor(source: string) {
    this.root = realpathSync(mkdtempSync(join(tmpdir(), "pointbridge-mutations-")));
    for (const path of listFiles(source)) {
      const target = join(this.root, path);
      mkdirSync(dirname(target), { recursive: true });
      cpSync(join(source, path), target);
    }
    const workspaces = ["packages", "tools"].flatMap((folder) =>
      readdirSync(join(source, folder)).map((name) => join(folder, name, "node_modules")),
    );
    for (const folder of ["node_modules", ...workspaces]) linkInstalled(source, this.root, folder);
    // The PostgreSQL that was fetched for the tests, and the built console.
    for (const path of [".pointbridge", "packages/console/dist"]) {
      if (existsSync(join(source, path))) symlinkSync(join(source, path), join(this.root, path));
    }
  }

  /** Runs with the texts replaced, and puts the files back whatever comes of it. */
  async withReplaced<T>(
    [change, ...others]: readonly (Replacement | undefined)[],
    run: () => Promise<T>,
  ): Promise<T> {
    if (change === undefined) return others.length === 0 ? run() : this.withReplaced(others, run);
    const path = join(this.root, change.file);
    const before = readFileSync(path, "utf8");
    const parts = before.split(change.found);
    if (parts.length !== 2) {
      throw new Error(`${change.file} has the text ${parts.length - 1} times: ${change.found}`);
    }
    writeFileSync(path, parts.join(change.replacement));
    try {
      return await this.withReplaced(others, run);
    } finally {
      writeFileSync(path, before);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
