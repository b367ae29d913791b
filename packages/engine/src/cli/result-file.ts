// Where results go: standard output, or a file that is there whole or as it was before.
import { createWriteStream, type WriteStream } from "node:fs";
import { realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { finished } from "node:stream/promises";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { writeOutput } from "./output.ts";

export interface ResultSink {
  write(text: string): Promise<void>;
  /** Puts the results in their place. */
  finish(): Promise<void>;
  /** Leaves what was there before. */
  discard(): Promise<void>;
}

export const standardOutput: ResultSink = {
  write: writeOutput,
  async finish() {},
  async discard() {},
};

function unusable(path: string, reason: string): CommandError {
  return new CommandError(exitCodes.badInput, `${path} can't be written: ${reason}`, { file: path });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** The file itself, where the path is a link to it, so that the link stays. */
async function resolveTarget(path: string): Promise<{ target: string; isSpecial: boolean }> {
  try {
    const target = await realpath(path);
    const status = await stat(target);
    if (status.isDirectory()) throw unusable(path, "it is a directory, not a file");
    return { target, isSpecial: !status.isFile() };
  } catch (error) {
    if (!isMissing(error)) throw error;
    return { target: path, isSpecial: false };
  }
}

function openStream(path: string, told: string): Promise<WriteStream> {
  return new Promise((resolve, reject) => {
    const stream = createWriteStream(path, { flush: true });
    stream.once("open", () => resolve(stream));
    stream.once("error", (error) => reject(unusable(told, error.message)));
  });
}

function writeTo(stream: WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/**
 * Opens it before the first exchange is made, so that a place that can't be written is known by then.
 * @param source the file of exchanges, which the results must not overwrite
 */
export async function openResultFile(path: string, source: string): Promise<ResultSink> {
  const { target, isSpecial } = await resolveTarget(path);
  const sourceFile = await realpath(source).catch(() => source);
  if (!isSpecial && target === sourceFile) throw unusable(path, "it is the file of exchanges itself");
  // A pipe or a device can't be replaced.
  const partial = isSpecial ? target : join(dirname(target), `.${basename(target)}.partial`);
  const stream = await openStream(partial, path);
  const close = async () => {
    stream.end();
    await finished(stream);
  };
  return {
    write: (text) => writeTo(stream, text),
    async finish() {
      await close();
      if (!isSpecial) await rename(partial, target);
    },
    async discard() {
      await close();
      if (!isSpecial) await rm(partial, { force: true });
    },
  };
}
