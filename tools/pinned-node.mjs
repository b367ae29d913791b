// Knows where the pinned Node of this clone is. Plain JavaScript for Node 20, because it runs before anything is installed.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The lowest Node major that can run the sources; it strips types by itself. */
export const requiredMajor = 24;

/** Path of the pinned Node's binary, or undefined where this platform has no pin or nothing is installed. */
export function findPinnedNode() {
  const windows = process.platform === "win32";
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  const binary = join(root, "node_modules", name, "bin", windows ? "node.exe" : "node");
  return existsSync(binary) ? binary : undefined;
}

/** The Node to run the project's sources with: the pinned one, else the running one if it is new enough. */
export function chooseNode() {
  const pinned = findPinnedNode();
  if (pinned !== undefined) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= requiredMajor) return process.execPath;
  throw new Error(
    `Pointbridge runs on Node ${requiredMajor} or newer. On Linux (x64, arm64) and Windows (x64) it installs its own; ` +
      `for ${process.platform} ${process.arch} there is none, and this is Node ${process.versions.node}. ` +
      `Install Node ${requiredMajor} and run the same command again.`,
  );
}
