// How a command ends: the exit codes of the command line, and the errors that lead to them.
export const exitCodes = {
  done: 0,
  /** Refused, or differences were found. */
  refused: 1,
  /** Bad usage or bad input; nothing was applied. */
  badInput: 2,
  /** The node can't be reached or answered 5xx. */
  unreachable: 3,
} as const;

/** Something wrong with a line of an input file. */
export interface LineFault {
  readonly line: number;
  /** The column of a CSV file, or the JSON pointer of an NDJSON line's field; empty for the line as a whole. */
  readonly field: string;
  readonly message: string;
  readonly code?: string;
}

/** Ends a command with a message for people and an exit code. */
export class CommandError extends Error {
  readonly exitCode: number;
  /** What `--json` says of it beside the message. */
  readonly report: Readonly<Record<string, unknown>>;

  constructor(exitCode: number, message: string, report: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = "CommandError";
    this.exitCode = exitCode;
    this.report = report;
  }
}

/** As many bad lines as are told; the rest is counted. */
const FAULTS_TOLD_MAX = 20;

/** An input file that is not as it should be: every fault with its place, and that nothing was applied. */
export function badLines(
  exitCode: number,
  file: string,
  faults: readonly LineFault[],
  conclusion = "nothing was applied",
): CommandError {
  const told = faults.slice(0, FAULTS_TOLD_MAX);
  const lines = told.map(({ line, field, message }) =>
    [`${file}:${line}`, ...(field === "" ? [] : [field]), message].join(": "),
  );
  const left = faults.length - told.length;
  const rest = left > 0 ? [`and ${left} more`] : [];
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  const message = [`${count} in ${file}; ${conclusion}`, ...lines, ...rest].join("\n");
  return new CommandError(exitCode, message, { file, errors_count: faults.length, errors: told });
}

/** Whoever read the output has gone, as `head` does; nothing is wrong. */
export class OutputClosedError extends Error {
  constructor() {
    super("the output was closed");
    this.name = "OutputClosedError";
  }
}
