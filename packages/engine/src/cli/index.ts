// The command line: one file per command, one place for how commands end.
import { Command, CommanderError } from "commander";
import { addAccount, addMovements } from "./account.ts";
import { addAlert, addAlertChannel } from "./alert.ts";
import { addApiKey } from "./api-key.ts";
import type { CommandLineParts } from "./command-context.ts";
import { addConformance } from "./conformance.ts";
import { addExchange } from "./exchange.ts";
import { exitCodes, OutputClosedError } from "./exit-codes.ts";
import { toFailure } from "./failure.ts";
import { addImport } from "./import.ts";
import { addInconsistency } from "./inconsistency.ts";
import { addKeys } from "./keys.ts";
import { addLedger } from "./ledger.ts";
import { addLimit } from "./limit.ts";
import { addLink } from "./link.ts";
import { addMapping } from "./mapping.ts";
import { watchOutput, writeJson } from "./output.ts";
import { addRate } from "./rate.ts";
import { addReconcile } from "./reconcile.ts";
import { addRequestLimit } from "./request-limit.ts";
import { addSandbox } from "./sandbox.ts";
import { addServe } from "./serve.ts";
import { addWebhook } from "./webhook.ts";

export type { CommandLineParts } from "./command-context.ts";

function buildProgram(parts: CommandLineParts): Command {
  const program = new Command("pointbridge");
  program
    .description("Moves loyalty points between systems that each keep their own ledger.")
    .version(parts.version)
    .exitOverride()
    .showHelpAfterError("(pointbridge --help lists the commands)");
  addSandbox(program);
  addServe(program, parts);
  addImport(program, parts);
  addExchange(program, parts);
  addAccount(program, parts);
  addMovements(program, parts);
  addLink(program, parts);
  addRate(program, parts);
  addLimit(program, parts);
  addRequestLimit(program, parts);
  addMapping(program, parts);
  addInconsistency(program, parts);
  addAlert(program, parts);
  addAlertChannel(program, parts);
  addReconcile(program, parts);
  addKeys(program, parts);
  addApiKey(program, parts);
  addWebhook(program, parts);
  addLedger(program, parts);
  addConformance(program);
  return program;
}

/** Commander has said what is wrong; help and version end well. */
async function endUsage(error: CommanderError, isJson: boolean): Promise<void> {
  process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.badInput;
  if (isJson && error.exitCode !== 0) await writeJson({ code: "bad_usage", detail: error.message });
}

async function endFailed(error: unknown, isJson: boolean): Promise<void> {
  const { exitCode, message, document } = toFailure(error);
  process.stderr.write(`pointbridge: ${message}\n`);
  process.exitCode = exitCode;
  if (isJson) await writeJson(document);
}

/** Runs one command; sets the process's exit code and never throws. */
export async function runCommandLine(words: readonly string[], parts: CommandLineParts): Promise<void> {
  watchOutput();
  const isJson = words.includes("--json");
  try {
    await buildProgram(parts)
      .parseAsync([...words], { from: "user" })
      .catch((error: unknown) => {
        if (error instanceof OutputClosedError) throw error;
        return error instanceof CommanderError ? endUsage(error, isJson) : endFailed(error, isJson);
      });
  } catch (error) {
    // Whoever read the output has seen enough.
    if (!(error instanceof OutputClosedError)) throw error;
  }
}
