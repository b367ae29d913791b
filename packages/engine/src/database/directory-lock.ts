// One process at a time opens an embedded directory.
//
// The lock is the operating system's own, held through an open SQLite file: it ends with the process, however
// that ends, so there is no stale lock to judge and no race in judging one.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { AppError } from "../system/index.ts";

/** Takes the directory or refuses at once. Answers what lets go of it. */
export function lockDirectory(directory: string): () => void {
  const lock = new DatabaseSync(join(directory, "lock"));
  try {
    lock.exec("pragma locking_mode = exclusive; begin exclusive");
  } catch (error) {
    lock.close();
    const detail =
      `the embedded database in ${directory} is in use by another process; ` +
      "set POINTBRIDGE_URL to work through that node, or stop it first";
    throw new AppError("directory_in_use", detail, undefined, error);
  }
  return () => lock.close();
}
