// `pointbridge reconcile run/show/list/evidence/approve`: whether two systems have the same of their exchanges, where
// not, and what mends it.
import { readFile } from "node:fs/promises";
import { v1 } from "@pointbridge/protocol";
import type { Client, Reconciliation, SignedRequest } from "@pointbridge/sdk";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { toFields, toTable, writeJson, writeOutput } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";
import { readStatement } from "./statement-file.ts";

interface RunOptions extends SessionOptions {
  readonly source?: string;
  readonly target?: string;
  readonly start?: string;
  readonly end?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly repair?: (typeof v1.repairModes)[number];
  readonly id?: string;
  readonly file?: string;
  readonly side?: "source" | "target";
}

interface ListedOptions extends ListOptions {
  readonly source?: string;
  readonly target?: string;
}

const DAY_MS = 86_400_000;
const WAIT_SECONDS = 60;
const CHUNK_LINES = 1_000;
const MISMATCHES_SHOWN = 20;

function requireSystem(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new CommandError(exitCodes.badInput, `name the ${name} system: --${name} SYSTEM`);
}

async function untilEnded(client: Client, begun: Reconciliation): Promise<Reconciliation> {
  let run = begun;
  for (let pauseMs = 200; run.status === "running"; pauseMs = Math.min(pauseMs * 2, 5_000)) {
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    run = await client.reconciliations.get(run.reconciliation_id);
  }
  return run;
}

/** Sends a file that was read whole, in parts; the node compares when it has the last. */
async function sendStatement(client: Client, id: string, path: string): Promise<Reconciliation> {
  const { lines, ignored } = await readStatement(path);
  if (ignored.length > 0) process.stderr.write(`columns that are passed over: ${ignored.join(", ")}\n`);
  for (let start = 0; start + CHUNK_LINES < lines.length; start += CHUNK_LINES) {
    const chunk = lines.slice(start, start + CHUNK_LINES);
    await client.reconciliations.addStatementLines(id, { lines: chunk, is_last: false });
  }
  const rest = Math.max(0, Math.ceil(lines.length / CHUNK_LINES) - 1) * CHUNK_LINES;
  const last = { lines: lines.slice(rest), is_last: true };
  return client.reconciliations.addStatementLines(id, last, { waitSeconds: WAIT_SECONDS });
}

async function runReconciliation(client: Client, options: RunOptions): Promise<Reconciliation> {
  const { file, side = "target", repair, id } = options;
  const now = Date.now();
  // What is wrong with a file is said before anything is made of it.
  if (file !== undefined) await readStatement(file);
  const made = await client.reconciliations.create(
    {
      operation_id: id,
      source_system: requireSystem("source", options.source),
      target_system: requireSystem("target", options.target),
      start_time: options.start ?? options.startTime ?? new Date(now - DAY_MS).toISOString(),
      end_time: options.end ?? options.endTime ?? new Date(now).toISOString(),
      repair,
      statement: file === undefined ? undefined : side,
    },
    { waitSeconds: WAIT_SECONDS },
  );
  const isWaiting = file !== undefined && made.status === "running" && made.step === "load";
  const begun = isWaiting ? await sendStatement(client, made.reconciliation_id, file) : made;
  return untilEnded(client, begun);
}

async function showRun(client: Client, run: Reconciliation, { json }: SessionOptions): Promise<void> {
  if (json === true) {
    await writeJson(run);
    return;
  }
  const { totals: _totals, digests: _digests, mismatches_by_type: byType, ...rest } = run;
  const shown = { ...rest, ...byType };
  await writeOutput(toFields(shown));
  if (run.mismatches_count === 0) return;
  const { items } = await client.reconciliations
    .listMismatches(run.reconciliation_id, { limit: MISMATCHES_SHOWN })
    .page();
  const columns = ["operation_id", "type", "value", "status", "ours", "theirs"];
  const rows = items.map((one) => [
    one.operation_id,
    one.type,
    one.value,
    one.status,
    one.ours === null ? undefined : `${one.ours.state} ${one.ours.amount ?? ""}`,
    one.theirs.map((row) => `${row.state} ${row.amount ?? ""}`).join("; ") || undefined,
  ]);
  await writeOutput(`\n${toTable(columns, rows)}`);
  if (run.mismatches_count > items.length) {
    process.stderr.write(`and ${run.mismatches_count - items.length} more; the report has all of them\n`);
  }
}

