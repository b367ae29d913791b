// `pointbridge keys generate/rotate/list`: what nodes sign with.
import { generateSigningKey } from "@pointbridge/protocol/pxp";
import type { DataKeyList } from "@pointbridge/sdk";
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { show, toTable, writeJson, writeOutput } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface PublicKey {
  readonly kid?: string;
  readonly x: string;
}

/** For people: the set as it is handed to a partner, below whose ids one can read. */
async function showKeys(
  set: { readonly keys: readonly PublicKey[] },
  options: SessionOptions,
): Promise<void> {
  if (options.json === true) {
    await writeJson(set);
    return;
  }
  const lines = set.keys.map(({ kid }, index) => `${index === 0 ? "active  " : "retiring"}  ${kid ?? ""}\n`);
  await writeOutput(`${lines.join("")}${JSON.stringify(set)}\n`);
}

/** A key pair for a partner's tests; a node makes its own keys and shows no private one. */
async function generate(options: { readonly json?: boolean }): Promise<void> {
  const { keyId, privateJwk, publicJwk } = generateSigningKey();
  await show({ key_id: keyId, private_key: privateJwk, keys: { keys: [publicJwk] } }, options);
}

export function addKeys(program: Command, parts: CommandLineParts): void {
  const keys = program.command("keys").description("the keys that partners know a node by");
  keys
    .command("generate")
    .description("make a key pair for a partner's tests; no node is needed and nothing is kept")
    .option("--json", "print one JSON document")
    .action((options: { readonly json?: boolean }) => generate(options));
  const list = keys.command("list").description("list what the node signs with, the active key first");
  addSessionOptions(list).action((options: SessionOptions) =>
    withNode(options, parts, async (client) => showKeys(await client.keys.list(), options)),
  );
  const rotate = keys.command("rotate").description("have the node sign with a new key from now on");
  addSessionOptions(rotate).action((options: SessionOptions) =>
    withNode(options, parts, async (client) => showKeys(await client.keys.rotate(), options)),
  );
  addDataKeys(keys, parts);
}

async function showDataKeys(list: DataKeyList, options: SessionOptions): Promise<void> {
  if (options.json === true) {
    await writeJson(list);
    return;
  }
  const headings = ["system_id", "version", "state", "created_at", "retired_at"] as const;
  await writeOutput(
    toTable(
      headings,
      list.items.map((item) => headings.map((name) => item[name])),
    ),
  );
}

function addDataKeys(keys: Command, parts: CommandLineParts): void {
  const data = keys.command("data").description("list the versions of the keys that seal profiles");
  addSessionOptions(data).action((options: SessionOptions) =>
    withNode(options, parts, async (client) => showDataKeys(await client.keys.dataKeys(), options)),
  );
  const rotate = keys
    .command("rotate-data")
    .description("seal a system's profiles with a new key; nothing stops meanwhile")
    .argument("<system>", "the system");
  addSessionOptions(rotate).action((system: string, options: SessionOptions) =>
    withNode(options, parts, async (client) =>
      showDataKeys(await client.keys.rotateDataKey(system), options),
    ),
  );
}
