// `pointbridge rate set/list/history/scheduled/changes/change/approve/reject`.
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { readPlace } from "./flags.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface SetOptions extends SessionOptions {
  readonly id?: string;
  readonly min?: string;
  readonly agree?: true;
  readonly at?: string;
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
    .description(
      "put a rate in force, or propose it where another person has to approve it or the partner to accept it",
    )
    .argument("<from>", "SYSTEM/CREDIT_TYPE that is given")
    .argument("<to>", "SYSTEM/CREDIT_TYPE that is got")
    .argument("<rate>", "target points per source point, a decimal number")
    .option("--min <points>", "the least amount that is exchanged")
    .option("--agree", "the partner's node has to accept it too, and both have it in force from one time")
    .option("--at <time>", "when it shall come into force, such as 2027-01-01T00:00:00.000Z")
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
        agree: options.agree,
        effective_at: options.at,
      });
      await show(change, options);
    }),
  );
}

function addReading(
  rate: Command,
  name: "list" | "history" | "scheduled",
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
    return withNode(options, parts, ({ rates }) => {
      const read = {
        list: () => rates.list(filter),
        history: () => rates.listHistory(filter),
        scheduled: () => rates.listScheduled(filter),
      };
      return showPage(read[name](), columns, options);
    });
  });
}

const changeColumns = [
  "operation_id",
  "status",
  "source_system",
  "target_system",
  "source_credit_type",
  "target_credit_type",
  "old_rate",
  "new_rate",
  "change_percentage",
  "proposed_by",
  "expires_at",
] as const;

function addChanges(rate: Command, parts: CommandLineParts): void {
  const command = rate
    .command("changes")
    .description("list the changes that wait for approval, or for a partner")
    .option("--source <system>", "from this system")
    .option("--target <system>", "to this system");
  addListOptions(command).action((options: RateListOptions) => {
    const filter = {
      ...readPageFilter(options),
      source_system: options.source,
      target_system: options.target,
    };
    return withNode(options, parts, (client) =>
      showPage(client.rates.listChanges(filter), changeColumns, options),
    );
  });
}

function addForOne(
  rate: Command,
  name: "change" | "approve" | "reject",
  description: string,
  parts: CommandLineParts,
): void {
  const command = rate.command(name).description(description).argument("<operation-id>", "the change's id");
  addSessionOptions(command).action((operationId: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => {
      const { rates } = client;
      if (name === "change") await show(await rates.getChange(operationId), options);
      else await show(await rates[name](operationId), options);
    }),
  );
}

export function addRate(program: Command, parts: CommandLineParts): void {
  const rate = program.command("rate").description("set rates, approve changes of them, and look at them");
  addSet(rate, parts);
  addReading(rate, "list", "list the rates in force", parts);
  addReading(rate, "history", "list every version that was in force", parts);
  addReading(rate, "scheduled", "list the rates that are set for later", parts);
  addChanges(rate, parts);
  addForOne(rate, "change", "show a change of a rate", parts);
  addForOne(
    rate,
    "approve",
    "approve a change that another person has proposed, or accept a partner's",
    parts,
  );
  addForOne(rate, "reject", "reject a change that waits, or take back what is set for later", parts);
}
