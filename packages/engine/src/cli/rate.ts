// `pointbridge rate set/list/history`.
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { readPlace } from "./flags.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface SetOptions extends SessionOptions {
  readonly id?: string;
  readonly min?: string;
}

interface RateListOptions extends ListOptions {
  readonly source?: string;
  readonly target?: string;
}

const columns = [
  "source_system",
  "target_system",
  "source_credit_type",
  "target_credit_type",
  "rate",
  "rate_version",
  "effective_at",
] as const;

function addSet(rate: Command, parts: CommandLineParts): void {
  const command = rate
    .command("set")
    .description("put a rate in force")
    .argument("<from>", "SYSTEM/CREDIT_TYPE that is given")
    .argument("<to>", "SYSTEM/CREDIT_TYPE that is got")
    .argument("<rate>", "target points per source point, a decimal number")
    .option("--min <points>", "the least amount that is exchanged")
    .option("--id <operation-id>", "the operation's id: give the same again to ask for the same change");
  addSessionOptions(command).action((from: string, to: string, value: string, options: SetOptions) =>
    withNode(options, parts, async (client) => {
      const [sourceSystem, sourceCreditType] = readPlace("from", from);
      const [targetSystem, targetCreditType] = readPlace("to", to);
      const change = await client.rates.put({
        operation_id: options.id,
        source_system: sourceSystem,
        target_system: targetSystem,
        source_credit_type: sourceCreditType,
        target_credit_type: targetCreditType,
        rate: value,
        min_source_amount: options.min,
      });
      await show(change, options);
    }),
  );
}

function addReading(
  rate: Command,
  name: "list" | "history",
  description: string,
  parts: CommandLineParts,
): void {
  const command = rate
    .command(name)
    .description(description)
    .option("--source <system>", "from this system")
    .option("--target <system>", "to this system");
  addListOptions(command).action((options: RateListOptions) => {
    const filter = {
      ...readPageFilter(options),
      source_system: options.source,
      target_system: options.target,
    };
    return withNode(options, parts, (client) =>
      showPage(
        name === "list" ? client.rates.list(filter) : client.rates.listHistory(filter),
        columns,
        options,
      ),
    );
  });
}

export function addRate(program: Command, parts: CommandLineParts): void {
  const rate = program.command("rate").description("set rates and look at them");
  addSet(rate, parts);
  addReading(rate, "list", "list the rates in force", parts);
  addReading(rate, "history", "list every version that was in force", parts);
}
