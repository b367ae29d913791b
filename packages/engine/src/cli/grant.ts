// `pointbridge grant put/list/take`: what somebody may do beside what its role says.
import { v1 } from "@pointbridge/protocol";
import type { GrantInput } from "@pointbridge/sdk";
import { type Command, Option } from "commander";
import type { CommandLineParts } from "./command-context.ts";
import { addListOptions, type ListOptions, readPageFilter, showPage } from "./listing.ts";
import { show } from "./output.ts";
import { addSessionOptions, type SessionOptions, withNode } from "./session.ts";

interface PutOptions extends SessionOptions {
  readonly appliesTo: GrantInput["applies_to"];
  readonly subject: string;
  readonly action: GrantInput["action"];
  readonly system?: string;
  readonly source?: string;
  readonly target?: string;
  readonly maxAmount?: string;
  readonly expiresAt?: string;
}

interface GrantListOptions extends ListOptions {
  readonly subject?: string;
}

const actions = [...new Set<string>([...v1.principalActions, ...v1.partnerActions])];

function addPut(grant: Command, parts: CommandLineParts): void {
  const command = grant
    .command("put")
    .description("give a grant, or make it what is given")
    .argument("<grant-id>")
    .addOption(
      new Option("--applies-to <kind>", "whom").choices(["principal", "partner"]).default("principal"),
    )
    .requiredOption("--subject <name>", "the principal, or a system of the partner")
    .addOption(new Option("--action <action>", "what may be done").choices(actions).makeOptionMandatory())
    .option("--system <system>", "over one system")
    .option("--source <system>", "with --target: over this link, in this direction")
    .option("--target <system>", "with --source")
    .option("--max-amount <points>", "of one exchange, credit, debit or hold, at most")
    .option("--expires-at <time>", "from when on it counts for nothing, like 2027-01-01T00:00:00Z");
  addSessionOptions(command).action((grantId: string, options: PutOptions) =>
    withNode(options, parts, async (client) => {
      const input: GrantInput = {
        applies_to: options.appliesTo,
        subject: options.subject,
        action: options.action,
        system_id: options.system,
        source_system: options.source,
        target_system: options.target,
        max_amount: options.maxAmount,
        expires_at: options.expiresAt,
      };
      await show(await client.grants.put(grantId, input), options);
    }),
  );
}

export function addGrant(program: Command, parts: CommandLineParts): void {
  const grant = program.command("grant").description("say what somebody may do beside what its role says");
  addPut(grant, parts);
  const list = grant
    .command("list")
    .description("list grants by id")
    .option("--subject <name>", "of this principal, or this system of a partner");
  const columns = [
    "grant_id",
    "applies_to",
    "subject",
    "action",
    "system_id",
    "source_system",
    "target_system",
    "max_amount",
    "expires_at",
  ] as const;
  addListOptions(list).action((options: GrantListOptions) =>
    withNode(options, parts, (client) =>
      showPage(
        client.grants.list({ ...readPageFilter(options), subject: options.subject }),
        columns,
        options,
      ),
    ),
  );
  const take = grant
    .command("take")
    .description("take a grant away at once, on every node of the database")
    .argument("<grant-id>");
  addSessionOptions(take).action((grantId: string, options: SessionOptions) =>
    withNode(options, parts, async (client) => show(await client.grants.take(grantId), options)),
  );
}
