// Makes node_modules/.bin/pointbridge start the pinned Node directly, so that the process a shell started is the node itself.
// Where this did not run (scripts switched off, Windows), npm's own link to packages/engine/bin/pointbridge.js works too.
import { chmodSync, existsSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPinnedNode, root } from "./pinned-node.mjs";

/** Replaces npm's link by a shell script; does nothing where there is no link or no pinned Node. */
export function linkCommand() {
  const binFolder = join(root, "node_modules", ".bin");
  const node = findPinnedNode();
  if (process.platform === "win32" || node === undefined || !existsSync(binFolder)) return;
  const packageName = node.slice(join(root, "node_modules").length + 1);
  const script = [
    "#!/bin/sh",
    "# Written by tools/link-command.mjs. exec keeps the process id, so a signal to it reaches the node itself.",
    'self=$(readlink -f -- "$0")',
    `exec "\${self%/.bin/*}/${packageName}" "\${self%/node_modules/.bin/*}/packages/engine/src/main.ts" "$@"`,
    "",
  ].join("\n");
  const target = join(binFolder, "pointbridge");
  // npm's link points into the sources: a write must not go through it.
  const draft = `${target}.${process.pid}`;
  writeFileSync(draft, script);
  chmodSync(draft, 0o755);
  rmSync(target, { force: true });
  renameSync(draft, target);
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  try {
    linkCommand();
  } catch (error) {
    // npm's link still works, so an install never fails for this.
    process.stderr.write(`pointbridge keeps npm's own link: ${error.message}\n`);
  }
}