function addRun(reconcile: Command, parts: CommandLineParts): void {
  const command = reconcile
    .command("run")
    .description("compare what two systems have of their exchanges; 1 where they differ")
    .option("--source <system>", "where points come from")
    .option("--target <system>", "where points go to")
    .option("--start <time>", "from this time on, ISO 8601 with a zone; default a day ago")
    .option("--end <time>", "to this time, itself excluded; default now")
    .addOption(new Option("--start-time <time>", "the same as --start").hideHelp())
    .addOption(new Option("--end-time <time>", "the same as --end").hideHelp())
    .addOption(new Option("--repair <mode>", "what is done about differences").choices(v1.repairModes))
    .option("--file <file.csv>", "compare with this statement of a partner that has no API")
    .addOption(
      new Option("--side <side>", "whose statement the file is, default target").choices([
        "source",
        "target",
      ]),
    )
    .option("--id <operation-id>", "the run's id: give the same again to go on with the same run");
  addSessionOptions(command).action((options: RunOptions) =>
    withNode(options, parts, async (client) => {
      const run = await runReconciliation(client, options);
      await showRun(client, run, options);
      if (run.status === "failed" || run.mismatches_count > 0) process.exitCode = exitCodes.refused;
    }),
  );
}

function addShow(reconcile: Command, parts: CommandLineParts): void {
  const command = reconcile
    .command("show")
    .description("show a reconciliation and the first of what it found")
    .argument("<reconciliation-id>");
  addSessionOptions(command).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) =>
      showRun(client, await client.reconciliations.get(id), options),
    ),
  );
}

async function readSigned(path: string): Promise<SignedRequest> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as SignedRequest;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(exitCodes.badInput, `${path} is no signed request as JSON: ${why}`);
  }
}

interface EvidenceOptions extends SessionOptions {
  readonly import?: string;
}

function addEvidence(reconcile: Command, parts: CommandLineParts): void {
  const command = reconcile
    .command("evidence")
    .description("print what the partner signed of a mismatch as JSON; or show what this node had signed")
    .argument("<reconciliation-id>")
    .argument("<operation-id>")
    .option(
      "--import <file.json>",
      "the partner's copy of a request that this node signed for an exchange that it has lost: proposes to make it again",
    );
  addSessionOptions(command).action((id: string, operationId: string, options: EvidenceOptions) =>
    withNode(options, parts, async (client) => {
      const { reconciliations } = client;
      if (options.import === undefined) {
        await writeJson(await reconciliations.evidence(id, operationId));
        return;
      }
      const signed = await readSigned(options.import);
      const [mismatch] = await reconciliations.importEvidence(id, operationId, signed);
      if (options.json === true) await writeJson(mismatch ?? null);
      else await writeOutput(toFields({ ...mismatch?.repair, ...mismatch?.repair?.preview }));
    }),
  );
}

function addApprove(reconcile: Command, parts: CommandLineParts): void {
  const command = reconcile
    .command("approve")
    .description(
      "allow repairs that another person proposed, and make them; 1 where one of them did not mend it",
    )
    .argument("<reconciliation-id>")
    .argument("<operation-id...>");
  addSessionOptions(command).action((id: string, operationIds: string[], options: SessionOptions) =>
    withNode(options, parts, async (client) => {
      const found = await client.reconciliations.approveRepairs(id, operationIds);
      if (options.json === true) await writeJson({ items: found });
      else {
        const rows = found.map((one) => [
          one.operation_id,
          one.status,
          one.repair?.action,
          one.repair?.outcome ?? "",
        ]);
        await writeOutput(toTable(["operation_id", "status", "repair", "outcome"], rows));
      }
      if (found.some(({ status }) => status !== "resolved")) process.exitCode = exitCodes.refused;
    }),
  );
}

const columns = [
  "reconciliation_id",
  "status",
  "source_system",
  "target_system",
  "start_time",
  "end_time",
  "mismatches_count",
  "open_mismatches_count",
] as const;

function addList(reconcile: Command, parts: CommandLineParts): void {
  const command = reconcile
    .command("list")
    .description("list reconciliations, the newest first")
    .option("--source <system>", "from this system")
    .option("--target <system>", "to this system");
  addListOptions(command).action((options: ListedOptions) => {
    const filter = {
      ...readPageFilter(options),
      source_system: options.source,
      target_system: options.target,
    };
    return withNode(options, parts, (client) =>
      showPage(client.reconciliations.list(filter), columns, options),
    );
  });
}

export function addReconcile(program: Command, parts: CommandLineParts): void {
  const reconcile = program
    .command("reconcile")
    .description("find out whether two systems have the same of their exchanges");
  addRun(reconcile, parts);
  addShow(reconcile, parts);
  addList(reconcile, parts);
  addEvidence(reconcile, parts);
  addApprove(reconcile, parts);
}
