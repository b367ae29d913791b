// `pointbridge audit verify/checkpoint/entries/show`: the audit log, and what it proves.
import { type GivenCheckpoint, LogVerifier, splitNotes } from "@pointbridge/protocol/audit";
import type { Client } from "@pointbridge/sdk";
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { exitCodes } from "./exit-codes.ts";
import { readInputFile } from "./input-file.ts";
import { readKeySet } from "./key-files.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show, writeJson, writeOutput } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface VerifyOptions extends SessionOptions {
  readonly checkpoint?: readonly string[];
  readonly keys?: readonly string[];
}

const PAGE_SIZE = 500;

async function readCheckpointFiles(paths: readonly string[]): Promise<GivenCheckpoint[]> {
  const found: GivenCheckpoint[] = [];
  for (const path of paths) {
    const notes = splitNotes((await readInputFile(path)).toString("utf8"));
    // A file without any proves nothing, and must not look as if it did.
    if (notes.length === 0) found.push({ note: "", source: path, isStored: false });
    found.push(...notes.map((note) => ({ note, source: path, isStored: false })));
  }
  return found;
}

async function readStored(client: Client): Promise<GivenCheckpoint[]> {
  const found: GivenCheckpoint[] = [];
  for await (const { note, tree_size: size } of client.audit.checkpoints({ limit: PAGE_SIZE })) {
    found.push({ note, source: `the node's own of ${size}`, isStored: true });
  }
  return found;
}

interface Verified {
  readonly ok: boolean;
  readonly entries: number;
  readonly operations: number;
  readonly verified_checkpoints: number;
  readonly unverified_checkpoints: number;
  readonly root_hash: string;
  readonly faults: readonly string[];
}

function describe(report: Verified, hasKeys: boolean): string {
  const {
    ok,
    entries,
    operations,
    verified_checkpoints: verified,
    unverified_checkpoints: old,
    faults,
  } = report;
  const looked = `${entries} entries naming ${operations} operations, ${verified} checkpoints verified`;
  const retired = old === 0 ? "" : `, ${old} signed by keys that are not known any more`;
  const trust = hasKeys
    ? ""
    : "the keys are those that the node itself gave; --keys takes them from elsewhere\n";
  if (ok) return `the audit log holds: ${looked}${retired}\n${trust}`;
  return `the audit log does not hold: ${looked}${retired}\n${faults.map((fault) => `${fault}\n`).join("")}`;
}

async function verify(options: VerifyOptions, parts: CommandLineParts): Promise<void> {
  const given = await readCheckpointFiles(options.checkpoint ?? []);
  const trusted = options.keys === undefined ? undefined : await Promise.all(options.keys.map(readKeySet));
  await withNode(options, parts, async (client) => {
    // First: what has not been folded yet is, so that the entries below are all there are.
    const inside = await client.audit.verify();
    const stored = await readStored(client);
    const keys = trusted?.flat() ?? (await client.keys.list()).keys;
    const verifier = new LogVerifier(undefined, [...given, ...stored], keys);
    for await (const entry of client.audit.entries({ limit: PAGE_SIZE })) verifier.add(entry);
    const outside = verifier.finish();
    // A changed entry is found by both.
    const faults = [...new Set([...outside.faults, ...inside.faults])];
    const report: Verified = {
      ok: faults.length === 0,
      entries: outside.entries,
      operations: inside.operations,
      verified_checkpoints: outside.verified_checkpoints,
      unverified_checkpoints: outside.unverified_checkpoints,
      root_hash: outside.root_hash,
      faults,
    };
    if (options.json === true) await writeJson(report);
    else await writeOutput(describe(report, trusted !== undefined));
    if (!report.ok) process.exitCode = exitCodes.refused;
  });
}

export function addAudit(program: Command, parts: CommandLineParts): void {
  const audit = program
    .command("audit")
    .description("the audit log: what was done by whom, in a signed tree");
  const verifying = audit
    .command("verify")
    .description(
      "compute the whole log anew and hold it against signed checkpoints; ends with 1 and what was done to it",
    )
    .option("--checkpoint <file...>", "signed checkpoints that were kept elsewhere")
    .option(
      "--keys <file...>",
      "the node's public keys (a JSON Web Key Set) from elsewhere; absent: from the node",
    );
  addSessionOptions(verifying).action((options: VerifyOptions) => verify(options, parts));
  const checkpoint = audit
    .command("checkpoint")
    .description("print the newest signed checkpoint, to keep elsewhere");
  addSessionOptions(checkpoint).action((options: SessionOptions) =>
    withNode(options, parts, async (client) => {
      const newest = await client.audit.checkpoint();
      await (options.json === true ? writeJson(newest) : writeOutput(newest.note));
    }),
  );
  const entries = audit.command("entries").description("list the entries in order");
  addListOptions(entries).action((options: ListOptions) =>
    withNode(options, parts, (client) =>
      showPage(client.audit.entries(readPageFilter(options)), ["entry_index", "at", "body"], options),
    ),
  );
  const showing = audit
    .command("show")
    .description("the entries that name an operation, with proofs for the newest checkpoint")
    .argument("<operation-id>", "its id");
  addSessionOptions(showing).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.audit.operation(id), options)),
  );
}
