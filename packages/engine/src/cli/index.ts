// The command line: one file per command, one place for how commands end.
import { Command, CommanderError } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { addSandbox } from "./sandbox.ts";
import { addServe } from "./serve.ts";

export type { CommandLineParts } from "./command-context.ts";

function buildProgram(parts: CommandLineParts): Command {
  const program = new Command("pointbridge");
  program
    .description("Moves loyalty points between systems that each keep their own ledger.")
    .version(parts.version)
    .exitOverride()
    .showHelpAfterError("(pointbridge --help lists the commands)");
  addSandbox(program, parts);
  addServe(program, parts);
  return program;
}

/** Runs one command; sets the process's exit code and never throws. */
export async function runCommandLine(words: readonly string[], parts: CommandLineParts): Promise<void> {
  try {
    await buildProgram(parts).parseAsync([...words], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said what is wrong; help and version end well.
      process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
      return;
    }
    process.stderr.write(`pointbridge: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
