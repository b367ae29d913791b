// `pointbridge ledger verify/export`: the ledger as a whole.
import type { Account, LedgerVerification } from "@pointbridge/sdk";
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { exitCodes } from "./exit-codes.ts";
import { toJson, writeJson, writeOutput } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

const exportColumns = ["system_id", "user_id", "credit_type_id", "available", "frozen"] as const;
const PAGE_SIZE = 1000;

/** A field of a CSV file (RFC 4180). */
function toCsvField(value: string | bigint): string {
  const text = String(value);
  // A space at an end is kept by those readers too who would trim it.
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function toCsvLine(account: Account): string {
  return `${exportColumns.map((column) => toCsvField(account[column])).join(",")}\n`;
}

function toNdjsonLine(account: Account): string {
  return `${toJson(Object.fromEntries(exportColumns.map((column) => [column, account[column]])))}\n`;
}

interface ExportOptions extends SessionOptions {
  readonly system?: string;
}

async function exportLedger(options: ExportOptions, parts: CommandLineParts): Promise<void> {
  const toLine = options.json === true ? toNdjsonLine : toCsvLine;
  await withNode(options, parts, async (client) => {
    // A system that is not there must not look like one without members.
    if (options.system !== undefined) await client.systems.get(options.system);
    let text = options.json === true ? "" : `${exportColumns.join(",")}\n`;
    let count = 0;
    for await (const account of client.accounts.list({ limit: PAGE_SIZE, system_id: options.system })) {
      text += toLine(account);
      count += 1;
      if (count % PAGE_SIZE !== 0) continue;
      await writeOutput(text);
      text = "";
    }
    await writeOutput(text);
  });
}

function describeVerification({
  ok,
  accounts,
  transfers,
  operations,
  differences,
}: LedgerVerification): string {
  const looked = `${accounts} accounts, ${transfers} transfers, ${operations} operations`;
  if (ok) return `the ledger holds: ${looked}\n`;
  const lines = differences.map(({ check, message, found }) => `${check}: ${message} ${toJson(found)}\n`);
  return `the ledger does not hold: ${looked}; the first differences:\n${lines.join("")}`;
}

async function verifyLedger(options: SessionOptions, parts: CommandLineParts): Promise<void> {
  await withNode(options, parts, async (client) => {
    const report = await client.ledger.verify();
    if (options.json === true) await writeJson(report);
    else await writeOutput(describeVerification(report));
    if (!report.ok) process.exitCode = exitCodes.refused;
  });
}

export function addLedger(program: Command, parts: CommandLineParts): void {
  const ledger = program.command("ledger").description("look at the ledger as a whole");
  const verify = ledger
    .command("verify")
    .description(
      "recompute every balance from the movements; ends with 1 and the first differences if one differs",
    );
  addSessionOptions(verify).action((options: SessionOptions) => verifyLedger(options, parts));
  const exporting = ledger
    .command("export")
    .description("write every member's account as CSV, by system and user (with --json as NDJSON)")
    .option("--system <system>", "of this system alone");
  addSessionOptions(exporting).action((options: ExportOptions) => exportLedger(options, parts));
}
