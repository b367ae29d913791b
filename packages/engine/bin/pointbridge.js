#!/usr/bin/env node
// The command `pointbridge` for any Node from 18 on: runs the sources itself, or hands over to the Node pinned beside it.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const requiredMajor = 24;
const main = new URL("../src/main.ts", import.meta.url);

function findPinnedNode() {
  const windows = process.platform === "win32";
  const name = `node-${windows ? "win" : process.platform}-${process.arch}`;
  try {
    return createRequire(import.meta.url).resolve(`${name}/bin/${windows ? "node.exe" : "node"}`);
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function handOver(node) {
  const preload = new URL("./end-with-parent.js", import.meta.url).href;
  // The channel is what tells the child that this process was killed.
  const child = spawn(node, ["--import", preload, fileURLToPath(main), ...process.argv.slice(2)], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      // Ctrl-C on a terminal reaches the child by itself; a second one would mean "now" to it.
      if (signal === "SIGINT" && process.stdin.isTTY) return;
      child.kill(signal);
    });
  }
  child.on("error", (error) => {
    process.stderr.write(`${node} could not be started: ${error.message}\n`);
    process.exit(2);
  });
  child.on("exit", (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
}

if (Number.parseInt(process.versions.node, 10) >= requiredMajor) {
  await import(main.href);
} else {
  const node = findPinnedNode();
  if (node === undefined) {
    process.stderr.write(
      `pointbridge needs Node ${requiredMajor} or newer; this is Node ${process.versions.node}. ` +
        "Run npm ci in the clone (it brings its own Node for Linux and Windows), or install a newer Node.\n",
    );
    process.exit(2);
  }
  handOver(node);
}
