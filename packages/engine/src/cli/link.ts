// `pointbridge link list/approve/reject`: links are put by `import links` and by the API.
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface LinkListOptions extends ListOptions {
  readonly source?: string;
  readonly target?: string;
}

const columns = [
  "source_system",
  "target_system",
  "user_mapping",
  "auto_provision",
  "enabled",
  "allow_gaining_cycles",
  "rate_change_limit_percent",
  "rate_change_window_ms",
] as const;

function addList(link: Command, parts: CommandLineParts): void {
  const command = link
    .command("list")
    .description("list links, with how much their rates may change alone")
    .option("--source <system>", "from this system")
    .option("--target <system>", "to this system");
  addListOptions(command).action((options: LinkListOptions) => {
    const filter = {
      ...readPageFilter(options),
      source_system: options.source,
      target_system: options.target,
    };
    return withNode(options, parts, (client) => showPage(client.links.list(filter), columns, options));
  });
}

function addDecision(
  link: Command,
  name: "approve" | "reject",
  description: string,
  parts: CommandLineParts,
) {
  const command = link.command(name).description(description).argument("<operation-id>", "the change's id");
  addSessionOptions(command).action((operationId: string, options: SessionOptions) =>
    withNode(options, parts, async ({ links }) => {
      const decided = name === "approve" ? links.approveChange(operationId) : links.rejectChange(operationId);
      await show(await decided, options);
    }),
  );
}

export function addLink(program: Command, parts: CommandLineParts): void {
  const link = program.command("link").description("look at links, and approve looser guards of their rates");
  addList(link, parts);
  addDecision(link, "approve", "let a link's rates change further alone, as another person has asked", parts);
  addDecision(link, "reject", "refuse that, or take one's own back", parts);
}
