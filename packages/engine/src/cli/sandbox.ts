// `pointbridge sandbox`: two nodes, a first day of exchanges between them, and the proof that no point was made or lost.
import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { newOperationId } from "../system/index.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { readCount } from "./flags.ts";
import { writeJson, writeOutput } from "./output.ts";
import { checkRun, readBalances } from "./sandbox-checks.ts";
import { allExchanges, makeExchanges } from "./sandbox-exchanges.ts";
import { type SandboxNodes, startNodes } from "./sandbox-nodes.ts";
import { isSound, type SandboxRun, toDocument, toText } from "./sandbox-report.ts";
import { connect, creditMembers, setUpSystems } from "./sandbox-world.ts";
import { waitForSignal } from "./stop-signal.ts";

interface SandboxOptions {
  readonly once?: boolean;
  readonly json?: boolean;
  readonly faults?: boolean;
  readonly dataDir?: string;
  readonly port?: string;
}

const DEFAULT_PORT = "4100";
const MINUTE_MS = 60_000;

async function playDay(nodes: SandboxNodes, dataDirectory: string, hasFaults: boolean): Promise<SandboxRun> {
  const clients = connect(nodes);
  // Both nodes run on this machine, so that it is their time too.
  const since = new Date(Date.now() - MINUTE_MS);
  // Ids are kept for ever, so each run has its own.
  const runId = newOperationId();
  await setUpSystems(clients, nodes);
  const before = await readBalances(clients);
  await creditMembers(clients, runId);
  const exchanges = await makeExchanges(clients, runId, hasFaults ? nodes.proxy : undefined);
  const checks = await checkRun(clients, before, allExchanges(exchanges), since);
  return { runId, nodes, dataDirectory, exchanges, checks };
}

/** Until it is told to stop. @throws CommandError where a node ends by itself */
async function stayUp(nodes: SandboxNodes, stopped: Promise<unknown>): Promise<void> {
  const why = await Promise.race([stopped.then(() => undefined), nodes.failed]);
  if (why !== undefined) throw new CommandError(exitCodes.unreachable, `a node of the sandbox ended: ${why}`);
}

async function runSandbox(options: SandboxOptions): Promise<void> {
  const stopped = waitForSignal();
  const dataDirectory = options.dataDir ?? ".pointbridge/sandbox";
  const port = readCount("--port", options.port ?? DEFAULT_PORT, [0, 65_534]);
  const apiKey = process.env["POINTBRIDGE_ADMIN_KEY"] || randomBytes(24).toString("hex");
  const nodes = await startNodes({ dataDirectory, port, apiKey });
  try {
    const run = await playDay(nodes, dataDirectory, options.faults === true);
    const isStaying = options.once !== true;
    await (options.json === true ? writeJson(toDocument(run)) : writeOutput(toText(run, isStaying)));
    if (!isSound(run)) process.exitCode = exitCodes.refused;
    if (isStaying) await stayUp(nodes, stopped);
  } finally {
    await nodes.close();
  }
}

export function addSandbox(program: Command): void {
  program
    .command("sandbox")
    .description("run two nodes on this machine, make exchanges between them and prove the result")
    .option("--once", "end when the exchanges are made and checked: 0 only if everything holds")
    .option("--json", "print one JSON document")
    .option("--faults", "lose an answer of the airline's after it has credited, and watch it being decided")
    .option("--data-dir <directory>", "where their ledgers are kept, default .pointbridge/sandbox")
    .option("--port <number>", `port of the shop's node, the airline's is the next; default ${DEFAULT_PORT}`)
    .action((options: SandboxOptions) => runSandbox(options));
}
