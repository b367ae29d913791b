// `pointbridge sandbox`: two systems in this process, a first day of exchanges, and the proof that no point was made or lost.
import { randomBytes } from "node:crypto";
import { createClient } from "@pointbridge/sdk";
import type { Command } from "commander";
import { readConfig } from "../config.ts";
import { newOperationId } from "../system/index.ts";
import type { CommandLineParts, OpenedNode } from "./command-context.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { writeJson, writeOutput } from "./output.ts";
import { checkRun, readBalances } from "./sandbox-checks.ts";
import { allExchanges, makeExchanges } from "./sandbox-exchanges.ts";
import { isSound, type SandboxRun, toDocument, toText } from "./sandbox-report.ts";
import { creditMembers, setUpSystems } from "./sandbox-world.ts";
import { waitForSignal } from "./stop-signal.ts";

interface SandboxOptions {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly dataDir?: string;
  readonly port?: string;
}

/** The sandbox's own settings: never the database or the directory that a node of this machine is set to. */
function configure(options: SandboxOptions) {
  const { POINTBRIDGE_ADMIN_KEY, POINTBRIDGE_LOG_LEVEL = "warn" } = process.env;
  const flags = { "data-dir": options.dataDir ?? ".pointbridge/sandbox", port: options.port };
  return readConfig({ flags, environment: { POINTBRIDGE_ADMIN_KEY, POINTBRIDGE_LOG_LEVEL } });
}

async function listen(node: OpenedNode, host: string, port: number): Promise<string> {
  try {
    return await node.app.listen({ host, port });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || error.code !== "EADDRINUSE") throw error;
    const detail = `port ${port} of ${host} is taken by another process; end that one, or choose another port with --port`;
    throw new CommandError(exitCodes.badInput, detail);
  }
}

async function playDay(url: string, apiKey: string, dataDirectory: string): Promise<SandboxRun> {
  const client = createClient({ url, apiKey });
  // Ids are kept for ever, so each run has its own.
  const runId = newOperationId();
  await setUpSystems(client);
  const before = await readBalances(client);
  await creditMembers(client, runId);
  const exchanges = await makeExchanges(client, runId);
  const checks = await checkRun(client, before, allExchanges(exchanges));
  return { runId, url, apiKey, dataDirectory, exchanges, checks };
}

async function runSandbox(options: SandboxOptions, parts: CommandLineParts): Promise<void> {
  const config = configure(options);
  const stopped = waitForSignal();
  const apiKey = config.adminKey ?? randomBytes(24).toString("hex");
  const node = await parts.openNode(config, [{ name: "administrator", apiKey }]);
  try {
    const url = await listen(node, config.host, config.port);
    const run = await playDay(url, apiKey, config.dataDirectory);
    const isStaying = options.once !== true;
    await (options.json === true ? writeJson(toDocument(run)) : writeOutput(toText(run, isStaying)));
    if (!isSound(run)) process.exitCode = exitCodes.refused;
    if (isStaying) await stopped;
  } finally {
    await node.close();
  }
}

export function addSandbox(program: Command, parts: CommandLineParts): void {
  program
    .command("sandbox")
    .description("run two systems on this machine, make exchanges between them and prove the result")
    .option("--once", "end when the exchanges are made and checked: 0 only if everything holds")
    .option("--json", "print one JSON document")
    .option("--data-dir <directory>", "where its ledger is kept, default .pointbridge/sandbox")
    .option("--port <number>", "port to listen on, default 4100")
    .action((options: SandboxOptions) => runSandbox(options, parts));
}
