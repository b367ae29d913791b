// Finds files that nothing uses. A file is used when an entry point reaches it by imports, or by naming it in a string
// (a process that is started, a preload). What only tests use is dead in a package's src.
import { posix } from "node:path";
import type { Offence } from "./offence.ts";
import { findPlace, isTestFile, type SourceFile, type SourceTree } from "./source-tree.ts";

function isExample(path: string): boolean {
  return path.startsWith("examples/");
}

/** What manifests name (exports, bin, scripts), configuration files and every example; with tests, those too. */
function findEntryPoints(tree: SourceTree, withTests: boolean): SourceFile[] {
  const named = new Set<string>();
  for (const [folder, { exports, bin, scripts }] of tree.manifests) {
    for (const path of [...Object.values(exports ?? {}), ...Object.values(bin ?? {})]) {
      named.add(posix.join(folder, path));
    }
    for (const script of Object.values(scripts ?? {})) {
      for (const word of script.split(/\s+/)) named.add(posix.join(folder, word));
    }
  }
  return [...tree.files.values()].filter(
    ({ path }) =>
      named.has(path) ||
      isExample(path) ||
      /^[^/]+\.config\.ts$/.test(path) ||
      (withTests && /\.test\.tsx?$/.test(path)),
  );
}

/** Files that a string of this one names: by a path from the root or from the file, or by the bare name beside it. */
function findNamedFiles(file: SourceFile, tree: SourceTree): SourceFile[] {
  const found: SourceFile[] = [];
  for (const { text } of file.texts) {
    if (!/\.(ts|tsx|mjs|js)$/.test(text)) continue;
    for (const path of [posix.normalize(text), posix.join(posix.dirname(file.path), text)]) {
      const target = tree.files.get(path);
      if (target !== undefined) found.push(target);
    }
  }
  return found;
}

function reach(tree: SourceTree, withTests: boolean): Set<SourceFile> {
  const reached = new Set<SourceFile>();
  const queue = findEntryPoints(tree, withTests);
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (reached.has(file) || (!withTests && isTestFile(file.path))) continue;
    reached.add(file);
    for (const { target } of tree.importsOf(file)) if (target !== undefined) queue.push(target);
    queue.push(...findNamedFiles(file, tree));
  }
  return reached;
}

export function findDeadFiles(tree: SourceTree): Offence[] {
  const shipped = reach(tree, false);
  const used = reach(tree, true);
  const offences: Offence[] = [];
  for (const file of tree.files.values()) {
    const mustShip = findPlace(file.path) !== undefined && !isTestFile(file.path);
    if ((mustShip ? shipped : used).has(file)) continue;
    const by = mustShip && used.has(file) ? "only tests use it" : "nothing uses it";
    offences.push({ file: file.path, line: 1, rule: "dead-file", message: `${by}; use it or remove it` });
  }
  return offences;
}
