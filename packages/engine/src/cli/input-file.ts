// Reads input files; what can't be read is bad input, told by name.
import { readFile } from "node:fs/promises";
import { CommandError, exitCodes } from "./exit-codes.ts";

/** The bytes of a file, or of standard input for "-". @throws CommandError */
export async function readInputFile(path: string): Promise<Buffer> {
  if (path === "-") return readStandardInput();
  try {
    return await readFile(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a directory, not a file",
  ENOTDIR: "a part of its path is no directory",
  EACCES: "this user may not read it",
  EPERM: "this user may not read it",
};

/** What a file that can't be opened comes to. */
export function unreadable(path: string, error: unknown): CommandError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new CommandError(exitCodes.badInput, `${path} can't be used: ${reason}`, { file: path });
}
