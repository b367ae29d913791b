// A process of its own that runs one server (PostgreSQL, an example partner) and ends it, and its folder, when its
// standard input closes.
// So a test run that is killed leaves neither a server nor a data folder behind.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

export interface KeeperOrder {
  readonly command: string;
  readonly commandArguments: readonly string[];
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Removed at the end. */
  readonly folder: string;
  /** Ends the processes that the server started too, for a server that doesn't do so itself. */
  readonly endsGroup?: boolean;
}

const order = JSON.parse(process.argv[2] ?? "") as KeeperOrder;
const server = spawn(order.command, order.commandArguments, {
  cwd: order.folder,
  stdio: ["ignore", "inherit", "inherit"],
  // In a process group of its own a Ctrl-C on the terminal does not end it before the tests that use it.
  detached: process.platform !== "win32",
  ...order.user,
});

function finish(code: number): void {
  rmSync(order.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  process.exit(code);
}

// SIGQUIT is PostgreSQL's immediate shutdown: the data is thrown away, so nothing is worth a checkpoint.
process.stdin.on("end", () => {
  const group = process.platform === "win32" ? undefined : server.pid;
  if (order.endsGroup === true && group !== undefined) process.kill(-group, "SIGKILL");
  else server.kill("SIGQUIT");
});
process.stdin.resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  // The end of standard input decides, also when a signal goes to the whole group.
  process.on(signal, () => {});
}
server.on("error", (error) => {
  process.stderr.write(`${order.command} could not be started: ${error.message}\n`);
  finish(1);
});
server.on("exit", (code) => finish(code ?? 0));
