// Finds what the example partners run on, and installs it where the run is root's and the machine has Debian's apt.
// Where it can't be had the tests that need it are skipped, and counted so: a missing PHP is no fault of the project.
import { type ExecFileException, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

export interface Runtime {
  /** The interpreter, or undefined where there is none that can run the example. */
  readonly command: string | undefined;
  /** Why there is none. */
  readonly reason: string;
}

interface Wanted {
  readonly name: string;
  readonly candidates: readonly string[];
  /** Ends with 0 where everything is there that the example needs. */
  readonly probe: readonly string[];
  readonly packages: readonly string[];
}

// Debian's own comes first: another Python in PATH does not see what apt installs.
const python: Wanted = {
  name: "Python 3.9 with cryptography",
  candidates: ["/usr/bin/python3", "python3", "python"],
  probe: [
    "-c",
    "import sqlite3, sys; from cryptography.hazmat.primitives.asymmetric import ed25519; sys.exit(0 if sys.version_info >= (3, 9) and sqlite3.sqlite_version_info >= (3, 37) else 1)",
  ],
  packages: ["python3-cryptography"],
};

const php: Wanted = {
  name: "PHP 8.1 with sodium and PDO's SQLite",
  candidates: ["/usr/bin/php", "php"],
  probe: [
    "-r",
    "exit(PHP_VERSION_ID >= 80100 && extension_loaded('sodium') && extension_loaded('pdo_sqlite') ? 0 : 1);",
  ],
  packages: ["php-cli", "php-sqlite3"],
};

const installTimeoutMs = 120_000;

function findWorking({ candidates, probe }: Wanted): string | undefined {
  return candidates.find((command) => {
    try {
      execFileSync(command, [...probe], { stdio: "ignore", timeout: 10_000 });
      return true;
    } catch {
      // Not there, or without what the example needs: the next one.
      return false;
    }
  });
}

function runApt(deadline: number, ...words: readonly string[]): void {
  // Bounded in each of its waits: for the lock that another run may hold, and for a server that does not answer.
  const options = ["DPkg::Lock::Timeout=60", "Acquire::http::Timeout=15", "Acquire::Retries=0"];
  execFileSync("apt-get", [...options.flatMap((option) => ["-o", option]), "-qq", ...words], {
    stdio: ["ignore", "ignore", "pipe"],
    timeout: Math.max(1, deadline - Date.now()),
    killSignal: "SIGKILL",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

/** What apt-get said last, or why it said nothing. */
function explain(error: unknown): string {
  const { stderr, code } = error as ExecFileException;
  const said =
    String(stderr ?? "")
      .trim()
      .split("\n")
      .at(-1) ?? "";
  return said || String(code ?? "it did not end in time");
}

/** Why it could not be installed, or undefined where it was. */
function install(packages: readonly string[]): string | undefined {
  if (process.platform !== "linux" || !existsSync("/usr/bin/apt-get")) return "this machine has no apt";
  if (process.getuid?.() !== 0) return `not root, so "apt-get install ${packages.join(" ")}" is left to you`;
  const deadline = Date.now() + installTimeoutMs;
  for (;;) {
    try {
      runApt(deadline, "update");
      runApt(deadline, "install", "-y", "--no-install-recommends", ...packages);
      return undefined;
    } catch (error) {
      const reason = explain(error);
      // Another test file installs the same at the moment; apt's own waiting leaves the lock of its lists out.
      if (!reason.includes("lock") || Date.now() > deadline) return `apt-get failed: ${reason}`;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
    }
  }
}

function provide(wanted: Wanted): Runtime {
  const found = findWorking(wanted);
  if (found !== undefined) return { command: found, reason: "" };
  const failure = install(wanted.packages);
  const command = findWorking(wanted);
  if (command !== undefined) return { command, reason: "" };
  const reason = `${wanted.name} is missing: ${failure ?? "what apt installed does not have it"}`;
  process.stderr.write(`Skipping an example partner. ${reason}\n`);
  return { command: undefined, reason };
}

export function providePython(): Runtime {
  return provide(python);
}

export function providePhp(): Runtime {
  return provide(php);
}
