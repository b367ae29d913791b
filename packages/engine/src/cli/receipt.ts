// `pointbridge receipt show/verify`: what an exchange came to, signed by each side.
import {
  type Receipt,
  type ReceiptKeys,
  type ReceiptVerdict,
  verifyReceipt,
} from "@pointbridge/protocol/receipts";
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { CommandError, exitCodes } from "./exit-codes.ts";
import { readInputFile } from "./input-file.ts";
import { readKeySet } from "./key-files.ts";
import { toFields, writeJson, writeOutput } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

async function readReceipt(path: string): Promise<Receipt> {
  const text = (await readInputFile(path)).toString("utf8");
  try {
    return JSON.parse(text) as Receipt;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new CommandError(exitCodes.badInput, `${path} is not JSON, so it is no receipt`, { file: path });
  }
}

/** `SYSTEM=FILE`, or a file whose keys stand for every system. */
async function readKeys(texts: readonly string[]): Promise<ReceiptKeys> {
  const keys: Record<string, { keys: Awaited<ReturnType<typeof readKeySet>> }> = {};
  for (const text of texts) {
    const match = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})=(.+)$/s.exec(text);
    const [, name = "*", path = text] = match ?? [];
    keys[name] = { keys: [...(keys[name]?.keys ?? []), ...(await readKeySet(path))] };
  }
  return keys;
}

function describe({ ok, content, sides, fault }: ReceiptVerdict): string {
  const lines = sides.map(({ side, system_id: system, verified, key_id: key, reason }) =>
    verified
      ? `${side} ${system}: signed with ${key ?? ""}\n`
      : `${side} ${system}: not verified, ${reason ?? ""}\n`,
  );
  const head = ok
    ? "the receipt holds\n"
    : `the receipt does not hold${fault === undefined ? "" : `: ${fault}`}\n`;
  return `${head}${lines.join("")}${content === undefined ? "" : toFields(content)}`;
}

async function verify(
  path: string,
  options: { readonly keys: readonly string[]; readonly json?: boolean },
): Promise<void> {
  const [receipt, keys] = await Promise.all([readReceipt(path), readKeys(options.keys)]);
  const verdict = await verifyReceipt(receipt, keys);
  await (options.json === true ? writeJson(verdict) : writeOutput(describe(verdict)));
  if (!verdict.ok) process.exitCode = exitCodes.refused;
}

export function addReceipt(program: Command, parts: CommandLineParts): void {
  const receipt = program.command("receipt").description("what an exchange came to, signed by each side");
  const showing = receipt
    .command("show")
    .description("print a completed exchange's receipt as JSON, to hand on")
    .argument("<operation-id>", "the exchange");
  addSessionOptions(showing).action((id: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => writeJson(await client.exchanges.receipt(id))),
  );
  receipt
    .command("verify")
    .description("verify a receipt alone, without any node; ends with 1 where a side does not vouch for it")
    .argument("<file>", "the receipt; - for standard input")
    .requiredOption(
      "--keys <system=file...>",
      "public keys of a system's node (a JSON Web Key Set); a file alone stands for every system",
    )
    .option("--json", "print one JSON document")
    .action((path: string, options: { readonly keys: readonly string[]; readonly json?: boolean }) =>
      verify(path, options),
    );
}
