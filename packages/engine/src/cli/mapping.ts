// `pointbridge mapping set/show/history`: who a user of one system is at another.
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface SetOptions extends SessionOptions {
  readonly id?: string;
  readonly replace?: boolean;
}

function addSet(mapping: Command, parts: CommandLineParts): void {
  const command = mapping
    .command("set")
    .description("say who a user of one system is at another")
    .argument("<source-system>")
    .argument("<source-user>")
    .argument("<target-system>")
    .argument("<target-user>")
    .option("--replace", "take the place of the user's present mapping")
    .option("--id <operation-id>", "the operation's id: give the same again to ask for the same change");
  addSessionOptions(command).action(
    (
      sourceSystem: string,
      sourceUser: string,
      targetSystem: string,
      targetUser: string,
      options: SetOptions,
    ) =>
      withNode(options, parts, async (client) => {
        const result = await client.mappings.put({
          operation_id: options.id,
          source_system: sourceSystem,
          source_user_id: sourceUser,
          target_system: targetSystem,
          target_user_id: targetUser,
          replace: options.replace,
        });
        await show(result, options);
      }),
  );
}

function describeOne(mapping: Command, name: string, description: string): Command {
  return mapping
    .command(name)
    .description(description)
    .argument("<source-system>")
    .argument("<source-user>")
    .argument("<target-system>");
}

export function addMapping(program: Command, parts: CommandLineParts): void {
  const mapping = program.command("mapping").description("set mappings of users and look at them");
  addSet(mapping, parts);
  const showCommand = describeOne(mapping, "show", "show who a user is at the other system");
  addSessionOptions(showCommand).action(
    (sourceSystem: string, sourceUser: string, targetSystem: string, options: SessionOptions) =>
      withNode(options, parts, async (client) => {
        const key = { source_system: sourceSystem, source_user_id: sourceUser, target_system: targetSystem };
        await show(await client.mappings.get(key), options);
      }),
  );
  const historyCommand = describeOne(mapping, "history", "list the changes of a user's mapping");
  addListOptions(historyCommand).action(
    (sourceSystem: string, sourceUser: string, targetSystem: string, options: ListOptions) => {
      const key = { source_system: sourceSystem, source_user_id: sourceUser, target_system: targetSystem };
      const columns = [
        "changed_at",
        "old_target_user_id",
        "new_target_user_id",
        "changed_by",
        "operation_id",
      ] as const;
      return withNode(options, parts, (client) =>
        showPage(client.mappings.listHistory({ ...key, ...readPageFilter(options) }), columns, options),
      );
    },
  );
}
