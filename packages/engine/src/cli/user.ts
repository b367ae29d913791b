// `pointbridge user erase`: what is kept of a person beside the ledger.
import type { Command } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

export function addUser(program: Command, parts: CommandLineParts): void {
  const user = program.command("user").description("users' profiles");
  const erase = user
    .command("erase")
    .description("erase a person's profile and its copies, for good; ledger, log and audit keep the id")
    .argument("<system>", "the system whose user it is")
    .argument("<user-id>", "the user's id there");
  addSessionOptions(erase).action((system: string, userId: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => {
      await show(await client.users.erase({ system_id: system, user_id: userId }), options);
    }),
  );
}
