// `pointbridge inconsistency list/resolve`: what a person has to look at.
import { v1 } from "@pointbridge/protocol";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface FilterOptions extends ListOptions {
  readonly status?: (typeof v1.inconsistencyStatuses)[number];
}

interface ResolveOptions extends SessionOptions {
  readonly resolution: string;
  readonly note: string;
}

export function addInconsistency(program: Command, parts: CommandLineParts): void {
  const inconsistency = program
    .command("inconsistency")
    .description("look at what needs a person, and say how it was settled");
  const list = inconsistency
    .command("list")
    .description("list inconsistencies, the newest first")
    .addOption(new Option("--status <status>", "of this status").choices(v1.inconsistencyStatuses));
  addListOptions(list).action((options: FilterOptions) => {
    const filter = { ...readPageFilter(options), status: options.status };
    const columns = ["id", "type", "status", "source_system", "target_system", "opened_at"] as const;
    return withNode(options, parts, (client) =>
      showPage(client.inconsistencies.list(filter), columns, options),
    );
  });
  const resolve = inconsistency
    .command("resolve")
    .description("say how an inconsistency was settled; moves no points")
    .argument("<id>")
    .requiredOption("--resolution <text>", "how, in a word or two")
    .requiredOption("--note <text>", "why, for whoever looks later");
  addSessionOptions(resolve).action((id: string, options: ResolveOptions) => {
    const { resolution, note } = options;
    return withNode(options, parts, async (client) =>
      show(await client.inconsistencies.resolve(id, { resolution, note }), options),
    );
  });
}
