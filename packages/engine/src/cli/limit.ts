// `pointbridge limit put/show/list/delete/usage/settle`: how much may be exchanged.

import type { LimitInput } from "@pointbridge/sdk";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

const measures = ["exchange_amount", "day_amount", "day_count", "balance_left", "position"] as const;

interface PutOptions extends SessionOptions {
  readonly side: LimitInput["side"];
  readonly source?: string;
  readonly target?: string;
  readonly creditType: string;
  readonly subject: NonNullable<LimitInput["subject"]>;
  readonly measure: LimitInput["measure"];
  readonly bound: string;
  readonly utcOffset?: string;
}

interface MemberOptions extends SessionOptions {
  readonly user?: string;
}

interface SettleOptions extends MemberOptions {
  readonly amount: string;
  readonly id?: string;
  readonly note?: string;
}

function addPut(limit: Command, parts: CommandLineParts): void {
  const command = limit
    .command("put")
    .description("make a limit, or change its bound")
    .argument("<limit-id>")
    .addOption(
      new Option("--side <side>", "whose points are measured")
        .choices(["source", "target"])
        .default("source"),
    )
    .option("--source <system>", "from this system; left out for any")
    .option("--target <system>", "to this system; left out for any")
    .requiredOption("--credit-type <credit-type>", "of the side that is measured")
    .addOption(
      new Option("--subject <subject>", "whether each member has it, or all together")
        .choices(["member", "everybody"])
        .default("member"),
    )
    .addOption(new Option("--measure <measure>", "what is measured").choices(measures).makeOptionMandatory())
    .requiredOption("--bound <points>", "at most; of balance_left at least")
    .option("--utc-offset <minutes>", "where the day begins, minutes east of UTC");
  addSessionOptions(command).action((limitId: string, options: PutOptions) =>
    withNode(options, parts, async (client) => {
      const input: LimitInput = {
        side: options.side,
        source_system: options.source,
        target_system: options.target,
        credit_type_id: options.creditType,
        subject: options.subject,
        measure: options.measure,
        bound: options.bound,
        utc_offset_minutes: options.utcOffset === undefined ? undefined : Number(options.utcOffset),
      };
      await show(await client.limits.put(limitId, input), options);
    }),
  );
}

function addUsage(limit: Command, parts: CommandLineParts): void {
  const usage = limit
    .command("usage")
    .description("show what has been used today, or of a position since it was settled")
    .argument("<limit-id>")
    .option("--user <user>", "of a limit that each member has");
  addSessionOptions(usage).action((limitId: string, options: MemberOptions) =>
    withNode(options, parts, async (client) =>
      show(await client.limits.usage(limitId, options.user), options),
    ),
  );
  const settle = limit
    .command("settle")
    .description("take what was settled with a partner off a position")
    .argument("<limit-id>")
    .requiredOption("--amount <points>", "what was settled")
    .option("--user <user>", "of a limit that each member has")
    .option("--id <operation-id>", "so that it is done once; made where it is left out")
    .option("--note <text>", "for whoever looks later");
  addSessionOptions(settle).action((limitId: string, options: SettleOptions) =>
    withNode(options, parts, async (client) => {
      const { amount, user, id, note } = options;
      const input = { amount, user_id: user, operation_id: id, note };
      await show(await client.limits.settle(limitId, input), options);
    }),
  );
}

export function addLimit(program: Command, parts: CommandLineParts): void {
  const limit = program.command("limit").description("set how much may be exchanged, and look at what was");
  addPut(limit, parts);
  const showOne = limit.command("show").description("show one limit").argument("<limit-id>");
  addSessionOptions(showOne).action((limitId: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.limits.get(limitId), options)),
  );
  const list = limit.command("list").description("list limits by id");
  const columns = [
    "limit_id",
    "side",
    "source_system",
    "target_system",
    "subject",
    "measure",
    "bound",
  ] as const;
  addListOptions(list).action((options: ListOptions) =>
    withNode(options, parts, (client) =>
      showPage(client.limits.list(readPageFilter(options)), columns, options),
    ),
  );
  const remove = limit
    .command("delete")
    .description("remove a limit, and what was counted by it")
    .argument("<limit-id>");
  addSessionOptions(remove).action((limitId: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.limits.delete(limitId), options)),
  );
  addUsage(limit, parts);
}
