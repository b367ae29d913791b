// A file of exchanges, one JSON object a line: read piece by piece, and each line judged by the very checks
// that a request's body has to pass.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { v1 } from "@pointbridge/protocol";
import type { ExchangeInput } from "@pointbridge/sdk";
import { Check, Form, FormError, readBody } from "../form/index.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { readInputFile, unreadable } from "./input-file.ts";

export interface ExchangeLine {
  readonly line: number;
  /** Bytes that it has in its file. */
  readonly size: number;
  /** Where it could be read that far. */
  readonly operationId: string | undefined;
  /** The exchange, if nothing is wrong with the line. */
  readonly input: (ExchangeInput & { readonly operation_id: string }) | undefined;
  readonly faults: readonly v1.FormError[];
}

const LINE_FEED = 0x0a;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
/** Longer than any sound line: metadata has at most 16 KiB, written in escapes six times as much. */
const LINE_BYTES_MAX = 512 * 1024;

const check = new Check(v1.exchangeInput);
const operationIdPattern = new RegExp(v1.operationIdPattern);

function operationIdOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("operation_id" in value)) return undefined;
  const id = value.operation_id;
  return typeof id === "string" && operationIdPattern.test(id) ? id : undefined;
}

function acceptLine(text: string, value: unknown): ExchangeInput & { readonly operation_id: string } {
  const input = check.accept(value, "");
  const form = new Form(text);
  const amount = form.amount(input.amount, "/amount");
  form.metadata(input.metadata, "/metadata");
  if (input.operation_id === undefined) {
    form.fault("/operation_id", "is missing; a file that can be run again needs an id on every line");
  }
  form.finish();
  return { ...input, operation_id: input.operation_id ?? "", amount };
}

function judgeLine(bytes: Buffer, line: number): ExchangeLine {
  let value: unknown;
  try {
    if (bytes.length > LINE_BYTES_MAX) {
      const message = `is longer than ${LINE_BYTES_MAX} bytes`;
      return {
        line,
        size: bytes.length,
        operationId: undefined,
        input: undefined,
        faults: [{ path: "", message }],
      };
    }
    const body = readBody(bytes);
    value = body?.value;
    const input = acceptLine(body?.text ?? "", value);
    return { line, size: bytes.length, operationId: input.operation_id, input, faults: [] };
  } catch (error) {
    if (!(error instanceof FormError)) throw error;
    const operationId = operationIdOf(value);
    return { line, size: bytes.length, operationId, input: undefined, faults: error.faults.map(asLineFault) };
  }
}

/** Of a line that is no JSON, its own line 1 would mislead. */
function asLineFault({ path, message }: v1.FormError): v1.FormError {
  return { path, message: message.replace("the fault is at line 1, column", "the fault is at column") };
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

async function* readLines(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      yield Buffer.concat([...pending, chunk.subarray(start, end)]);
      pending = [];
      pendingBytes = 0;
      start = end + 1;
    }
    // Of a line that is too long, no more is kept than shows it.
    if (start < chunk.length && pendingBytes <= LINE_BYTES_MAX) {
      pending.push(chunk.subarray(start));
      pendingBytes += chunk.length - start;
    }
  }
  if (pending.length > 0) yield Buffer.concat(pending);
}

/** A file that can be read more than once: what is no regular file (a pipe, standard input) is kept in memory. */
export class ExchangeFile {
  readonly path: string;
  readonly #content: Buffer | undefined;

  private constructor(path: string, content: Buffer | undefined) {
    this.path = path;
    this.#content = content;
  }

  /** @throws CommandError where it can't be read */
  static async open(path: string): Promise<ExchangeFile> {
    if (path === "-") return new ExchangeFile(path, await readInputFile(path));
    const status = await stat(path).catch((error: unknown) => {
      throw unreadable(path, error);
    });
    if (status.isDirectory()) {
      throw new CommandError(exitCodes.badInput, `${path} can't be used: it is a directory, not a file`);
    }
    return new ExchangeFile(path, status.isFile() ? undefined : await readInputFile(path));
  }

  /** Every line that is not blank, in order. */
  async *lines(): AsyncGenerator<ExchangeLine> {
    const source =
      this.#content === undefined ? (createReadStream(this.path) as AsyncIterable<Buffer>) : [this.#content];
    let line = 0;
    try {
      for await (const raw of readLines(source)) {
        line += 1;
        const isMarked = line === 1 && raw.subarray(0, 3).equals(BYTE_ORDER_MARK);
        const bytes = isMarked ? raw.subarray(3) : raw;
        if (!isBlank(bytes)) yield judgeLine(bytes, line);
      }
    } catch (error) {
      if (error instanceof Error && "syscall" in error) throw unreadable(this.path, error);
      throw error;
    }
  }
}
