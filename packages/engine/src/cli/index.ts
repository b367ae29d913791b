// The command line: one file per command, one place for how commands end.
import { Command, CommanderError } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { exitCodes, OutputClosedError } from "./exit-codes.ts";
import { toFailure } from "./failure.ts";
import { watchOutput, writeJson } from "./output.ts";

export type { CommandLineParts } from "./command-context.ts";

type AddCommand = (program: Command, parts: CommandLineParts) => void;

/**
 * Each command's file is read when its command is given, or all of them where the list is asked for: reading all is
 * most of what a short command would take.
 */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  sandbox: async () => (await import("./sandbox.ts")).addSandbox,
  serve: async () => (await import("./serve.ts")).addServe,
  import: async () => (await import("./import.ts")).addImport,
  exchange: async () => (await import("./exchange.ts")).addExchange,
  account: async () => (await import("./account.ts")).addAccount,
  credit: async () => (await import("./account.ts")).addCredit,
  debit: async () => (await import("./account.ts")).addDebit,
  link: async () => (await import("./link.ts")).addLink,
  rate: async () => (await import("./rate.ts")).addRate,
  limit: async () => (await import("./limit.ts")).addLimit,
  "request-limit": async () => (await import("./request-limit.ts")).addRequestLimit,
  grant: async () => (await import("./grant.ts")).addGrant,
  mapping: async () => (await import("./mapping.ts")).addMapping,
  inconsistency: async () => (await import("./inconsistency.ts")).addInconsistency,
  alert: async () => (await import("./alert.ts")).addAlert,
  "alert-channel": async () => (await import("./alert.ts")).addAlertChannel,
  reconcile: async () => (await import("./reconcile.ts")).addReconcile,
  keys: async () => (await import("./keys.ts")).addKeys,
  "api-key": async () => (await import("./api-key.ts")).addApiKey,
  webhook: async () => (await import("./webhook.ts")).addWebhook,
  ledger: async () => (await import("./ledger.ts")).addLedger,
  audit: async () => (await import("./audit.ts")).addAudit,
  receipt: async () => (await import("./receipt.ts")).addReceipt,
  user: async () => (await import("./user.ts")).addUser,
  events: async () => (await import("./events.ts")).addEvents,
  conformance: async () => (await import("./conformance.ts")).addConformance,
};

/** The commands that the words may be about. */
function namesToRead([word = ""]: readonly string[]): readonly string[] {
  if (word === "--version" || word === "-V") return [];
  return Object.hasOwn(commands, word) ? [word] : Object.keys(commands);
}

async function buildProgram(words: readonly string[], parts: CommandLineParts): Promise<Command> {
  const program = new Command("pointbridge");
  program
    .description("Moves loyalty points between systems that each keep their own ledger.")
    .version(parts.version)
    .exitOverride()
    .showHelpAfterError("(pointbridge --help lists the commands)");
  for (const name of namesToRead(words)) (await commands[name]?.())?.(program, parts);
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
    const program = await buildProgram(words, parts);
    await program.parseAsync([...words], { from: "user" }).catch((error: unknown) => {
      if (error instanceof OutputClosedError) throw error;
      return error instanceof CommanderError ? endUsage(error, isJson) : endFailed(error, isJson);
    });
  } catch (error) {
    // Whoever read the output has seen enough.
    if (!(error instanceof OutputClosedError)) throw error;
  }
}
