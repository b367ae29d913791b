// `pointbridge inconsistency list/assign/resolve`: what a person has to look at.
import { v1 } from "@pointbridge/protocol";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface FilterOptions extends ListOptions {
  readonly status?: (typeof v1.inconsistencyStatuses)[number];
  readonly state?: (typeof v1.inconsistencyStates)[number];
  readonly severity?: (typeof v1.alertSeverities)[number];
  readonly assignedTo?: string;
}

interface AssignOptions extends SessionOptions {
  readonly to?: string;
  readonly nobody?: boolean;
  readonly note?: string;
}

interface ResolveOptions extends SessionOptions {
  readonly resolution: string;
  readonly note: string;
}

function addAssign(inconsistency: Command, parts: CommandLineParts): void {
  const assign = inconsistency
    .command("assign")
    .description("say who works on an inconsistency; it stays open")
    .argument("<id>")
    .option("--to <principal>", "who; whoever runs the command, if left out")
    .addOption(new Option("--nobody", "nobody works on it any more").conflicts("to"))
    .option("--note <text>", "why");
  addSessionOptions(assign).action((id: string, options: AssignOptions) => {
    const { to, nobody, note } = options;
    return withNode(options, parts, async ({ inconsistencies }) => {
      const assigned =
        nobody === true
          ? await inconsistencies.unassign(id, { note })
          : await inconsistencies.assign(id, { assigned_to: to, note });
      await show(assigned, options);
    });
  });
}

export function addInconsistency(program: Command, parts: CommandLineParts): void {
  const inconsistency = program
    .command("inconsistency")
    .description("look at what needs a person, and say how it was settled");
  const list = inconsistency
    .command("list")
    .description("list inconsistencies, the newest first")
    .addOption(new Option("--status <status>", "of this status").choices(v1.inconsistencyStatuses))
    .addOption(new Option("--state <state>", "in this state").choices(v1.inconsistencyStates))
    .addOption(new Option("--severity <severity>", "as grave as this").choices(v1.alertSeverities))
    .option("--assigned-to <principal>", "that this person works on");
  addListOptions(list).action((options: FilterOptions) => {
    const { status, state, severity, assignedTo } = options;
    const filter = { ...readPageFilter(options), status, state, severity, assigned_to: assignedTo };
    const columns = ["id", "type", "severity", "state", "assigned_to", "opened_at"] as const;
    return withNode(options, parts, (client) =>
      showPage(client.inconsistencies.list(filter), columns, options),
    );
  });
  addAssign(inconsistency, parts);
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
